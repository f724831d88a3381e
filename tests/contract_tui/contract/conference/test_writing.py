"""What is asked before something of a conference is written, and what is refused."""

from dataclasses import replace

import pytest

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.agenda import Agenda
from contract_tui.contract.conference.moves import LONGEST
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.conference.values import LONGEST_STAY
from contract_tui.contract.errors import ContractError, TooMuch
from tests.contract_tui.contract.conference.table import Table, current, do, press
from tests.contract_tui.contract.people import BEGINNING, MAYA


def begun() -> Table:
    table = Table()
    table.begin(table.maya)
    return table


def test_an_empty_agenda_begins_nothing() -> None:
    table = Table()
    empty = Agenda(Form.OWN, ())
    with pytest.raises(ContractError, match="agenda is empty"):
        writing.begin("c", 1, empty, MAYA.id, press(table.maya), ())


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_nobody_adds_minutes_that_are_none(minutes: int) -> None:
    table = begun()
    with pytest.raises(ContractError, match="Between 1 and 60"):
        table.add(table.maya, minutes)


def test_a_break_gets_no_minutes() -> None:
    table = begun()
    table.pause(table.maya)
    assert not table.add(table.maya, 2)


def test_programs_that_only_look_see_the_phase_during_a_break_too() -> None:
    table = begun()
    table.go_on(table.maya, at=BEGINNING + 60)
    table.pause(table.maya)
    held = table.maya._document.items(current(table.maya).object)
    assert (held["phase"], held["phase_since"]) == ("me", BEGINNING + 60)


def test_a_conference_that_went_back_and_forth_for_ever_has_to_be_closed() -> None:
    table = begun()
    path = ("open", "me") * (LONGEST // len("open/me/"))
    one = replace(current(table.maya), path=path)
    with pytest.raises(TooMuch, match="begin another"):
        writing.move(one, "open", press(table.maya))
    do(table.maya, writing.end(one, press(table.maya), table.maya.heads))
    assert table.maya.conferences.current is None


def test_a_clock_that_is_wrong_by_days_spends_no_days() -> None:
    table = begun()
    table.go_on(table.maya, spent=10**9)
    table.go_back(table.maya, spent=-5)
    found = current(table.maya)
    assert (found.spent("open"), found.spent("me")) == (LONGEST_STAY, 0)


def test_what_is_closed_is_closed_once() -> None:
    table = begun()
    one = current(table.maya)
    assert table.end(table.maya)
    closed = table.maya.conferences.all[0]
    assert writing.end(closed, press(table.maya), table.maya.heads) is None
    assert one.goes_on
    assert not closed.goes_on
