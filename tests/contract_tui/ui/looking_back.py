"""Somebody who looks back at the sample contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList

from contract_tui.history.comparison import Mark
from contract_tui.ui.screens.history.menu import Menu
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.past_view import PastView
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until


@asynccontextmanager
async def looking_back(
    sitting: Sitting, role: Role = Role.STUDENT, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[HistoryScreen, WorkshopScreen, Pilot[None]]]:
    """Open the contract on somebody's screen and look back."""
    async with sitting.workshop(role, size=size) as (workshop, pilot):
        await pilot.press("f3")
        yield await past_on(pilot), workshop, pilot


async def past_on(pilot: Pilot[None]) -> HistoryScreen:
    """Wait for the past to be on the screen."""
    app = pilot.app
    await until(lambda: isinstance(app.screen, HistoryScreen) and app.screen.region.area > 0)
    assert isinstance(app.screen, HistoryScreen)
    screen = app.screen
    await until(lambda: any(pane.size.area for pane in screen.sections.panes))
    return screen


async def choose(pilot: Pilot[None], label: str) -> None:
    """Choose something from the menu on the screen."""
    app = pilot.app
    await until(lambda: isinstance(app.screen, Menu) and bool(app.screen.query(OptionList)))
    assert isinstance(app.screen, Menu)
    labels = [choice.label for choice in app.screen._choices]
    app.screen.query_one(OptionList).highlighted = labels.index(label)
    await pilot.press("enter")


def view(screen: HistoryScreen, part: str) -> PastView:
    """The text of a part."""
    return next(one for one in screen.views() if one.part == part)


def marked(screen: HistoryScreen, part: str, mark: Mark) -> str:
    """What is shown as come, or as gone, in a part."""
    return "".join(one.text for one in view(screen, part).stretches if one.fate is mark)


def words_of(widget: Widget) -> str:
    """What a widget shows."""
    return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))
