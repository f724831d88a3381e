import json
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from automerge.core import (
    ROOT,
    Document,
    ExpandMark,
    ObjType,
    ScalarType,
    Transaction,
    Value,
)
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.chunk import body_of
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb
from sync_server.protocol.operations import Action, ElementId, Operation, objects, operations
from tests.sync_server.protocol.replay import Replay, Thing
from tests.sync_server.protocol.test_chunk import DOCUMENT, FIRST, SECOND, mutated
from tests.sync_server.protocol.written import ALICE, BOB, deflate, write_body, write_chunk

# What JavaScript's automerge 3.5.0 wrote, and what its own `decodeChange` says of it.
JAVASCRIPT = json.loads((Path(__file__).parent / "javascript_changes.json").read_text())


def mine(counter: int) -> ElementId:
    return ElementId(counter, ALICE)


def test_every_operation_of_a_change_comes_with_its_value() -> None:
    assert operations(FIRST) == [
        Operation(mine(1), None, "t", False, Action.MAKE_TEXT, None, ()),
        Operation(mine(2), mine(1), None, True, Action.SET, "h", ()),
        Operation(mine(3), mine(1), mine(2), True, Action.SET, "é", ()),
        Operation(mine(4), mine(1), mine(3), True, Action.SET, "😀", ()),
    ]
    assert operations(SECOND) == [
        Operation(mine(5), mine(1), mine(3), False, Action.DELETE, None, (mine(3),)),
        Operation(mine(6), None, "n", False, Action.SET, -3, ()),
    ]


def test_a_deflated_change_has_the_same_operations() -> None:
    assert operations(deflate(FIRST)) == operations(FIRST)


def test_what_a_change_works_on_is_told_without_its_operations() -> None:
    assert objects(FIRST) == {None, mine(1)}
    assert objects(SECOND) == {mine(1), None}
    assert objects(deflate(FIRST)) == objects(FIRST)
    assert objects(write_chunk(1, write_body(columns={}))) == frozenset()
    with pytest.raises(BadChunk, match="not a change"):
        objects(DOCUMENT)


def test_a_change_without_operations_has_none() -> None:
    assert operations(write_chunk(1, write_body(columns={}))) == []


def test_a_document_has_no_operations_of_a_change() -> None:
    with pytest.raises(BadChunk, match="not a change"):
        operations(DOCUMENT)


def test_ids_compare_by_counter_and_then_by_actor() -> None:
    assert ElementId(2, ALICE) > ElementId(1, BOB)
    assert ElementId(1, BOB) > ElementId(1, ALICE)


# Against JavaScript


_ACTIONS = {
    "makeMap": Action.MAKE_MAP,
    "set": Action.SET,
    "makeList": Action.MAKE_LIST,
    "del": Action.DELETE,
    "makeText": Action.MAKE_TEXT,
    "inc": Action.INCREMENT,
    "markBegin": Action.MARK,
    "markEnd": Action.MARK,
}


def named(text: str) -> ElementId | None:
    if text in ("_root", "_head"):
        return None
    counter, actor = text.split("@")
    return ElementId(int(counter), bytes.fromhex(actor))


def as_told(told: dict[str, Any], name: ElementId) -> Operation:
    value = told.get("value")
    overwritten = (named(text) for text in told["pred"])
    return Operation(
        name,
        named(told["obj"]),
        told["key"] if "key" in told else named(told["elemId"]),
        told.get("insert", False),
        _ACTIONS[told["action"]],
        bytes(value) if isinstance(value, list) else value,
        tuple(sorted(each for each in overwritten if each)),
        told.get("name"),
    )


@pytest.mark.parametrize("change", JAVASCRIPT, ids=lambda change: str(change["time"]))
def test_the_operations_of_javascript_are_those_that_it_tells(change: dict[str, Any]) -> None:
    read = operations(bytes.fromhex(change["raw"]))
    author = bytes.fromhex(change["actor"])
    assert all(operation.id.actor == author for operation in read)
    assert objects(bytes.fromhex(change["raw"])) == {operation.object for operation in read}
    assert read == [
        as_told(told, operation.id) for told, operation in zip(change["ops"], read, strict=True)
    ]


# Against Automerge in Python


KINDS = (
    "type",
    "type",
    "type",
    "paste",
    "delete",
    "put",
    "remove",
    "nest",
    "list",
    "mark",
    "merge",
)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(KINDS),
        st.integers(0, 1 << 16),
        st.text(min_size=1, max_size=6),
    ),
    max_size=30,
)


class Writer:
    """One of several people who change one document without knowing of each other."""

    def __init__(self, document: Document, text: bytes, items: bytes) -> None:
        self.document = document
        self.text = text
        self.items = items

    def do(self, what: str, number: int, words: str) -> None:
        length = self.document.length(self.text)
        with self.document.transaction() as t:
            match what:
                case "type":
                    t.insert(self.text, number % (length + 1), ScalarType.Str, words[0])
                case "paste":
                    for offset, character in enumerate(words):
                        t.insert(
                            self.text, number % (length + 1) + offset, ScalarType.Str, character
                        )
                case "delete" if length:
                    t.delete(self.text, number % length)
                case "put":
                    t.put(ROOT, f"k{number % 3}", ScalarType.Str, words)
                case "remove":
                    t.delete(ROOT, f"k{number % 3}")
                case "nest":
                    inner = t.put_object(ROOT, f"m{number % 2}", ObjType.Map)
                    t.put(inner, "float", ScalarType.F64, number / 7)
                    t.put(inner, "bytes", ScalarType.Bytes, words.encode())
                    t.put(inner, "flag", ScalarType.Boolean, number % 2 == 0)
                case "list":
                    self.change_list(t, number, words)
                case "mark" if length > 1:
                    start = number % (length - 1)
                    t.mark(self.text, start, length, "m", ScalarType.Str, words, ExpandMark.Both)

    def change_list(self, t: Transaction, number: int, words: str) -> None:
        length = t.length(self.items)
        match number % 3:
            case 0:
                t.insert(self.items, number % (length + 1), ScalarType.Int, number)
            case 1 if length:
                t.put(self.items, number % length, ScalarType.Uint, number)
            case 2 if length:
                t.delete(self.items, number % length)


def written_by_three(steps: list[tuple[int, str, int, str]]) -> Writer:
    first = Document(ALICE)
    with first.transaction() as t:
        text = t.put_object(ROOT, "text", ObjType.Text)
        items = t.put_object(ROOT, "items", ObjType.List)
    writers = [Writer(first, text, items)]
    for actor in (BOB, b"\x07" * 16):
        fork = first.fork()
        fork.set_actor(actor)
        writers.append(Writer(fork, text, items))
    for who, what, number, words in steps:
        if what == "merge":
            writers[who].document.merge(writers[(who + 1 + number % 2) % 3].document)
        else:
            writers[who].do(what, number, words)
    for writer in writers[1:]:
        first.merge(writer.document)
    return writers[0]


def replay(document: Document) -> Replay:
    changes = document.get_changes([])
    return Replay(operation for change in changes for operation in operations(change.raw_bytes))


def scalar(value: Value) -> object:
    """A value as Automerge gives it, which makes lists of bytes."""
    assert isinstance(value, tuple)
    return bytes(value[1]) if value[0] == ScalarType.Bytes else value[1]  # type: ignore[arg-type]


def element_names(thing: Thing) -> list[str]:
    return [f"{o.id.counter}@{o.id.actor.hex()}" for o in thing.elements()]


def child(replayed: Replay, key: str) -> Thing:
    made = replayed.objects[None].winner(key)
    assert made is not None
    return replayed.objects[made.id]


@given(STEPS)
def test_a_document_can_be_told_from_its_operations(
    steps: list[tuple[int, str, int, str]],
) -> None:
    writer = written_by_three(steps)
    document, replayed = writer.document, replay(writer.document)
    text, items, root = child(replayed, "text"), child(replayed, "items"), replayed.objects[None]
    assert text.text() == document.text(writer.text)
    assert element_names(text) == list(document.keys(writer.text))
    assert [o.value for o in items.elements()] == [
        scalar(value) for value, _ in document.values(writer.items)
    ]
    for key in ("k0", "k1", "k2"):
        told = document.get(ROOT, key)
        assert (told is None) == (root.winner(key) is None)
        assert told is None or scalar(told[0]) == root.value(key)
    for key in ("m0", "m1"):
        if made := document.get(ROOT, key):
            inner = child(replayed, key)
            for name in ("float", "bytes", "flag"):
                told = document.get(made[1], name)
                assert told is not None
                assert scalar(told[0]) == inner.value(name)


# What is not well formed


ONE = {0x42: b"\x01\x01"}


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({0x15: b"\x01\x01k", 0x42: b"\x01\x08"}, "unknown action 8"),
        ({0x01: b"\x01\x00", 0x42: b"\x01\x01"}, "an element that cannot exist"),
        ({0x02: b"\x01\x01", 0x42: b"\x01\x01"}, "an element that cannot exist"),
        ({0x01: b"\x01\x01", 0x02: b"\x01\x01", 0x42: b"\x01\x01"}, "an element that cannot exist"),
        ({0x01: b"\x01\x00", 0x02: b"\x01\x00", 0x42: b"\x01\x01"}, "an element that cannot exist"),
        ({}, "an element that cannot exist"),
        ({0x13: b"\x01\x05"}, "an element that cannot exist"),
        ({0x15: b"\x01\x01k", 0x34: b"\x02"}, "a column is longer than the change"),
        ({0x15: b"\x01\x01k", 0x56: b"\x01\x16"}, "the values are shorter than announced"),
        ({0x15: b"\x01\x01k", 0x56: b"\x01\x16", 0x57: b"\xff"}, "a text value is not UTF-8"),
        ({0x15: b"\x01\x01k", 0x56: b"\x01\x15", 0x57: b"\xff"}, "floating-point value has 8"),
        ({0x15: b"\x01\x01k", 0x56: b"\x01\x24", 0x57: b"\x01\x01"}, "followed by other bytes"),
        ({0x15: b"\x01\x01k", 0x56: b"\x01\x23", 0x57: b"\x01\x01"}, "followed by other bytes"),
        ({0x15: b"\x01\x01k", 0x56: b"\x01\x03"}, "truncated LEB128"),
        ({0x15: b"\x01\x01k", 0x70: b"\x01\x01"}, "an element that cannot exist"),
    ],
)
def test_operations_that_do_not_fit_together_are_refused(
    columns: dict[int, bytes], reason: str
) -> None:
    raw = write_chunk(1, write_body(columns=dict(sorted({**ONE, **columns}.items()))))
    with pytest.raises(BadChunk, match=reason):
        operations(raw)


@pytest.mark.parametrize(
    ("meta", "data", "value"),
    [
        (0, b"", None),
        (1, b"", False),
        (2, b"", True),
        (3, encode_uleb(2**64 - 1), 2**64 - 1),
        (4, encode_sleb(-(2**63)), -(2**63)),
        (5, struct.pack("<d", 0.1), 0.1),
        (6, "wörter".encode(), "wörter"),
        (7, b"\x00\xff", b"\x00\xff"),
        (8, encode_sleb(-5), -5),
        (9, encode_sleb(1_764_000_000_000), 1_764_000_000_000),
        (15, b"from the future", b"from the future"),
    ],
)
def test_each_type_of_value_is_read(meta: int, data: bytes, value: object) -> None:
    columns = {0x15: b"\x01\x01k", **ONE, 0x56: b"\x01" + encode_uleb(len(data) << 4 | meta)}
    [operation] = operations(write_chunk(1, write_body(columns={**columns, 0x57: data})))
    assert operation.value == value
    assert type(operation.value) is type(value)


@given(mutated(body_of(FIRST)) | mutated(body_of(SECOND)))
def test_the_operations_of_any_body_are_read_or_refused(body: bytes) -> None:
    with suppress(BadChunk):
        operations(write_chunk(1, body))
