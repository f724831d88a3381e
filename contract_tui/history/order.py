"""The one order of changes that everybody agrees on, each after those it was made upon."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId
from sync_server.protocol.saved import SavedChange

_MILLISECONDS_FROM = 100_000_000_000
"""Times from here on can only be milliseconds: as seconds they lie beyond the year 5000."""


class Order:
    """The changes by position: by the counter of their first operation, then by author.

    Clocks have no say in it: they lie, and jump.
    """

    def __init__(self, changes: Sequence[SavedChange]) -> None:
        places = _in_order(changes)
        position = {place: at for at, place in enumerate(places)}
        self._changes = [changes[place] for place in places]
        self.deps = [tuple(position[dep] for dep in one.deps) for one in self._changes]
        """Of each, the positions of the changes it was made upon."""
        self.times = [_seconds(one.time) for one in self._changes]
        """Seconds since 1970 by the author's clock; 0 where none was kept."""
        self._ends: dict[Actor, list[int]] = defaultdict(list)
        self._positions: dict[Actor, list[int]] = defaultdict(list)
        for at, one in enumerate(self._changes):
            self._ends[one.actor].append(one.max_op)
            self._positions[one.actor].append(at)

    def __len__(self) -> int:
        return len(self._changes)

    def actor(self, position: int) -> Actor:
        """Who made the change at a position."""
        return self._changes[position].actor

    def seq(self, position: int) -> int:
        """The number of the change among its author's."""
        return self._changes[position].seq

    def max_op(self, position: int) -> int:
        """The counter of the change's last operation."""
        return self._changes[position].max_op

    def of(self, operation: ElementId) -> int:
        """The position of the change that an operation is part of; raises LookupError."""
        actor = Actor(operation.actor)
        return self._positions[actor][bisect_left(self._ends[actor], operation.counter)]

    def find(self, actor: Actor, seq: int) -> int:
        """The position of an author's change with a number; raises LookupError."""
        return self._positions[actor][seq - 1]


def _in_order(changes: Sequence[SavedChange]) -> list[int]:
    """Return the places of the changes, ordered; a change without operations counts as one."""
    begins: list[int] = []
    ends: list[int] = []
    for change in changes:
        real = max((changes[dep].max_op for dep in change.deps), default=0)
        begin = max((ends[dep] for dep in change.deps), default=0) + 1
        begins.append(begin)
        ends.append(max(begin, begin + change.max_op - real - 1))
    return sorted(range(len(changes)), key=lambda place: (begins[place], changes[place].actor))


def _seconds(time: int) -> int:
    return max(0, time // 1000 if time >= _MILLISECONDS_FROM else time)
