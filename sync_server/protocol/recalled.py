"""The operations of a change that was taken in before, without taking all of it apart."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sync_server.protocol import columns
from sync_server.protocol.chunk import parse_body
from sync_server.protocol.columns import runs, text
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import sleb, uleb
from sync_server.protocol.ledger import Ledger
from sync_server.protocol.structure import HEAD, ROOT, SET, SET_COUNTER, Id, Key

_FEW = 8
"""Operations of one change that are looked at one by one."""
_SHORT, _REMEMBERED = 8, 64
"""Bytes of a column, and how many such are kept."""


class Fact(NamedTuple):
    """What must be known of an operation to judge one that refers to it."""

    object: Id
    place: Key
    """The map key that it writes, or the list element that it makes or acts on."""
    inserts: bool
    action: int


class Recalled:
    """The operations of a change that was taken in before.

    Its columns stay runs, so that a row costs a search in each and a large change no memory.
    """

    __slots__ = ("_actors", "_author", "_body", "_columns", "_directory", "_start_op")

    def __init__(self, body: bytes, ledger: Ledger) -> None:
        """Read the body of a change that is in the ledger; raises BadChunk."""
        parts = parse_body(body)
        self._author = ledger.number(parts.actor)
        self._actors = [self._author, *(ledger.number(actor) for actor in parts.others)]
        self._start_op = parts.start_op
        self._body = body
        self._directory = parts.directory
        self._columns: dict[int, _Runs | _Sums] = {}
        """Those that were asked for."""

    def several(self, names: Sequence[Id]) -> Iterable[tuple[Id, Fact]]:
        """What some of its operations, in ascending order, did; raises BadChunk."""
        rows = [(name >> 32) - self._start_op for name in names]
        if len(rows) > _FEW and self._puts_alike(rows[0], rows[-1]):
            obj, _, inserts, action = self[rows[0]]
            return [(name, Fact(obj, name, inserts, action)) for name in names]
        return [(name, self[row]) for name, row in zip(names, rows, strict=True)]

    def _puts_alike(self, first: int, last: int) -> bool:
        """Whether all rows from one to another put the same kind of thing into one sequence."""
        for spec in (columns.OBJECT_ACTOR, columns.OBJECT_COUNTER, columns.INSERT, columns.ACTION):
            column = self._column(spec)
            if not isinstance(column, _Runs) or len({*column.among(first, last)}) != 1:
                return False
        metas = self._column(columns.VALUE_META)
        values = metas.among(first, last) if isinstance(metas, _Runs) else ()
        counters = any(isinstance(meta, int) and meta & 15 == SET_COUNTER for meta in values)
        return not counters and bool(self._value(columns.INSERT, first))

    def __getitem__(self, row: int) -> Fact:
        """What one of its operations did; raises BadChunk."""
        inserts = bool(self._value(columns.INSERT, row))
        key: int | str | None
        if inserts:
            key = self._start_op + row << 32 | (self._author or 0)
        elif not isinstance(key := self._value(columns.KEY_STRING, row), str):
            key = self._id(columns.KEY_ACTOR, columns.KEY_COUNTER, row, HEAD)
        action = self._value(columns.ACTION, row)
        if not isinstance(action, int):
            raise BadChunk("an earlier change cannot be read")
        if action == SET:
            meta = self._value(columns.VALUE_META, row)
            if isinstance(meta, int) and meta & 15 == SET_COUNTER:
                action = SET_COUNTER
        return Fact(
            self._id(columns.OBJECT_ACTOR, columns.OBJECT_COUNTER, row, ROOT), key, inserts, action
        )

    def _value(self, spec: int, row: int) -> int | str | None:
        column = self._column(spec)
        return None if column is None else column[row]

    def _column(self, spec: int) -> "_Runs | _Sums | None":
        column = self._columns.get(spec)
        if column is None and spec in self._directory.spans:
            column = _COLUMNS[spec](self._directory.column(self._body, spec))
            self._columns[spec] = column
        return column

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

    def among(self, first: int, last: int) -> Sequence[int | str | None]:
        """The values of the runs from one row to another."""
        return self._values[bisect_right(self._ends, first) : bisect_right(self._ends, last) + 1]


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


def _shared(read: Callable[[bytes], _Runs]) -> Callable[[bytes], _Runs]:
    """Read short columns once: those of keystrokes are nearly all alike."""
    remembered = lru_cache(_REMEMBERED)(read)
    return lambda column: (remembered if len(column) <= _SHORT else read)(column)


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
    columns.OBJECT_ACTOR: _shared(_numbers),
    columns.OBJECT_COUNTER: _shared(_numbers),
    columns.KEY_ACTOR: _shared(_numbers),
    columns.KEY_COUNTER: _Sums,
    columns.KEY_STRING: _strings,
    columns.INSERT: _shared(_flags),
    columns.ACTION: _shared(_numbers),
    columns.VALUE_META: _shared(_numbers),
}
