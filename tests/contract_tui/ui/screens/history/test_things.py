"""Looking back at goals and promises: on pages of their own, as in the workshop."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.contract.items.paths import ItemId, part_of
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark
from contract_tui.session.session import Session
from contract_tui.ui.pages.page import SECTIONS
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.widgets.outline import Outline
from contract_tui.ui.widgets.past_pane import PastPane
from tests.contract_tui.ui.looking_back import marked, past_on, view, words_of
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


def a_goal(session: Session) -> ItemId:
    """The student wants something, and says why and how it stands."""
    goal = session.desk.add_goal()
    session.edit(part_of(goal, "what"), Splice(0, 0, "Milk a goat"))
    session.edit(part_of(goal, "matters"), Splice(0, 0, "because they trust me"))
    session.desk.say(goal, "state", GoalState.TRYING)
    return goal


async def shown(screen: HistoryScreen, pilot: Pilot[None]) -> str:
    await pilot.pause()
    await until(lambda: all(pane.size.area for pane in screen.sections.panes))
    return words_of(screen.sections)


async def test_a_turn_in_a_goal_is_shown_on_its_page(sitting: Sitting) -> None:
    async with sitting.workshop() as (workshop, pilot):
        goal = a_goal(workshop.session)
        await pilot.press("f3")
        screen = await past_on(pilot)
        assert str(screen.sections.page) == goal
        await pilot.press("left")
        assert marked(screen, part_of(goal, "matters"), Mark.ADDED) == "because they trust me"
        await pilot.press("left")
        assert marked(screen, part_of(goal, "what"), Mark.ADDED) == "Milk a goat"
        assert view(screen, part_of(goal, "matters")).text == ""
        await pilot.press("home", "right")
        assert screen.sections.page == SECTIONS
        assert marked(screen, INTERESTS, Mark.ADDED)


async def test_what_was_said_of_a_goal_is_told_from_what_to_what(sitting: Sitting) -> None:
    async with sitting.workshop() as (workshop, pilot):
        a_goal(workshop.session)
        await pilot.press("f3")
        screen = await past_on(pilot)
        assert "how it stands: from “an idea” to “trying”" in str(screen.sections.said.content)
        assert "‘Milk a goat’" in screen.timeline.said
        await pilot.press("left", "left")
        assert "New: ‘Milk a goat’" in str(screen.sections.said.content)


async def test_the_outline_lists_goals_and_leads_to_them(sitting: Sitting) -> None:
    async with sitting.workshop() as (workshop, pilot):
        goal = a_goal(workshop.session)
        await pilot.press("f3")
        screen = await past_on(pilot)
        await pilot.press("home")
        assert screen.sections.page == SECTIONS
        outline = screen.query_one("#outline", Outline)
        rows = words_of(outline).splitlines()
        row = next(at for at, line in enumerate(rows) if "Milk a goat" in line)
        await pilot.click(outline, offset=(4, row))
        assert str(screen.sections.page) == goal
        assert view(screen, part_of(goal, "what")).text == ""


async def test_first_words_of_a_goal_come_back_as_ones_own(sitting: Sitting) -> None:
    async with sitting.workshop() as (workshop, pilot):
        goal = a_goal(workshop.session)
        matters = part_of(goal, "matters")
        workshop.session.edit(matters, Splice(8, 21, "I like milk"))
        await pilot.press("f3")
        screen = await past_on(pilot)
        walk = screen.walk
        first = next(turn for turn in walk.turns if turn.section == matters)
        walk.go(walk.turns.index(first))
        screen.show()
        assert view(screen, matters).text == "because they trust me"
        await pilot.press("b")
        await until(lambda: isinstance(pilot.app.screen, Dialog))
        pilot.app.screen.query_one("#confirm", Button).press()
        await until(lambda: pilot.app.screen is workshop)
        assert workshop.session.contract.text(matters).text == "because they trust me"


async def test_back_from_a_goal_a_small_window_shows_the_section_of_the_turn_alone(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (workshop, pilot):
        goal = a_goal(workshop.session)
        await pilot.press("f3")
        screen = await past_on(pilot)
        await until(lambda: part_of(goal, "matters") in seen(screen))
        await pilot.press("home", "right")
        await until(lambda: seen(screen) == [INTERESTS])
        await pilot.press("end")
        await until(lambda: part_of(goal, "matters") in seen(screen))


def seen(screen: HistoryScreen) -> list[str]:
    """The texts that are on the screen."""
    return [pane.part for pane in screen.sections.query(PastPane) if pane.region.area]
