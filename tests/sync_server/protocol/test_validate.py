from collections.abc import Sequence
from dataclasses import replace

import pytest
from automerge.core import ROOT, Document, ScalarType
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from sync_server.protocol import validate
from sync_server.protocol.chunk import Change, body_of, parse_body, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.leb import encode_sleb
from sync_server.protocol.past import UNKNOWN
from tests.sync_server.protocol.harm import apply
from tests.sync_server.protocol.mutants import Name, Parts, Row, put_together, take_apart
from tests.sync_server.protocol.seeds import contract, javascript, three_people
from tests.sync_server.protocol.written import ALICE, BOB, deflate, write_body, write_chunk

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


def _increment(counter: Name) -> Row:
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
        [_increment(COUNT)],
        [_increment(COUNT), _increment(COUNT), put("count", COUNT)],
        [put("number", NUMBER), put("number", yours(10))],
        [row(MAP, LIST_ID, ITEM, insert=True), put("k", obj=yours(10))],
        [begin(TEXT_ID, A), end(TEXT_ID, yours(10))],
        [row(SET, None, "time", kind=TIME, value=encode_sleb(1_764_000_000_000))],
        [put("", obj=MAP_ID)],
    ],
)
def test_what_fits_enters(rows: list[Row]) -> None:
    graph_of(FIRST, second(*rows))


COUNTED = "a predecessor in another place"
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
        ([put("count", COUNT), _increment(COUNT)], TWICE),
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


NAMES = st.one_of(
    st.sampled_from([TEXT_ID, A, LIST_ID, ITEM, MAP_ID, BEGIN, mine(99)]),
    st.integers(10, 19).map(yours),
)


@st.composite
def most_plain(draw: st.DrawFn) -> list[Row]:
    """Letters put in one behind the other and letters deleted, and a few that are anything."""
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 9))):
        obj = draw(st.sampled_from([TEXT_ID, TEXT_ID, TEXT_ID, LIST_ID, MAP_ID, yours(10)]))
        near = yours(9 + number) if number else draw(st.sampled_from([A, None]))
        key = draw(st.one_of(st.just(near), st.just(near), NAMES))
        match draw(st.sampled_from("iiiddam")):
            case "i":
                rows.append(insert(obj, key))
            case "d":
                rows.append(row(DELETE, obj, key, over=[key] if key else []))
            case "m":
                rows.append(row(LIST, obj, key, insert=True))
            case _:
                action = draw(st.sampled_from([SET, DELETE, INCREMENT]))
                over = draw(st.lists(NAMES, max_size=2, unique=True).map(sorted))
                kind, value = (INT, b"\x05") if action != DELETE else (NULL, b"")
                inserts = draw(st.booleans())
                rows.append(Row(obj, key, inserts, action, kind, value, tuple(over), False, None))
    return rows


def enters(changed: Change) -> bool:
    try:
        graph_of(FIRST).add([changed])
    except BadChunk:
        return False
    return True


def enters_without_glancing(changed: Change) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate, "_is_plain", lambda *_: False)
        return enters(changed)


@given(most_plain())
def test_what_is_seen_at_a_glance_would_stand_every_question(rows: list[Row]) -> None:
    try:
        changed = second(*rows)
    except BadChunk:
        reject()
    assert enters(changed) == enters_without_glancing(changed)


EDITS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 15), st.text("ab \u00e9", max_size=20)),
    min_size=1,
    max_size=6,
)
"""Where a text is changed, how many letters go there, and what comes in their place."""


def edited(edits: list[tuple[int, int, str]]) -> Change:
    """What Automerge writes when somebody changes a text and a list in one go."""
    document = Document(BOB)
    apply(document, [FIRST.raw])
    [text, items] = [found[1] for key in ("text", "list") if (found := document.get(ROOT, key))]
    with document.transaction() as t:
        for place, gone, words in edits:
            at = place % (t.length(text) + 1)
            for _ in range(min(gone, t.length(text) - at)):
                t.delete(text, at)
            for offset, letter in enumerate(words):
                t.insert(text, at + offset, ScalarType.Str, letter)
        t.insert(items, 0, ScalarType.Int, len(edits))
    [made] = parse_changes([bytes(one.raw_bytes) for one in document.get_changes([FIRST.hash])])
    return made


@settings(max_examples=40)
@given(EDITS, st.integers(0, 200), st.integers(0, 200))
def test_an_honest_edit_enters_at_a_glance_and_with_a_row_of_another_only_if_it_may(
    edits: list[tuple[int, int, str]], to: int, source: int
) -> None:
    honest = edited(edits)
    assert enters(honest)
    assert enters_without_glancing(honest)
    rows = list(take_apart(honest.raw).rows)
    rows[to % len(rows)] = rows[source % len(rows)]
    try:
        altered = once_more(honest, rows=tuple(rows))
    except BadChunk:
        return
    assert enters(altered) == enters_without_glancing(altered)


def test_of_many_alike_the_one_that_does_not_fit_is_found() -> None:
    letters = [insert(TEXT_ID, A), *(insert(TEXT_ID, yours(10 + n)) for n in range(99))]
    graph = graph_of(FIRST, second(*letters))
    assert len(graph) == 2
    for place, wrong, reason in (
        (50, insert(TEXT_ID, yours(70)), UNKNOWN),
        (50, insert(LIST_ID, yours(59)), "one of its list"),
        (50, insert(TEXT_ID, yours(59), b"\xff"), "UTF-8"),
        (98, row(DELETE, TEXT_ID, yours(59), over=[A]), "another place"),
    ):
        refused(second(*letters[:place], wrong, *letters[place + 1 :]), reason, FIRST)
    gone = [row(DELETE, TEXT_ID, yours(10 + n), over=[yours(10 + n)]) for n in range(100)]
    deleting = change(gone, deps=[second(*letters)], actor=CAROL, start_op=110)
    assert graph.add([deleting])
    twice = change([*gone[:50], gone[0]], deps=[second(*letters)], actor=CAROL, start_op=110)
    refused(twice, "overwritten twice", FIRST, second(*letters))
    elsewhere = [*gone[:50], row(DELETE, LIST_ID, yours(60), over=[yours(60)])]
    wrong_list = change(elsewhere, deps=[second(*letters)], actor=CAROL, start_op=110)
    refused(wrong_list, "one of its list", FIRST, second(*letters))


def on_disk(*changes: Change) -> Graph:
    """A graph that has forgotten what its changes did, and can read them again."""
    known = graph_of(*changes)
    raws = [one.raw for one in changes]
    graph = Graph(lambda first, last: raws[first : last + 1], validate=True)
    graph.restore([known.header(position) for position in range(len(changes))])
    return graph


def test_many_keys_that_are_read_from_the_disk_are_told_apart() -> None:
    """Letters that were put in together are not looked at one by one; keys must be."""
    names = [f"key {number:02}" for number in range(20)]
    written = second(*[put(name, obj=MAP_ID) for name in names])
    anew = [put(name, yours(10 + n), obj=MAP_ID) for n, name in enumerate(names)]
    crossed = [put(name, yours(29 - n), obj=MAP_ID) for n, name in enumerate(names)]
    assert on_disk(FIRST, written).add([change(anew, deps=[written], actor=CAROL, start_op=30)])
    with pytest.raises(BadChunk, match=COUNTED):
        on_disk(FIRST, written).add([change(crossed, deps=[written], actor=CAROL, start_op=30)])


def test_a_counter_that_is_read_from_the_disk_is_one_still() -> None:
    assert on_disk(FIRST).add([second(_increment(COUNT))])
    with pytest.raises(BadChunk, match="no counter"):
        on_disk(FIRST).add([second(replace(_increment(NUMBER), key="number"))])


def test_what_was_read_ahead_is_not_read_again_and_decides_nothing() -> None:
    letters = [FIRST]
    for number in range(30):
        after = yours(9 + number) if number else A
        letters.append(
            change(
                [insert(TEXT_ID, after)],
                deps=letters[-1:],
                actor=BOB,
                seq=number + 1,
                start_op=10 + number,
            )
        )
    graph, read = Graph(), list[int]()
    graph.add(letters)

    def fetch(first: int, last: int) -> list[bytes]:
        read.extend(range(first, last + 1))
        return [one.raw for one in letters[first : last + 1]]

    def stored() -> Graph:
        again = Graph(fetch, validate=True)
        again.restore([graph.header(position) for position in range(len(graph))])
        return again

    gone = [row(DELETE, TEXT_ID, yours(10 + n), over=[yours(10 + n)]) for n in range(30)]
    good = change(gone, deps=letters[-1:], actor=CAROL, start_op=40)
    bad = change([*gone, gone[0]], deps=letters[-1:], actor=CAROL, start_op=40)
    for one in (good, bad):
        shelf = stored()
        ahead = shelf.read_ahead(one)
        assert ahead
        steps = 1
        while not shelf.advance(ahead, 10):
            steps += 1
        assert steps == 4
        assert sorted(read) == [*range(31)]
        if one is good:
            assert shelf.add([one]) == [one]
        else:
            with pytest.raises(BadChunk, match="overwritten twice"):
                shelf.add([one])
        assert sorted(read) == [*range(31)]
        read.clear()


def test_nothing_is_read_ahead_for_what_cannot_enter_or_for_too_many() -> None:
    graph = graph_of(FIRST)
    letters = [
        second(insert(TEXT_ID, A, bytes([97 + number]))) for number in range(Graph.MOST_AHEAD + 1)
    ]
    orphan = change([put("x")], deps=[letters[0]], actor=CAROL, start_op=11)
    unfounded = second(insert(TEXT_ID, mine(99)))
    assert [graph.read_ahead(one) for one in (FIRST, orphan, unfounded)] == [None] * 3
    assert Graph().read_ahead(letters[0]) is None
    in_hand = [graph.read_ahead(one) for one in letters]
    assert all(in_hand[:-1])
    assert in_hand[-1] is None
    in_hand.clear()
    assert graph.read_ahead(letters[-1])


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
