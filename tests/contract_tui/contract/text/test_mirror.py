from collections.abc import Sequence

from automerge.core import ExpandMark, ScalarType
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract import crdt
from contract_tui.contract.names import write_name
from contract_tui.contract.text.splice import Splice, map_through
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.people import BODY, actor
from tests.contract_tui.contract.text.mirroring import Writer, is_exact


def check_carets(old: list[ElementId], new: list[ElementId], splices: Sequence[Splice]) -> None:
    """A caret stays behind its left neighbour, else in front of its right one."""
    places = {element: offset for offset, element in enumerate(new)}
    for offset in range(len(old) + 1):
        moved = map_through(splices, offset)
        left = old[offset - 1] if offset else None
        right = old[offset] if offset < len(old) else None
        if left is None:
            assert moved == 0
        elif left in places:
            assert moved == places[left] + 1
        elif right in places:
            assert moved == places[right]


edits = st.tuples(
    st.integers(0, 2),
    st.floats(0, 1),
    st.integers(0, 4),
    st.text("aab\n", max_size=4) | st.just("a long one " * 9),
)
fetches = st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([0.4, 1.0]))


@given(st.lists(edits | fetches, min_size=4, max_size=40))
def test_a_mirror_is_always_what_a_full_read_says(
    steps: list[tuple[int, float, int, str] | tuple[int, int, float]],
) -> None:
    writers = [Writer(letter) for letter in "abc"]
    for step in steps:
        writer = writers[step[0]]
        text, ids, version = writer.text.text, list(writer.text.ids), writer.text.version
        if len(step) == 4:
            _, where, length, inserted = step
            start = round(where * len(text))
            splice = Splice(start, min(len(text), start + length), inserted)
            if splice.is_empty:
                continue
            writer.type(splice)
            splices = [splice]
        else:
            splices = writer.fetch(writers[step[1]], step[2])
        assert is_exact(writer)
        assert writer.text.since(version) == splices
        check_carets(ids, writer.text.ids, splices)
        for splice in splices:
            text = splice.apply(text)
        assert text == writer.text.text


@given(
    st.lists(st.sampled_from(["a", "bc", "def", "", "👩‍👧"]), min_size=1, max_size=5),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 4), st.sampled_from(["", "x", "xy", "a long one " * 9])
        ),
        max_size=6,
    ),
)
def test_a_text_with_long_elements_of_other_programs_stays_exact(
    elements: list[str], changes: list[tuple[float, int, str]]
) -> None:
    theirs, ours = Writer("t"), Writer("o")
    theirs.write_elements(elements)
    ours.fetch(theirs)
    for turn, (where, length, inserted) in enumerate(changes):
        writer, other = (ours, theirs) if turn % 2 else (theirs, ours)
        text = writer.text.text
        start = round(where * len(text))
        splice = Splice(start, min(len(text), start + length), inserted)
        if splice.is_empty:
            continue
        writer.type(splice)
        assert writer.text.text == splice.apply(text)
        other.fetch(writer)
        assert is_exact(writer)
        assert is_exact(other)


def test_several_splices_into_long_elements_act_as_if_these_were_letters() -> None:
    ann = Writer("a")
    ann.write_elements(["abc", "defg"])
    splices = [Splice(1, 2, "XYZ"), Splice(2, 3, ""), Splice(5, 7, "-"), Splice(0, 0, "!")]
    expected = ann.text.text
    for splice in splices:
        expected = splice.apply(expected)
    wide = ann.text.widen(splices)

    def write(writer: crdt.Writer) -> None:
        for splice in wide:
            writer.splice(BODY, splice, plain=False)

    change = ann.document.transact(write)
    assert change is not None
    ann.text.wrote(wide, change.start_op, ann.document.actor)
    assert ann.text.text == expected
    assert is_exact(ann)


def test_an_equal_letter_by_somebody_else_is_seen() -> None:
    ann, ben = Writer("a"), Writer("b")
    ann.type(Splice(0, 0, "aaa"))
    ben.fetch(ann)
    ben.type(Splice(1, 2, "a"))
    assert ann.fetch(ben) == [Splice(1, 2, "a")]
    assert [ann.text.author_at(offset) for offset in range(3)] == [
        actor("a"),
        actor("b"),
        actor("a"),
    ]


def test_a_change_that_is_received_twice_does_nothing() -> None:
    ann, ben = Writer("a"), Writer("b")
    raw = ann.type(Splice(0, 0, "ab"))
    assert ben.receive([raw]) == [Splice(0, 0, "ab")]
    assert ben.receive([raw]) == []
    assert is_exact(ben)


def test_changes_that_waited_for_others_come_with_them() -> None:
    ann, ben = Writer("a"), Writer("b")
    first, second = ann.type(Splice(0, 0, "a")), ann.type(Splice(1, 1, "b"))
    assert ben.receive([second]) == []
    assert ben.receive([first]) == [Splice(0, 0, "ab")]
    assert is_exact(ben)


def test_a_program_that_overwrites_a_character_is_followed() -> None:
    ann, ben = Writer("a"), Writer("b")
    ann.type(Splice(0, 0, "abc"))
    ben.fetch(ann)
    with ben.document._document.transaction() as transaction:
        transaction.put(write_name(BODY), 1, ScalarType.Str, "X")
    assert ann.fetch(ben) == [Splice(1, 2, "X")]
    assert is_exact(ann)


def test_marks_of_other_programs_are_no_characters() -> None:
    ann, ben = Writer("a"), Writer("b")
    ann.type(Splice(0, 0, "abc"))
    ben.fetch(ann)
    with ben.document._document.transaction() as transaction:
        bold = ScalarType.Boolean
        transaction.mark(write_name(BODY), 0, 2, "bold", bold, True, ExpandMark.Both)
    assert ann.fetch(ben) == []
    ann.type(Splice(1, 1, "x"))
    assert is_exact(ann)


def test_the_log_reaches_back_to_a_version_or_says_that_it_does_not() -> None:
    ann = Writer("a")
    assert ann.text.since(0) == []
    ann.type(Splice(0, 0, "ab"))
    ann.type(Splice(1, 2, ""))
    assert ann.text.version == 2
    assert ann.text.since(0) == [Splice(0, 0, "ab"), Splice(1, 2, "")]
    assert ann.text.since(1) == [Splice(1, 2, "")]
    assert ann.text.since(2) == []
    assert ann.text.since(3) is None
    ann.text._log.popleft()
    assert ann.text.since(0) is None


def test_authors_are_told_by_stretches() -> None:
    ann, ben = Writer("a"), Writer("b")
    assert ann.text.author_runs() == []
    ann.type(Splice(0, 0, "aaaa"))
    ben.fetch(ann)
    ben.type(Splice(2, 3, "bb"))
    assert ben.text.author_runs() == [(0, 2, actor("a")), (2, 4, actor("b")), (4, 5, actor("a"))]
    assert ben.text.author_runs(1, 3) == [(1, 2, actor("a")), (2, 3, actor("b"))]
    assert ben.text.author_runs(2, 2) == []


def test_the_last_character_of_each_actor_is_known_also_once_it_has_gone() -> None:
    ann, ben = Writer("a"), Writer("b")
    assert ann.text.last_by == {}
    ann.type(Splice(0, 0, "abc"))
    c = ann.text.ids[2]
    ben.fetch(ann)
    ben.type(Splice(1, 2, ""))
    assert ann.text.last_by == ben.text.last_by == {actor("a"): c}
    ben.type(Splice(0, 0, "xy"))
    ann.type(Splice(2, 3, ""))
    ann.fetch(ben)
    assert ann.text.last_by == {actor("a"): c, actor("b"): ben.text.ids[1]}


def test_an_anchor_names_a_place_for_everyone() -> None:
    ann, ben = Writer("a"), Writer("b")
    ann.type(Splice(0, 0, "abc"))
    ben.fetch(ann)
    ann.type(Splice(0, 0, "xx"))
    assert ann.text.offset_of(ben.text.anchor_at(2)) == 4
    assert ben.text.anchor_at(0) is None
    assert ann.text.offset_of(None) == 0


def test_an_anchor_that_went_stands_where_it_stood() -> None:
    ann = Writer("a")
    ann.type(Splice(0, 0, "abcd"))
    anchor = ann.text.anchor_at(3)
    ann.type(Splice(2, 3, ""))
    assert ann.text.offset_of(anchor) == 2
    ann.type(Splice(0, 2, ""))
    assert ann.text.offset_of(anchor) == 0


def test_an_anchor_that_was_never_here_has_no_place() -> None:
    assert Writer("a").text.offset_of(ElementId(99, b"n" * 16)) is None
