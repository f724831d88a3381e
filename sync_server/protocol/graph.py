"""The graph of one document's changes, without the document.

Changes stand in the order of their arrival, which is topological; a *position* is an index into it.
"""

import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from sync_server.protocol.bloom import GrowingBloom
from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.ledger import HIGHEST, Header, HeaderLike, Ledger, lines
from sync_server.protocol.orphans import Orphans
from sync_server.protocol.past import Ahead
from sync_server.protocol.validate import Validator

__all__ = ["Fetch", "Graph", "Header", "HeaderLike", "Heads", "Snapshot"]

Heads = tuple[ChangeHash, ...]
"""Hashes in ascending order."""

Fetch = Callable[[int, int], Sequence[bytes]]
"""Reads the raw changes from a first to a last position, both included."""


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
    MOST_AHEAD = 8
    """How many large changes are read ahead for at one time."""

    def __init__(
        self,
        fetch: Fetch | None = None,
        orphans: Orphans | None = None,
        *,
        validate: bool = False,
    ) -> None:
        """Start empty. Without `fetch` every raw change stays in memory.

        With `validate`, changes from elsewhere enter only if they can break nobody's document.
        """
        self.heads: Heads = ()
        self.snapshot: Snapshot | None = None
        self._ledger = ledger = Ledger()
        self.hashes: Sequence[ChangeHash] = ledger.hashes
        """By position."""
        self.filter = GrowingBloom(ledger.hashes)
        """Of all changes, for the peers that may have anything of them."""
        self.positions = ledger.positions
        """By hash."""
        self.deps = ledger.deps
        self.header = ledger.header
        self.size_of = ledger.size_of
        self.last_seq = ledger.last_seq
        self.start_of = ledger.start_of
        self.position_of = ledger.position_of
        self._fetch = fetch
        self._orphans = Orphans() if orphans is None else orphans
        self._validator = Validator(ledger, self.raws) if validate else None
        self._ahead: WeakValueDictionary[ChangeHash, Ahead] = WeakValueDictionary()
        """What was read for changes that are to enter, as long as somebody has them in hand."""
        self._tail: list[bytes] = []
        self._tail_begins = 0

    def __len__(self) -> int:
        return len(self.hashes)

    def __contains__(self, change: ChangeHash) -> bool:
        return change in self.positions

    @property
    def size(self) -> int:
        """Bytes of all raw changes together."""
        return self._ledger.size

    @property
    def actors(self) -> Sequence[Actor]:
        """Everybody who made a change, in the order of their first."""
        return self._ledger.actors

    def add(self, changes: Iterable[Change], *, trusted: bool = False) -> list[Change]:
        """Take changes in any order; returns those that entered, dependencies first.

        A change whose dependencies are missing waits for them. Raises BadChunk at the first change
        that cannot follow its dependencies or its actor's last one, or is not valid; what entered
        before it, in this call too, stays: positions from the length before the call on tell what.
        `trusted` changes were made here or come from our own disk, and are not validated again.
        """
        entered: list[Change] = []
        for change in changes:
            if change.hash in self.positions:
                continue
            missing = [dep for dep in change.deps if dep not in self.positions]
            if missing:
                self._orphans.put(change, missing)
                continue
            self._append(change, trusted=trusted)
            entered.append(change)
            self._adopt(change.hash, entered)
        return entered

    def read_ahead(self, change: Change) -> Ahead | None:
        """Begin to read what a large change refers to, so that `add` need not do it all at once.

        Returns what to keep until then and to go on with by `advance`; None if there is nothing to
        read, or too much is being read already.
        """
        if self._validator is None or change.hash in self or len(self._ahead) >= self.MOST_AHEAD:
            return None
        if not all(dep in self for dep in change.deps):
            return None
        ahead = self._validator.ahead(change)
        if ahead:
            self._ahead[change.hash] = ahead
        return ahead

    def advance(self, ahead: Ahead, most: int) -> bool:
        """Read up to so many more earlier changes; returns whether all are read."""
        return self._validator is None or self._validator.advance(ahead, most)

    def restore(self, headers: Iterable[HeaderLike]) -> None:
        """Continue with changes that are on disk, in order of position, readable by `fetch`.

        Raises BadChunk at the first that cannot follow; those before it stay.
        """
        tops = {self.positions[head] for head in self.heads}
        try:
            for line in lines(headers, len(self)):
                if len(line) > 1 and tops == {len(self) - 1} and self._ledger.extend(line):
                    tops = {len(self) - 1}
                    continue
                for header in line:
                    self._restore(header, tops)
        finally:
            self.heads = tuple(sorted([self.hashes[position] for position in tops]))
            self._tail.clear()
            self._tail_begins = len(self)

    def _restore(self, header: HeaderLike, tops: set[int]) -> None:
        """Restore one change; `tops` are the positions of the heads."""
        position, deps = len(self), tuple(header.deps)
        if deps and not (min(deps) >= 0 and max(deps) < position):
            raise BadChunk("a stored change stands before one that it needs")
        self._check_place(header, deps)
        self._ledger.append(header, deps, newest=tops.issubset(deps))
        tops.difference_update(deps)
        tops.add(position)

    def trim(self) -> None:
        """Let go of older raw changes; call it when everything is on disk."""
        if self._fetch and len(self._tail) > 2 * self.KEEP:
            excess = len(self._tail) - self.KEEP
            del self._tail[:excess]
            self._tail_begins += excess

    def raws(self, positions: Sequence[int]) -> list[bytes]:
        """Return the raw changes at ascending positions; older ones come through `fetch`."""
        in_memory = bisect_left(positions, self._tail_begins)
        out: list[bytes] = []
        at = 0
        while at < in_memory:  # neighbours come in one read
            first = at
            while at + 1 < in_memory and positions[at + 1] == positions[at] + 1:
                at += 1
            assert self._fetch is not None
            out.extend(self._fetch(positions[first], positions[at]))
            at += 1
        begins = self._tail_begins
        out.extend([self._tail[position - begins] for position in positions[in_memory:]])
        return out

    def since(self, known: Iterable[ChangeHash]) -> list[int]:
        """Return the positions, ascending, of all changes that are not in the past of `known`.

        Unknown hashes are passed over. Walks down from our heads and from `known` together, newest
        first, until nothing wanted is left, so that it costs what it returns, not the history.
        """
        known = set(known)
        if known.issuperset(self.heads):
            return []
        base = {self.positions[change] for change in known if change in self.positions}
        if not base:
            return list(range(len(self)))
        last = max(base)
        if self._ledger.prefix(last) == last + 1:  # it follows all there was, as most changes do
            return list(range(last + 1, len(self)))
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

    def expects(self, change: ChangeHash) -> bool:
        """Whether a change is here already and waits for others."""
        return self._orphans.get(change) is not None

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

        One that cannot follow them is forgotten without blame: whoever completed them need not be
        the one who sent it. It is refused when its sender repeats it.
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

    def _append(self, change: Change, *, trusted: bool = False) -> None:
        """Check everything first, then append: the graph is never left half-changed."""
        deps = tuple([self.positions[dep] for dep in change.deps])
        header = Header(
            change.hash,
            deps,
            change.actor,
            change.seq,
            change.start_op,
            change.max_op,
            len(change.raw),
        )
        self._check_place(header, deps)
        left = [head for head in self.heads if head not in change.deps]
        if self._validator and not trusted:
            ahead = self._ahead.get(change.hash) if change.ops > 1 else None
            self._validator.check(change, deps, newest=not left, ahead=ahead)
        self._ledger.append(header, deps, newest=not left)
        self._tail.append(change.raw)
        self.heads = tuple(sorted([change.hash, *left]))

    def _check_place(self, header: HeaderLike, deps: tuple[int, ...]) -> None:
        if header.hash in self.positions:
            raise BadChunk("a change that is here already")
        _check_sequence(header.actor, header.seq, self.last_seq(header.actor))
        top = max(map(self._ledger.max_op, deps), default=0)
        if not top < header.start_op <= header.max_op + 1 <= HIGHEST:
            raise BadChunk(f"first operation {header.start_op} does not follow {top}")
        if not 0 <= header.size <= HIGHEST:
            raise BadChunk("a stored change has no possible size")


def _check_sequence(actor: Actor, seq: int, last: int) -> None:
    if seq != last + 1:
        raise BadChunk(f"change {seq} of actor {actor.hex()[:8]} does not follow change {last}")
