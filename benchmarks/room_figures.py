"""What many rooms cost a relay, and how quick a key is in them; how quickly one joins."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.contracts import long_past
from benchmarks.figures import Figure, percentile
from benchmarks.relay_figures import document, memory, newcomer
from benchmarks.relays import BROADCAST, NPM, Running, Start, bare_broadcast, npm, ours
from benchmarks.rooms import Load, Sitting, Typed, bare_room, clients, closed_room, open_room
from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.histories import history
from tests.seats import Seat

_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
TOO_LATE = 200.0
"""Milliseconds at the 95th percentile from which on typing together is no pleasure."""
_PATIENCE = 300.0
_CROWD = "connections_per_address=20000"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    rooms: tuple[tuple[int, float], ...]
    """How many, and how many keys a second in each."""
    seconds: float
    """For which they type."""
    fastest: float
    """Keys a second in all, at most."""
    joins: tuple[int, ...]
    idle: int


FULL = Scale(
    ((1, 20.0), (10, 5.0), (50, 2.0), (200, 1.0)), 10, 3_200, (1_000, 10_000, 50_000), 1_000
)
QUICK = Scale(((1, 20.0), (10, 2.0)), 2, 400, (1_000,), 60)


async def room_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure everything that goes beyond one room and one newcomer."""
    scale = QUICK if quick else FULL
    async for figure in _fan_out(scale):
        yield figure
    async for figure in _fastest(scale):
        yield figure
    for changes in scale.joins:
        async for figure in _joins(changes):
            yield figure
    mine = await memory(partial(ours, "--limit", _CROWD), scale.idle)
    theirs = await memory(npm, scale.idle)
    what = f"relay memory per contract of three, {scale.idle:,} idle"
    yield Figure(what, "KiB", mine, None, NPM, theirs, 1 / 4)


async def _typed(start: Start, load: Load, sitting: Sitting = open_room) -> Typed:
    async with start() as relay, clients() as typing:
        return await typing(relay, load, sitting)


async def _fan_out(scale: Scale) -> AsyncIterator[Figure]:
    for rooms, rate in scale.rooms:
        load = Load(rooms, rate, scale.seconds)
        what = f"{rooms} {'room' if rooms == 1 else 'rooms'} at {rate:.0f} keys/s each"
        mine, theirs = await _typed(ours, load), await _typed(npm, load)
        floor = await _typed(bare_broadcast, load, bare_room)
        for peer, other in ((NPM, theirs), (BROADCAST, floor)):
            for label, share in _SHARES:
                here, there = (percentile(one.latencies, share) for one in (mine, other))
                words = f"{what}: key to the others, {label}"
                yield Figure(words, "ms", here, None, peer, there)
            yield Figure(f"{what}: relay CPU per key", "ms", mine.cpu, None, peer, other.cpu)
        if rooms == 1:
            closed = await _typed(partial(ours, closed=True), load, closed_room)
            words = f"{what}, closed, with credentials: relay CPU per key"
            yield Figure(words, "ms", closed.cpu, None, "the same, open", mine.cpu)
            p95, open_p95 = (percentile(one.latencies, 0.95) for one in (closed, mine))
            words = f"{what}, closed, with credentials: key to the others, p95"
            yield Figure(words, "ms", p95, None, "the same, open", open_p95)


async def _fastest(scale: Scale) -> AsyncIterator[Figure]:
    """The highest rate, told as the time between two keys, of which less is better."""
    rates = {}
    for name, start, sitting in (
        ("ours", ours, open_room),
        (NPM, npm, open_room),
        (BROADCAST, bare_broadcast, bare_room),
    ):
        rates[name] = await _highest_rate(start, sitting, scale.fastest)
    for peer in (NPM, BROADCAST):
        what = (
            f"time between two keys at the highest rate with p95 under {TOO_LATE:.0f} ms"
            f" ({rates['ours']:.0f} and {rates[peer]:.0f} keys/s)"
        )
        yield Figure(what, "ms", 1000 / rates["ours"], None, peer, 1000 / rates[peer])


async def _highest_rate(start: Start, sitting: Sitting, most: float) -> float:
    """Double the rate of ten rooms until it is too much, then halve the step twice."""
    good, step, rate = 0.0, 0.0, 25.0
    async with clients() as typing:
        while rate <= most:
            async with start() as relay:
                measured = await typing(relay, Load(10, rate / 10, 3), sitting)
            p95 = percentile(measured.latencies, 0.95)
            sys.stderr.write(f"    {rate:.0f} keys/s: p95 {p95:.0f} ms\n")
            if p95 < TOO_LATE:
                good = rate
            elif not step:
                step = good / 2
            if not step:
                rate *= 2
                continue
            if step < 0.2 * good or not good:
                break
            rate, step = good + step, step / 2
    return max(good, 1.0)


async def _joins(changes: int) -> AsyncIterator[Figure]:
    """How long somebody without anything waits until the text can be read."""
    raw, ready = {}, {}
    for name, start in (("ours", ours), (NPM, npm)):
        async with start() as relay:
            raw[name] = await _raw_join(relay, changes)
            ready[name] = await _join(relay, changes)
    what = f"first sync of {changes:,} changes"
    (kilobytes, seconds), (their_kilobytes, their_seconds) = raw["ours"], raw[NPM]
    yield Figure(f"{what}, protocol alone: bytes", "kB", kilobytes, None, NPM, their_kilobytes)
    words = f"{what}, protocol alone: until it can be read"
    yield Figure(words, "s", seconds, None, NPM, their_seconds)
    words = f"{what}, our program without a screen: until it can be read"
    yield Figure(words, "s", ready["ours"], None, NPM, ready[NPM])


async def _raw_join(relay: Running, count: int) -> tuple[float, float]:
    changes = history(count)
    full = await Seat.take(relay.url, "full")
    await full.open(document(1), changes)
    await full.in_step()
    await relay.settled()
    joined = await newcomer(relay, changes[-1].hash)
    await full.leave()
    return joined


async def _join(relay: Running, count: int) -> float:
    """From accepting an invitation, in an empty library, until every change is in the text."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        long_past(home / "full", count)
        with Library(home / "full") as full, Library(home / "new") as new:
            [entry] = full.entries()
            full.add_relays(entry.id, [relay.url])
            holder = await Session.open(full, entry.id)
            await _until(holder, lambda: holder.links[0].is_done)
            await relay.settled()
            link = seats.invite_to(full, full.entry(entry.id), Role.TEACHER, "Ben").link()
            began = time.perf_counter()
            session = await Session.open(new, seats.join(new, link))
            await _until(session, lambda: session.size >= holder.size)
            seconds = time.perf_counter() - began
            await session.close()
            await holder.close()
    return seconds


async def _until(session: Session, holds: Callable[[], bool]) -> None:
    woken = asyncio.Event()
    unsubscribe = session.listen(woken.set)
    try:
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                await woken.wait()
                woken.clear()
    finally:
        unsubscribe()
