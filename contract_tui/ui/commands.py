"""What the command palette offers while a contract is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from contract_tui.contract.schema import StructureChoice
from contract_tui.ui import words
from contract_tui.ui.screens.workshop import WorkshopScreen

Command = tuple[str, str, Callable[[], object]]
"""What it is called, what it does, how it is done."""


class WorkshopCommands(Provider):
    """Everything that can be done in the workshop, to be found by typing."""

    async def discover(self) -> Hits:
        """Show everything while nothing has been typed."""
        for name, help_, action in self._commands():
            yield DiscoveryHit(name, action, help=help_)

    async def search(self, query: str) -> Hits:
        """Show what fits what was typed."""
        matcher = self.matcher(query)
        for name, help_, action in self._commands():
            if score := matcher.match(name):
                yield Hit(score, matcher.highlight(name), action, help=help_)

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        screen = self.screen
        assert isinstance(screen, WorkshopScreen)
        for pane in screen.panes:
            go = partial(screen.open_part, pane.part)
            yield f"Go to {pane.heading}", "Open this part", go
        yield (
            "Who wrote what",
            "Show or hide colours and initials (F4)",
            screen.action_toggle_authors,
        )
        if screen.session.can_write:
            yield "Take back my last words", "Only your own (Ctrl+Z)", screen.undo
            yield "Bring them back", "What you took back last (Ctrl+Y)", screen.redo
            for token, label in words.CHOICES.items():
                choose = partial(screen.choose, StructureChoice(token))
                yield f"Choose “{label}”", "How much structure you want", choose
            leave_open = partial(screen.choose, StructureChoice.NOT_CHOSEN)
            yield "Leave the choice open", "Take back how much structure you want", leave_open
        if screen.room:
            yield "The room", "Who is here, and the codes for the others (F6)", screen.action_room
        yield "Invite somebody", "With a link or a short code (F7)", screen.action_invite
        yield "Connect now", "Try at once to reach the others (F2)", screen.action_connect
        yield "All contracts", "Go back to the list (F9)", screen.action_leave
