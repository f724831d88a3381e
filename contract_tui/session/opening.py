"""Reads a contract from the disk in slices, so that the screen stays alive meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from contract_tui.contract.contract import Contract
from contract_tui.session.journal import Journal, Stored
from contract_tui.session.replica import Replica
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor

Progress = Callable[[int, int], None]
"""Called with how many of how many changes have been read."""

SLICE = 500


async def load(
    journal: Journal,
    actor: Actor,
    clock: Callable[[], float] = time.time,
    progress: Progress | None = None,
) -> Replica:
    """A contract as it was left; raises LibraryError or ContractError.

    Damaged changes, and those that need them, are left out; a relay that has them makes it whole.
    """
    try:
        return await _load(journal, actor, clock, progress, _restore)
    except BadChunk:
        journal.rewind()
        return await _load(journal, actor, clock, progress, _replay)


async def _load(
    journal: Journal,
    actor: Actor,
    clock: Callable[[], float],
    progress: Progress | None,
    extend: Callable[[Graph, Journal, Sequence[Stored]], list[bytes]],
) -> Replica:
    graph = Graph(lambda first, last: journal.raws(graph.hashes[first : last + 1]))
    contract = Contract.open([], actor)
    total = journal.stored()
    while journal.length < total:
        contract.apply(extend(graph, journal, journal.read(SLICE)))
        if progress:
            progress(journal.length, total)
        await asyncio.sleep(0)
    return Replica(journal, graph, contract, clock)


def _restore(graph: Graph, journal: Journal, stored: Sequence[Stored]) -> list[bytes]:
    """Continue the graph from the headers alone; raises BadChunk where one is missing."""
    if journal.damaged:
        raise BadChunk("a stored change is damaged")
    graph.restore(one.header for one in stored)
    return [one.raw for one in stored]


def _replay(graph: Graph, _: Journal, stored: Sequence[Stored]) -> list[bytes]:
    """Continue the graph from the changes themselves, leaving out what does not fit."""
    return [change.raw for one in stored for change in _add(graph, one.raw)]


def _add(graph: Graph, raw: bytes) -> list[Change]:
    try:
        return graph.add(parse_changes([raw]))
    except BadChunk:
        return []
