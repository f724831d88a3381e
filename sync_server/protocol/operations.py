"""The operations of one change, with their values.

The program reads from them which characters a change put in and took out, and the history its
turns. A change that passed `parse_chunk` may still hold columns that do not fit together: then
BadChunk is raised here.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from functools import partial
from itertools import islice
from typing import NamedTuple

from sync_server.protocol import columns
from sync_server.protocol.chunk import DEFAULT_LIMITS, ChangeBody, Limits, body_of, parse_body
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ElementId
from sync_server.protocol.leb import sleb, uleb

__all__ = [
    "Action",
    "ElementId",
    "Operation",
    "Value",
    "action_of",
    "objects",
    "operations",
    "value_of",
]

Value = str | int | float | bool | bytes | None


class Action(IntEnum):
    """What an operation does."""

    MAKE_MAP = 0
    SET = 1
    MAKE_LIST = 2
    DELETE = 3
    MAKE_TEXT = 4
    INCREMENT = 5
    MAKE_TABLE = 6
    MARK = 7
    """The beginning or end of a mark. It is inserted into the text but is no character of it."""


class Operation(NamedTuple):
    """One operation of a change."""

    id: ElementId
    object: ElementId | None
    """The object it works on; None is the root."""
    key: str | ElementId | None
    """A map key, or the element it comes after (`insert`) or acts on; None: the head of a list."""
    insert: bool
    action: Action
    value: Value
    predecessors: tuple[ElementId, ...]
    """The operations that it overwrites or deletes."""
    mark_name: str | None = None


_ACTIONS = tuple(Action)


def operations(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Operation]:
    """Decode every operation of a raw change, in order; raises BadChunk."""
    parts, rows = _rows(raw, limits)
    ids = [ElementId(parts.start_op + row, parts.actor) for row in range(parts.ops)]
    return rows.operations(ids, rows.groups(*_PREDECESSORS))


def objects(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> frozenset[ElementId | None]:
    """Decode of a raw change only what it works on, a tenth of the work; raises BadChunk."""
    return _rows(raw, limits)[1].objects()


def _rows(raw: bytes, limits: Limits) -> tuple[ChangeBody, "Rows"]:
    body = body_of(raw, limits)
    parts = parse_body(body, limits)
    actors = parts.actor, *parts.others
    return parts, Rows(partial(parts.directory.column, body), actors, parts.ops)


_PREDECESSORS = columns.PREDECESSOR_COUNT, columns.PREDECESSOR_ACTOR, columns.PREDECESSOR_COUNTER


class Rows:
    """Columns of operations, expanded to a row for each operation."""

    def __init__(
        self, column: Callable[[int], bytes], actors: tuple[bytes, ...], count: int
    ) -> None:
        """`column` returns a column by its specification; `actors` are those that rows name."""
        self._column = column
        self._actors = actors
        self._count = count

    def operations(
        self, ids: Sequence[ElementId], others: Sequence[tuple[ElementId, ...]]
    ) -> list[Operation]:
        """Put the columns together, row by row; raises BadChunk.

        `others` are the predecessors of each, or whatever else refers to it in their place.
        """
        count = self._count
        rows = zip(
            ids,
            self._objects(),
            self._keys(),
            columns.booleans(self._column(columns.INSERT), count),
            columns.numbers(self._column(columns.ACTION), count),
            self._values(),
            others,
            columns.strings(self._column(columns.MARK_NAME), count),
            strict=True,
        )
        return [
            Operation(name, obj, key, insert, action_of(action), *rest)
            for name, obj, key, insert, action, *rest in rows
        ]

    def objects(self) -> frozenset[ElementId | None]:
        """Expand only which objects the rows work on; raises BadChunk."""
        return frozenset(map(self._object, set(self._object_pairs())))

    def ids(self, actor: int, counter: int) -> list[ElementId]:
        """Expand the columns of these specifications to one id for each row; raises BadChunk."""
        return self._ids(actor, counter, self._count)

    def groups(self, size: int, actor: int, counter: int) -> list[tuple[ElementId, ...]]:
        """Expand the columns of these specifications to the ids of each row; raises BadChunk."""
        counts = columns.numbers(self._column(size), self._count)
        total = sum(count or 0 for count in counts)
        if not total:
            return [()] * self._count
        ids = iter(self._ids(actor, counter, total))
        return [tuple(islice(ids, count or 0)) for count in counts]

    def _ids(self, actor: int, counter: int, count: int) -> list[ElementId]:
        actors = columns.numbers(self._column(actor), count)
        counters = columns.deltas(self._column(counter), count)
        return [self._element(c, a) for c, a in zip(counters, actors, strict=True)]

    def _element(self, counter: int | None, actor: int | None) -> ElementId:
        if not counter or actor is None or actor >= len(self._actors):
            raise BadChunk("an operation names an element that cannot exist")
        return ElementId(counter, self._actors[actor])

    def _objects(self) -> list[ElementId | None]:
        return list(map(self._object, self._object_pairs()))

    def _object_pairs(self) -> Iterator[tuple[int | None, int | None]]:
        counters = columns.numbers(self._column(columns.OBJECT_COUNTER), self._count)
        actors = columns.numbers(self._column(columns.OBJECT_ACTOR), self._count)
        return zip(counters, actors, strict=True)

    def _object(self, pair: tuple[int | None, int | None]) -> ElementId | None:
        return None if pair == (None, None) else self._element(*pair)

    def _keys(self) -> list[str | ElementId | None]:
        actors = columns.numbers(self._column(columns.KEY_ACTOR), self._count)
        counters = columns.deltas(self._column(columns.KEY_COUNTER), self._count)
        names = columns.strings(self._column(columns.KEY_STRING), self._count)
        out: list[str | ElementId | None] = []
        for actor, counter, name in zip(actors, counters, names, strict=True):
            if name is not None:
                out.append(name)
            elif actor is None and counter == 0:
                out.append(None)
            else:
                out.append(self._element(counter, actor))
        return out

    def _values(self) -> list[Value]:
        metas = columns.numbers(self._column(columns.VALUE_META), self._count)
        data, at = self._column(columns.VALUE), 0
        out: list[Value] = []
        for meta in metas:
            size = (meta or 0) >> 4
            if size > len(data) - at:
                raise BadChunk("the values are shorter than announced")
            out.append(value_of((meta or 0) & 15, data[at : at + size]))
            at += size
        return out


def action_of(number: int | None) -> Action:
    """Name the action of a number; raises BadChunk for one that is unknown."""
    if number is None or number >= len(_ACTIONS):
        raise BadChunk(f"unknown action {number}")
    return _ACTIONS[number]


def value_of(kind: int, data: bytes) -> Value:
    """Read a value of one of Automerge's types; counters and times are numbers here."""
    match kind:
        case 6:
            return _utf8(data)
        case 0:
            return None
        case 1 | 2:
            return kind == 2
        case 3:
            return _whole(uleb(data, 0), data)
        case 4 | 8 | 9:
            return _whole(sleb(data, 0), data)
        case 5:
            if len(data) != 8:
                raise BadChunk("a floating-point value has 8 bytes")
            return float(struct.unpack("<d", data)[0])
        case _:
            return data


def _whole(read: tuple[int, int], data: bytes) -> int:
    if read[1] != len(data):
        raise BadChunk("a number is followed by other bytes")
    return read[0]


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BadChunk("a text value is not UTF-8") from None
