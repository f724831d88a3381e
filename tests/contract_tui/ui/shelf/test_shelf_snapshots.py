"""What the list of contracts looks like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

import asyncio
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList

from contract_tui.library.library import Library
from contract_tui.session.summing import rebuild
from contract_tui.ui.app import ContractApp
from contract_tui.ui.themes import DARK, LIGHT
from sync_server.access.proof import Role
from tests.contract_tui.ui.shelf.shelves import fill
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until

SIZES = (80, 24), (120, 40), (200, 50)


class Compare(Protocol):
    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: object
    ) -> bool: ...


@pytest.fixture
def teachers(sitting: Sitting, utc: None) -> Library:
    """A teacher's library of thirty contracts, all of them summed up."""
    library = sitting.libraries[Role.TEACHER]
    asyncio.run(rebuild(library, sitting.contract))
    fill(library)
    return library


async def listed(pilot: Pilot[None]) -> None:
    await until(lambda: pilot.app.screen.region.area > 0)
    await until(lambda: pilot.app.screen.query_one(OptionList).option_count == 30)
    await pilot.press("down")
    await pilot.pause()


async def looked_for(pilot: Pilot[None]) -> None:
    await listed(pilot)
    await pilot.press("slash", *"zoe year")
    await pilot.pause()


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", SIZES)
def test_the_list(
    snap_compare: Compare, teachers: Library, size: tuple[int, int], theme: str
) -> None:
    app = ContractApp(teachers, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=listed)


def test_the_list_while_something_is_looked_for(snap_compare: Compare, teachers: Library) -> None:
    app = ContractApp(teachers, world=ALONE)
    assert snap_compare(app, terminal_size=(80, 24), run_before=looked_for)
