"""What the command palette offers while somebody looks back."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tui.ui.commands import Command, Commands
from contract_tui.ui.screens.history import HistoryScreen


class HistoryCommands(Commands):
    """Everything that can be done with a contract's past."""

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        screen = self.screen
        assert isinstance(screen, HistoryScreen)
        yield "Back to today", "To the workshop, where you can write (F3)", screen.action_leave
        yield "First words", "Go to the first turn (Home)", screen.action_first
        yield "Newest turn", "Go to the last turn (End)", screen.action_last
        yield (
            "Who wrote what",
            "Show or hide colours and initials (F4)",
            screen.action_toggle_authors,
        )
