"""The graph of one document's changes, without the document.

Changes stand in the order of their arrival, which is topological; a *position* is an index into it.
What the protocol needs of a change takes about 200 bytes here, most of it the hash; the raw bytes
of older changes are read back from the disk.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.orphans import Orphans

Heads = tuple[ChangeHash, ...]
"""Hashes in ascending order."""

Fetch = Callable[[int, int], Sequence[bytes]]
"""Reads the raw changes from a first to a last position, both included."""

_NO_DEPENDENCY, _SEVERAL = -1, -2
_LAST_OPERATION = (1 << 32) - 1


class HeaderLike(Protocol):
    """One change as a store keeps it, without its bytes; `deps` are positions."""

    @property
    def hash(self) -> bytes:
        """Its hash."""

    @property
    def deps(self) -> Sequence[int]:
        """The positions of its dependencies."""

    @property
    def actor(self) -> bytes:
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
    """One change of the graph, without its bytes."""

    position: int
    hash: ChangeHash
    deps: tuple[int, ...]
    actor: Actor
    seq: int
    start_op: int
    max_op: int
    size: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document chunk that holds exactly the first changes of the graph."""

    covers: int
    """How many."""
    data: bytes


class Graph:
    """The changes of one document: which there are, and what follows from which."""

    KEEP = 256
    """How many of the latest raw changes stay in memory once all are on disk."""

    def __init__(self, fetch: Fetch | None = None, orphans: Orphans | None = None) -> None:
        """Start empty. Without `fetch` every raw change stays in memory."""
        self.heads: Heads = ()
        self.hashes: list[ChangeHash] = []
        self.positions: dict[ChangeHash, int] = {}
        self.size = 0
        """Bytes of all raw changes together."""
        self.snapshot: Snapshot | None = None
        self._fetch = fetch
        self._orphans = orphans or Orphans()
        self._only_dep = array("q")
        self._several_deps: dict[int, tuple[int, ...]] = {}
        self._actor_at = array("I")
        self._seq_at = array("I")
        self._start_at = array("I")
        self._max_at = array("I")
        self._size_at = array("I")
        self._actors: list[Actor] = []
        self._number_of: dict[Actor, int] = {}
        self._last_seq: list[int] = []
        self._tail: list[bytes] = []
        self._tail_begins = 0

    def __len__(self) -> int:
        return len(self.hashes)

    def __contains__(self, change: ChangeHash) -> bool:
        return change in self.positions

    def add(self, changes: Iterable[Change]) -> list[Change]:
        """Take changes in any order; returns those that entered, dependencies first.

        A change whose dependencies are missing waits for them. Raises BadChunk at the first change
        that cannot follow its dependencies or its actor's last one; what entered before it, in this
        call too, stays: positions from the length before the call on tell what.
        """
        entered: list[Change] = []
        for change in changes:
            if change.hash in self.positions:
                continue
            missing = [dep for dep in change.deps if dep not in self.positions]
            if missing:
                self._orphans.put(change, missing)
                continue
            self._append(change)
            entered.append(change)
            self._adopt(change.hash, entered)
        return entered

    def restore(self, headers: Iterable[HeaderLike]) -> None:
        """Continue with changes that are on disk, in order of position; raises BadChunk."""
        heads = set(self.heads)
        for header in headers:
            deps = tuple(header.deps)
            if any(not 0 <= dep < len(self.hashes) for dep in deps):
                raise BadChunk("a stored change comes before one that it needs")
            change = ChangeHash(header.hash)
            self._check(change, deps, Actor(header.actor), header.seq, header.start_op)
            self._insert(
                Header(
                    len(self.hashes),
                    change,
                    deps,
                    Actor(header.actor),
                    header.seq,
                    header.start_op,
                    header.max_op,
                    header.size,
                )
            )
            heads.difference_update(self.hashes[dep] for dep in deps)
            heads.add(change)
        self.heads = tuple(sorted(heads))
        self._tail.clear()
        self._tail_begins = len(self.hashes)

    def trim(self) -> None:
        """Let go of older raw changes; call it when everything is on disk."""
        if self._fetch and len(self._tail) > 2 * self.KEEP:
            excess = len(self._tail) - self.KEEP
            del self._tail[:excess]
            self._tail_begins += excess

    def deps(self, position: int) -> tuple[int, ...]:
        """Return the positions of a change's dependencies."""
        only = self._only_dep[position]
        if only >= 0:
            return (only,)
        return () if only == _NO_DEPENDENCY else self._several_deps[position]

    def header(self, position: int) -> Header:
        """Return what is known of one change."""
        return Header(
            position,
            self.hashes[position],
            self.deps(position),
            self._actors[self._actor_at[position]],
            self._seq_at[position],
            self._start_at[position],
            self._max_at[position],
            self._size_at[position],
        )

    def size_of(self, positions: Iterable[int]) -> int:
        """Return how many bytes these changes have together."""
        return sum(map(self._size_at.__getitem__, positions))

    def last_seq(self, actor: Actor) -> int:
        """Return the number of the actor's latest change, 0 for an actor never seen."""
        number = self._number_of.get(actor)
        return 0 if number is None else self._last_seq[number]

    def raws(self, positions: Sequence[int]) -> list[bytes]:
        """Return the raw changes at ascending positions; older ones come through `fetch`."""
        split = bisect_left(positions, self._tail_begins)
        out: list[bytes] = []
        at = 0
        while at < split:
            first = at
            while at + 1 < split and positions[at + 1] == positions[at] + 1:
                at += 1
            assert self._fetch is not None
            out.extend(self._fetch(positions[first], positions[at]))
            at += 1
        out.extend(self._tail[position - self._tail_begins] for position in positions[split:])
        return out

    def since(self, known: Iterable[ChangeHash]) -> list[int]:
        """Return the positions, ascending, of all changes that are not in the past of `known`.

        Unknown hashes are passed over. Walks down from our heads and from `known` together, newest
        first, until nothing wanted is left, so that it costs what it returns, not the history.
        """
        base = {self.positions[change] for change in known if change in self.positions}
        if not base:
            return list(range(len(self.hashes)))
        wanted = {self.positions[head] for head in self.heads} - base
        queue = [-position for position in (*base, *wanted)]
        heapq.heapify(queue)
        out: list[int] = []
        while wanted:
            position = -heapq.heappop(queue)
            if position in base:
                base.discard(position)
                for dep in self.deps(position):
                    if dep in wanted:
                        wanted.discard(dep)
                    elif dep not in base:
                        heapq.heappush(queue, -dep)
                    base.add(dep)
            else:
                wanted.discard(position)
                out.append(position)
                for dep in self.deps(position):
                    if dep not in base and dep not in wanted:
                        heapq.heappush(queue, -dep)
                        wanted.add(dep)
        out.reverse()
        return out

    def missing(self, wanted: Iterable[ChangeHash]) -> Heads:
        """Return what to ask for to reach `wanted`, looking through the waiting changes."""
        lacking: set[ChangeHash] = set()
        seen: set[ChangeHash] = set()
        stack = list(wanted)
        while stack:
            change = stack.pop()
            if change in self.positions or change in seen:
                continue
            seen.add(change)
            waiting = self._orphans.get(change)
            if waiting is None:
                lacking.add(change)
            else:
                stack.extend(waiting.deps)
        return tuple(sorted(lacking))

    def _adopt(self, parent: ChangeHash, entered: list[Change]) -> None:
        """Take in the waiting changes that have all their dependencies now.

        One that cannot follow them is forgotten without blame: whoever completed them is not the
        one who sent it. It is refused when its sender repeats it.
        """
        parents = [parent]
        while parents:
            for orphan in self._orphans.pop_ready(parents.pop(), self.positions):
                try:
                    self._append(orphan)
                except BadChunk:
                    continue
                entered.append(orphan)
                parents.append(orphan.hash)

    def _append(self, change: Change) -> None:
        deps = tuple(self.positions[dep] for dep in change.deps)
        self._check(change.hash, deps, change.actor, change.seq, change.start_op)
        if change.max_op > _LAST_OPERATION:
            raise BadChunk("an operation counter above 32 bits")
        self._insert(
            Header(
                len(self.hashes),
                change.hash,
                deps,
                change.actor,
                change.seq,
                change.start_op,
                change.max_op,
                len(change.raw),
            )
        )
        self._tail.append(change.raw)
        gone = set(change.deps)
        kept = [head for head in self.heads if head not in gone]
        self.heads = tuple(sorted((*kept, change.hash)))

    def _check(
        self, change: ChangeHash, deps: tuple[int, ...], actor: Actor, seq: int, start_op: int
    ) -> None:
        if change in self.positions:
            raise BadChunk("a change that is here already")
        last = self.last_seq(actor)
        if seq != last + 1:
            raise BadChunk(f"change {seq} of actor {actor.hex()[:8]} cannot follow change {last}")
        top = max((self._max_at[dep] for dep in deps), default=0)
        if start_op <= top:
            raise BadChunk(f"first operation {start_op} is not above its dependencies' {top}")

    def _insert(self, header: Header) -> None:
        """Append a checked change; nothing in here can fail half-way."""
        number = self._number_of.setdefault(header.actor, len(self._actors))
        if number == len(self._actors):
            self._actors.append(header.actor)
            self._last_seq.append(0)
        deps = header.deps
        if len(deps) > 1:
            self._several_deps[header.position] = deps
        self._only_dep.append(deps[0] if len(deps) == 1 else _SEVERAL if deps else _NO_DEPENDENCY)
        self._actor_at.append(number)
        self._seq_at.append(header.seq)
        self._start_at.append(header.start_op)
        self._max_at.append(header.max_op)
        self._size_at.append(header.size)
        self._last_seq[number] = header.seq
        self.size += header.size
        self.hashes.append(header.hash)
        self.positions[header.hash] = header.position
