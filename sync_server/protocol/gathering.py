"""The raw changes of one long message, read a part at a time: most of them come from the disk."""

from sync_server.protocol.graph import Graph


class Gathering:
    """What was read so far of what a message is to hold."""

    __slots__ = ("_graph", "_positions", "_raws")

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._positions: list[int] = []
        self._raws: list[bytes] = []

    def advance(self, positions: list[int], most: int) -> bool:
        """Read up to so many more of these, ascending; returns whether all are read."""
        known = len(self._raws)
        if positions[:known] != self._positions[:known]:  # something else is asked for since
            self._raws, known = [], 0
        self._positions = positions
        self._raws += self._graph.raws(positions[known : known + most])
        return len(self._raws) >= len(positions)

    def take(self) -> list[bytes]:
        """Take out what was read, and begin anew."""
        raws, self._raws, self._positions = self._raws, [], []
        return raws
