"""How a conference fares in a storm of hostile frames, and how soon all return after a kill."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, percentile
from sync_server.protocol.ids import PeerId
from tests.programs import relay_program
from tests.storm.arsenal import Arsenal
from tests.storm.attack import raging
from tests.storm.conference import Conference
from tests.storm.crowd import agreed, bereft
from tests.storm.test_storm import PATIENT
from tests.sync_server.relay.guests import Holder

_PAUSE = 0.1
"""Seconds between two keys of each of the three."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    calm: float
    """Seconds of typing before the storm."""
    frames: int
    pace: float
    """Blows a second."""
    rooms: int
    """Rooms of three when the relay is killed."""


FULL = Scale(calm=20, frames=10_000, pace=50, rooms=100)
QUICK = Scale(calm=4, frames=400, pace=50, rooms=5)


async def storm_figures(quick: bool) -> AsyncIterator[Figure]:
    """Measure the storm, then the return."""
    scale = QUICK if quick else FULL
    async for figure in _storm(scale):
        yield figure
    yield await _return(scale.rooms)


async def _storm(scale: Scale) -> AsyncIterator[Figure]:
    holder = Holder()
    with TemporaryDirectory() as folder:
        async with (
            relay_program(Path(folder), *PATIENT, closed=True) as relay,
            Conference.convene(relay.url, holder) as conference,
        ):
            arsenal = Arsenal.gather(
                relay.url, holder, PeerId("student"), conference.past, conference.used
            )
            async with conference.typing(_PAUSE):
                await asyncio.sleep(scale.calm)
                calm_until = time.perf_counter()
                async with raging(arsenal, scale.frames, scale.pace) as over:
                    damage = await over
            await conference.understood()
            thrown, missing = damage.frames.total(), len(conference.missing())
            calm = conference.latencies(until=calm_until)
            stormy = conference.latencies(since=calm_until)
    of = f"in a storm of {thrown:,} hostile frames of {len(damage.frames)} kinds"
    for label, share, worst in (("p50", 0.5, None), ("p95", 0.95, 2)):
        here, there = percentile(stormy, share), percentile(calm, share)
        what = f"closed relay, key to the others {of}, {label}"
        yield Figure(what, "ms", here, None, "before the storm", there, worst)
    keys = len(calm) + len(stormy)
    yield Figure(f"keys lost {of}, of {keys:,}", "keys", missing, 0)


async def _return(rooms: int) -> Figure:
    with TemporaryDirectory() as folder:
        async with bereft(Path(folder), rooms) as everybody:
            began = time.perf_counter()
            await agreed(everybody, connection=2)
            seconds = time.perf_counter() - began
    what = f"{3 * rooms} connections back in sync after the relay was killed"
    return Figure(what, "s", seconds, 10)
