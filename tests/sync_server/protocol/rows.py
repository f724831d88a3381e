"""Changes put together row by row, as an honest program would write them or as none would."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sync_server.protocol.chunk import Change, body_of, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from tests.sync_server.protocol.apart import Name, Parts, Row, put_together, take_apart
from tests.sync_server.protocol.written import ALICE, BOB, write_chunk

COUNTED = "a predecessor in another place"
CAROL = b"\x07" * 16
DAN = b"\xee" * 16
MAP, SET, LIST, DELETE, TEXT, INCREMENT, TABLE, MARK = range(8)
NULL, TRUE, UINT, INT, FLOAT, STRING, BYTES, COUNTER, TIME = 0, 2, 3, 4, 5, 6, 7, 8, 9


def mine(counter: int) -> Name:
    return counter, ALICE


def yours(counter: int) -> Name:
    return counter, BOB


def row(
    action: int,
    obj: Name | None = None,
    key: str | Name | None = None,
    *,
    insert: bool = False,
    kind: int = NULL,
    value: bytes = b"",
    over: Sequence[Name] = (),
    expand: bool = False,
    mark: str | None = None,
) -> Row:
    return Row(obj, key, insert, action, kind, value, tuple(over), expand, mark)


def insert(obj: Name, after: Name | None, letter: bytes = b"x") -> Row:
    return row(SET, obj, after, insert=True, kind=STRING, value=letter)


def put(key: str, *over: Name, obj: Name | None = None) -> Row:
    return row(SET, obj, key, kind=INT, value=b"\x05", over=over)


def increment(counter: Name) -> Row:
    return row(INCREMENT, None, "count", kind=INT, value=b"\x01", over=[counter])


def begin(obj: Name, after: Name | None) -> Row:
    return row(MARK, obj, after, insert=True, kind=TRUE, expand=True, mark="m")


def end(obj: Name, after: Name | None) -> Row:
    return row(MARK, obj, after, insert=True)


def change(
    rows: Sequence[Row],
    *,
    deps: Sequence[Change] = (),
    actor: bytes = ALICE,
    seq: int = 1,
    start_op: int = 1,
    time: int = 0,
) -> Change:
    hashes = tuple(sorted(dep.hash for dep in deps))
    parts = Parts(hashes, actor, seq, start_op, time, tuple(rows))
    (made,) = parse_changes([put_together(parts)])
    return made


def once_more(changed: Change, alter: bytes = b"", **parts: object) -> Change:
    """A change with other parts, or with more bytes at its end."""
    raw = put_together(replace(take_apart(changed.raw), **parts))  # type: ignore[arg-type]
    (made,) = parse_changes([write_chunk(1, body_of(raw) + alter)])
    return made


TEXT_ID, A, MAP_ID, NUMBER, COUNT, LIST_ID, ITEM, BEGIN, END = map(mine, range(1, 10))
FIRST = change(
    [
        row(TEXT, None, "text"),
        insert(TEXT_ID, None, b"a"),
        row(MAP, None, "map"),
        put("number"),
        row(SET, None, "count", kind=COUNTER, value=b"\x00"),
        row(LIST, None, "list"),
        insert(LIST_ID, None),
        begin(TEXT_ID, None),
        end(TEXT_ID, A),
    ]
)


def second(*rows: Row, deps: Sequence[Change] = (FIRST,)) -> Change:
    """The next change, by somebody else; its operations are 10 and so on."""
    return change(rows, deps=deps, actor=BOB, start_op=10)


def graph_of(*changes: Change) -> Graph:
    graph = Graph(validate=True)
    assert graph.add(changes) == list(changes)
    return graph


def refused(changed: Change, reason: str, *before: Change) -> None:
    graph = graph_of(*before)
    with pytest.raises(BadChunk, match=reason):
        graph.add([changed])
    assert changed.hash not in graph
