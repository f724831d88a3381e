"""What the command palette offers while somebody looks back."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tui.language import _
from contract_tui.ui.commands import Command, Commands
from contract_tui.ui.screens.history.screen import HistoryScreen


class HistoryCommands(Commands):
    """Everything that can be done with a contract's past."""

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        screen = self.screen
        assert isinstance(screen, HistoryScreen)
        yield (
            _("Back to today"),
            _("To the workshop, where you can write (F3)"),
            screen.action_leave,
        )
        yield (
            _("Compare"),
            _("Since you were here, first words beside today’s… (C)"),
            screen.action_compare,
        )
        yield _("First words"), _("Go to the first turn (Home)"), screen.action_first
        yield _("Newest turn"), _("Go to the last turn (End)"), screen.action_last
        yield _("Play"), _("Go on turn by turn by itself (Space)"), screen.action_play
        yield (
            _("One person"),
            _("Follow one person’s words, or all again (W)"),
            screen.action_only_person,
        )
        yield _("One part"), _("Follow the open part, or all again (S)"), screen.action_only_part
        yield _("Mark this place"), _("To compare another with it (M)"), screen.action_mark
        yield (
            _("Who wrote what"),
            _("Show or hide colours and initials (F4)"),
            screen.action_toggle_authors,
        )
        yield _("Who looked back"), _("And when"), screen.say_who_looked
        if screen.session.can_write:
            yield _("Bring back"), _("As your own new words (B)"), screen.action_bring_back
            yield _("Keep this version"), _("Under a name (K)"), screen.action_keep
            yield _("Cover these words"), _("Your own that you selected (F5)"), screen.action_cover
