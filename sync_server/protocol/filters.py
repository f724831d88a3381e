"""What a peer's filters say of our changes, looked up once and within bounds.

A filter is a peer's to choose, and one with nearly all bits set costs the most per look-up; the
answer to one message must not keep everyone else waiting.
"""

from collections.abc import Collection, Iterable

from sync_server.protocol.bloom import Bloom
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash
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
        self._lacking = bytearray()
        """By position; those at the end are judged when they are asked about."""

    def __bool__(self) -> bool:
        """Tell whether they hold any entry."""
        return self._cost > 0

    def lack(self, position: int) -> bool:
        """Tell whether the peer lacks a change; ask in the order of positions.

        What follows a change that is lacking is so too, and what there is no time to look up.
        """
        lacking = self._lacking
        if position < len(lacking):
            return bool(lacking[position])
        lacking += bytes(position - len(lacking))
        lacking.append(self._is_lacking(position))
        return bool(lacking[position])

    def _is_lacking(self, position: int) -> bool:
        lacking = self._lacking
        if any([lacking[dep] for dep in self._graph.deps(position)]):  # noqa: C419 - mostly one
            return True
        if self._left < self._cost:
            return True
        self._left -= self._cost
        change = self._graph.hashes[position]
        return not any(change in bloom for bloom in self._blooms)


class Beyond:
    """What a peer lacks by its last message: what is beyond the changes it names, and its filters.

    It is worked out once, and grows with the graph: a peer that never gets in step would else make
    each further key cost as much as the whole past.
    """

    def __init__(self, graph: Graph, named: Collection[ChangeHash], filters: Filters) -> None:
        """Begin with nothing judged; `named` are those of its changes that are here."""
        self.named = named
        self.lacking: list[int] = []
        """Positions, ascending, of those that were judged."""
        self._graph = graph
        self._filters = filters
        self._positions = graph.since(named)
        """Those that are to be judged yet."""
        self._end = len(graph)

    def advance(self, most: int) -> bool:
        """Judge up to so many more changes; returns whether all are judged."""
        end = len(self._graph)
        self._positions += range(self._end, end)  # what came later is in no past of theirs
        self._end = end
        if self._filters:
            portion = self._positions[:most]
            del self._positions[:most]
            self.lacking += [position for position in portion if self._filters.lack(position)]
        else:
            self.lacking += self._positions
            self._positions.clear()
        return not self._positions
