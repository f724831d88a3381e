"""What earlier changes did, read back from them when a new one refers to it.

No table of operations is kept: an operation is found by its actor and counter in the ledger, and
its raw change is taken apart again. The latest ones, which typing refers to, stay at hand.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from sync_server.protocol.chunk import body_of
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ledger import Ledger
from sync_server.protocol.recalled import Fact, Recalled
from sync_server.protocol.structure import LOWER, Id

Read = Callable[[Sequence[int]], Sequence[bytes]]
"""Reads the raw changes at ascending positions."""

UNKNOWN = "an operation refers to what is not in its past"
_KEPT = 96
"""Changes of which the operations stay at hand."""
_KEPT_BYTES = 1 << 18
_MOST_READ = 8 << 20
"""Bytes of earlier changes that may be read to check one; 50,000 keys deleted at once take 6 MB."""
_PORTION = 256
"""Earlier changes that are in memory at once."""
_SCOPES = 32
_FEW = 8
"""Operations that are looked for one by one."""


class Facts(Protocol):
    """The operations of one change, by row."""

    def __getitem__(self, row: int, /) -> Fact:
        """One of them."""


class Scope(NamedTuple):
    """Which changes are in the past of another."""

    first: int
    """All changes at the positions below this one, …"""
    seqs: dict[int, int]
    """… and of each of these actors its changes up to this one."""


class Ahead:
    """What a large change refers to, read some at a time before the change is checked."""

    __slots__ = ("__weakref__", "facts", "left", "missing")

    def __init__(self, missing: dict[int, list[Id]]) -> None:
        self.facts: dict[Id, Fact] = {}
        """What was read."""
        self.missing = missing
        """By position, ascending: the operations that are to be read yet."""
        self.left = _MOST_READ
        """Bytes that may still be read."""


class Past:
    """The operations of the changes in a ledger."""

    def __init__(self, ledger: Ledger, read: Read) -> None:
        self._ledger = ledger
        self._read = read
        self._kept: OrderedDict[int, tuple[Facts, int]] = OrderedDict()
        self._kept_bytes = 0
        self._scopes: OrderedDict[int, Scope] = OrderedDict()

    def scope(self, deps: Sequence[int]) -> Scope:
        """Return which changes are in the past of a change with these dependencies.

        An actor's changes follow each other, so that the last of them stands for all.
        """
        first, seqs = 0, dict[int, int]()
        for dep in deps:
            scope = self._scope_of(dep)
            first = max(first, scope.first)
            for actor, seq in scope.seqs.items():
                if seq > seqs.get(actor, 0):
                    seqs[actor] = seq
        return Scope(first, seqs)

    def includes(self, scope: Scope, position: int) -> bool:
        """Tell whether a change is in a past."""
        if position < scope.first:
            return True
        actor, seq = self._ledger.authorship(position)
        return seq <= scope.seqs.get(actor, 0)

    def ahead(self, ids: Collection[Id]) -> Ahead:
        """Begin to read what operations did; raises BadChunk for one that is nowhere."""
        missing: dict[int, list[Id]] = {}
        for position, names in self._where(ids):
            missing.setdefault(position, []).extend(names)
        return Ahead(dict(sorted(missing.items())))

    def advance(self, ahead: Ahead, most: int) -> bool:
        """Read up to so many more changes; returns whether all are read. Raises BadChunk."""
        for position, facts in self._recall([*islice(ahead.missing, most)], ahead):
            ahead.facts.update(facts.several(ahead.missing.pop(position)))
        return not ahead.missing

    def facts(
        self, ids: Collection[Id], scope: Scope | None, ahead: Ahead | None = None
    ) -> dict[Id, Fact]:
        """Return what operations in a past did; None: everything here is past. Raises BadChunk.

        What was read ahead is not read again.
        """
        out: dict[Id, Fact] = {}
        missing: dict[int, list[Id]] = {}
        for position, names in self._where(ids):
            if scope and not self.includes(scope, position):
                raise BadChunk(UNKNOWN)
            if ahead and names[0] in ahead.facts and names[-1] in ahead.facts:
                out.update([(name, ahead.facts[name]) for name in names])
                continue
            kept = self._kept.get(position)
            if kept is None:
                missing.setdefault(position, []).extend(names)
            else:
                self._kept.move_to_end(position)
                start = self._ledger.start_op(position)
                for name in names:
                    out[name] = kept[0][(name >> 32) - start]
        if missing:
            for position, facts in self._recall(sorted(missing), ahead or Ahead({})):
                out.update(facts.several(missing[position]))
        return out

    def _where(self, ids: Collection[Id]) -> Iterable[tuple[int, list[Id]]]:
        """Find the changes of operations; those of one change mostly come together."""
        if len(ids) <= _FEW:
            return [(self._find(name), [name]) for name in ids]
        found: list[tuple[int, list[Id]]] = []
        number, first, last = 0, 1, 0
        for name in sorted(ids):
            counter = name >> 32
            if not (first <= counter <= last and name & LOWER == number):
                position, number, first = self._find(name), name & LOWER, counter
                last = self._ledger.max_op(position)
                found.append((position, []))
            found[-1][1].append(name)
        return found

    def _find(self, name: Id) -> int:
        position = self._ledger.find(name & LOWER, name >> 32)
        if position is None:
            raise BadChunk(UNKNOWN)
        return position

    def keep(self, position: int, facts: Facts, size: int) -> None:
        """Keep the operations of a change at hand that takes about so many bytes."""
        self._kept_bytes -= self._kept.pop(position, (None, 0))[1]
        self._kept[position] = facts, size
        self._kept_bytes += size
        while len(self._kept) > _KEPT or self._kept_bytes > _KEPT_BYTES:
            self._kept_bytes -= self._kept.popitem(last=False)[1][1]

    def _recall(self, positions: Sequence[int], ahead: Ahead) -> Iterator[tuple[int, Recalled]]:
        """Read what changes at ascending positions did, neighbours together."""
        for begin in range(0, len(positions), _PORTION):
            portion = positions[begin : begin + _PORTION]
            for position, raw in zip(portion, self._read(portion), strict=True):
                body = body_of(raw)
                ahead.left -= len(body)
                if ahead.left < 0:
                    raise BadChunk("a change refers to too many others")
                facts = Recalled(body, self._ledger)
                self.keep(position, facts, len(body))
                yield position, facts

    def _scope_of(self, position: int) -> Scope:
        """Return which changes are in the past of one that is here, itself included."""
        scope = self._scopes.get(position)
        if scope is not None:
            self._scopes.move_to_end(position)
            return scope
        scope = self._scopes[position] = self._walk(position)
        if len(self._scopes) > _SCOPES:
            self._scopes.popitem(last=False)
        return scope

    def _walk(self, position: int) -> Scope:
        """Go down from a change to where everything is its past; remembered scopes shorten it."""
        ledger = self._ledger
        first, seqs = ledger.prefix(position), dict[int, int]()
        stack, seen = [position], {position}
        while stack:
            at = stack.pop()
            if at < first:
                continue
            actor, seq = ledger.authorship(at)
            known = self._scopes.get(at)
            reached = {actor: seq} if known is None else {**known.seqs, actor: seq}
            for one, last in reached.items():
                if last > seqs.get(one, 0):
                    seqs[one] = last
            if known is None:
                unseen = [dep for dep in ledger.deps(at) if dep not in seen]
                seen.update(unseen)
                stack += unseen
        return Scope(first, seqs)
