"""What the protocol needs of each change, side by side in arrays.

A change takes about 200 bytes, most of them for its hash and for finding it.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, gt, lt
from typing import NamedTuple, Protocol

from sync_server.protocol.ids import Actor, ChangeHash

HIGHEST = (1 << 32) - 1
"""What an array holds."""
_NO_DEPENDENCY, _SEVERAL = -1, -2


class HeaderLike(Protocol):
    """One change as a store keeps it, without its bytes."""

    @property
    def hash(self) -> ChangeHash:
        """Its hash."""

    @property
    def deps(self) -> Sequence[int]:
        """The positions of its dependencies."""

    @property
    def actor(self) -> Actor:
        """Who made it."""

    @property
    def seq(self) -> int:
        """Its number among the actor's changes."""

    @property
    def start_op(self) -> int:
        """The counter of its first operation."""

    @property
    def max_op(self) -> int:
        """The counter of its last operation."""

    @property
    def size(self) -> int:
        """Bytes of its raw form."""


class Header(NamedTuple):
    """One change, without its bytes."""

    hash: ChangeHash
    deps: tuple[int, ...]
    """The positions of its dependencies."""
    actor: Actor
    seq: int
    start_op: int
    max_op: int
    size: int
    """Bytes of its raw form."""


class Ledger:
    """Headers by position. It keeps what it is given and checks nothing."""

    def __init__(self) -> None:
        self.hashes: list[ChangeHash] = []
        self.positions: dict[ChangeHash, int] = {}
        self.size = 0
        """Bytes of all raw changes together."""
        self._only_dep = array("q")
        self._several_deps: dict[int, tuple[int, ...]] = {}
        self._actor_at = array("I")
        self._seq_at = array("I")
        self._start_at = array("I")
        self._max_at = array("I")
        self._size_at = array("I")
        self._prefix_at = array("I")
        self.start_op = self._start_at.__getitem__
        """The counter of the first operation, by position."""
        self.max_op = self._max_at.__getitem__
        """The counter of the last operation, by position."""
        self.prefix = self._prefix_at.__getitem__
        """By position: all changes at lower positions than this one are in its past, or are it."""
        self._actors: list[Actor] = []
        self._number_of: dict[Actor, int] = {}
        self._positions_of: list[array[int]] = []
        """Of each actor's changes, ascending."""

    def append(self, header: HeaderLike, deps: tuple[int, ...], *, newest: bool) -> None:
        """Put one change at the next position; its numbers must fit 32 bits.

        `newest` tells that its dependencies are all the heads there are.
        """
        position = len(self.hashes)
        number = self._number(header.actor)
        if len(deps) > 1:
            self._several_deps[position] = deps
        self._only_dep.append(deps[0] if len(deps) == 1 else _SEVERAL if deps else _NO_DEPENDENCY)
        self._actor_at.append(number)
        self._seq_at.append(header.seq)
        self._start_at.append(header.start_op)
        self._max_at.append(header.max_op)
        self._size_at.append(header.size)
        self._prefix_at.append(position + 1 if newest else max(map(self.prefix, deps), default=0))
        self._positions_of[number].append(position)
        self.size += header.size
        self.hashes.append(header.hash)
        self.positions[header.hash] = position

    def extend(self, line: Sequence[HeaderLike]) -> bool:
        """Put changes behind the only head, each made on top of the one before, if they fit.

        It is some ten times as quick as looking at each. Returns False, and has done nothing, where
        one of them could not stand there.
        """
        first, end = len(self.hashes), len(self.hashes) + len(line)
        hashes = [header.hash for header in line]
        if len(set(hashes)) < len(line) or not self.positions.keys().isdisjoint(hashes):
            return False
        starts = [header.start_op for header in line]
        maxima = [header.max_op for header in line]
        sizes = [header.size for header in line]
        if not (0 <= min(sizes) <= max(sizes) <= HIGHEST and max(maxima) < HIGHEST):
            return False
        before = [self.max_op(first - 1), *maxima]
        if not all(map(lt, before, starts)) or any(map(gt, starts, [m + 1 for m in maxima])):
            return False
        authors = self._continued(line)
        if authors is None:
            return False
        for actor, places in authors:
            number = self._number(actor)
            self._actor_at.extend([number] * len(places))
            self._positions_of[number].extend(range(first + places.start, first + places.stop))
        self._seq_at.extend([header.seq for header in line])
        self._start_at.extend(starts)
        self._max_at.extend(maxima)
        self._size_at.extend(sizes)
        self._only_dep.extend(range(first - 1, end - 1))
        self._prefix_at.extend(range(first + 1, end + 1))
        self.size += sum(sizes)
        self.hashes.extend(hashes)
        self.positions.update(zip(hashes, range(first, end), strict=True))
        return True

    def _continued(self, line: Sequence[HeaderLike]) -> list[tuple[Actor, range]] | None:
        """Return whose changes these are, one after the other; None if any has a wrong number."""
        latest: dict[Actor, int] = {}
        found: list[tuple[Actor, range]] = []
        end = 0
        for actor, some in groupby(line, attrgetter("actor")):
            numbers = [header.seq for header in some]
            begin, end = end, end + len(numbers)
            last = latest[actor] if actor in latest else self.last_seq(actor)
            if numbers != list(range(last + 1, last + 1 + len(numbers))):
                return None
            latest[actor] = numbers[-1]
            found.append((actor, range(begin, end)))
        return found

    def header(self, position: int) -> Header:
        """Return what is known of one change."""
        return Header(
            self.hashes[position],
            self.deps(position),
            self._actors[self._actor_at[position]],
            self._seq_at[position],
            self._start_at[position],
            self._max_at[position],
            self._size_at[position],
        )

    def deps(self, position: int) -> tuple[int, ...]:
        """Return the positions of a change's dependencies."""
        only = self._only_dep[position]
        if only >= 0:
            return (only,)
        return () if only == _NO_DEPENDENCY else self._several_deps[position]

    def size_of(self, positions: Iterable[int]) -> int:
        """Return how many bytes these raw changes have together."""
        return sum(map(self._size_at.__getitem__, positions))

    def last_seq(self, actor: Actor) -> int:
        """Return the number of the actor's latest change, 0 for an actor never seen."""
        number = self._number_of.get(actor)
        return 0 if number is None else self._seq_at[self.latest_of(number)]

    @property
    def actors(self) -> Sequence[Actor]:
        """Everybody who made a change, in the order of their first."""
        return self._actors

    def start_of(self, actor: Actor, seq: int) -> int:
        """Return the counter of the first operation of one of an actor's changes, by its number.

        Raises KeyError or IndexError for a change that is not here.
        """
        return self._start_at[self.position_of(actor, seq)]

    def position_of(self, actor: Actor, seq: int) -> int:
        """Return the position of an actor's change with a number; raises LookupError."""
        return self._positions_of[self._number_of[actor]][seq - 1]

    @property
    def next_number(self) -> int:
        """What the next actor that was never seen will be numbered."""
        return len(self._actors)

    def number(self, actor: Actor) -> int | None:
        """Return what an actor is numbered; None if it was never seen."""
        return self._number_of.get(actor)

    def latest_of(self, number: int) -> int:
        """Return the position of a numbered actor's latest change."""
        return self._positions_of[number][-1]

    def authorship(self, position: int) -> tuple[int, int]:
        """Return the author's number and the change's number among the author's changes."""
        return self._actor_at[position], self._seq_at[position]

    def find(self, number: int, counter: int) -> int | None:
        """Return the position of the change in which a numbered actor made an operation."""
        if number >= len(self._positions_of):
            return None
        positions = self._positions_of[number]
        at = bisect_right(positions, counter, key=self.start_op) - 1
        if at < 0 or counter > self.max_op(positions[at]):
            return None
        return positions[at]

    def _number(self, actor: Actor) -> int:
        number = self._number_of.setdefault(actor, len(self._actors))
        if number == len(self._actors):
            self._actors.append(actor)
            self._positions_of.append(array("I"))
        return number


def lines(headers: Iterable[HeaderLike], first: int) -> Iterator[Sequence[HeaderLike]]:
    """Divide changes, the first at a position, where one is not made on top of just its neighbour.

    Most of a contract is one line: people write one after the other.
    """
    waiting = list(headers)
    begin = 0
    for at, header in enumerate(waiting):
        if header.deps != (first + at - 1,):
            yield waiting[begin:at]
            yield waiting[at : at + 1]
            begin = at + 1
    yield waiting[begin:]
