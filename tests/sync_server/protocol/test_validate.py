from dataclasses import replace

import pytest

from sync_server.protocol.chunk import body_of, parse_body, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.leb import encode_sleb
from sync_server.protocol.past import UNKNOWN
from tests.sync_server.protocol.apart import Row
from tests.sync_server.protocol.rows import (
    BEGIN,
    CAROL,
    COUNT,
    COUNTED,
    COUNTER,
    DAN,
    DELETE,
    FIRST,
    FLOAT,
    INCREMENT,
    INT,
    ITEM,
    LIST_ID,
    MAP,
    MAP_ID,
    NUMBER,
    SET,
    STRING,
    TABLE,
    TEXT_ID,
    TIME,
    TRUE,
    UINT,
    A,
    begin,
    change,
    end,
    graph_of,
    increment,
    insert,
    mine,
    once_more,
    put,
    refused,
    row,
    second,
    yours,
)
from tests.sync_server.protocol.seeds import contract, javascript, three_people
from tests.sync_server.protocol.written import ALICE, BOB, deflate, write_body, write_chunk


@pytest.mark.parametrize("history", [contract, javascript, lambda: three_people(2, 120)])
def test_what_honest_programs_write_enters(history: object) -> None:
    changes = history()  # type: ignore[operator]
    assert len(graph_of(*changes)) == len(changes)
    backwards = Graph(validate=True)
    backwards.add(reversed(changes))
    assert backwards.heads == graph_of(*changes).heads


def test_a_deflated_change_enters() -> None:
    (deflated,) = parse_changes([deflate(FIRST.raw)])
    graph = graph_of(deflated)
    assert graph.add([second(insert(TEXT_ID, A))])


def test_a_change_without_operations_enters() -> None:
    graph_of(FIRST, second(), change([put("x")], deps=[second()], actor=BOB, seq=2, start_op=10))


@pytest.mark.parametrize(
    "rows",
    [
        [insert(TEXT_ID, A), insert(TEXT_ID, yours(10)), insert(TEXT_ID, BEGIN)],
        [row(DELETE, TEXT_ID, A, over=[A])],
        [put("number", NUMBER), row(DELETE, None, "number", over=[yours(10)])],
        [row(SET, LIST_ID, ITEM, kind=FLOAT, value=bytes(8), over=[ITEM])],
        [increment(COUNT)],
        [increment(COUNT), increment(COUNT), put("count", COUNT)],
        [put("number", NUMBER), put("number", yours(10))],
        [row(MAP, LIST_ID, ITEM, insert=True), put("k", obj=yours(10))],
        [begin(TEXT_ID, A), end(TEXT_ID, yours(10))],
        [row(SET, None, "time", kind=TIME, value=encode_sleb(1_764_000_000_000))],
        [put("", obj=MAP_ID)],
    ],
)
def test_what_fits_enters(rows: list[Row]) -> None:
    graph_of(FIRST, second(*rows))


UNFIT = "a key that does not fit its object"
NO_ELEMENT = "an element that is not one of its list"
NUMBER_OF = "too many or too few predecessors"
VALUE = "does not go with its value"
TWICE = "overwritten twice by one change"
UNPAIRED = "the beginning or the end of a mark is missing"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        # objects
        ([put("k", obj=yours(10))], UNKNOWN),
        ([put("k", obj=mine(10))], UNKNOWN),
        ([put("k", obj=(1, CAROL))], UNKNOWN),
        ([put("k", obj=yours(11)), row(MAP, None, "later")], UNKNOWN),
        ([put("k", obj=NUMBER)], UNFIT),
        ([put("k", obj=TEXT_ID)], UNFIT),
        ([insert(MAP_ID, None)], UNFIT),
        ([insert(NUMBER, None)], UNFIT),
        ([row(SET, None, A, kind=INT, value=b"\x05")], UNFIT),
        ([replace(put("k", obj=MAP_ID), insert=True)], UNFIT),
        # elements
        ([insert(TEXT_ID, ITEM)], NO_ELEMENT),
        ([insert(TEXT_ID, NUMBER)], NO_ELEMENT),
        ([insert(TEXT_ID, yours(10))], UNKNOWN),
        ([insert(TEXT_ID, yours(11)), insert(TEXT_ID, None)], UNKNOWN),
        ([row(SET, TEXT_ID, BEGIN, kind=STRING, value=b"x")], NO_ELEMENT),
        ([row(SET, TEXT_ID, None, kind=STRING, value=b"x")], UNKNOWN),
        # predecessors
        ([put("other", NUMBER)], COUNTED),
        ([put("number", NUMBER, obj=MAP_ID)], COUNTED),
        ([put("number", mine(10))], UNKNOWN),
        ([row(DELETE, TEXT_ID, A, over=[ITEM])], COUNTED),
        ([row(DELETE, TEXT_ID, A)], NUMBER_OF),
        ([row(SET, LIST_ID, ITEM)], NUMBER_OF),
        ([row(DELETE, None, "number")], NUMBER_OF),
        ([replace(insert(TEXT_ID, A), predecessors=(A,))], NUMBER_OF),
        (
            [row(DELETE, None, "number", over=[NUMBER]), put("number", yours(10))],
            COUNTED,
        ),
        ([put("number", NUMBER, NUMBER)], "sorted and unique"),
        ([put("number", mine(5), NUMBER)], "sorted and unique"),
        ([row(INCREMENT, None, "count", kind=INT, value=b"\x01")], NUMBER_OF),
        (
            [row(INCREMENT, None, "number", kind=INT, value=b"\x01", over=[NUMBER])],
            "increment of what is no counter",
        ),
        # values
        ([row(INCREMENT, None, "count", kind=UINT, value=b"\x01", over=[COUNT])], VALUE),
        ([row(DELETE, None, "number", kind=INT, value=b"\x01", over=[NUMBER])], VALUE),
        ([row(MAP, None, "k", kind=TRUE)], VALUE),
        ([row(TABLE, None, "k")], VALUE),
        ([row(8, None, "k")], VALUE),
        ([row(SET, None, "k", kind=12, value=b"?")], VALUE),
        ([row(SET, None, "k", kind=TRUE, value=b"?")], "a type that has no bytes"),
        ([row(SET, None, "k", kind=FLOAT, value=b"?")], "has 8 bytes"),
        ([row(SET, None, "k", kind=STRING, value=b"\xff")], "not UTF-8"),
        ([row(SET, None, "k", kind=UINT, value=b"\x01\x01")], "followed by other bytes"),
        ([row(SET, None, "k", kind=UINT, value=b"\x80\x00")], "overlong"),
        ([row(SET, None, "k", kind=COUNTER, value=b"\x01\x01")], "followed by other bytes"),
        ([row(SET, None, "k", kind=TIME, value=encode_sleb(1 << 60))], "a time that is none"),
        # twice in one change
        ([put("number", NUMBER), put("number", NUMBER)], TWICE),
        ([row(DELETE, TEXT_ID, A, over=[A]), row(DELETE, TEXT_ID, A, over=[A])], TWICE),
        ([put("count", COUNT), increment(COUNT)], TWICE),
        # marks
        ([begin(TEXT_ID, A)], UNPAIRED),
        ([end(TEXT_ID, A)], UNPAIRED),
        ([begin(TEXT_ID, A), insert(TEXT_ID, A), end(TEXT_ID, A)], UNPAIRED),
        ([begin(TEXT_ID, A), end(LIST_ID, ITEM)], UNPAIRED),
        ([begin(TEXT_ID, A), begin(TEXT_ID, A), end(TEXT_ID, A)], UNPAIRED),
        ([begin(TEXT_ID, A), replace(end(TEXT_ID, A), kind=TRUE)], "not well formed"),
        ([begin(TEXT_ID, A), end(TEXT_ID, A)], "ends before it begins"),
        ([begin(TEXT_ID, A), end(TEXT_ID, None)], "ends before it begins"),
        ([replace(begin(TEXT_ID, A), insert=False), end(TEXT_ID, A)], "not well formed"),
        ([replace(put("k"), mark="m")], "something of a mark"),
        ([replace(put("k"), expand=True)], "something of a mark"),
    ],
)
def test_what_does_not_fit_is_refused(rows: list[Row], reason: str) -> None:
    refused(second(*rows), reason, FIRST)


@pytest.mark.parametrize("letter", ["ä", "\u20ac", "\U0001f600"])
def test_letters_are_not_cut(letter: str) -> None:
    """Together the bytes are UTF-8, and a value of its own each of them is not."""
    whole = letter.encode()
    parts = [insert(TEXT_ID, A, whole[:1]), insert(TEXT_ID, yours(10), whole[1:])]
    refused(second(*parts), "UTF-8", FIRST)
    graph_of(FIRST, second(insert(TEXT_ID, A, whole), insert(TEXT_ID, yours(10), whole)))


def test_what_exists_but_is_not_in_the_past_is_refused() -> None:
    beside = second(insert(TEXT_ID, A))
    third = change([insert(TEXT_ID, yours(10))], deps=[FIRST], actor=CAROL, start_op=10)
    refused(third, UNKNOWN, FIRST, beside)
    graph_of(FIRST, beside, once_more(third, deps=(beside.hash,), start_op=11))


def test_a_past_may_be_reached_by_many_ways() -> None:
    left = second(insert(TEXT_ID, A))
    right = change([insert(TEXT_ID, None)], deps=[FIRST], actor=CAROL, start_op=10)
    apart = change([put("apart")], actor=b"apart", start_op=1)
    both = change(
        [insert(TEXT_ID, yours(10)), insert(TEXT_ID, (10, CAROL))],
        deps=[left, right],
        start_op=11,
        seq=2,
    )
    graph_of(apart, FIRST, left, right, both)
    refused(once_more(both, deps=(left.hash,)), UNKNOWN, apart, FIRST, left, right)


def test_an_authors_change_must_know_the_one_before() -> None:
    again = change([put("k")], actor=BOB, seq=2, deps=[FIRST], start_op=10)
    refused(again, "does not know its author's last one", FIRST, second(put("k")))


def test_counters_cannot_be_used_up_at_once() -> None:
    far = once_more(second(put("k")), start_op=10 + (1 << 16))
    graph_of(FIRST, far)
    refused(once_more(far, start_op=far.start_op + 1), "far beyond", FIRST)


def test_a_change_without_operations_leaves_no_counter_out() -> None:
    refused(once_more(second(), start_op=11), "far beyond", FIRST)


@pytest.mark.parametrize("time", [1 << 53, -(1 << 53), -(1 << 63)])
def test_a_time_that_is_none_is_refused(time: int) -> None:
    refused(once_more(second(put("k")), time=time), "a time that is none", FIRST)


def test_bytes_after_the_last_column_are_refused() -> None:
    refused(once_more(second(put("k")), b"\0"), "bytes after the last column", FIRST)


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ([CAROL, ALICE], "sorted and unique"),
        ([ALICE, ALICE], "sorted and unique"),
        ([ALICE, BOB], "sorted and unique"),
        ([ALICE, b"unheard of"], UNKNOWN),
        ([ALICE, DAN], "an actor that no operation names"),
        ([], "an actor that is not listed"),
    ],
)
def test_actors_are_listed_in_one_way(others: list[bytes], reason: str) -> None:
    """The operation names Alice, the first of the others."""
    body = body_of(second(insert(TEXT_ID, A)).raw)
    parts = parse_body(body)
    found = {spec: parts.directory.column(body, spec) for spec in parts.directory.spans}
    written = write_body(
        deps=parts.deps, actor=BOB, start_op=10, time=parts.time, others=others, columns=found
    )
    (made,) = parse_changes([write_chunk(1, written)])
    known = [change([put("k")], actor=actor) for actor in (CAROL, DAN)]
    refused(made, reason, FIRST, *known)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({0x42: b"\x7f\x01", 0x43: b"\x7f\x01"}, "a column that is not known"),
        ({0x42: b"\x7f\x01", 0x57: b""}, "an empty column"),
        ({0x57: b"x"}, "columns without operations"),
        ({0x42: b"\x01\x01"}, "leaves out rows|would write differently"),
    ],
)
def test_columns_that_automerge_never_writes_are_refused(
    columns: dict[int, bytes], reason: str
) -> None:
    (made,) = parse_changes([write_chunk(1, write_body(actor=BOB, columns=columns))])
    refused(made, reason)


def test_an_orphan_is_validated_when_it_enters() -> None:
    graph = Graph(validate=True)
    assert graph.add([second(put("other", NUMBER))]) == []
    assert graph.add([FIRST]) == [FIRST]
    assert graph.heads == (FIRST.hash,)


def test_what_is_trusted_or_restored_is_not_validated() -> None:
    odd = second(put("other", NUMBER))
    graph = graph_of(FIRST)
    assert graph.add([odd], trusted=True) == [odd]
    stored = Graph(lambda first, last: [FIRST.raw, odd.raw][first : last + 1], validate=True)
    stored.restore([graph.header(0), graph.header(1)])
    after = change([insert(TEXT_ID, A)], deps=[odd], actor=CAROL, start_op=11)
    assert stored.add([after]) == [after]
    wrong = change([insert(TEXT_ID, yours(10))], deps=[after], actor=b"dan", start_op=12)
    with pytest.raises(BadChunk, match=NO_ELEMENT):
        stored.add([wrong])


def test_a_graph_without_validation_takes_what_is_in_order() -> None:
    graph = Graph()
    assert len(graph.add([FIRST, second(put("other", NUMBER))])) == 2
