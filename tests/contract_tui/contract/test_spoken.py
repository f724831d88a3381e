"""What was ever said under a key, which the document itself shows no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.crdt.spoken import Spoken, Word, knew, newest
from contract_tui.contract.items.writing import put_anew
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import GOALS_MAP
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import Action, ElementId
from tests.contract_tui.contract.people import BODY, actor

KEY = "state"


@pytest.fixture
def ada() -> CrdtDocument:
    return blank_document(actor("a"))


def put(document: CrdtDocument, value: str) -> None:
    document.transact(lambda writer: writer.put(GOALS_MAP, KEY, value))


def take_out(document: CrdtDocument) -> None:
    document.transact(lambda writer: writer.delete(GOALS_MAP, KEY))


def merge(*documents: CrdtDocument) -> None:
    raws = [raw for one in documents for raw in one.changes_since(())]
    for one in documents:
        one.apply(raws)


def values(document: CrdtDocument, heads: Heads | None = None) -> list[object]:
    """What was ever said, oldest first; None where it was taken out."""
    words = document.spoken(heads).ever(GOALS_MAP, KEY)
    return [one.value for one in sorted(words, key=lambda one: one.id)]


def test_what_was_written_over_and_taken_out_is_there(ada: CrdtDocument) -> None:
    put(ada, "idea")
    put(ada, "trying")
    take_out(ada)
    assert values(ada) == ["idea", "trying", None]
    ada.transact(lambda writer: writer.splice(BODY, Splice(0, 0, "state removed origin")))
    put(ada, "reached")
    assert values(ada) == ["idea", "trying", None, "reached"]
    assert not ada.spoken().ever(BODY, KEY)
    assert list(ada.spoken().keys(GOALS_MAP)) == [KEY]


def test_who_takes_out_and_puts_in_says_one_thing(ada: CrdtDocument) -> None:
    put(ada, "idea")
    (idea,) = ada.spoken().ever(GOALS_MAP, KEY)
    ada.transact(lambda writer: put_anew(writer, GOALS_MAP, KEY, "trying"))
    assert values(ada) == ["idea", "trying"]
    assert [one.over for one in ada.spoken().ever(GOALS_MAP, KEY)] == [(), (idea.id,)]


def test_what_was_said_at_the_same_time_is_there_and_twice_is_once(ada: CrdtDocument) -> None:
    bea = ada.fork(actor("b"))
    put(ada, "mine")
    put(bea, "hers")
    merge(ada, bea)
    merge(ada, bea)
    assert sorted(map(str, values(ada))) == ["hers", "mine"]


def test_of_an_earlier_version_only_what_had_been_said(ada: CrdtDocument) -> None:
    put(ada, "idea")
    bea, before = ada.fork(actor("b")), ada.heads
    put(ada, "trying")
    put(bea, "reached")
    merge(ada, bea)
    assert values(ada, before) == ["idea"]
    assert values(ada, bea.heads) == values(ada)


def test_what_cannot_be_read_says_nothing(ada: CrdtDocument) -> None:
    put(ada, "idea")
    spoken = Spoken()
    for raw in (b"", b"x" * 40, ada.changes_since(())[-1][:-3]):
        spoken.read(raw)
    assert not spoken.ever(GOALS_MAP, KEY)


def word(number: int, *over: int, gone: bool = False) -> Word:
    action = Action.DELETE if gone else Action.SET
    return Word(_id(number), action, number, tuple(map(_id, over)))


def _id(number: int) -> ElementId:
    return ElementId(number, b"a")


def test_what_others_wrote_over_a_word_leaves_it_where_theirs_does_not_count() -> None:
    words = [word(1), word(2, 1), word(3, 2), word(4, 3, gone=True)]

    def said(*counting: int) -> object:
        found = newest(words, {one.id: one.id.counter in counting for one in words})
        return found and found.value

    assert (said(1), said(1, 2), said(1, 2, 3), said(1, 2, 3, 4)) == (1, 2, 3, None)
    assert said(1, 3) == 3, "whoever writes over that has written over this"
    assert said(1, 4) is None
    assert said() is None
    assert knew(words, _id(3), _id(1))
    assert not knew(words, _id(1), _id(3))


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["idea", "trying", ""])), max_size=8))
def test_where_everybody_counts_the_newest_is_what_the_document_shows(
    deeds: list[tuple[bool, str]],
) -> None:
    ada = blank_document(actor("a"))
    bea = ada.fork(actor("b"))
    for is_ada, value in deeds:
        one = ada if is_ada else bea
        put(one, value) if value else take_out(one)
        if value == "trying":
            merge(ada, bea)
    merge(ada, bea)
    words = ada.spoken().ever(GOALS_MAP, KEY)
    found = newest(words, {one.id: True for one in words})
    assert (found.id if found else None) == ada.found(GOALS_MAP, KEY)[1]
    assert sorted(words) == sorted(bea.spoken().ever(GOALS_MAP, KEY))
