"""Reads a contract from the disk in slices, so that the screen stays alive meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from contract_tui.contract.contract import Contract
from contract_tui.contract.opening import Opening
from contract_tui.contract.schema import GENESIS
from contract_tui.session.arranging import Arrangement
from contract_tui.session.journal import Journal, Stored
from contract_tui.session.replica import Replica
from sync_server.access.constants import GENESIS_HASH
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId

Progress = Callable[[int, int], None]
"""Called with how much of how much has been done."""

SLICE = 500
"""Changes read before the screen gets its turn: some 5 ms."""


async def load(
    journal: Journal,
    contract: DocumentId,
    actor: Actor,
    clock: Callable[[], float] = time.time,
    progress: Progress | None = None,
) -> Replica:
    """A contract as it was left; raises LibraryError or ContractError.

    Damaged changes, and those that need them, are left out; a relay that has them makes it whole.
    """
    total = journal.stored()
    steps = _Steps(2 * total, progress)
    try:
        graph, raws = await _read(journal, total, steps)
    except BadChunk:
        graph, raws = await _read_damaged(journal, total)
    if not raws:
        return Replica(journal, graph, Contract.blank(actor, contract), clock)
    if GENESIS_HASH not in graph:
        raws += [change.raw for change in graph.add(parse_changes([GENESIS]))]
    opening = Opening(raws, actor, graph.heads)
    while opening.advance():
        await steps.take(SLICE)
    lost = [one for one in parse_changes([GENESIS]) if one.hash not in journal]
    return Replica(journal, graph, Contract.opened(opening, contract), clock, lost)


class _Steps:
    """Tells how far it has got, and lets others go on."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress

    async def take(self, count: int) -> None:
        self._done += count
        if self._progress:
            self._progress(min(self._done, self._total), self._total)
        await asyncio.sleep(0)


async def _read(journal: Journal, total: int, steps: _Steps) -> tuple[Graph, list[bytes]]:
    """The graph from the headers alone; raises BadChunk where one is missing."""
    graph = _graph(journal)
    raws: list[bytes] = []
    while journal.length < total:
        stored = journal.read(SLICE)
        if journal.damaged:
            raise BadChunk("a stored change is damaged")
        graph.restore(one.header for one in stored)
        raws += [one.raw for one in stored]
        await steps.take(SLICE)
    return graph, raws


async def _read_damaged(journal: Journal, total: int) -> tuple[Graph, list[bytes]]:
    """The graph from the changes themselves, without what is damaged or needs what is damaged.

    The first change of every contract is known, so that its loss costs nothing.
    """
    journal.rewind()
    arrangement = Arrangement()
    arrangement.take(parse_changes([GENESIS]))
    while journal.length < total:
        for one in journal.read(SLICE):
            arrangement.take(_readable(one))
        await asyncio.sleep(0)
    graph, changes = _graph(journal), arrangement.fitting
    for first in range(0, len(changes), SLICE):
        graph.add(changes[first : first + SLICE])
        await asyncio.sleep(0)
    _let_wait(graph, arrangement.left_over)
    return graph, [change.raw for change in changes]


def _readable(stored: Stored) -> Sequence[Change]:
    try:
        return parse_changes([stored.raw])
    except BadChunk:
        return ()


def _let_wait(graph: Graph, left_over: Sequence[Change]) -> None:
    """Remember what lacks something for when a relay sends that; the rest contradicts itself."""
    for change in left_over:
        with suppress(BadChunk):
            graph.add([change])


def _graph(journal: Journal) -> Graph:
    graph: Graph
    graph = Graph(lambda first, last: journal.raws(graph.hashes[first : last + 1]))
    return graph
