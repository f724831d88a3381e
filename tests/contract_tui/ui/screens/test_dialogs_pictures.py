"""What questions look like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from contract_tui.contract.reading import Reading
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.exporting import take_away
from contract_tui.ui.screens.revisiting import ask_when
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until
from tests.contract_tui.ui.test_snapshots import Compare, ready


def app(sitting: Sitting, theme: str) -> ContractApp:
    return ContractApp(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE, theme=theme)


async def workshop(pilot: Pilot[None]) -> WorkshopScreen:
    await ready(pilot)
    assert isinstance(pilot.app.screen, WorkshopScreen)
    return pilot.app.screen


async def is_asked(pilot: Pilot[None], screen: WorkshopScreen) -> None:
    await until(lambda: pilot.app.screen is not screen and pilot.app.screen.focused is not None)
    await pilot.pause()


async def ask_how_to_take_it_away(pilot: Pilot[None]) -> None:
    screen = await workshop(pilot)
    entry, folder = screen.session.entry, Path("/home/heidi")
    pilot.app.push_screen(take_away(screen.library, entry, folder, _nothing))
    await is_asked(pilot, screen)


async def _nothing() -> Reading:
    raise AssertionError("nobody says yes here")


async def ask_when_to_look_again(pilot: Pilot[None]) -> None:
    screen = await workshop(pilot)
    pilot.app.push_screen(ask_when(screen.session))
    await is_asked(pilot, screen)


@pytest.mark.parametrize("theme", [LIGHT.name, CONTRAST.name])
def test_taking_a_contract_away(snap_compare: Compare, sitting: Sitting, theme: str) -> None:
    shown = app(sitting, theme)
    assert snap_compare(shown, terminal_size=(80, 24), run_before=ask_how_to_take_it_away)


def test_when_to_look_again(snap_compare: Compare, sitting: Sitting) -> None:
    shown = app(sitting, DARK.name)
    assert snap_compare(shown, terminal_size=(80, 24), run_before=ask_when_to_look_again)
