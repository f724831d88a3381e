"""What a draft looks like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from contract_tui.contract.schema import INTERESTS
from contract_tui.library.drafts import DraftId
from contract_tui.ui.app import ContractApp
from contract_tui.ui.drafts.screen import DraftScreen
from contract_tui.ui.themes import DARK, LIGHT
from sync_server.access.proof import Role
from tests.contract_tui.ui.sitting import ALONE, Sitting, is_ready
from tests.contract_tui.ui.stage import until

SIZES = (80, 24), (120, 40), (200, 50)
WORDS = "I would rather read to the goats than to people.\n\nMaybe I’ll say so. Maybe not yet."


class Compare(Protocol):
    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: object
    ) -> bool: ...


async def drafted(pilot: Pilot[None]) -> None:
    await until(lambda: is_ready(pilot.app.screen))
    await pilot.press("ctrl+u")
    await until(lambda: isinstance(pilot.app.screen, DraftScreen))
    screen = pilot.app.screen
    assert isinstance(screen, DraftScreen)
    await until(lambda: screen.editor.has_focus and screen.editor.size.height > 0)
    await pilot.pause()


async def noted(pilot: Pilot[None]) -> None:
    await drafted(pilot)
    await pilot.press("tab")
    await pilot.pause()


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", SIZES)
def test_a_draft(
    snap_compare: Compare, sitting: Sitting, size: tuple[int, int], theme: str
) -> None:
    library = sitting.libraries[Role.STUDENT]
    library.drafts(sitting.contract).edit(DraftId(INTERESTS), lambda _: WORDS)
    app = ContractApp(library, sitting.contract, world=ALONE, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=drafted)


def test_the_empty_notes_of_a_parent(snap_compare: Compare, sitting: Sitting) -> None:
    app = ContractApp(sitting.libraries[Role.PARENT], sitting.contract, world=ALONE)
    assert snap_compare(app, terminal_size=(80, 24), run_before=noted)
