"""The line in which one looks for contracts."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from contract_tui.language import _, pgettext
from contract_tui.ui.shelf import words
from contract_tui.ui.shelf.messages import EraseAsked, Sought, Stepped, Taken
from contract_tui.ui.widgets.line_input import LineInput


class FindLine(LineInput):
    """What is looked for; the keys that move the mark in the list still do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("enter", "submit", pgettext("button", "Open")),
        # At most 14 columns.
        Binding("escape", "show_all", _("Show all")),
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("home", "begin", show=False),
        Binding("end", "end_or_last", show=False),
        Binding("delete", "delete_or_erase", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder=words.FIND_PROMPT, select_on_focus=False, id="find")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Look for what stands here now; a slash at its beginning only says that one looks."""
        event.stop()
        if event.value.startswith("/"):
            self.value = event.value.lstrip("/")
            return
        self.screen.refresh_bindings()
        self.post_message(Sought(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Open what was found."""
        event.stop()
        self.post_message(Taken())

    def action_move(self, step: str) -> None:
        """Move the mark."""
        self.post_message(Stepped(step))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to show all where something is looked for."""
        if action == "show_all":
            return bool(self.value)
        return super().check_action(action, parameters)

    def action_show_all(self) -> None:
        """Look for nothing any more."""
        self.value = ""

    def action_begin(self) -> None:
        """Go to the beginning of what is looked for, else to the first contract."""
        if self.value:
            self.action_home()
        else:
            self.action_move("first")

    def action_end_or_last(self) -> None:
        """Go to the end of what is looked for, else to the last contract."""
        if self.value:
            self.action_end()
        else:
            self.action_move("last")

    def action_delete_or_erase(self) -> None:
        """Take out the letter behind the caret; where there is none, erase the contract."""
        if self.cursor_position < len(self.value):
            self.action_delete_right()
        else:
            self.post_message(EraseAsked())
