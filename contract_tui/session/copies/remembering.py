"""Reads how an open contract came to be, in slices, so that the screen stays alive meanwhile."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Callable, Generator

from contract_tui.history.history import History
from contract_tui.session.copies.names import Names
from contract_tui.session.copies.opening import STROKES, Progress
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.chunk import parse_changes

LONGEST = 0.012
"""Seconds of reading before the screen gets its turn."""


async def recall(
    replica: Replica, progress: Progress | None = None, known: History | None = None
) -> History:
    """The history that is `known`, where it can go on with what came since; else a new one."""
    if known and catch_up(known, replica):
        return known
    return await read_history(replica, progress)


async def read_history(
    replica: Replica,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> History:
    """The history of a contract as it stands in the end, also where it is written in meanwhile.

    `progress` is told how many rows of how many have been read.
    """
    while True:
        contract = replica.contract
        history = await _read(History.reading(contract, Names(replica.graph)), progress, clock)
        if catch_up(history, replica):
            replica.recalled = weakref.ref(history)
            return history


def as_it_stands(replica: Replica) -> History:
    """The history until now: the one that somebody looks at, where it has all, else a new one.

    It may be asked, but not changed.
    """
    known = replica.recalled()
    if known and known.is_of(replica.contract) and known.newest == replica.contract.heads:
        return known
    return replica.history()


def catch_up(history: History, replica: Replica) -> bool:
    """Go on with whatever the contract has taken since; False: it has to be read anew.

    A change that is set aside is not in the contract, and so not in its history either.
    """
    if not history.is_of(replica.contract):
        return False
    return history.follow(parse_changes(replica.contract.changes_since(history.newest)))


async def _read(
    reading: Generator[int, None, History],
    progress: Progress | None,
    clock: Callable[[], float],
) -> History:
    await asyncio.sleep(0)
    total, done, told = next(reading), 0, 0
    until = 0.0
    while True:
        if clock() >= until:
            if progress and done >= told:
                progress(min(done, total), total)
                told = done + total // STROKES
            await asyncio.sleep(0)
            until = clock() + LONGEST
        try:
            done += next(reading)
        except StopIteration as end:
            history: History = end.value
            return history
