"""Which turns hold what their author was asked to type."""

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.insisting import letters
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.asked import asked_in
from tests.contract_tui.contract.conference.table import Table, current, do
from tests.contract_tui.history.reading import history

NOT_YET, CONFIRMED, NOT_MINE = Confirmation


def said(contract: Contract) -> list[tuple[Confirmation, ...]]:
    """What is said of each turn in the interests, from the first one on."""
    past, known = history(contract), letters(contract.conferences.all)
    text = contract.texts[INTERESTS]
    return [
        asked_in(past, turn, known.get(text, {}))
        for turn in past.turns
        if turn.section == INTERESTS
    ]


def test_only_turns_of_who_was_asked_are_told_with_all_that_the_student_says_of_them() -> None:
    table = Table()
    table.begin(table.maya)
    table.maya.splice(INTERESTS, Splice(0, 0, "bees "), 1)
    table.meet()
    table.jonas.splice(INTERESTS, Splice(5, 5, "honey"), 2)
    table.jonas.splice(SUPPORTS, Splice(0, 0, "wax"), 3)
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[5:]))
    table.meet()
    assert said(table.maya) == [(), (NOT_YET,)]
    do(table.maya, writing.confirm(current(table.maya), "k", text.object, text.ids[5:7]))
    do(table.maya, writing.refuse(current(table.maya), "k", text.object, text.ids[7:8]))
    assert said(table.maya) == [(), (NOT_YET, CONFIRMED, NOT_MINE)]


def test_what_the_student_put_back_is_no_turn_of_who_was_asked() -> None:
    table = Table()
    table.begin(table.maya)
    table.meet()
    table.jonas.splice(INTERESTS, Splice(0, 0, "honey"), 1)
    text = table.jonas.text(INTERESTS)
    asked = list(text.ids)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, asked))
    table.meet()
    table.maya.splice(INTERESTS, Splice(0, 5, ""), 2)
    table.maya.splice(INTERESTS, Splice(0, 0, "honey"), 3)
    both = [*asked, *table.maya.text(INTERESTS).ids]
    do(table.maya, writing.refuse(current(table.maya), "k", text.object, both))
    assert said(table.maya) == [(NOT_MINE,), (), ()]
