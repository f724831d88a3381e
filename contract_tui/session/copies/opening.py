"""Reads a contract from the disk in slices, so that the screen stays alive meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from contract_tui.contract.contract import Contract
from contract_tui.contract.opening.opening import Opening
from contract_tui.contract.schema import GENESIS
from contract_tui.library.arranging import Arrangement
from contract_tui.library.journal import Journal, Stored
from contract_tui.library.quarantine import Quarantine
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.chunk import Change, check_bounds, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph, Heads
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId

Progress = Callable[[int, int], None]
"""Called with how much of how much has been done."""

SLICE = 500
"""Changes read before the screen gets its turn: some 5 ms."""
STROKES = 40
"""How often progress is told: a bar has not many more cells, and each time it is painted."""


async def load(
    journal: Journal,
    contract: DocumentId,
    actor: Actor,
    clock: Callable[[], float] = time.time,
    progress: Progress | None = None,
) -> Replica:
    """A contract as it was left; raises LibraryError or ContractError.

    Damaged changes, and those that need them, are left out; a relay that has them makes it whole.
    What cannot be read is set aside. Everything is looked at thoroughly once, and again by a newer
    program where something was set aside.
    """
    total = journal.stored()
    steps = _Steps(2 * total, progress)
    quarantine = Quarantine(journal.keepsakes)
    try:
        graph, raws = await _read(journal, total, steps)
    except BadChunk:
        graph, raws = await _read_damaged(journal, total)
    if not raws:
        quarantine.settle()
        return Replica(journal, graph, Contract.blank(actor, contract), clock, (), quarantine)
    first = parse_changes([GENESIS])
    raws += [change.raw for change in graph.add(first)]
    is_due = quarantine.is_due
    released = _release(quarantine, graph) if is_due else []
    raws += [change.raw for change in released]
    if is_due:
        await _set_bombs_aside(raws, graph, quarantine, steps)
    raws, heads = _unobjectionable(raws, graph, quarantine)
    opening = Opening(raws, actor, heads, aside=quarantine.aside, thorough=is_due)
    while opening.advance():
        await steps.take(SLICE)
    for change in opening.offenders:
        quarantine.put(change.hash, change.actor, change.raw)
    if is_due:
        quarantine.settle()
    unsaved = [one for one in (*first, *released) if one.hash not in journal]
    shown = Contract.opened(opening, contract)
    return Replica(journal, graph, shown, clock, unsaved, quarantine)


def _release(quarantine: Quarantine, graph: Graph) -> list[Change]:
    """Try what is set aside once more; returns what has entered the graph only now."""
    entered: list[Change] = []
    waiting: list[Change] = []
    for change in quarantine.release():
        try:
            entered += graph.add([change])
            waiting.append(change)
        except BadChunk:
            quarantine.put(change.hash, change.actor, change.raw, ahead=True)
    for change in waiting:
        if change.hash not in graph:
            quarantine.wait(change)
    return entered


async def _set_bombs_aside(
    raws: Sequence[bytes], graph: Graph, quarantine: Quarantine, steps: _Steps
) -> None:
    """Set aside what claims more than there may be, before anything of it is worked out."""
    for position, raw in enumerate(raws):
        if position % SLICE == SLICE - 1:
            await steps.take(0)
        try:
            check_bounds(raw, graph.hashes[position])
        except BadChunk:
            maker = graph.header(position).actor
            quarantine.put(graph.hashes[position], maker, raw, ahead=True)


def _unobjectionable(
    raws: list[bytes], graph: Graph, quarantine: Quarantine
) -> tuple[list[bytes], Heads]:
    """The changes that are not set aside, and the newest of them."""
    if not quarantine.accused:
        return raws, graph.heads
    hashes, tops, fine = graph.hashes, set[ChangeHash](), []
    for position, raw in enumerate(raws):
        deps = [hashes[dep] for dep in graph.deps(position)]
        if not quarantine.aside.takes(hashes[position], deps, graph.header(position).actor):
            fine.append(raw)
            tops.difference_update(deps)
            tops.add(hashes[position])
    return fine, tuple(sorted(tops))


class _Steps:
    """Tells how far it has got, and lets others go on."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress
        self._next = 0
        """When there is something to be told."""

    async def take(self, count: int) -> None:
        self._done += count
        if self._progress and self._done >= self._next:
            self._progress(min(self._done, self._total), self._total)
            self._next = self._done + self._total // STROKES
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
        graph.add(changes[first : first + SLICE], trusted=True)
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
            graph.add([change], trusted=True)


def _graph(journal: Journal) -> Graph:
    graph: Graph
    graph = Graph(lambda first, last: journal.raws(graph.hashes[first : last + 1]), validate=True)
    return graph
