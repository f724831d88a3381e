"""What the relay costs, and how long a key takes through it."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from automerge.core import Document
from websockets.asyncio.client import connect

from benchmarks.figures import Figure, percentile
from benchmarks.relays import BROADCAST, NPM, Running, Start, bare_broadcast, npm, ours
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from tests.histories import Typing, history
from tests.seats import Seat, room

RATE = 20
"""Keys a second: one quick typist."""
KIB = 1024


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    keys: int
    histories: tuple[int, ...]
    rooms: int
    deep: int
    """Changes of the long contract."""


FULL = Scale(keys=120, histories=(0, 1_000, 10_000, 50_000), rooms=300, deep=50_000)
QUICK = Scale(keys=40, histories=(0, 1_000), rooms=60, deep=5_000)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one typist's keys went through a relay."""

    latencies: list[float]
    """Milliseconds from the key to the later of the other two."""
    cpu: float
    """Milliseconds of the relay's CPU for each key."""


def document(number: int) -> DocumentId:
    """Return an id that every relay takes."""
    return DocumentId(UUID(int=number, version=4).bytes)


async def relay_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure everything about the relay."""
    scale = QUICK if quick else FULL
    floor = await _floor(scale.keys)
    for past in scale.histories:
        fast = await _delivery(partial(ours, "--fast"), past, scale.keys)
        peer = await _delivery(npm, past, scale.keys)
        for figure in _latencies(f"relay --fast, {past:,} changes", fast, peer, 2, 5):
            yield figure
        share = {0: 1 / 3, 10_000: 1 / 10, 50_000: 1 / 25}.get(past)
        what = f"relay CPU per key, {past:,} changes"
        yield Figure(what, "ms", fast.cpu, None, NPM, peer.cpu, share)
        if past == 0:
            yield Figure(what, "ms", fast.cpu, None, BROADCAST, floor.cpu, 3)
    for past in (0, scale.histories[-1]):
        safe = await _delivery(ours, past, scale.keys)
        for figure in _latencies(f"relay power-safe, {past:,} changes", safe, None, 4, 10):
            yield figure
    mine, theirs = await memory(ours, scale.rooms), await memory(npm, scale.rooms)
    yield Figure("relay memory per idle contract of three", "KiB", mine, None, NPM, theirs, 1 / 4)
    async for figure in _first_sync(scale.deep):
        yield figure


def _latencies(
    what: str, ours: Delivery, peer: Delivery | None, p50: float, p95: float
) -> list[Figure]:
    name = NPM if peer else ""
    return [
        Figure(
            f"{what}: key to the others, {label}",
            "ms",
            percentile(ours.latencies, share),
            budget,
            name,
            percentile(peer.latencies, share) if peer else None,
        )
        for label, share, budget in (("p50", 0.5, p50), ("p95", 0.95, p95))
    ]


async def _delivery(start: Start, past: int, keys: int) -> Delivery:
    """Let one of three type at a document with a past."""
    changes = history(past)
    presses = Typing(Actor(os.urandom(16)), changes).keys(keys + 5)
    async with start() as relay, room(relay.url, document(past + 1), changes) as seats:
        await (relay.settled() if past else relay.quiet())
        await _type(seats, presses[:5])
        before = relay.cpu()
        latencies = await _type(seats, presses[5:])
        cpu = (relay.cpu() - before) / keys * 1000
    return Delivery(latencies, cpu)


async def _type(seats: tuple[Seat, Seat, Seat], presses: Sequence[Change]) -> list[float]:
    typist, *others = seats
    pressed: list[float] = []
    for number, key in enumerate(presses):
        await _until(number / RATE, pressed[0] if pressed else time.perf_counter())
        pressed.append(await typist.press(key))
    for other in others:
        await other.has(presses[-1].hash)
    return [
        (max(other.arrived[key.hash] for other in others) - at) * 1000
        for key, at in zip(presses, pressed, strict=True)
    ]


async def _until(due: float, began: float) -> None:
    await asyncio.sleep(max(0.0, began + due - time.perf_counter()))


async def _floor(keys: int) -> Delivery:
    """Send frames of a keystroke's size through a server that only passes them on."""
    frame = os.urandom(200)
    async with bare_broadcast() as server, AsyncExitStack() as leaving:
        first, *others = [
            await leaving.enter_async_context(connect(server.url, compression=None))
            for _ in range(3)
        ]
        latencies: list[float] = []
        before, began = server.cpu(), time.perf_counter()
        for number in range(keys):
            await _until(number / RATE, began)
            at = time.perf_counter()
            await first.send(frame)
            for other in others:
                await other.recv()
            latencies.append((time.perf_counter() - at) * 1000)
            for other in others:
                await other.send(frame[:80])
        cpu = (server.cpu() - before) / keys * 1000
    return Delivery(latencies, cpu)


async def memory(start: Start, rooms: int) -> float:
    """Return the KiB that a room of three costs while nobody does anything."""
    past = history(1)
    async with start() as relay, AsyncExitStack() as leaving:
        async with room(relay.url, document(9), past):
            await relay.quiet()
        before = relay.memory()
        for number in range(rooms):
            await leaving.enter_async_context(room(relay.url, document(100 + number), past))
        await relay.quiet()
        return (relay.memory() - before) / rooms / KIB


async def _first_sync(deep: int) -> AsyncIterator[Figure]:
    """Open a long contract on a computer that has nothing of it."""
    changes = history(deep)
    head = changes[-1].hash
    received: dict[str, tuple[float, float]] = {}
    fast: Start = partial(ours, "--fast")
    for name, start in (("ours", fast), (NPM, npm)):
        async with start() as relay:
            full = await Seat.take(relay.url, "full")
            await full.open(document(1), changes)
            await full.in_step()
            await relay.settled()
            await newcomer(relay, head)
            received[name] = await newcomer(relay, head)
            await full.leave()
    (kilobytes, seconds), (their_kilobytes, their_seconds) = received["ours"], received[NPM]
    what = f"first sync of {deep:,} changes"
    yield Figure(f"{what}: bytes", "kB", kilobytes, 64, NPM, their_kilobytes)
    yield Figure(f"{what}: until it can be read", "s", seconds, 0.5, NPM, their_seconds)


async def newcomer(relay: Running, head: ChangeHash) -> tuple[float, float]:
    """Return the kB received and the seconds until the text could be read."""
    began = time.perf_counter()
    seat = await Seat.take(relay.url, f"new-{os.urandom(4).hex()}")
    await seat.open(document(1), [], advertise=True)
    await seat.offered(head)
    read = Document.load(b"".join(seat.blobs))
    seconds = time.perf_counter() - began
    assert [bytes(found) for found in read.get_heads()] == [head]
    await seat.leave()
    return seat.bytes_in / 1000, seconds
