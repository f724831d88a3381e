"""What a conference looks like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.app import ContractApp
from contract_tui.ui.conference.aloud import AloudScreen
from contract_tui.ui.conference.arranging import AgendaScreen
from contract_tui.ui.conference.ending import EndingScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK, LIGHT
from tests.contract_tui.ui.conference.sitting_together import (
    HUGE,
    NARROW,
    STUDENT,
    TEACHER,
    WIDE,
    Clock,
)
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until
from tests.contract_tui.ui.test_snapshots import Compare, ready


async def begun(pilot: Pilot[None]) -> WorkshopScreen:
    await ready(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, WorkshopScreen)
    screen.session.conferring.begin()
    if screen.session.conferring.can_steer:
        for _ in range(3):
            screen.session.conferring.go_on()
    screen.follow()
    await until(lambda: screen.has_class("-conferring"))
    await pilot.pause()
    return screen


async def band(pilot: Pilot[None]) -> None:
    await begun(pilot)
    await pilot.pause()


async def asked(pilot: Pilot[None]) -> None:
    screen = await begun(pilot)
    conferring = screen.session.conferring
    conferring.insisting.insist(INTERESTS)
    screen.session.edit(INTERESTS, Splice(0, 0, "Cows as well. "))
    conferring.insisting.look()
    conferring.insisting.look()
    screen.follow()
    await pilot.pause()


async def aloud(pilot: Pilot[None]) -> None:
    screen = await begun(pilot)
    screen.action_read_aloud()
    await until(lambda: isinstance(pilot.app.screen, AloudScreen))
    await pilot.pause()


async def ending(pilot: Pilot[None]) -> None:
    screen = await begun(pilot)
    screen.action_end_conference()
    await until(lambda: isinstance(pilot.app.screen, EndingScreen))
    await pilot.pause()


async def agenda(pilot: Pilot[None]) -> None:
    screen = await begun(pilot)
    screen.action_agenda()
    await until(lambda: isinstance(pilot.app.screen, AgendaScreen))
    await pilot.pause()


@pytest.mark.parametrize(
    ("role", "size", "theme", "come"),
    [
        pytest.param(STUDENT, NARROW, DARK.name, band, id="band-narrow"),
        pytest.param(STUDENT, HUGE, DARK.name, band, id="band-beside"),
        pytest.param(TEACHER, WIDE, LIGHT.name, asked, id="asked-to-write"),
        pytest.param(STUDENT, NARROW, LIGHT.name, aloud, id="aloud"),
        pytest.param(STUDENT, NARROW, DARK.name, ending, id="ending"),
        pytest.param(STUDENT, WIDE, LIGHT.name, agenda, id="agenda"),
    ],
)
def test_the_conference(
    snap_compare: Compare,
    sitting: Sitting,
    utc: None,
    role: str,
    size: tuple[int, int],
    theme: str,
    come: Callable[[Pilot[None]], Awaitable[None]],
) -> None:
    library = next(one for known, one in sitting.libraries.items() if known == role)
    world = Clock().world(online=False)
    app = ContractApp(library, sitting.contract, world=world, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=come)
