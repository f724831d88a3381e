"""How the student arranges an agenda of their own, also on two computers at once."""

import pytest

from contract_tui.contract.conference import arranging
from contract_tui.contract.conference.agenda import (
    LONGEST_NAME,
    LONGEST_PROMPT,
    MOST_PHASES,
    READY,
    Phase,
    PhaseId,
)
from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, TooMuch
from contract_tui.contract.items import writing
from sync_server.access.proof import Role
from tests.contract_tui.contract.conference.table import Table, do
from tests.contract_tui.contract.people import MAYA, actor_of, copy, exchange


def own(who: Contract) -> None:
    do(who, arranging.choose_form(who.conferences.agenda, Form.OWN))


def phase(who: Contract, id_: str) -> Phase:
    found = who.conferences.agenda.find(id_)
    assert found is not None
    return found


def names(who: Contract) -> list[str]:
    return [one.name for one in who.conferences.agenda.phases]


def two() -> tuple[Contract, Contract]:
    """Maya's contract on two computers of hers."""
    maya = Table().maya
    return maya, copy(maya, actor_of(MAYA, 9))


def test_ones_own_begins_as_the_one_that_was_followed() -> None:
    maya = Table().maya
    do(maya, arranging.choose_form(maya.conferences.agenda, Form.SHORT))
    own(maya)
    agenda = maya.conferences.agenda
    assert (agenda.form, agenda.minutes, names(maya)) == (Form.OWN, 15, list(ReadyPhase))
    assert arranging.choose_form(agenda, Form.OWN) is None
    assert maya.set_aside == []


def test_two_computers_that_begin_it_at_once_do_not_have_it_twice() -> None:
    maya, tablet = two()
    own(maya)
    own(tablet)
    exchange(maya, tablet)
    for one in (maya, tablet):
        assert names(one) == list(ReadyPhase)
        assert one.conferences.agenda.minutes == 25


def test_a_ready_one_is_as_it_was_when_one_comes_back_to_it_and_ones_own_too() -> None:
    maya = Table().maya
    own(maya)
    do(maya, arranging.set_minutes(phase(maya, "goal"), 12))
    do(maya, arranging.choose_form(maya.conferences.agenda, Form.FULL))
    assert maya.conferences.agenda.phases == READY[Form.FULL]
    own(maya)
    assert phase(maya, "goal").minutes == 12


def test_what_is_said_of_a_phase_is_said_once() -> None:
    maya = Table().maya
    own(maya)
    for _ in range(2):
        said = [
            do(maya, arranging.rename(phase(maya, "me"), " My  drawings ")),
            do(maya, arranging.set_minutes(phase(maya, "me"), 8)),
            do(maya, arranging.set_floor(phase(maya, "me"), Floor.EVERYBODY)),
            do(maya, arranging.set_prompt(phase(maya, "me"), Role.PARENT, "Which one?")),
        ]
    assert said == [False] * 4
    found = phase(maya, "me")
    assert (found.name, found.minutes, found.floor) == ("My drawings", 8, Floor.EVERYBODY)
    assert found.prompts == {Role.PARENT: "Which one?"}
    do(maya, arranging.set_prompt(found, Role.PARENT, ""))
    assert phase(maya, "me").prompts == {}


def test_two_computers_that_change_different_things_at_once_lose_neither() -> None:
    maya, tablet = two()
    own(maya)
    exchange(maya, tablet)
    do(maya, arranging.set_minutes(phase(maya, "goal"), 9))
    do(tablet, arranging.set_prompt(phase(tablet, "goal"), Role.TEACHER, "What first?"))
    do(
        tablet,
        arranging.add_phase(
            tablet.conferences.agenda, PhaseId("w1"), "A walk", 3, Floor.STUDENT, "Z"
        ),
    )
    exchange(maya, tablet)
    for one in (maya, tablet):
        found = phase(one, "goal")
        assert (found.minutes, found.prompts) == (9, {Role.TEACHER: "What first?"})
        assert names(one)[-1] == "A walk"


def test_a_phase_is_taken_out_and_brought_back_where_it_was() -> None:
    maya = Table().maya
    own(maya)
    do(maya, arranging.take_out(maya.conferences.agenda, phase(maya, "helps")))
    assert "helps" not in names(maya)
    (gone,) = maya.conferences.agenda.taken_out
    assert arranging.take_out(maya.conferences.agenda, gone) is None
    do(maya, arranging.bring_back(gone))
    assert names(maya) == list(ReadyPhase)


def test_the_last_phase_stays() -> None:
    maya = Table().maya
    own(maya)
    for one in maya.conferences.agenda.phases[:-1]:
        do(maya, arranging.take_out(maya.conferences.agenda, one))
    with pytest.raises(ContractError, match="at least one"):
        arranging.take_out(maya.conferences.agenda, phase(maya, "close"))


def test_where_two_took_out_the_last_ones_it_is_the_one_of_25_minutes_again() -> None:
    maya, tablet = two()
    own(maya)
    for one in maya.conferences.agenda.phases[2:]:
        do(maya, arranging.take_out(maya.conferences.agenda, one))
    exchange(maya, tablet)
    do(maya, arranging.take_out(maya.conferences.agenda, phase(maya, "open")))
    do(tablet, arranging.take_out(tablet.conferences.agenda, phase(tablet, "me")))
    exchange(maya, tablet)
    assert maya.conferences.agenda.phases == READY[Form.FULL]
    assert len(maya.conferences.agenda.taken_out) == 7


def test_phases_are_ordered_by_their_positions() -> None:
    maya = Table().maya
    own(maya)
    close = phase(maya, "close")
    assert close.object is not None
    do(maya, writing.arrange({close.object: "A1"}, None))
    assert names(maya)[0] == "close"


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_a_phase_lasts_between_a_minute_and_an_hour(minutes: int) -> None:
    maya = Table().maya
    own(maya)
    with pytest.raises(ContractError, match="Between 1 and 60"):
        arranging.set_minutes(phase(maya, "me"), minutes)


def test_what_is_too_long_or_empty_or_too_much_is_refused() -> None:
    maya = Table().maya
    own(maya)
    me, agenda = phase(maya, "me"), maya.conferences.agenda
    with pytest.raises(ContractError, match="name"):
        arranging.rename(me, "  ")
    with pytest.raises(TooMuch, match=str(LONGEST_NAME)):
        arranging.rename(me, "x" * (LONGEST_NAME + 1))
    with pytest.raises(TooMuch, match=str(LONGEST_PROMPT)):
        arranging.set_prompt(me, Role.STUDENT, "x" * (LONGEST_PROMPT + 1))
    for number in range(MOST_PHASES - len(agenda.own)):
        add = arranging.add_phase(agenda, PhaseId(f"w{number}"), "A walk", 3, Floor.STUDENT, "Z")
        do(maya, add)
    with pytest.raises(TooMuch, match="room"):
        arranging.add_phase(maya.conferences.agenda, PhaseId("w"), "W", 3, Floor.STUDENT, "Z")


def test_nothing_of_a_ready_agenda_is_written() -> None:
    goal = phase(Table().maya, "goal")
    assert arranging.set_minutes(goal, 9) is None
    assert arranging.rename(goal, "Ours") is None
    assert arranging.set_prompt(goal, Role.STUDENT, "Why?") is None
    assert arranging.bring_back(goal) is None
