"""The one order of changes that everybody agrees on, each after those it was made upon."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from operator import ne

from contract_tui.history.dependencies import Dependencies
from contract_tui.history.slices import in_slices
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId
from sync_server.protocol.saved import SavedChange

_MILLISECONDS_FROM = 100_000_000_000
"""Times from here on can only be milliseconds: as seconds they lie beyond the year 5000."""


class Order:
    """The changes by position: by the counter of their first operation, then by author.

    Clocks have no say in it: they lie, and jump.
    """

    def __init__(self, changes: Iterable[SavedChange] = ()) -> None:
        self.actors: list[Actor] = []
        """Everybody who made a change, each at their number."""
        self.deps = Dependencies()
        """Of each, the positions of the changes it was made upon."""
        self.times: list[int] = []
        """Seconds since 1970 by the author's clock; 0 where none was kept."""
        self._numbers: dict[bytes, int] = {}
        self._author = array("I")
        self._seq = array("I")
        self._max_op = array("q")
        self._begin = array("q")
        self._end = array("q")
        self._positions: list[array[int]] = []
        """Of each author's changes, ascending."""
        self._ends: list[array[int]] = []
        """The counter of the last operation of each of them."""
        deque(self.fill(changes), maxlen=0)

    def fill(self, changes: Iterable[SavedChange]) -> Iterator[int]:
        """Take all changes there are, dependencies first.

        Yields often, and how many of two rows for each change have been read since. Before the end
        nothing here may be asked for.
        """
        yield from in_slices(changes, self._put)
        ranks = self._ranks()
        places = sorted(range(len(ranks)), key=ranks.__getitem__)
        yield 0
        if any(map(ne, places, range(len(places)))):
            yield from self._arrange(places)
        yield from in_slices(range(len(self)), self._index)

    def __len__(self) -> int:
        return len(self._author)

    def actor(self, position: int) -> Actor:
        """Who made the change at a position."""
        return self.actors[self._author[position]]

    def seq(self, position: int) -> int:
        """The number of the change among its author's."""
        return self._seq[position]

    def max_op(self, position: int) -> int:
        """The counter of the change's last operation."""
        return self._max_op[position]

    def author(self, position: int) -> int:
        """The number of whoever made the change at a position, among `actors`."""
        return self._author[position]

    def made_by(self, actor: Actor) -> Sequence[int]:
        """The positions of an author's changes, ascending."""
        number = self._numbers.get(actor)
        return () if number is None else self._positions[number]

    def of(self, operation: ElementId) -> int:
        """The position of the change that an operation is part of; raises LookupError."""
        number = self._numbers[operation.actor]
        return self._positions[number][bisect_left(self._ends[number], operation.counter)]

    def of_all(self, operations: Iterable[ElementId]) -> list[int]:
        """The positions of the changes that operations are part of; raises LookupError."""
        numbers, positions, ends = self._numbers, self._positions, self._ends
        return [
            positions[number := numbers[actor]][bisect_left(ends[number], counter)]
            for counter, actor in operations
        ]

    def find(self, actor: Actor, seq: int) -> int:
        """The position of an author's change with a number; raises LookupError."""
        return self._positions[self._numbers[actor]][seq - 1]

    def append(self, change: SavedChange) -> bool:
        """Take one change more if it stands behind all others; returns whether it does."""
        number = self._numbers.get(change.actor)
        known = 0 if number is None else len(self._positions[number])
        last, at = len(self) - 1, len(self)
        if change.seq != known + 1 or any(dep >= at for dep in change.deps):
            return False
        self._put([change])
        if last >= 0 and self._rank(last) >= self._rank(at):
            self._drop()
            return False
        self._index([at])
        return True

    def cut(self, length: int) -> None:
        """Forget the last changes, until so many are left."""
        while len(self) > length:
            number = self._author[-1]
            self._positions[number].pop()
            self._ends[number].pop()
            self._drop()

    def _ranks(self) -> array[int]:
        """Return one number for each change, by which they are ordered."""
        actors = self.actors
        by_name = {
            number: rank
            for rank, number in enumerate(sorted(range(len(actors)), key=actors.__getitem__))
        }
        many = len(actors)
        pairs = zip(self._begin, self._author, strict=True)
        return array("q", [begin * many + by_name[who] for begin, who in pairs])

    def _rank(self, position: int) -> tuple[int, Actor]:
        return self._begin[position], self.actor(position)

    def _put(self, changes: Sequence[SavedChange]) -> None:
        """Put changes behind the others; one without operations counts as one."""
        for change in changes:
            deps = change.deps
            if len(deps) == 1:  # as nearly always
                real, begin = self._max_op[deps[0]], self._end[deps[0]] + 1
            else:
                real = max([self._max_op[dep] for dep in deps], default=0)
                begin = max([self._end[dep] for dep in deps], default=0) + 1
            self._max_op.append(change.max_op)
            self._begin.append(begin)
            self._end.append(begin + max(0, change.max_op - real - 1))
        self._author.extend([self._number(one.actor) for one in changes])
        self._seq.extend([one.seq for one in changes])
        self.deps.extend([one.deps for one in changes])
        self.times.extend([_seconds(one.time) if one.time else 0 for one in changes])

    def _number(self, actor: Actor) -> int:
        number = self._numbers.get(actor)
        if number is None:
            number = self._numbers[actor] = len(self.actors)
            self.actors.append(actor)
            self._positions.append(array("I"))
            self._ends.append(array("q"))
        return number

    def _index(self, positions: Sequence[int]) -> None:
        """Have changes found from now on; those before them are already."""
        for position in positions:
            number = self._author[position]
            self._positions[number].append(position)
            self._ends[number].append(self._max_op[position])

    def _drop(self) -> None:
        for column in (self._author, self._seq, self._max_op, self._begin, self._end):
            column.pop()
        self.deps.pop()
        self.times.pop()

    def _arrange(self, places: Sequence[int]) -> Iterator[int]:
        """Bring all columns into another order."""
        positions = array("I", bytes(4 * len(places)))
        for position, place in enumerate(places):
            positions[place] = position
        yield 0
        for name in ("_author", "_seq", "_max_op", "_begin", "_end"):
            column: array[int] = getattr(self, name)
            setattr(self, name, array(column.typecode, map(column.__getitem__, places)))
            yield 0
        self.times = [self.times[place] for place in places]
        deps, self.deps = self.deps, Dependencies()

        def arrange(some: Sequence[int]) -> None:
            self.deps.extend([[positions[dep] for dep in deps[place]] for place in some])

        for _ in in_slices(places, arrange):
            yield 0


def _seconds(time: int) -> int:
    return max(0, time // 1000 if time >= _MILLISECONDS_FROM else time)
