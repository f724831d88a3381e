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

from benchmarks.figures import Figure, percentile
from benchmarks.relays import BROADCAST, NPM, Running, Start, bare_broadcast, npm, ours
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from tests.histories import Typing, history
from tests.seats import Seat, bare_room, room

RATE = 20
"""Keys a second: one quick typist."""
SLOW = 5
"""Keys a second: somebody who thinks. What puts keys together for a while has one at a time."""
_WARMING = 5
"""Keys before the clock starts."""
_FEWER = 4
"""So many times fewer keys are pressed slowly."""
KIB = 1024


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    keys: int
    histories: tuple[int, ...]
    rooms: int
    deep: int
    """Changes of the long contract."""


Seats = tuple[Seat, Seat, Seat]
"""Who types, and who reads along."""

FULL = Scale(keys=120, histories=(0, 1_000, 10_000, 50_000), rooms=300, deep=50_000)
QUICK = Scale(keys=40, histories=(0, 1_000), rooms=60, deep=5_000)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one typist's keys went through a relay."""

    latencies: list[float]
    """Milliseconds from the key to the later of the other two."""
    cpu: float
    """Milliseconds of the relay's CPU for each key."""
    slow_cpu: float
    """The same of somebody who types slowly."""


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
        slowly = f"{what}, {SLOW} a second"
        yield Figure(slowly, "ms", fast.slow_cpu, None, NPM, peer.slow_cpu, share)
        if past == 0:
            yield Figure(what, "ms", fast.cpu, None, BROADCAST, floor.cpu, 3)
            yield _beside_floor(fast, floor)
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


def _beside_floor(ours: Delivery, floor: Delivery) -> Figure:
    """Tell how much of a key's time is that of the clients and of Python's websockets."""
    mine, bare = (percentile(delivery.latencies, 0.5) for delivery in (ours, floor))
    return Figure("relay --fast: key to the others, p50", "ms", mine, None, BROADCAST, bare)


async def _delivery(start: Start, past: int, keys: int) -> Delivery:
    """Let one of three type at a document with a past."""
    changes = history(past)
    presses = Typing(Actor(os.urandom(16)), changes).keys(_WARMING + keys + keys // _FEWER)
    async with start() as relay, room(relay.url, document(past + 1), changes) as seats:
        await (relay.settled() if past else relay.quiet())
        return await _deliver(relay, seats, presses)


async def _floor(keys: int) -> Delivery:
    """Let the same three type the same keys through a server that only passes them on."""
    changes = history(0)
    presses = Typing(Actor(os.urandom(16)), changes).keys(_WARMING + keys + keys // _FEWER)
    async with bare_broadcast() as server, bare_room(server.url, document(1), changes) as seats:
        return await _deliver(server, seats, presses)


async def _deliver(relay: Running, seats: Seats, presses: Sequence[Change]) -> Delivery:
    """Press some keys to warm up, most at the quick rate, and the last ones slowly."""
    fewer = len(presses) // (_FEWER + 1)
    first, quick, slow = presses[:_WARMING], presses[_WARMING:-fewer], presses[-fewer:]
    await _type(seats, first, RATE)
    started = relay.cpu()
    latencies = await _type(seats, quick, RATE)
    paused = relay.cpu()
    await _type(seats, slow, SLOW)
    ended = relay.cpu()
    per_key = (paused - started) / len(quick), (ended - paused) / len(slow)
    return Delivery(latencies, per_key[0] * 1000, per_key[1] * 1000)


async def _type(seats: Seats, presses: Sequence[Change], rate: float) -> list[float]:
    typist, *others = seats
    pressed: list[float] = []
    for number, key in enumerate(presses):
        await _until(number / rate, pressed[0] if pressed else time.perf_counter())
        pressed.append(await typist.press(key))
    for other in others:
        await other.has(presses[-1].hash)
    return [
        (max(other.arrived[key.hash] for other in others) - at) * 1000
        for key, at in zip(presses, pressed, strict=True)
    ]


async def _until(due: float, began: float) -> None:
    await asyncio.sleep(max(0.0, began + due - time.perf_counter()))


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
