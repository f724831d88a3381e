"""What a peer's filters say of our changes, looked up once and within bounds.

A filter is a peer's to choose, and one with nearly all bits set costs the most per look-up; the
answer to one message must not keep everyone else waiting.
"""

from collections.abc import Iterable, Sequence

from sync_server.protocol.bloom import Bloom
from sync_server.protocol.graph import Graph
from sync_server.protocol.sync_message import Have

MOST_PROBES = 700_000
"""Bits looked at for one message: those of 100,000 changes in an honest filter."""


class Filters:
    """The filters of one message."""

    def __init__(self, graph: Graph, have: Iterable[Have]) -> None:
        self._graph = graph
        self._blooms = [Bloom(entry.bloom) for entry in have]
        self._cost = sum(bloom.probes for bloom in self._blooms)
        self._left = MOST_PROBES
        self._lacking: set[int] = set()
        self._judged = 0
        """The positions below are; changes that came later are judged when they are asked about."""

    def lacking(self, positions: Sequence[int]) -> list[int]:
        """Return which of the ascending positions hold changes that the peer lacks.

        What follows a change that is lacking is so too, and what there is no time to look up.
        """
        for position in positions:
            if position >= self._judged and self._is_lacking(position):
                self._lacking.add(position)
        self._judged = len(self._graph)
        return [position for position in positions if position in self._lacking]

    def _is_lacking(self, position: int) -> bool:
        if not self._lacking.isdisjoint(self._graph.deps(position)):
            return True
        if self._left < self._cost:
            return True
        self._left -= self._cost
        change = self._graph.hashes[position]
        return not any(change in bloom for bloom in self._blooms)
