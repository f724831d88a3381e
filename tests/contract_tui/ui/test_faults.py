"""What is shown when this program makes a mistake."""

from __future__ import annotations

import pytest
from rich.console import Console

from contract_tui.library.drafts import DraftId
from contract_tui.ui.drafts.part import DraftPart
from contract_tui.ui.screens.workshop import WorkshopScreen
from tests.contract_tui.ui.sitting import Sitting

SECRET = "what nobody is to read"


def shown(screen: WorkshopScreen) -> str:
    """What stands in the terminal at the end."""
    console = Console(width=200)
    with console.capture() as capture:
        for one in screen.app._exit_renderables:
            console.print(one)
    return capture.get()


async def test_a_fault_shows_where_it_was_and_no_word_of_a_draft(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting.workshop() as (screen, _):
        monkeypatch.setattr(screen.app, "_close_messages_no_wait", lambda: None)
        words = SECRET
        part = DraftPart(screen.session.drafting.draft(DraftId("interests")))
        try:
            raise ValueError(f"{words} {part.text}")
        except ValueError:
            screen.app._fatal_error()
        told = shown(screen)
        assert SECRET not in told
        assert "ValueError" in told
        assert "test_faults.py" in told
        screen.app._exit_renderables.clear()
