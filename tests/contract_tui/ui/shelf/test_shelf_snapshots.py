"""What the list of contracts looks like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList

from contract_tui.library.library import Library
from contract_tui.session.copies.summing import rebuild
from contract_tui.ui.app import ContractApp
from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.conftest import sitting_down
from tests.contract_tui.ui.shelf.shelves import fill
from tests.contract_tui.ui.sitting import ALONE
from tests.contract_tui.ui.stage import until

SIZES = (80, 24), (120, 40), (200, 50)


class Compare(Protocol):
    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: object
    ) -> bool: ...


@pytest.fixture(scope="module")
def _filled(
    tmp_path_factory: pytest.TempPathFactory, _written: tuple[Path, DocumentId]
) -> tuple[Path, DocumentId]:
    """The libraries of three people, with much more in the teacher's: each test gets a copy."""
    folder = tmp_path_factory.mktemp("filled")
    with sitting_down(folder, *_written) as sitting:
        fill(sitting.libraries[Role.TEACHER])
    return folder, sitting.contract


@pytest.fixture
def teachers(tmp_path: Path, _filled: tuple[Path, DocumentId], utc: None) -> Iterator[Library]:
    """A teacher's library of thirty contracts, all of them summed up."""
    with sitting_down(tmp_path, *_filled) as sitting:
        library = sitting.libraries[Role.TEACHER]
        asyncio.run(rebuild(library, sitting.contract))
        yield library


async def listed(pilot: Pilot[None]) -> None:
    await until(lambda: pilot.app.screen.region.area > 0)
    await until(lambda: pilot.app.screen.query_one(OptionList).option_count == 30)
    await pilot.press("down")
    await pilot.pause()


async def looked_for(pilot: Pilot[None]) -> None:
    await listed(pilot)
    await pilot.press("slash", *"zoe year")
    await pilot.pause()


async def sorted_by_day(pilot: Pilot[None]) -> None:
    await listed(pilot)
    await pilot.press("s", "s")
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


def test_the_list_by_the_day_to_look_again_in_high_contrast(
    snap_compare: Compare, teachers: Library
) -> None:
    app = ContractApp(teachers, world=ALONE, theme=CONTRAST.name)
    assert snap_compare(app, terminal_size=(80, 24), run_before=sorted_by_day)
