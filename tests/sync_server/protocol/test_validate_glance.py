"""What lets a change in without every question, or asks the disk only once."""

from dataclasses import replace

import pytest
from automerge.core import ROOT, Document, ScalarType
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from sync_server.protocol import validate
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.past import UNKNOWN
from tests.sync_server.protocol.apart import Row, take_apart
from tests.sync_server.protocol.harm import apply
from tests.sync_server.protocol.rows import (
    BEGIN,
    CAROL,
    COUNT,
    COUNTED,
    DELETE,
    FIRST,
    INCREMENT,
    INT,
    ITEM,
    LIST,
    LIST_ID,
    MAP_ID,
    NULL,
    NUMBER,
    SET,
    TEXT_ID,
    A,
    change,
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
from tests.sync_server.protocol.written import BOB

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
    assert on_disk(FIRST).add([second(increment(COUNT))])
    with pytest.raises(BadChunk, match="no counter"):
        on_disk(FIRST).add([second(replace(increment(NUMBER), key="number"))])


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
