"""Changes whose author is not shown yet, held back from the graph until a seal covers them.

A seal covers the changes of its actor in the past of the change that it seals, and so does a
voucher, by which they belong here whoever wrote them. So from each sealed change a mark of its
actor goes down through everything that waits, newest first, and a change that is reached by its own
actor's mark is its author's. What is in the graph already needs no mark, as all of its past is in
the graph as well.
"""

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import NamedTuple

from sync_server.access.constants import GENESIS_HASH
from sync_server.hub.custody import Custody
from sync_server.hub.upload import cost
from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.orphans import Orphans

CONSTANTS = frozenset({GENESIS_HASH})
_MOST_MARKS = 400_000
_OVERHEAD = 600
"""Bytes of memory for a change that waits, beyond its own."""


class Outside(Orphans):
    """The changes of a room that are not in its graph: orphans, and those that wait for a seal.

    To the sync protocol they are all on their way, so that nobody is asked for them again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.waiting: set[Waiting] = set()
        """What each of the room's connections has waiting."""

    def get(self, change: ChangeHash) -> Change | None:
        """Return a change that is outside."""
        for waiting in self.waiting:
            if found := waiting.get(change):
                return found
        return self.orphan(change)

    def orphan(self, change: ChangeHash) -> Change | None:
        """Return a change that waits for one that it follows, and for nothing else."""
        return super().get(change)


class Place(NamedTuple):
    """Where changes go in the end, and what is known of them there."""

    graph: Graph
    outside: Outside
    custody: Custody


def is_own(change: Change, prefix: bytes) -> bool:
    """Whether a change needs nobody else's word: by the device itself, or part of the program."""
    return change.actor.startswith(prefix) or change.hash in CONSTANTS


class Waiting:
    """What one connection brought and what is not shown yet to be its author's."""

    __slots__ = (
        "_agenda",
        "_allowed",
        "_bits",
        "_blocked",
        "_changes",
        "_fresh",
        "_marks",
        "_place",
        "_prefix",
        "_ready",
        "_refused",
        "_size",
        "moved_at",
    )

    def __init__(self, place: Place, prefix: bytes) -> None:
        """Begin without any; the actors of the connection's own device begin with `prefix`."""
        self.moved_at = 0.0
        """When something came or went last."""
        self._size = 0
        self._place = place
        self._prefix = prefix
        self._changes: dict[ChangeHash, Change] = {}
        self._allowed: set[ChangeHash] = set()
        self._blocked: dict[ChangeHash, list[ChangeHash]] = {}
        """Allowed ones by one that each of them follows and that still waits."""
        self._ready: deque[ChangeHash] = deque()
        self._refused: set[ChangeHash] = set()
        """What the graph does not take, whoever wrote it; what follows it waits with it."""
        self._bits: dict[Actor, int] = {}
        self._marks: dict[ChangeHash, int] = {}
        """The actors whose seals reach a change, one bit each; also of some not here yet."""
        self._fresh: dict[ChangeHash, int] = {}
        """Those bits that have not gone further down yet."""
        self._agenda: list[tuple[int, ChangeHash]] = []

    def __len__(self) -> int:
        return len(self._changes)

    @property
    def unshown(self) -> int:
        """How many are not shown to be their authors'."""
        return len(self._changes.keys() - self._allowed - self._refused)

    @property
    def memory(self) -> int:
        """Bytes that it takes, about."""
        return self._size + _OVERHEAD * len(self._changes)

    def get(self, change: ChangeHash) -> Change | None:
        """Return a waiting change."""
        return self._changes.get(change)

    @property
    def busy(self) -> bool:
        """Whether `spread` or `take` has something to do."""
        return bool(self._agenda or self._ready)

    def sift(self, changes: Iterable[Change]) -> list[Change]:
        """Hold back what is not shown to be its author's; returns the others."""
        passed: list[Change] = []
        for change in changes:
            if change.hash in self._place.graph or change.hash in self._changes:
                continue
            own = is_own(change, self._prefix)
            if own and self._obstacle(change) is None:
                passed.append(change)
                self._mark(change, 0)  # a mark may have to go through it, should it be an orphan
            else:
                self._put(change, own)
        return passed

    def refuse(self, change: Change, others: Iterable[Change]) -> list[Change]:
        """Hold back for good what the graph does not take.

        Returns what of the others, all shown to be their authors', does not follow it.
        """
        self._refused.add(change.hash)
        self._keep(change)
        free: list[Change] = []
        for other in others:
            if self._obstacle(other) is None:
                free.append(other)
            else:
                self._keep(other)
                self._allow(other.hash)
        return free

    def sealed(self, change: ChangeHash) -> None:
        """Note that a change is itself sealed, or vouched for."""
        found = self._find(change)
        if found and self._place.custody.covers(found):
            self._mark(found, self._bit(found.actor))

    def spread(self, count: int) -> int:
        """Send up to `count` marks one step down; returns how many."""
        steps = 0
        while self._agenda and steps < count:
            _, name = heappop(self._agenda)
            change, bits = self._find(name), self._fresh.pop(name, 0)
            if change is not None and bits:
                self._descend(change, bits)
                steps += 1
        return steps

    def take(self, budget: int) -> list[Change]:
        """Take out what is shown to be its author's, in order, until the budget is spent."""
        taken: list[Change] = []
        while self._ready and budget > 0:
            change = self._remove(self._ready.popleft())
            if change is not None:
                taken.append(change)
                budget -= cost(change)
        return taken

    def entered(self, name: ChangeHash) -> None:
        """Note that a change is in the graph, whoever brought it.

        Marks are forgotten only here: what is taken out may be an orphan in a moment, and what it
        follows comes later.
        """
        self._remove(name)
        if not self._changes and not len(self._place.outside):
            self._forget_marks()

    def _remove(self, name: ChangeHash) -> Change | None:
        """Take out one change, if it is here; what waited for it alone is ready now."""
        change = self._changes.pop(name, None)
        if change is None:
            return None
        self._size -= len(change.raw)
        self._allowed.discard(name)
        self._refused.discard(name)
        self._marks.pop(name, None)
        for blocked in self._blocked.pop(name, ()):
            self._offer(blocked)
        return change

    def _keep(self, change: Change) -> None:
        if change.hash not in self._changes:
            self._changes[change.hash] = change
            self._size += len(change.raw)

    def _put(self, change: Change, own: bool) -> None:
        self._keep(change)
        sealed = not own and self._place.custody.covers(change)
        self._mark(change, self._bit(change.actor) if sealed else 0)
        if own:
            self._allow(change.hash)

    def _obstacle(self, change: Change) -> ChangeHash | None:
        """One of what a change follows, if that waits here."""
        if not self._changes:
            return None
        return next((dep for dep in change.deps if dep in self._changes), None)

    def _allow(self, name: ChangeHash) -> None:
        if name not in self._allowed and name not in self._refused:
            self._allowed.add(name)
            self._offer(name)

    def _offer(self, name: ChangeHash) -> None:
        change = self._changes.get(name)
        if change is None:
            return
        obstacle = self._obstacle(change)
        if obstacle is None:
            self._ready.append(name)
        else:
            self._blocked.setdefault(obstacle, []).append(name)

    # Marks

    def _find(self, name: ChangeHash) -> Change | None:
        return self._changes.get(name) or self._place.outside.orphan(name)

    def _bit(self, actor: Actor) -> int:
        return self._bits.setdefault(actor, 1 << len(self._bits))

    def _mark(self, change: Change, bits: int) -> None:
        """Mark a change that is here; with what was noted for it before it came."""
        marks = self._marks.get(change.hash, 0) | bits
        if marks:
            self._marks[change.hash] = marks
            self._fresh[change.hash] = marks
            heappush(self._agenda, (-change.start_op, change.hash))

    def _descend(self, change: Change, bits: int) -> None:
        own = self._bits.get(change.actor, 0)
        if bits & own and change.hash in self._changes:
            self._allow(change.hash)
        if change.seq == 1:  # the actor has nothing further down
            bits &= ~own
        for dep in change.deps if bits else ():
            if dep in self._place.graph:
                continue
            marks = self._marks.get(dep, 0)
            fresh = bits & ~marks
            if fresh and len(self._marks) < _MOST_MARKS:
                self._marks[dep] = marks | fresh
                self._fresh[dep] = self._fresh.get(dep, 0) | fresh
                if found := self._find(dep):
                    heappush(self._agenda, (-found.start_op, dep))

    def _forget_marks(self) -> None:
        for kept in (self._bits, self._marks, self._fresh, self._agenda):
            kept.clear()
