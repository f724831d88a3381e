"""What an adult was asked to write is told from the rest, whatever is written around it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.insisting import Asked, Pending, asked, letters, pending
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.conference.table import Table, current, do
from tests.contract_tui.contract.people import MAYA, actor_of, copy, exchange
from tests.contract_tui.full_contract import JONAS

NOT_YET, CONFIRMED, NOT_MINE = Confirmation


def insisted(words: str = "honey") -> Table:
    """Jonas was asked to write something behind what Maya wrote."""
    table = Table()
    table.begin(table.maya)
    table.maya.splice(INTERESTS, Splice(0, 0, "bees "))
    table.meet()
    table.jonas.splice(INTERESTS, Splice(5, 5, words))
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[5:]))
    table.meet()
    return table


def found(who: Contract) -> tuple[Asked, ...]:
    text = who.text(INTERESTS)
    return asked(letters(who.conferences.all).get(text.object, {}), INTERESTS, text)


def shown(who: Contract) -> list[tuple[str, Confirmation]]:
    """What is shown as written because one was asked to, and what the student says of it."""
    text = who.text(INTERESTS).text
    assert all(one.by == JONAS.id for one in found(who))
    return [(text[one.start : one.end], one.confirmation) for one in found(who)]


def waiting(who: Contract, confirmation: Confirmation = NOT_YET) -> list[Pending]:
    text = who.text(INTERESTS)
    return list(pending(who.conferences.all, {text.object: (INTERESTS, text)}, confirmation))


def confirm(table: Table, elements: frozenset[ElementId]) -> None:
    text = table.maya.text(INTERESTS)
    do(table.maya, writing.confirm(current(table.maya), "k", text.object, elements))


def refuse(table: Table, elements: frozenset[ElementId]) -> None:
    text = table.maya.text(INTERESTS)
    do(table.maya, writing.refuse(current(table.maya), "k", text.object, elements))


def test_it_waits_for_the_student_and_is_then_confirmed() -> None:
    table = insisted()
    assert shown(table.maya) == [("honey", NOT_YET)]
    (one,) = waiting(table.maya)
    assert (one.words, one.by, one.conference) == ("honey", JONAS.id, 1)
    confirm(table, one.elements)
    table.meet()
    for who in table.all:
        assert shown(who) == [("honey", CONFIRMED)]
        assert waiting(who) == []


def test_it_is_told_from_what_is_written_into_it_and_lost_with_what_is_taken_out() -> None:
    table = insisted()
    table.maya.splice(INTERESTS, Splice(7, 7, "!!"))
    table.okafor.splice(INTERESTS, Splice(9, 10, ""))
    table.meet()
    assert table.maya.text(INTERESTS).text == "bees ho!!ne"
    assert shown(table.maya) == [("ho", NOT_YET), ("ne", NOT_YET)]
    (one,) = waiting(table.maya)
    assert one.words == "ho…ne"
    assert found(table.maya) == (
        Asked(INTERESTS, 5, 7, JONAS.id, NOT_YET),
        Asked(INTERESTS, 9, 11, JONAS.id, NOT_YET),
    )


def test_what_is_typed_after_the_student_looked_is_not_confirmed_with_it() -> None:
    table = insisted()
    (one,) = waiting(table.maya)
    table.jonas.splice(INTERESTS, Splice(10, 10, " and wax"))
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[5:]))
    confirm(table, one.elements)
    table.meet()
    assert shown(table.okafor) == [("honey", CONFIRMED), (" and wax", NOT_YET)]
    assert [one.words for one in waiting(table.okafor)] == [" and wax"]


def test_what_is_not_the_students_stays_and_says_so_until_they_say_otherwise() -> None:
    table = insisted()
    (one,) = waiting(table.maya)
    refuse(table, one.elements)
    table.meet()
    for who in table.all:
        assert shown(who) == [("honey", NOT_MINE)]
        assert waiting(who) == []
        assert [one.words for one in waiting(who, NOT_MINE)] == ["honey"]
    confirm(table, one.elements)
    refuse(table, frozenset())
    table.meet()
    assert shown(table.okafor) == [("honey", CONFIRMED)]


def test_an_adult_says_nothing_in_the_students_place_however_they_write_it() -> None:
    table = insisted()
    text = table.okafor.text(INTERESTS)
    for say in (writing.confirm, writing.refuse):
        do(table.okafor, say(current(table.okafor), "k", text.object, text.ids))
    table.meet()
    assert shown(table.maya) == [("honey", NOT_YET)]


def test_of_two_answers_at_once_the_one_counts_that_claims_nothing() -> None:
    table = insisted()
    (one,) = waiting(table.maya)
    confirm(table, one.elements)
    elsewhere = copy(table.okafor, actor_of(MAYA, 9))
    text = elsewhere.text(INTERESTS)
    do(elsewhere, writing.refuse(current(elsewhere), "k", text.object, one.elements))
    exchange(table.maya, elsewhere)
    assert shown(table.maya) == shown(elsewhere) == [("honey", NOT_MINE)]


def test_what_the_student_put_back_is_told_with_the_rest_of_it_and_nothing_else_of_theirs() -> None:
    table = insisted()
    (one,) = waiting(table.maya)
    table.maya.splice(INTERESTS, Splice(5, 10, ""))
    table.maya.splice(INTERESTS, Splice(5, 5, "honey, I say"))
    back = frozenset(table.maya.text(INTERESTS).ids[5:10])
    refuse(table, one.elements | back)
    table.meet()
    assert shown(table.okafor) == [("honey", NOT_MINE)]
    confirm(table, one.elements | back)
    refuse(table, frozenset())
    table.meet()
    assert shown(table.okafor) == []


def test_what_was_taken_out_meanwhile_waits_for_nobody() -> None:
    table = insisted()
    table.maya.splice(INTERESTS, Splice(4, 10, ""))
    assert waiting(table.maya) == []
    assert shown(table.maya) == []


def test_it_is_told_after_the_conference_too() -> None:
    table = insisted()
    table.end(table.maya)
    table.begin(table.maya)
    table.meet()
    assert shown(table.okafor) == [("honey", NOT_YET)]
    assert [one.conference for one in waiting(table.okafor)] == [1]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.booleans()), max_size=12))
def test_however_others_edit_at_once_all_see_the_same_letters_of_it(
    edits: list[tuple[int, int, bool]],
) -> None:
    table = insisted("honeycomb")
    letters = set(table.maya.text(INTERESTS).ids[5:])
    for who, place, adds in edits:
        one = table.all[who]
        text = one.text(INTERESTS)
        at = place % (len(text.text) + 1)
        if adds or not text.text:
            one.splice(INTERESTS, Splice(at, at, "x"))
        else:
            one.splice(
                INTERESTS, Splice(min(at, len(text.text) - 1), min(at, len(text.text) - 1) + 1, "")
            )
    table.meet()
    for one in table.all:
        text = one.text(INTERESTS)
        told = {text.ids[at] for run in found(one) for at in range(run.start, run.end)}
        assert told == letters & set(text.ids)
