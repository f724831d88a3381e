"""A program to type into: two editors, or an input."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.binding import Binding

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
        else:
            yield LineInput(placeholder="type")

    def on_mount(self) -> None:
        self.screen.set_focus(next(iter(self.query("Editor, Input"))))

    def action_next(self) -> None:
        self.screen.set_focus(list(self.query(Editor))[1])


if __name__ == "__main__":
    Burst().run()
