"""The line in which one looks for contracts."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from contract_tui.language import _, pgettext
from contract_tui.ui.shelf import words
from contract_tui.ui.shelf.messages import Ended, Sought, Stepped, Taken
from contract_tui.ui.widgets.line_input import LineInput


class FindLine(LineInput):
    """What is looked for; the keys that move the mark in the list still do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("enter", "submit", pgettext("button", "Open")),
        # At most 14 columns.
        Binding("escape", "leave", _("Show all")),
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder=words.FIND_PROMPT, id="find")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Look for what stands here now."""
        event.stop()
        self.post_message(Sought(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Open what was found."""
        event.stop()
        self.post_message(Taken())

    def action_move(self, step: str) -> None:
        """Move the mark."""
        self.post_message(Stepped(step))

    def action_leave(self) -> None:
        """Go back to the list."""
        self.post_message(Ended())
