"""What the question looks like with which a contract is taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from contract_tui.contract.reading import Reading
from contract_tui.library.library import Library
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.exporting import PROMISES, take_away
from contract_tui.ui.themes import DARK, LIGHT
from contract_tui.ui.widgets.choices import ChoiceBar
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import until
from tests.contract_tui.ui.test_snapshots import Compare, ready


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_taking_a_contract_away(
    snap_compare: Compare, sitting: Sitting, empty: Library, size: tuple[int, int], theme: str
) -> None:
    library = sitting.libraries[Role.STUDENT]
    entry, home = library.entry(sitting.contract), Path("/home/heidi")

    async def ask(pilot: Pilot[None]) -> None:
        await ready(pilot)
        await pilot.app.push_screen(take_away(library, entry, home, _unread, PROMISES))
        await until(lambda: pilot.app.screen.query_one("#way", ChoiceBar).chosen == PROMISES)
        await pilot.pause()

    app = ContractApp(empty, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=ask)


async def _unread() -> Reading:
    raise AssertionError("nothing was asked for yet")
