"""The student arranges the sections."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, PartId
from contract_tui.session.session import Session
from contract_tui.ui.screens.arranging import SectionsScreen
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import press, until


async def open_menu(screen: WorkshopScreen, pilot: Pilot[None]) -> SectionsScreen:
    await pilot.press("ctrl+t")
    await until(lambda: isinstance(screen.app.screen, SectionsScreen))
    menu = screen.app.screen
    assert isinstance(menu, SectionsScreen)
    return menu


async def hide_elsewhere(sitting: Sitting, part: PartId) -> None:
    """Hide a section in another program, of which this one hears."""
    other = await Session.open(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE)
    other.desk.hide_section(part)
    await other.close()


async def answer(screen: WorkshopScreen, heading: str) -> None:
    """Fill in what a section is to be called."""
    await until(lambda: isinstance(screen.app.screen, Dialog) and screen.app.focused is not None)
    screen.app.screen.query_one(LineInput).value = heading
    screen.app.screen.query_one("#confirm", Button).press()


def parts(screen: WorkshopScreen) -> list[str]:
    return [pane.part for pane in screen.panes]


async def test_a_section_is_moved_hidden_and_brought_back_on_the_screen(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        await open_menu(screen, pilot)
        await pilot.press("shift+down")
        await until(lambda: parts(screen) == [SUPPORTS, INTERESTS, STRUCTURE])
        await pilot.press("h")
        await until(lambda: parts(screen) == [SUPPORTS, STRUCTURE])
        await pilot.press("h")
        await until(lambda: parts(screen) == [SUPPORTS, INTERESTS, STRUCTURE])
        await pilot.press("escape")
        await until(lambda: screen.is_current)
        assert list(screen.sections.children)[:3] == screen.panes
        assert screen.panes[1].editor.text == screen.session.contract.text(INTERESTS).text


async def test_a_section_gets_another_name_and_a_new_one_is_gone_to(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        menu = await open_menu(screen, pilot)
        await pilot.press("down", "enter")
        await answer(screen, "What gets in the way")
        await until(lambda: screen.panes[1].heading == "What gets in the way")
        await until(lambda: screen.app.screen is menu)
        await pilot.press("a")
        await answer(screen, "Questions")
        await until(lambda: screen.is_current and screen.focused is screen.panes[-1].editor)
        await press(screen.panes[-1].editor, "x")
        assert screen.panes[-1].heading == "Questions"
        assert screen.session.contract.text(screen.panes[-1].part).text == "x"
        assert screen.ground.part == screen.panes[-1].part


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_a_section_that_is_added_by_keys_alone_is_gone_to(
    sitting: Sitting, size: tuple[int, int]
) -> None:
    async with sitting.workshop(size=size) as (screen, pilot):
        menu = await open_menu(screen, pilot)
        await pilot.press("a")
        await until(lambda: isinstance(menu.app.screen, Dialog) and menu.app.focused is not None)
        await pilot.press(*"Zoo", "enter")
        await until(lambda: screen.is_current and screen.panes[-1].heading == "Zoo")
        await until(lambda: screen.focused is screen.panes[-1].editor)
        assert screen.ground.part == screen.panes[-1].part


async def test_a_section_without_a_name_is_asked_about(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        before = screen.session.contract.sections
        await open_menu(screen, pilot)
        await pilot.press("a")
        await answer(screen, "")
        problem = screen.app.screen.query_one("#problem")
        await until(lambda: problem.display)
        assert screen.session.contract.sections == before


async def test_an_adult_is_told_whose_sections_they_are(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        await pilot.press("ctrl+t")
        assert screen.is_current
        await until(lambda: "Heidi arranges the sections" in str(screen.notice.content))


async def test_where_all_sections_are_hidden_one_can_still_go_anywhere(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        screen.set_focus(None)
        for section in screen.session.contract.sections:
            screen.session.desk.hide_section(section.part)
        await until(lambda: not screen.panes and screen.sections.none.region.area > 0)
        await pilot.press("tab")
        assert screen.focused is screen.title_editor
        await pilot.press("ctrl+g", "1")
        assert screen.ground.shown is not None
        menu = await open_menu(screen, pilot)
        await pilot.press("h", "escape")
        await until(lambda: not menu.is_current)
        await pilot.press("ctrl+g", "1")
        assert screen.focused is screen.panes[0].editor
        await until(lambda: screen.panes[0].region.area > 0)
        assert not screen.sections.none.display


async def test_a_section_that_somebody_hides_stays_for_whoever_writes_in_it_until_they_leave(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        title = screen.title_editor.text
        await hide_elsewhere(sitting, INTERESTS)
        await until(lambda: "hidden just now" in screen.panes[0].heading)
        await pilot.press("Q")
        assert screen.session.contract.text(INTERESTS).text.startswith("Q")
        await pilot.press("tab")
        await until(lambda: parts(screen) == [SUPPORTS, STRUCTURE])
        assert screen.focused is screen.panes[0].editor
        assert screen.title_editor.text == title


async def test_keys_go_to_no_title_where_the_section_in_which_one_was_is_gone(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        title = screen.title_editor.text
        menu = await open_menu(screen, pilot)
        await pilot.press("h")
        await until(lambda: parts(screen) == [SUPPORTS, STRUCTURE])
        assert screen.ground.part == SUPPORTS
        assert screen.focused is screen.panes[0].editor
        await pilot.press("down", "h", "down", "h")
        await until(lambda: not screen.panes)
        await pilot.press("escape")
        await until(lambda: not menu.is_current)
        await pilot.press("Q")
        assert screen.title_editor.text == title
        await pilot.press("tab")
        assert screen.focused is screen.title_editor


async def test_a_section_that_was_hidden_while_one_chose_where_to_go_takes_no_keys(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        title = screen.title_editor.text
        await pilot.press("ctrl+g")
        await hide_elsewhere(sitting, INTERESTS)
        await until(lambda: parts(screen) == [SUPPORTS, STRUCTURE])
        await pilot.press("escape")
        await until(lambda: not screen.menu.display)
        assert screen.ground.part == SUPPORTS
        assert screen.focused is not screen.title_editor
        assert screen.title_editor.text == title
