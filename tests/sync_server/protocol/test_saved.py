from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest
from automerge.core import ROOT, Document, ExpandMark, ObjType, ScalarType, Transaction
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.document import Columns, Parts
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor
from sync_server.protocol.leb import encode_sleb, encode_uleb
from sync_server.protocol.operations import Action, ElementId, operations
from sync_server.protocol.saved import Saved, read_saved
from tests.sync_server.protocol.test_chunk import DOCUMENT, FIRST, mutated
from tests.sync_server.protocol.written import write_chunk

Write = Callable[[Transaction, bytes], object]


def insert(at: int, letter: str) -> Write:
    return lambda transaction, text: transaction.insert(
        text, at % (transaction.length(text) + 1), ScalarType.Str, letter
    )


def delete(at: int) -> Write:
    def write(transaction: Transaction, text: bytes) -> None:
        if length := transaction.length(text):
            transaction.delete(text, at % length)

    return write


def put(key: str, value: int) -> Write:
    return lambda transaction, _: transaction.put(ROOT, key, ScalarType.Int, value)


def make(key: str) -> Write:
    return lambda transaction, _: transaction.put_object(ROOT, key, ObjType.List)


def mark(end: int) -> Write:
    def write(transaction: Transaction, text: bytes) -> None:
        if transaction.length(text):
            transaction.mark(
                text, 0, 1 + end % transaction.length(text), "bold", ScalarType.Boolean, True,
                ExpandMark.After,
            )  # fmt: skip

    return write


numbers = st.integers(0, 1_000)
keys = st.sampled_from("ab")
writes = st.one_of(
    st.builds(insert, numbers, st.sampled_from(["x", "é", "🌊", " "])),
    st.builds(delete, numbers),
    st.builds(put, keys, numbers),
    st.builds(make, keys),
    st.builds(mark, numbers),
)
steps = st.lists(st.tuples(st.integers(0, 2), st.lists(writes, max_size=4), st.booleans()))


def document(told: list[tuple[int, list[Write], bool]]) -> Document:
    """Three people write, and sometimes one hears what another has written."""
    first = Document(b"0" * 16)
    with first.transaction() as transaction:
        text = transaction.put_object(ROOT, "text", ObjType.Text)
    people = [first.fork() for _ in range(3)]
    for number, person in enumerate(people):
        person.set_actor(b"%d" % (number + 1) * 16)
    for number, written, hears in told:
        person = people[number]
        with person.transaction() as transaction:
            for write in written:
                write(transaction, text)
        if hears:
            person.merge(people[(number + 1) % 3])
    for other in people[1:]:
        people[0].merge(other)
    return people[0]


@given(steps)
def test_a_saved_document_tells_what_its_changes_tell(
    told: list[tuple[int, list[Write], bool]],
) -> None:
    made = document(told)
    saved = read_saved(bytes(made.save()))
    changes = parse_changes(bytes(change.raw_bytes) for change in made.get_changes([]))

    assert list(saved.heads) == made.get_heads()
    assert sorted(places(saved)) == sorted(
        (
            change.actor,
            change.seq,
            change.max_op,
            change.time,
            sorted((one.actor, one.seq) for one in changes if one.hash in change.deps),
        )
        for change in changes
    )

    takers: dict[ElementId, list[ElementId]] = defaultdict(list)
    every = [operation for change in changes for operation in operations(change.raw)]
    for operation in every:
        for taken in operation.predecessors:
            takers[taken].append(operation.id)
    assert sorted(saved.operations()) == sorted(
        operation._replace(predecessors=tuple(sorted(takers[operation.id])))
        for operation in every
        if operation.action is not Action.DELETE
    )


def places(saved: Saved) -> list[tuple[bytes, int, int, int, list[tuple[bytes, int]]]]:
    every = list(saved.changes())
    return [
        (
            change.actor,
            change.seq,
            change.max_op,
            change.time,
            sorted((every[dep].actor, every[dep].seq) for dep in change.deps),
        )
        for change in every
    ]


@given(steps)
def test_the_letters_of_a_text_come_in_its_order(told: list[tuple[int, list[Write], bool]]) -> None:
    made = document(told)
    text = ElementId(1, b"0" * 16)
    letters = [
        operation.value
        for operation in read_saved(bytes(made.save())).operations()
        if operation.object == text and operation.action is Action.SET
        if not operation.predecessors
    ]
    found = made.get(ROOT, "text")
    assert found is not None
    assert "".join(map(str, letters)) == made.text(found[1])


def test_an_empty_document_holds_nothing() -> None:
    saved = read_saved(bytes(Document().save()))
    assert (saved.heads, list(saved.changes()), list(saved.operations())) == ((), [], [])


@pytest.mark.parametrize("seconds", [0, 1, -5, 1 << 40])
def test_the_time_of_a_change_is_whatever_its_author_wrote(seconds: int) -> None:
    column = encode_sleb(1) + encode_sleb(seconds)
    body = b"\x01\x01a\x00" + directory(
        (0x01, encode_sleb(1) + b"\x00"),
        (0x03, encode_sleb(1) + b"\x01"),
        (0x13, encode_sleb(1) + b"\x01"),
        (0x23, column),
    )
    [change] = read_saved(write_chunk(0, body)).changes()
    assert change.time == seconds


def directory(*columns: tuple[int, bytes]) -> bytes:
    """The directories of both kinds of columns, of which those of operations are none."""
    named = b"".join(encode_uleb(spec) + encode_uleb(len(data)) for spec, data in columns)
    return encode_uleb(len(columns)) + named + b"\x00" + b"".join(data for _, data in columns)


@given(mutated(DOCUMENT))
def test_whatever_arrives_is_read_or_refused(data: bytes) -> None:
    body = data[9:] if len(data) > 9 else data
    for chunk in (data, write_chunk(0, body)):
        with suppress(BadChunk):
            read(chunk)


def read(chunk: bytes) -> None:
    """Read all of it."""
    saved = read_saved(chunk)
    list(saved.changes())
    list(saved.operations())


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ([(0x01, encode_sleb(1) + b"\x07")], "without an author"),
        ([(0x01, encode_sleb(1) + b"\x00")], "without an author or a number"),
    ],
)
def test_changes_without_what_they_need_are_refused(
    columns: list[tuple[int, bytes]], reason: str
) -> None:
    with pytest.raises(BadChunk, match=reason):
        read(write_chunk(0, b"\x01\x01a\x00" + directory(*columns)))


def run(count: int, *values: int) -> bytes:
    """So many rows of a value, or with a negative count of values of their own."""
    return encode_sleb(count) + b"".join(map(encode_sleb, values))


def two_changes(*dependencies: int) -> Saved:
    """The first of them names nothing, the second one change."""
    steps = [place - before for before, place in pairwise((0, *dependencies))]
    columns = {
        0x01: run(2, 0),
        0x03: run(2, 1),
        0x13: run(2, 1),
        0x40: run(-2, 0, 1),
        0x43: run(-len(steps), *steps) if steps else b"",
    }
    return Saved(Parts((Actor(b"a"),), (), Columns(columns), Columns({})))


def test_a_change_comes_after_each_of_its_dependencies() -> None:
    assert [change.deps for change in two_changes(0).changes()] == [(), (0,)]
    for place in (1, 2):
        with pytest.raises(BadChunk, match="before its dependencies"):
            list(two_changes(place).changes())
    with pytest.raises(BadChunk, match="before its dependencies"):
        list(two_changes().changes())


@pytest.mark.parametrize("named", [0, 1, 2])
def test_an_operation_has_all_the_successors_that_it_claims(named: int) -> None:
    columns = {
        0x15: run(-1) + b"\x01k",
        0x21: run(1, 0),
        0x23: run(1, 1),
        0x42: run(1, 1),
        0x80: run(1, 2),
        0x81: run(2, 0),
        0x83: run(named, 2) if named else run(-1, 2),
    }
    saved = Saved(Parts((Actor(b"a"),), (), Columns({}), Columns(columns)))
    if named == 2:
        [operation] = saved.operations()
        assert [one.counter for one in operation.predecessors] == [2, 4]
    else:
        with pytest.raises(BadChunk, match="shorter than the document"):
            list(saved.operations())


def test_changes_that_wait_behind_a_document_are_no_part_of_it() -> None:
    made = document(
        [(0, [put("a", 1)], False), (0, [put("a", 2)], False), (0, [put("a", 3)], False)]
    )
    *known, _, late = [bytes(change.raw_bytes) for change in made.get_changes([])]
    early = Document.load(b"".join(known))
    file = bytes(early.save()) + late
    assert len(list(read_saved(file).changes())) == len(known)


def test_a_change_is_no_document() -> None:
    with pytest.raises(BadChunk, match="not a document"):
        read_saved(FIRST)
