"""What earlier changes did, read back from them when a new one refers to it.

No table of operations is kept: an operation is found by its actor and counter in the ledger, and
its raw change is taken apart again. The latest ones, which typing refers to, stay at hand.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple, Protocol

from sync_server.protocol import columns
from sync_server.protocol.chunk import body_of, parse_body
from sync_server.protocol.columns import runs, text
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import sleb, uleb
from sync_server.protocol.ledger import Ledger
from sync_server.protocol.structure import HEAD, LOWER, ROOT, SET, SET_COUNTER, Id, Key

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


class Fact(NamedTuple):
    """What must be known of an operation to judge one that refers to it."""

    object: Id
    place: Key
    """The map key that it writes, or the list element that it makes or acts on."""
    inserts: bool
    action: int


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

    def facts(self, ids: Collection[Id], scope: Scope | None) -> dict[Id, Fact]:
        """Return what operations in a past did; None: everything here is past. Raises BadChunk."""
        ledger = self._ledger
        out: dict[Id, Fact] = {}
        missing: dict[int, list[Id]] = {}
        for name in ids:
            position = ledger.find(name & LOWER, name >> 32)
            if position is None or (scope and not self.includes(scope, position)):
                raise BadChunk(UNKNOWN)
            kept = self._kept.get(position)
            if kept is None:
                missing.setdefault(position, []).append(name)
            else:
                self._kept.move_to_end(position)
                out[name] = kept[0][(name >> 32) - ledger.start_op(position)]
        for position, facts in self._recall(sorted(missing)):
            start = ledger.start_op(position)
            for name in missing[position]:
                out[name] = facts[(name >> 32) - start]
        return out

    def keep(self, position: int, facts: Facts, size: int) -> None:
        """Keep the operations of a change at hand that takes about so many bytes."""
        self._kept_bytes -= self._kept.pop(position, (None, 0))[1]
        self._kept[position] = facts, size
        self._kept_bytes += size
        while len(self._kept) > _KEPT or self._kept_bytes > _KEPT_BYTES:
            self._kept_bytes -= self._kept.popitem(last=False)[1][1]

    def _recall(self, positions: Sequence[int]) -> Iterator[tuple[int, Facts]]:
        """Read what changes at ascending positions did, neighbours together."""
        left = _MOST_READ
        for begin in range(0, len(positions), _PORTION):
            portion = positions[begin : begin + _PORTION]
            for position, raw in zip(portion, self._read(portion), strict=True):
                body = body_of(raw)
                left -= len(body)
                if left < 0:
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


class Recalled:
    """The operations of a change that was taken in before.

    Its columns stay runs, so that a row costs a search in each and a large change no memory.
    """

    __slots__ = ("_actors", "_author", "_columns", "_start_op")

    def __init__(self, body: bytes, ledger: Ledger) -> None:
        """Read the body of a change that is in the ledger; raises BadChunk."""
        parts = parse_body(body)
        self._author = ledger.number(parts.actor)
        self._actors = [self._author, *(ledger.number(actor) for actor in parts.others)]
        self._start_op = parts.start_op
        self._columns = {
            spec: read(parts.directory.column(body, spec))
            for spec, read in _COLUMNS.items()
            if spec in parts.directory.spans
        }

    def __getitem__(self, row: int) -> Fact:
        """What one of its operations did; raises BadChunk."""
        inserts = bool(self._value(columns.INSERT, row))
        key = self._value(columns.KEY_STRING, row)
        if inserts:
            key = self._start_op + row << 32 | (self._author or 0)
        elif not isinstance(key, str):
            key = self._id(columns.KEY_ACTOR, columns.KEY_COUNTER, row, HEAD)
        action = self._value(columns.ACTION, row)
        if not isinstance(action, int):
            raise BadChunk("an earlier change cannot be read")
        meta = self._value(columns.VALUE_META, row)
        if action == SET and isinstance(meta, int) and meta & 15 == SET_COUNTER:
            action = SET_COUNTER
        return Fact(
            self._id(columns.OBJECT_ACTOR, columns.OBJECT_COUNTER, row, ROOT), key, inserts, action
        )

    def _value(self, spec: int, row: int) -> int | str | None:
        column = self._columns.get(spec)
        return None if column is None else column[row]

    def _id(self, actor_column: int, counter_column: int, row: int, default: Id) -> Id:
        index, counter = self._value(actor_column, row), self._value(counter_column, row)
        if not isinstance(index, int) or not isinstance(counter, int):
            return default
        actor = self._actors[index] if index < len(self._actors) else None
        if actor is None:
            raise BadChunk("an earlier change cannot be read")
        return counter << 32 | actor


class _Runs:
    """A column as its runs."""

    __slots__ = ("_ends", "_values")

    def __init__(self, found: Iterator[tuple[int, int | str | None]]) -> None:
        self._ends: list[int] = []
        self._values: list[int | str | None] = []
        end = 0
        for count, value in found:
            end += count
            self._ends.append(end)
            self._values.append(value)

    def __getitem__(self, row: int) -> int | str | None:
        at = bisect_right(self._ends, row)
        return self._values[at] if at < len(self._values) else None


class _Sums:
    """A column of differences as its runs: where each ends, what it begins with, its step."""

    __slots__ = ("_ends", "_runs")

    def __init__(self, column: bytes) -> None:
        self._ends: list[int] = []
        self._runs: list[tuple[int, int | None]] = []
        end = total = 0
        for count, step in runs(column, sleb):
            end += count
            self._ends.append(end)
            total += count * (step or 0)
            self._runs.append((total, step))

    def __getitem__(self, row: int) -> int | None:
        at = bisect_right(self._ends, row)
        if at == len(self._ends):
            return None
        total, step = self._runs[at]
        return None if step is None else total - (self._ends[at] - 1 - row) * step


def _numbers(column: bytes) -> _Runs:
    return _Runs(runs(column, uleb))


def _strings(column: bytes) -> _Runs:
    return _Runs(runs(column, text))


def _flags(column: bytes) -> _Runs:
    return _Runs(_alternating(column))


def _alternating(column: bytes) -> Iterator[tuple[int, int]]:
    at, value = 0, 0
    while at < len(column):
        count, at = uleb(column, at)
        yield count, value
        value = 1 - value


_COLUMNS: dict[int, Callable[[bytes], _Runs | _Sums]] = {
    columns.OBJECT_ACTOR: _numbers,
    columns.OBJECT_COUNTER: _numbers,
    columns.KEY_ACTOR: _numbers,
    columns.KEY_COUNTER: _Sums,
    columns.KEY_STRING: _strings,
    columns.INSERT: _flags,
    columns.ACTION: _numbers,
    columns.VALUE_META: _numbers,
}
