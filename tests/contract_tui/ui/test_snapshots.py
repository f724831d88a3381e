"""What the screens look like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

import asyncio
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from contract_tui.library.library import Library
from contract_tui.session.copies.summing import rebuild
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from sync_server.access.proof import Role
from tests.contract_tui.ui.looking_back import past_on
from tests.contract_tui.ui.sitting import ALONE, Sitting, is_ready
from tests.contract_tui.ui.stage import until


class Compare(Protocol):
    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: object
    ) -> bool: ...


async def ready(pilot: Pilot[None]) -> None:
    await until(lambda: is_ready(pilot.app.screen) or isinstance(pilot.app.screen, LibraryScreen))
    await until(lambda: pilot.app.screen.region.area > 0)
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((80, 24), DARK.name),
        ((80, 24), CONTRAST.name),
        ((120, 40), DARK.name),
        ((120, 40), LIGHT.name),
        ((200, 50), LIGHT.name),
    ],
)
def test_workshop(
    snap_compare: Compare, sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    library = sitting.libraries[Role.STUDENT]
    app = ContractApp(library, sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=ready)


EVERY_SIZE = [
    (size, theme) for size in ((80, 24), (120, 40), (200, 50)) for theme in (DARK.name, LIGHT.name)
]


async def going(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await pilot.press("alt+down", "ctrl+g")
    await pilot.pause()


@pytest.mark.parametrize(("size", "theme"), EVERY_SIZE)
def test_workshop_going_somewhere(
    snap_compare: Compare, sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    app = ContractApp(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=going)


async def arranging(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await pilot.press("ctrl+t", "down", "h")
    await pilot.pause()


@pytest.mark.parametrize(("size", "theme"), EVERY_SIZE)
def test_workshop_arranged(
    snap_compare: Compare, sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    app = ContractApp(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=arranging)


async def asked(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await pilot.press("ctrl+n")
    await pilot.pause()


@pytest.mark.parametrize(("size", "theme"), EVERY_SIZE)
def test_workshop_with_a_new_goal_of_a_teacher(
    snap_compare: Compare, sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    app = ContractApp(sitting.libraries[Role.TEACHER], sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=asked)


async def looked_back(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await pilot.press("f3")
    screen = await past_on(pilot)
    await pilot.press("left")
    screen.notice.put_away()
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "theme"),
    [((80, 24), DARK.name), ((80, 24), CONTRAST.name), ((120, 40), LIGHT.name)],
)
def test_workshop_as_it_was(
    snap_compare: Compare, sitting: Sitting, utc: None, size: tuple[int, int], theme: str
) -> None:
    library = sitting.libraries[Role.STUDENT]
    app = ContractApp(library, sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=looked_back)


def test_library(snap_compare: Compare, sitting: Sitting) -> None:
    library = sitting.libraries[Role.TEACHER]
    asyncio.run(rebuild(library, sitting.contract))  # else the list does, sooner or later
    app = ContractApp(library, world=ALONE)
    assert snap_compare(app, terminal_size=(80, 24), run_before=ready)


def test_empty_library(snap_compare: Compare, empty: Library) -> None:
    app = ContractApp(empty, world=ALONE)
    assert snap_compare(app, terminal_size=(80, 24), run_before=ready)
