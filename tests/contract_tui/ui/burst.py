"""A program to type into: two editors, an input, or a choice in front of an editor."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.binding import Binding

from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.line_input import LineInput
from tests.contract_tui.ui.memory_part import MemoryPart


class Burst(App[None]):
    """Shows what was typed, in the order in which it arrived."""

    CSS = "Editor { height: 5; } Input { height: 1; border: none; padding: 0; }"
    BINDINGS = [Binding("tab", "next", priority=True)]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        if sys.argv[1] == "editor":
            yield Editor(MemoryPart(), prompt="type")
            yield Editor(MemoryPart())
        elif sys.argv[1] == "choice":
            yield ChoiceBar({"one": "type", "two": "two", "three": "three"}, required=True)
            yield Editor(MemoryPart())
        else:
            yield LineInput(placeholder="type")

    def on_mount(self) -> None:
        self.screen.set_focus(next(iter(self.query("Editor, Input, ChoiceBar"))))

    def action_next(self) -> None:
        self.screen.set_focus(self.query(Editor).last())


if __name__ == "__main__":
    Burst().run()
