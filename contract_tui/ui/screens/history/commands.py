"""What the command palette offers while somebody looks back."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tui.ui.commands import Command, Commands
from contract_tui.ui.screens.history.screen import HistoryScreen


class HistoryCommands(Commands):
    """Everything that can be done with a contract's past."""

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        screen = self.screen
        assert isinstance(screen, HistoryScreen)
        yield "Back to today", "To the workshop, where you can write (F3)", screen.action_leave
        yield (
            "Compare",
            "Since you were here, first words beside today’s… (C)",
            screen.action_compare,
        )
        yield "First words", "Go to the first turn (Home)", screen.action_first
        yield "Newest turn", "Go to the last turn (End)", screen.action_last
        yield "Play", "Go on turn by turn by itself (Space)", screen.action_play
        yield "One person", "Follow one person’s words, or all again (W)", screen.action_only_person
        yield "One part", "Follow the open part, or all again (S)", screen.action_only_part
        yield "Mark this place", "To compare another with it (M)", screen.action_mark
        yield (
            "Who wrote what",
            "Show or hide colours and initials (F4)",
            screen.action_toggle_authors,
        )
        yield "Who looked back", "And when", screen.say_who_looked
        if screen.session.can_write:
            yield "Bring back", "As your own new words (B)", screen.action_bring_back
            yield "Keep this version", "Under a name (K)", screen.action_keep
            yield "Cover these words", "Your own that you selected (F5)", screen.action_cover
