"""Does long work in the background, a few milliseconds at a time, so that keys come through."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

SLICE = 0.006
"""Seconds of work, in the processor's time, after which others get their turn.

One piece may take longer: reading one thing of long ago takes some 5 ms after 50,000 changes.
"""
BREATH = 0.006
"""Seconds for them: a key passes through the loop several times before it is painted."""


def do_slice(
    work: Iterator[object], seconds: float = SLICE, clock: Callable[[], float] = time.thread_time
) -> bool:
    """Do some of the work; returns whether all of it is done."""
    until = clock() + seconds
    return all(clock() < until for _ in work)


async def do_slices(
    work: Iterator[object],
    is_wanted: Callable[[], bool] = lambda: True,
    clock: Callable[[], float] = time.thread_time,
) -> bool:
    """Do the work for as long as somebody wants it; returns whether all of it is done."""
    while not do_slice(work, clock=clock):
        await asyncio.sleep(BREATH)
        if not is_wanted():
            return False
    return True
