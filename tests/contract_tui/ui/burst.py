"""A program to type into: two editors, an input, a question, or a choice before an editor."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from contract_tui.ui import themes
from contract_tui.ui.screens.dialogs import Dialog, Field
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.memory_part import MemoryPart

QUESTION = Dialog("?", "", [Field("when", "", "type")], "Yes", lambda said: said["when"])


class Burst(App[None]):
    """Shows what was typed, in the order in which it arrived."""

    CSS = "Editor { height: 5; } Input { height: 1; border: none; padding: 0; }"
    BINDINGS = [Binding("tab", "next", priority=True)]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(themes.DARK)
        self.theme = themes.DARK.name
        self.answered = Static(markup=False)

    def compose(self) -> ComposeResult:
        if sys.argv[1] == "editor":
            yield Editor(MemoryPart(), prompt="type")
            yield Editor(MemoryPart())
        elif sys.argv[1] == "question":
            yield self.answered
        elif sys.argv[1] == "choice":
            yield ChoiceBar({"one": "type", "two": "two", "three": "three"}, required=True)
            yield Editor(MemoryPart())
        else:
            yield LineInput(placeholder="type")

    def on_mount(self) -> None:
        if sys.argv[1] == "question":
            self.push_screen(QUESTION, self.tell)
            return
        self.screen.set_focus(next(iter(self.query("Editor, Input, ChoiceBar"))))

    def tell(self, answered: str | None) -> None:
        """Show what a question was answered with."""
        self.answered.update(f"answered: {answered}")

    def action_next(self) -> None:
        self.screen.set_focus(self.query(Editor).last())


if __name__ == "__main__":
    Burst().run()
