"""What an adult was asked to write is told from the rest, whatever is written around it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.insisting import Asked, Pending, asked, pending
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.conference.table import Table, current, do
from tests.contract_tui.full_contract import JONAS


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


def shown(who: Contract) -> list[tuple[str, bool]]:
    """What is shown as written because one was asked to, and whether it is confirmed."""
    text = who.text(INTERESTS)
    found = asked(who.conferences.all, INTERESTS, text)
    assert all(one.by == JONAS.id for one in found)
    return [(text.text[one.start : one.end], one.confirmed) for one in found]


def waiting(who: Contract) -> list[Pending]:
    text = who.text(INTERESTS)
    return list(pending(who.conferences.all, {text.object: (INTERESTS, text)}))


def confirm(table: Table, elements: frozenset[ElementId]) -> None:
    text = table.maya.text(INTERESTS)
    do(table.maya, writing.confirm(current(table.maya), "k", text.object, elements))


def test_it_waits_for_the_student_and_is_then_confirmed() -> None:
    table = insisted()
    assert shown(table.maya) == [("honey", False)]
    (one,) = waiting(table.maya)
    assert (one.words, one.by, one.conference) == ("honey", JONAS.id, 1)
    confirm(table, one.elements)
    table.meet()
    for who in table.all:
        assert shown(who) == [("honey", True)]
        assert waiting(who) == []


def test_it_is_told_from_what_is_written_into_it_and_lost_with_what_is_taken_out() -> None:
    table = insisted()
    table.maya.splice(INTERESTS, Splice(7, 7, "!!"))
    table.okafor.splice(INTERESTS, Splice(9, 10, ""))
    table.meet()
    assert table.maya.text(INTERESTS).text == "bees ho!!ne"
    assert shown(table.maya) == [("ho", False), ("ne", False)]
    (one,) = waiting(table.maya)
    assert one.words == "ho…ne"
    assert asked(table.maya.conferences.all, INTERESTS, table.maya.text(INTERESTS)) == (
        Asked(INTERESTS, 5, 7, JONAS.id, confirmed=False),
        Asked(INTERESTS, 9, 11, JONAS.id, confirmed=False),
    )


def test_what_is_typed_after_the_student_looked_is_not_confirmed_with_it() -> None:
    table = insisted()
    (one,) = waiting(table.maya)
    table.jonas.splice(INTERESTS, Splice(10, 10, " and wax"))
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[5:]))
    confirm(table, one.elements)
    table.meet()
    assert shown(table.okafor) == [("honey", True), (" and wax", False)]
    assert [one.words for one in waiting(table.okafor)] == [" and wax"]


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
    assert shown(table.okafor) == [("honey", False)]
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
        found = asked(one.conferences.all, INTERESTS, text)
        told = {text.ids[at] for run in found for at in range(run.start, run.end)}
        assert told == letters & set(text.ids)
