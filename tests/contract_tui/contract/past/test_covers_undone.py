"""What is covered while somebody undoes, and while others write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import NotYours
from contract_tui.contract.schema import (
    INTERESTS,
)
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.past.covering import BODY, ids, type_, words
from tests.contract_tui.contract.past.test_seen import two
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    actor_of,
    copy,
    exchange,
)
from tests.searching import LONG_STORIES


def test_undo_and_redo_never_bring_back_what_is_covered() -> None:
    maya, _ = two()
    type_(maya, "call 0151 soon")
    number = ids(maya, "0151 ")
    maya.splice(INTERESTS, Splice(5, 10, ""))
    maya.cover(INTERESTS, number, "a", MAYA.id)
    assert maya.undo(INTERESTS) is not None  # the typing: the deletion is forgotten
    assert words(maya) == ""
    assert maya.redo(INTERESTS) is not None
    assert words(maya) == "call soon"
    assert maya.redo(INTERESTS) is None


def test_redo_of_a_passage_is_forgotten_with_its_cover() -> None:
    maya, _ = two()
    type_(maya, "0151")
    number = ids(maya, "0151")
    maya.undo(INTERESTS)
    maya.cover(INTERESTS, number, "a", MAYA.id)
    assert maya.redo(INTERESTS) is None
    assert words(maya) == ""


def test_what_undo_put_back_is_covered_with_what_it_was() -> None:
    maya, _ = two()
    type_(maya, "0151")
    first, then = ids(maya, "0151"), maya.heads
    maya.splice(INTERESTS, Splice(0, 4, ""))
    maya.undo(INTERESTS)
    second = ids(maya, "0151")
    assert set(first).isdisjoint(second)
    maya.cover(INTERESTS, second, "a", MAYA.id)
    assert maya.text_at(INTERESTS, then) == "▒▒▒▒"
    assert maya.covered[INTERESTS] == {*first, *second}


def test_no_undo_of_somebody_else_puts_covered_words_back() -> None:
    maya, okafor = two()
    type_(maya, "0151")
    number = ids(maya, "0151")
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(0, 4, ""))
    exchange(maya, okafor)
    maya.cover(INTERESTS, number, "a", MAYA.id)
    exchange(maya, okafor)
    assert okafor.undo(INTERESTS) is None


hands = st.integers(0, 2)
deeds = st.one_of(
    st.tuples(st.just("type"), hands, st.integers(0, 30), st.sampled_from("abc\n ")),
    st.tuples(st.just("delete"), hands, st.integers(0, 30), st.integers(1, 4)),
    st.tuples(st.just("cover"), hands, st.integers(0, 30), st.integers(1, 8)),
    st.tuples(st.sampled_from(["undo", "redo", "send"]), hands, hands, st.just(0)),
)


@LONG_STORIES
@given(st.lists(deeds, max_size=30))
def test_a_passage_covered_while_others_type_in_it_is_covered_for_all(
    script: list[tuple[str, int, int, str | int]],
) -> None:
    first, second = two()
    people = [first, second, copy(first, actor_of(MAYA, start=5))]
    seats = [MAYA.id, OKAFOR.id, MAYA.id]
    covered: set[ElementId] = set()
    seen: dict[ElementId, str] = {}
    for number, (deed, who, place, what) in enumerate(script):
        contract = people[who]
        _do(contract, deed, seats[who], place, what, number, people)
        covered |= contract.covered.get(INTERESTS, frozenset())
        text = contract.text(INTERESTS)
        seen.update(zip(text.ids, text.text, strict=True))
        assert text.ids == [one.id for one in contract._document.elements(BODY)]
        assert not contract.covered.get(INTERESTS, frozenset()) & set(text.ids)
    exchange(*people)
    assert len({contract.heads for contract in people}) == 1
    for contract in people:
        assert contract.covered.get(INTERESTS, frozenset()) == covered
        assert contract.reading() == first.reading()
        assert not covered & set(contract.text(INTERESTS).ids)
        assert contract.set_aside == []


def _do(
    contract: Contract,
    deed: str,
    seat: str,
    place: int,
    what: str | int,
    number: int,
    people: list[Contract],
) -> None:
    text = contract.text(INTERESTS)
    start = place % (len(text.text) + 1)
    match deed, what:
        case "type", str():
            contract.splice(INTERESTS, Splice(start, start, what))
        case "delete", int() if start < len(text.text):
            contract.splice(INTERESTS, Splice(start, min(start + what, len(text.text)), ""))
        case "cover", int() if start < len(text.text):
            some = text.ids[start : start + what]
            mine = {one for one in some if contract.author(Actor(one.actor)).id == seat}
            others = [one for one in text.ids if one not in mine]
            if mine:
                contract.cover(INTERESTS, some, f"{number}", SeatId(seat))
                assert text.ids == others
            else:
                with pytest.raises(NotYours):
                    contract.cover(INTERESTS, some, f"{number}", SeatId(seat))
        case "undo", _:
            contract.undo(INTERESTS)
        case "redo", _:
            contract.redo(INTERESTS)
        case "send", _:
            known = set(people[place].changes_since())
            news = [raw for raw in contract.changes_since() if raw not in known]
            people[place].apply(news)
        case _:
            pass
