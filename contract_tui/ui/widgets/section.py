"""One section of the contract: its heading, its text, and whatever else belongs to it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from contract_tui.contract.schema import PartId
from contract_tui.ui.widgets.editor import Editor


class SectionPane(Vertical):
    """A framed editor."""

    def __init__(self, part: PartId, heading: str, editor: Editor, *below: Widget) -> None:
        super().__init__(id=f"section-{_identifier(part)}")
        self.part = part
        self.heading = heading
        self.editor = editor
        self._below = below
        self.border_title = heading.replace("[", "\\[")

    def compose(self) -> ComposeResult:
        """Put the editor above everything else."""
        yield self.editor
        yield from self._below

    def call_it(self, heading: str) -> None:
        """Show another heading."""
        if heading != self.heading:
            self.heading = heading
            self.border_title = heading.replace("[", "\\[")


def _identifier(part: PartId) -> str:
    """Return a part's name as an id of Textual, which takes few characters."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in part)
