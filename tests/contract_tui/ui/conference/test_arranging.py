"""The agenda on the screen."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.contract.conference.agenda import Agenda
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.ui.conference.arranging import AgendaScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.conference.sitting_together import (
    NARROW,
    PARENT,
    STUDENT,
    TEACHER,
    band,
    click_words,
    conference,
    dialog,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


async def opened(screen: WorkshopScreen, pilot: Pilot[None]) -> AgendaScreen:
    screen.action_agenda()
    await until(lambda: isinstance(pilot.app.screen, AgendaScreen))
    found = pilot.app.screen
    assert isinstance(found, AgendaScreen)
    await until(lambda: found.listed.region.area > 0)
    return found


def agenda(screen: WorkshopScreen) -> Agenda:
    return screen.session.conferring.agendas.agenda


async def test_the_student_orders_takes_out_brings_back_and_chooses_a_form(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        shown = await opened(screen, pilot)
        assert "Obstacles and promises" in str(shown.listed.content)
        await pilot.press("f")
        assert agenda(screen).form is Form.SHORT
        await pilot.press("down", "shift+up")
        assert agenda(screen).form is Form.OWN
        assert [one.id for one in agenda(screen).phases][:2] == ["me", "open"]
        await pilot.press("delete")
        assert "me" not in [one.id for one in agenda(screen).phases]
        assert "Taken out: Me and my work" in str(shown.listed.content)
        await pilot.press("b")
        assert agenda(screen).phases[0].id == "me"


async def test_a_phase_is_added_and_changed(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        shown = await opened(screen, pilot)
        await pilot.press("a")
        asked = await dialog(pilot)
        asked.query_one("#name", LineInput).value = "The goats"
        asked.query_one("#minutes", LineInput).value = "many"
        asked.query_one("#confirm", Button).press()
        await until(lambda: "whole number" in str(asked.query_one("#problem").render()))
        asked.query_one("#minutes", LineInput).value = "4"
        asked.query_one(ChoiceBar).chosen = Floor.EVERYBODY
        asked.query_one("#confirm", Button).press()
        await until(lambda: pilot.app.screen is shown)
        added = agenda(screen).phases[1]
        assert (added.name, added.minutes, added.floor) == ("The goats", 4, Floor.EVERYBODY)
        await pilot.press("enter")
        asked = await dialog(pilot)
        asked.query_one("#name", LineInput).value = "Our goats"
        asked.query_one("#confirm", Button).press()
        await until(lambda: pilot.app.screen is shown)
        assert agenda(screen).phases[1].name == "Our goats"
        assert "Our goats" in str(shown.listed.content)


async def test_a_phase_of_the_program_keeps_its_words_when_its_minutes_change(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        shown = await opened(screen, pilot)
        await pilot.press("enter")
        asked = await dialog(pilot)
        asked.query_one("#minutes", LineInput).value = "5"
        asked.query_one("#confirm", Button).press()
        await until(lambda: pilot.app.screen is shown)
        first = agenda(screen).phases[0]
        assert (first.minutes, first.ready) == (5, "open")


async def test_adults_see_it_and_are_told_whose_it_is(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        shown = await opened(screen, pilot)
        await pilot.press("f", "delete", "enter")
        assert agenda(screen).form is Form.FULL
        assert "for the student to say" in str(shown.problem.content)
        assert pilot.app.screen is shown


async def test_the_student_asks_in_their_own_words_and_takes_them_back(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        shown = await opened(screen, pilot)
        usual = "The parent: Listen first. “What would make this a good talk for you?”"
        assert usual in str(shown._asked.content)
        for said, form in (("What did you bring?", Form.OWN), ("", Form.OWN)):
            await pilot.press("w")
            asked = await dialog(pilot)
            asked.query_one("#parent", LineInput).value = said
            asked.query_one("#student", LineInput).value = said and "“I brought…”"
            asked.query_one("#confirm", Button).press()
            await until(lambda: pilot.app.screen is shown)
            assert agenda(screen).form is form
            assert (band(screen).asks == "“I brought…”") is bool(said)
            assert (usual in str(shown._asked.content)) is not bool(said)
        assert not agenda(screen).phases[0].prompts


async def test_everybody_reads_the_question_in_their_band(sitting: Sitting) -> None:
    async with conference(sitting, STUDENT, PARENT) as screens:
        student, parent = screens[STUDENT], screens[PARENT]
        agendas = student.session.conferring.agendas
        agendas.set_prompt("open", PARENT, "What did you bring?")
        await until(lambda: band(parent).asks == "What did you bring?")
        assert band(student).asks == "“Today I’d like us to leave with…”"


async def test_looking_at_the_questions_changes_no_agenda(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        shown = await opened(screen, pilot)
        await pilot.press("w")
        asked = await dialog(pilot)
        asked.query_one("#confirm", Button).press()
        await until(lambda: pilot.app.screen is shown)
        assert agenda(screen).form is Form.FULL


async def test_the_mouse_alone_arranges_it(sitting: Sitting) -> None:
    async with sitting.workshop(STUDENT, size=NARROW) as (screen, pilot):
        shown = await opened(screen, pilot)
        await click_words(pilot, "What helps, how much")
        assert shown.thing.id == "helps"
        await click_words(pilot, "take it out")
        assert "helps" not in [one.id for one in agenda(screen).phases]
        await click_words(pilot, "Me and my work")
        await click_words(pilot, "move it up")
        assert agenda(screen).phases[0].id == "me"
        await click_words(pilot, "what each is asked")
        await dialog(pilot)
