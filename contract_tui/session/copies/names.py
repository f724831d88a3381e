"""What the changes of a contract are called, as its graph knows it."""

from __future__ import annotations

from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash


class Names:
    """The hashes of a graph's changes; it goes on as the graph grows."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def hash(self, actor: Actor, seq: int) -> ChangeHash:
        """The hash of an author's change, by its number; raises LookupError."""
        return self._graph.hashes[self._graph.position_of(actor, seq)]

    def change(self, name: ChangeHash) -> tuple[Actor, int]:
        """The author and the number of a change by its hash; raises LookupError."""
        header = self._graph.header(self._graph.positions[name])
        return header.actor, header.seq
