"""What an adult types where the floor is the student's."""

from __future__ import annotations

from functools import partial

from textual.widgets import Static

from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.items.values import Note
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, StructureChoice
from contract_tui.session.conference.conferring import REST
from contract_tui.ui.conference import words
from contract_tui.ui.conference.deeds import deeds
from contract_tui.ui.conference.wondering import Holding, Wondering
from contract_tui.ui.drafts.screen import DraftScreen
from contract_tui.ui.notes.asking import Suggesting
from contract_tui.ui.pages.goal import GoalPage
from contract_tui.ui.pages.supports import SupportCard, SupportsPage
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.long_input import LongInput
from contract_tui.ui.widgets.notice import Notice
from tests.contract_tui.ui.conference.sitting_together import (
    NARROW,
    STUDENT,
    TEACHER,
    Clock,
    band,
    beside,
    conference,
    dialog,
)
from tests.contract_tui.ui.looking_back import looking_back
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import press, until


async def test_it_becomes_a_question_beside_the_words(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        screen.follow()
        before = screen.panes[0].editor.text
        await pilot.press("W", "h")
        asked = await dialog(pilot)
        await pilot.press("y", "?")
        assert asked.query_one(LongInput).value == "Why?"
        await pilot.click("#confirm")
        await until(lambda: pilot.app.screen is screen)
        assert screen.panes[0].editor.text == before
        found = {
            screen.session.remarks.words(one): one.kind for one in screen.session.remarks.notes
        }
        assert found["Why?"] is NoteKind.WONDERING


async def test_on_the_page_of_a_goal_it_is_so_too_and_what_is_the_students_alone_is_suggested(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        goal = screen.session.contract.items.goals[0]
        for field, kind in (("what", Wondering), ("matters", Suggesting)):
            await screen.going.go_there(goal.part(field))
            before = screen.session.contract.text(goal.part(field)).text
            await pilot.press("x")
            asked = await dialog(pilot)
            assert isinstance(asked, kind)
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is screen)
            await pilot.press("y")
            again = await dialog(pilot)
            assert again.query_one(LongInput).value == "x y"
            await pilot.press("escape")
            await until(lambda: pilot.app.screen is screen)
            assert screen.session.contract.text(goal.part(field)).text == before


async def test_a_draft_waits_until_it_is_their_turn(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        before = screen.panes[0].editor.text
        await pilot.press("ctrl+u")
        await until(lambda: isinstance(pilot.app.screen, DraftScreen))
        page = pilot.app.screen
        assert isinstance(page, DraftScreen)
        await until(lambda: page.editor.has_focus)
        await pilot.press("x", "f2")
        said = page.query_one("#said", Static)
        await until(lambda: "Heidi has the floor: keep this" in str(said.content))
        assert page.editor.text == "x"
        assert screen.session.contract.text(INTERESTS).text == before


async def test_nothing_is_taken_out_and_a_sentence_says_why(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        before = screen.panes[0].editor.text
        await pilot.press("delete")
        assert screen.panes[0].editor.text == before
        assert "Heidi has the floor" in str(screen.query_one(Notice).content)


async def test_where_everybody_writes_adults_do_too(sitting: Sitting) -> None:
    clock = Clock()
    async with sitting.workshop(TEACHER, size=NARROW, world=clock.world()) as (screen, pilot):
        screen.session.conferring.begin()
        clock.now = REST + 1
        await pilot.press("x")
        assert screen.panes[0].editor.text.startswith("x")
        assert pilot.app.screen is screen


async def test_one_key_says_that_one_was_asked_and_it_shows_at_once(
    sitting: Sitting,
) -> None:
    async with conference(sitting, STUDENT, TEACHER) as screens:
        teacher = screens[TEACHER]
        editor = teacher.panes[0].editor
        await press(editor, "ctrl+home", *"Cows ")
        app = screens.apps[TEACHER]
        await until(lambda: app.screen is not teacher and bool(app.screen.query(LongInput)))
        await until(lambda: app.screen.query_one(LongInput).value.strip() == "Cows")
        await app.screen.run_action("insist")
        await until(lambda: app.screen is teacher)
        assert editor.text.startswith("Cows")
        assert "You were asked to write here" in band(teacher).note
        await press(editor, *"too ")
        assert editor.text.startswith("Cows")
        assert "too" in editor.text[:12]
        assert "typed by Mrs Sesemann" in await beside(teacher)


async def test_only_who_was_asked_is_offered_to_insist(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, _):
        screen.action_was_asked()
        assert str(screen.query_one(Notice).content) == words.YOU_WRITE_ANYWAY
        screen.session.conferring.begin()
        assert [one.name for one in deeds(screen)][-1] == words.WAS_ASKED
        screen.action_was_asked()
        assert words.WAS_ASKED not in [one.name for one in deeds(screen)]
        await press(screen.panes[0].editor, "x")
        assert screen.session.contract.text(INTERESTS).text.startswith("x")


async def test_a_choice_waits_until_they_insist_or_becomes_a_question(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        contract = screen.session.contract
        before = contract.structure_choice
        screen.choose(StructureChoice.TOGETHER)
        asked = await dialog(pilot)
        await pilot.press("W", "h", "y", "?")
        await pilot.click("#confirm")
        await until(lambda: pilot.app.screen is screen)
        assert contract.structure_choice is before
        (note,) = [one for one in screen.session.remarks.notes if said(screen, one) == "Why?"]
        assert note.kind is NoteKind.WONDERING
        assert [one.part for one in screen.noting.board.posted if one.note is note] == [STRUCTURE]
        screen.choose(StructureChoice.TOGETHER)
        asked = await dialog(pilot)
        assert isinstance(asked, Holding)
        await pilot.press("f12")
        await until(lambda: pilot.app.screen is screen)
        assert contract.structure_choice is StructureChoice.TOGETHER


async def test_what_is_said_of_a_goal_waits_and_shows_as_it_was(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        goal = screen.session.contract.items.goals[0]
        await screen.going.go_there(goal.part("what"))
        page = screen.ground.shown
        assert isinstance(page, GoalPage)
        await page.state.bar.say("trying" if goal.state != "trying" else "changed")
        assert isinstance(await dialog(pilot), Holding)
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)
        assert screen.session.contract.items.goals[0].state == goal.state == page.state.bar.chosen


async def test_something_new_waits_and_who_was_asked_for_it_writes_in_it(sitting: Sitting) -> None:
    async with sitting.workshop(TEACHER, size=NARROW) as (screen, pilot):
        screen.session.conferring.begin()
        for add, there in (
            (screen.action_new_goal, lambda: screen.session.contract.items.goals),
            (partial(supports_page, screen), lambda: screen.session.contract.items.supports),
        ):
            before = len(there())
            await add()
            await dialog(pilot)
            assert len(there()) == before
            await pilot.press("f12")
            await until(lambda: len(there()) == before + 1)  # noqa: B023
            added = there()[-1].part("what")
            await until(lambda: screen.stops.place()[0] == added)  # noqa: B023
            await pilot.press("x")
            assert screen.session.contract.text(added).text == "x"
            assert pilot.app.screen is screen


async def test_a_day_waits_where_it_was_written(sitting: Sitting) -> None:
    clock = Clock()
    async with sitting.workshop(TEACHER, size=NARROW, world=clock.world()) as (screen, _):
        screen.session.conferring.begin()
        support = screen.session.contract.items.supports[0]
        await screen.going.go_there(support.part("what"))
        page = screen.ground.shown
        assert isinstance(page, SupportsPage)
        card = next(one for one in page.cards() if one.item.id == support.id)
        assert isinstance(card, SupportCard)
        await press(card.check_on.editor, *"in May")
        card.check_on.finish()
        assert screen.session.contract.items.supports[0].check_on == support.check_on
        assert "the day waits here" in str(screen.query_one(Notice).content)
        clock.now = REST + 1
        card.check_on.finish()
        assert "in May" in screen.session.contract.items.supports[0].check_on


async def supports_page(screen: WorkshopScreen) -> None:
    """Ask on the page of what helps for one more."""
    await screen.going.go_there(screen.session.contract.items.supports[0].part("what"))
    await screen.action_one_more()


def said(screen: WorkshopScreen, note: Note) -> str:
    return screen.session.remarks.words(note)


async def test_nothing_comes_back_from_the_past_before_it_is_their_turn(sitting: Sitting) -> None:
    async with looking_back(sitting, TEACHER) as (past, screen, pilot):
        screen.session.conferring.begin()
        while past.sections.current not in (INTERESTS, SUPPORTS, STRUCTURE):
            await pilot.press("left")
        await pilot.press("b")
        assert pilot.app.screen is past
        assert "what was can come back when it is your turn" in str(past.notice.content)
