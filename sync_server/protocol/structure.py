"""The operations of one change as rows, without their values, and whether each is well formed.

Values are passed over by their length; of a text only that it is UTF-8 is looked at. What Automerge
would drop when it takes a change apart (the value of a deletion, the name of what is no mark) is
refused, because the change would have another hash after it was saved.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sync_server.protocol import canonical, columns
from sync_server.protocol.columns import Directory
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import sleb, uleb

Id = int
"""An operation: its counter, and in the lower 32 bits a number that stands for its actor."""
Key = str | Id

LOWER = (1 << 32) - 1
"""The bits of an `Id` that number its actor."""
ROOT: Id = 0
HEAD: Id = 0
"""The place before the first element of a list or text."""

MAKE_MAP, SET, MAKE_LIST, DELETE, MAKE_TEXT, INCREMENT, MAKE_TABLE, MARK = range(8)
SET_COUNTER = 8
"""What a `SET` of a counter is called here, since only counters can be incremented."""

KNOWN = frozenset(
    {
        *(columns.OBJECT_ACTOR, columns.OBJECT_COUNTER),
        *(columns.KEY_ACTOR, columns.KEY_COUNTER, columns.KEY_STRING),
        *(columns.INSERT, columns.ACTION, columns.VALUE_META, columns.VALUE),
        *(columns.PREDECESSOR_COUNT, columns.PREDECESSOR_ACTOR, columns.PREDECESSOR_COUNTER),
        *(columns.EXPAND, columns.MARK_NAME),
    }
)


_OF_MARKS = frozenset({columns.EXPAND, columns.MARK_NAME})


class Rows(NamedTuple):
    """The operations of a change, column by column."""

    objects: list[Id]
    """What each works on."""
    keys: list[Key]
    """A map key, or the element it comes after (`inserts`) or acts on."""
    inserts: list[bool]
    actions: list[int]
    predecessors: list[tuple[Id, ...]]
    """What each overwrites, deletes or increments."""


class Actors(NamedTuple):
    """The actors that the operations of one change name; the first is its author."""

    ids: Sequence[bytes]
    numbers: Sequence[int]
    """What stands for each in an `Id`."""


def read_rows(body: bytes, directory: Directory, actors: Actors, rows: int) -> Rows:
    """Read the operations of a change of so many rows; raises BadChunk."""
    if not KNOWN.issuperset(directory.spans):
        raise BadChunk("a column that is not known here")
    if rows == 0 and directory.spans:
        raise BadChunk("columns without operations")
    begin = directory.begin
    data = {spec: body[begin + a : begin + b] for spec, (a, b) in directory.spans.items()}
    if b"" in data.values():
        raise BadChunk("an empty column")
    return _Columns(data, actors, rows).read()


class _Columns:
    """The columns of one change."""

    def __init__(self, data: Mapping[int, bytes], actors: Actors, rows: int) -> None:
        self._data = data
        self._actors = actors
        self._used = {0}
        self._rows = rows

    def read(self) -> Rows:
        metas = canonical.counts(self._column(columns.VALUE_META), self._rows)
        rows = self._single() if self._rows == 1 else self._several()
        _check_values(rows.actions, metas, self._column(columns.VALUE))
        if MARK in rows.actions or not _OF_MARKS.isdisjoint(self._data):
            self._check_marks(rows, metas)
        if len(self._used) != len(self._actors.ids):
            raise BadChunk("an actor that no operation names")
        if any([meta & 15 == _COUNTER for meta in metas]):  # noqa: C419 - a keystroke has one
            for row, meta in enumerate(metas):
                if meta & 15 == _COUNTER and rows.actions[row] == SET:
                    rows.actions[row] = SET_COUNTER
        return rows

    def _several(self) -> Rows:
        count = self._rows
        return Rows(
            self._objects(),
            self._keys(),
            canonical.flags(self._column(columns.INSERT), count),
            canonical.counts(self._column(columns.ACTION), count),
            self._predecessors(),
        )

    def _objects(self) -> list[Id]:
        actors = canonical.numbers(self._column(columns.OBJECT_ACTOR), self._rows)
        counters = canonical.numbers(self._column(columns.OBJECT_COUNTER), self._rows)
        found = dict.fromkeys(zip(actors, counters, strict=True), ROOT)
        for actor, counter in found:  # a change of a thousand letters works on one text
            found[actor, counter] = self._object(actor, counter)
        if len(found) == 1:
            return [*found.values()] * self._rows
        return [found[each] for each in zip(actors, counters, strict=True)]

    def _keys(self) -> list[Key]:
        actors = canonical.numbers(self._column(columns.KEY_ACTOR), self._rows)
        counters = canonical.deltas(self._column(columns.KEY_COUNTER), self._rows)
        names = canonical.strings(self._column(columns.KEY_STRING), self._rows)
        at_head = actors[:1] == [None] and counters[:1] == [HEAD]  # as the first of a paste may be
        if None in actors[at_head:] or names.count(None) < self._rows:
            rows = zip(actors, counters, names, strict=True)
            return [self._key(*found) for found in rows]
        return [*[HEAD] * at_head, *self._ids(actors[at_head:], counters[at_head:])]

    def _single(self) -> Rows:
        """As `_several`; a keystroke is one operation, and nearly every change a keystroke."""
        column, one = self._column, canonical.single
        obj = self._object(
            one(column(columns.OBJECT_ACTOR), uleb), one(column(columns.OBJECT_COUNTER), uleb)
        )
        key = self._key(
            one(column(columns.KEY_ACTOR), uleb),
            one(column(columns.KEY_COUNTER), sleb),
            one(column(columns.KEY_STRING), columns.text),
        )
        inserts = canonical.flags(column(columns.INSERT), 1)
        actions = canonical.counts(column(columns.ACTION), 1)
        return Rows([obj], [key], inserts, actions, self._predecessors())

    def _column(self, spec: int) -> bytes:
        return self._data.get(spec, b"")

    def _id(self, actor: int | None, counter: int | None) -> Id:
        if actor is None or counter is None or not 0 < counter <= LOWER:
            raise BadChunk("an operation names what cannot exist")
        if actor >= len(self._actors.numbers):
            raise BadChunk("an operation names an actor that is not listed")
        self._used.add(actor)
        return counter << 32 | self._actors.numbers[actor]

    def _ids(self, actors: list[int | None], counters: list[int | None]) -> list[Id]:
        """As `_id` of each."""
        if not counters:
            return []
        numbers = {actor: self._id(actor, 1) & LOWER for actor in set(actors)}
        known = [counter for counter in counters if counter is not None]
        if len(known) < len(counters) or not 0 < min(known) <= max(known) <= LOWER:
            raise BadChunk("an operation names what cannot exist")
        if len(numbers) == 1:
            [number] = numbers.values()
            return [counter << 32 | number for counter in known]
        rows = zip(actors, known, strict=True)
        return [counter << 32 | numbers[actor] for actor, counter in rows]

    def _object(self, actor: int | None, counter: int | None) -> Id:
        return ROOT if actor is None and counter is None else self._id(actor, counter)

    def _key(self, actor: int | None, counter: int | None, name: str | None) -> Key:
        if name is None:
            return HEAD if actor is None and counter == 0 else self._id(actor, counter)
        if actor is not None or counter is not None:
            raise BadChunk("an operation with two keys")
        return name

    def _predecessors(self) -> list[tuple[Id, ...]]:
        counts = canonical.counts(self._column(columns.PREDECESSOR_COUNT), self._rows)
        total = sum(counts)
        actors = canonical.numbers(self._column(columns.PREDECESSOR_ACTOR), total)
        counters = canonical.deltas(self._column(columns.PREDECESSOR_COUNTER), total)
        if not total:
            return [()] * self._rows
        if total == self._rows == 1:
            return [(self._id(actors[0], counters[0]),)]
        ids = self._ids(actors, counters)
        if counts.count(1) == self._rows:
            return [*zip(ids)]
        out: list[tuple[Id, ...]] = []
        at = 0
        for count in counts:
            if count > 1:
                self._check_order(actors[at : at + count], counters[at : at + count])
            out.append(tuple(ids[at : at + count]))
            at += count
        return out

    def _check_order(self, actors: list[int | None], counters: list[int | None]) -> None:
        ids = self._actors.ids
        order = [(c or 0, ids[a or 0]) for a, c in zip(actors, counters, strict=True)]
        if any(a >= b for a, b in pairwise(order)):
            raise BadChunk("predecessors not sorted and unique")

    def _check_marks(self, rows: Rows, metas: list[int]) -> None:
        """A mark is two elements, a beginning with its name and value and, right behind, its end.

        Newer Automerge refuses to load a document in which an end has lost its beginning.
        """
        names = canonical.strings(self._column(columns.MARK_NAME), self._rows)
        expands = canonical.rare_flags(self._column(columns.EXPAND), self._rows)
        open_in: Id | None = None
        for row, action in enumerate(rows.actions):
            begins = action == MARK and names[row] is not None
            ends = action == MARK and not begins
            if ends != (open_in is not None) or (ends and open_in != rows.objects[row]):
                raise BadChunk("the beginning or the end of a mark is missing")
            if action != MARK and (names[row] is not None or expands[row]):
                raise BadChunk("something of a mark on what is none")
            if (action == MARK and not rows.inserts[row]) or (ends and metas[row]):
                raise BadChunk("a mark that is not well formed")
            if ends and rows.keys[row] in (HEAD, rows.keys[row - 1]):
                raise BadChunk("a mark that ends before it begins")
            open_in = rows.objects[row] if begins else None
        if open_in is not None:
            raise BadChunk("the beginning or the end of a mark is missing")


# Values

_NULL, _COUNTER = 0, 8
_EARLIEST, _LATEST = -62_135_510_400_000, 253_402_214_400_000
"""The years 1 to 9999 in milliseconds: in others, Automerge for Python breaks when it reads."""


def _check_values(actions: list[int], metas: list[int], data: bytes) -> None:
    if len(metas) == 1:
        [action], [meta] = actions, metas
        _check_kind(action, meta)
        _check_length(meta >> 4, data)
        _SHAPES[meta & 15](data)
        return
    for action, meta in set(zip(actions, metas, strict=True)):
        _check_kind(action, meta)
    sizes = [meta >> 4 for meta in metas]
    _check_length(sum(sizes), data)
    if data.isascii():
        kinds = {meta & 15 for meta in metas}
        if kinds <= _CUT_ANYWHERE or (kinds == _NOTHING and not data):
            return
    at = 0
    for meta, size in zip(metas, sizes, strict=True):
        _SHAPES[meta & 15](data[at : at + size])
        at += size


def _check_kind(action: int, meta: int) -> None:
    if action >= len(_KINDS) or meta & 15 not in _KINDS[action]:
        raise BadChunk("an action that is not known here, or does not go with its value")


def _check_length(announced: int, data: bytes) -> None:
    if announced > len(data):
        raise BadChunk("the values are shorter than announced")
    if announced < len(data):
        raise BadChunk("the values are longer than announced")


def _is_empty(data: bytes) -> None:
    if data:
        raise BadChunk("a value of a type that has no bytes")


def _is_unsigned(data: bytes) -> None:
    if uleb(data, 0)[1] != len(data):
        raise BadChunk("a number is followed by other bytes")


def _is_signed(data: bytes) -> None:
    if sleb(data, 0)[1] != len(data):
        raise BadChunk("a number is followed by other bytes")


def _is_time(data: bytes) -> None:
    time, end = sleb(data, 0)
    if end != len(data) or not _EARLIEST <= time <= _LATEST:
        raise BadChunk("a time that is none")


def _is_float(data: bytes) -> None:
    if len(data) != 8:
        raise BadChunk("a floating-point value has 8 bytes")


def _is_text(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError:
        raise BadChunk("a text value is not UTF-8") from None


def _is_anything(_: bytes) -> None:
    pass


_SHAPES: tuple[Callable[[bytes], None], ...] = (
    *(_is_empty, _is_empty, _is_empty),
    *(_is_unsigned, _is_signed, _is_float, _is_text, _is_anything),
    *(_is_signed, _is_time),
)
"""By the kind of a value: null, false, true, whole numbers, …, counter, time."""

_NOTHING = frozenset({_NULL})
_CUT_ANYWHERE = frozenset({6, 7})
"""Texts, which are UTF-8 however ASCII is cut, and bytes."""
_ALL = frozenset(range(len(_SHAPES)))
_KINDS: tuple[frozenset[int], ...] = (
    *(_NOTHING, _ALL, _NOTHING, _NOTHING, _NOTHING),
    frozenset({4}),  # kept as a signed number, whatever it was
    frozenset(),  # tables: no program of today makes any, and some break on them
    _ALL,
)
"""The kinds of value that an action may have."""
