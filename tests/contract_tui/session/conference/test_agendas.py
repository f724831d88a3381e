"""The student arranges what a conference goes through; the others see it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.contract_tui.session.company import Company, until
from tests.contract_tui.session.table import invited


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with invited(tmp_path) as people:
        yield people


def names(session: Session) -> list[str]:
    return [one.name for one in session.conferring.agendas.agenda.phases]


async def test_the_student_adds_orders_and_takes_out(people: Company) -> None:
    heidi, clara = await people.open("Heidi"), await people.open("Clara")
    mine = heidi.conferring.agendas
    walk = mine.add("A walk", 4, Floor.EVERYBODY, before="helps")
    assert names(heidi)[2] == "A walk"
    assert mine.agenda.form is Form.OWN
    assert mine.move(walk, None)
    assert not mine.move(walk, None)
    assert names(heidi)[-1] == "A walk"
    assert mine.move("close", "open")
    assert names(heidi)[:2] == ["close", "open"]
    assert mine.rename(walk, "A short walk")
    assert mine.set_minutes(walk, 9)
    assert mine.set_floor(walk, Floor.STUDENT)
    assert mine.set_prompt(walk, Role.PARENT, "Where to?")
    assert mine.take_out("goal")
    expected = ["close", "open", "me", "helps", "promises", "read-back", "A short walk"]
    await until(clara, lambda: names(clara) == expected)
    last = clara.conferring.agendas.agenda.phases[-1]
    assert (last.minutes, last.floor) == (9, Floor.STUDENT)
    assert last.prompts == {Role.PARENT: "Where to?"}
    assert mine.bring_back("goal")
    assert not mine.bring_back("goal")
    assert ReadyPhase.GOAL in names(heidi)
    assert mine.choose(Form.SHORT)
    assert not mine.choose(Form.SHORT)
    assert names(heidi) == list(ReadyPhase)


async def test_an_adult_arranges_nothing_and_who_reads_along_neither(people: Company) -> None:
    people.invite("Uncle", Role.OBSERVER)
    _, clara, uncle = [await people.open(name) for name in ("Heidi", "Clara", "Uncle")]
    await until(clara, lambda: bool(clara.contract.pupils))
    assert not clara.conferring.agendas.can_arrange
    for act in (
        lambda: clara.conferring.agendas.choose(Form.SHORT),
        lambda: clara.conferring.agendas.add("A walk"),
        lambda: clara.conferring.agendas.take_out("goal"),
    ):
        with pytest.raises(NotYours, match="for the student to say"):
            act()
    with pytest.raises(ReadOnlySeat):
        uncle.conferring.agendas.choose(Form.SHORT)


async def test_a_phase_that_is_not_there_any_more_is_named(people: Company) -> None:
    heidi = await people.open("Heidi")
    with pytest.raises(ContractError, match="not in the agenda"):
        heidi.conferring.agendas.set_minutes("walk", 3)


async def test_what_is_said_of_the_agenda_is_no_turn_and_no_answer_is_outdated_by_it(
    people: Company,
) -> None:
    heidi = await people.open("Heidi")
    turns = len((await heidi.recall()).turns)
    digest = heidi.contract.answers.digest
    heidi.conferring.agendas.add("A walk")
    assert len((await heidi.recall()).turns) == turns
    assert heidi.contract.answers.digest == digest
