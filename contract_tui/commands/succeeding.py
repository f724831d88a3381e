"""Gives the relay of whoever takes over all that a dead host's had passed on.

A relay takes changes of somebody else's only under their seal, which follows the last key by some
seconds. The host's computer, and the guests' keys on it, died before; so what was written last is
given to the new relay straight from this library, where everybody's program has it from the old
one. Until its authors seal it, everybody sees that it is in doubt, as with anything unsealed.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from contract_tui.library.journal import Journal
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import DocumentId
from sync_server.storage.port import ChangeStore, StoredChange

SLICE = 1000
"""Changes read at once."""


def succeed(journal: Journal, contract: DocumentId, store: ChangeStore) -> int:
    """Put what a library has of a contract into a relay's store; returns how much was new.

    The journal is one of which nothing was read yet. Nothing enters that a relay would refuse for
    its form. Raises LibraryError or StorageError.
    """
    graph = Graph(partial(store.raws, contract), validate=True)
    graph.restore(store.load(contract))
    first = len(graph)
    while stored := journal.read(SLICE):
        for one in stored:
            with suppress(BadChunk):  # it is kept here, and for nobody else
                graph.add(parse_changes([one.raw]))
    store.append(_collected(graph, contract, first))
    return len(graph) - first


def _collected(graph: Graph, contract: DocumentId, first: int) -> list[StoredChange]:
    positions = range(first, len(graph))
    return [
        StoredChange(
            contract,
            position,
            header.hash,
            header.deps,
            header.actor,
            header.seq,
            header.start_op,
            header.max_op,
            raw,
        )
        for position, raw in zip(positions, graph.raws(positions), strict=True)
        for header in (graph.header(position),)
    ]
