"""One text of a thing on a page: its label, and the words beside or below it.

What may stay empty is one quiet line until somebody goes there, so that a new goal asks for little.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Region
from textual.widgets import Static

from contract_tui.contract.items.values import Item
from contract_tui.contract.schema import PartId, limit
from contract_tui.session.session import Session
from contract_tui.ui.parts import SessionPart
from contract_tui.ui.widgets.editor.line import Line
from contract_tui.ui.widgets.editor.painting import MARGIN
from contract_tui.ui.widgets.editor.port import PartPort
from contract_tui.ui.widgets.editor.remote import Remote
from contract_tui.ui.widgets.editor.view import InkOf
from contract_tui.ui.widgets.growing import GrowingEditor

LINE_LIMIT = 120
"""Characters of a line that is no shared text: a date or a few words."""
SILENT = "…"
"""Stands where something may be said and nobody is there."""


class Shape(Enum):
    """How a field lies on its page."""

    HEADING = "heading"
    """The first line, without a label."""
    LINE = "line"
    """Beside its label."""
    PASSAGE = "passage"
    """Below its label, and always asked for."""
    QUIET = "quiet"
    """Below its label; one line while it is empty and nobody is there."""


class FieldEditor(GrowingEditor):
    """An editor as high as its text, or as the question that stands where none is."""

    DEFAULT_CSS = """
    FieldEditor {
        height: auto;
        overflow-y: hidden;
        scrollbar-size-vertical: 0;
        scrollbar-gutter: auto;
    }
    """

    def __init__(self, port: PartPort, part: PartId | None, *, single_line: bool) -> None:
        most = limit(part) if part else LINE_LIMIT
        super().__init__(port, single_line=single_line, limit=most)
        self.part = part
        """The shared text; None for a line that is said as a whole."""
        self._asked = ""
        self._is_silent = False
        self._is_begun = False
        """Whether the caret was ever put anywhere in its words."""

    def _on_focus(self, event: events.Focus) -> None:
        """Go on behind what is written, at first: whoever comes with Tab writes on there."""
        if self.text and not self._is_begun:
            self.place(len(self.text))
        super()._on_focus(event)

    def place(self, caret: int, pivot: int | None = None) -> None:
        """Put the caret somewhere, and find it there when one comes back."""
        self._is_begun = True
        super().place(caret, pivot)

    def ask(self, prompt: str) -> None:
        """Show this where nothing is written yet, unless the field is silent."""
        self._asked = prompt
        shown = SILENT if self._is_silent else prompt
        if shown != self.prompt:
            super().ask(shown)
            self.refresh(layout=not self.text)

    def be_silent(self, silent: bool) -> None:
        """Ask nothing for as long as nobody is here."""
        self._is_silent = silent
        self.ask(self._asked)

    def show_people(self, remotes: Sequence[Remote], ink_of: InkOf, *, authors: bool) -> None:
        """Show where others are and who wrote what; where somebody comes, the field opens."""
        opens = bool(remotes) != bool(self.remotes)
        super().show_people(remotes, ink_of, authors=authors)
        if opens and isinstance(self.parent, Field):
            self.parent.settle()

    def _measure(self) -> None:
        """Say how high the text is; its page is laid out anew only where that has changed."""
        super()._measure()
        width = self.scrollable_content_region.width
        if width and self.size.height != self.get_content_height(self.size, self.size, width):
            self.refresh(layout=True)

    @property
    def caret_region(self) -> Region:
        """Where the caret is on the screen."""
        x, y = self.page.cell_of(self.caret)
        return Region(MARGIN + x, y, 1, 1).translate(self.content_region.offset)

    def _scroll_to_row(self, y: int) -> None:
        """Stay: all of the text is shown, and its page scrolls."""

    def put_cursor(self) -> None:
        """Put the terminal's cursor where the page has taken the caret."""
        self._place_terminal_cursor()


class Field(Container):
    """A label and a text."""

    def __init__(self, port: PartPort, part: PartId | None, label: str, shape: Shape) -> None:
        super().__init__(classes=f"field -{shape.value}")
        self._shape = shape
        self._label, self._whose = label, ""
        self._caption = Static(label, classes="caption", markup=False)
        single = shape in (Shape.HEADING, Shape.LINE)
        self.editor = FieldEditor(port, part, single_line=single)
        self._is_wanted = True

    def compose(self) -> ComposeResult:
        """Put the label above or beside the text."""
        if self._shape is not Shape.HEADING:
            yield self._caption
        yield self.editor

    def on_mount(self) -> None:
        """Be quiet where there is nothing."""
        self.settle()

    def say_whose(self, whose: str) -> None:
        """Say quietly beside the label whose words these are."""
        self._write_caption(self._label, whose)

    def call_it(self, label: str) -> None:
        """Give it another label."""
        self._write_caption(label, self._whose)

    def _write_caption(self, label: str, whose: str) -> None:
        if (label, whose) != (self._label, self._whose):
            self._label, self._whose = label, whose
            quiet = Style(dim=True, italic=True)
            self._caption.update(Text.assemble(label, (f"  {whose}" if whose else "", quiet)))

    def want(self, wanted: bool) -> None:
        """Show it while it is empty only if there is something that it could be about."""
        self._is_wanted = wanted
        self.settle()

    def seal(self, locked: bool) -> None:
        """Let nobody write here who may not."""
        self.editor.read_only = locked

    def follow(self) -> None:
        """Show the latest words."""
        was_empty = not self.editor.text
        self.editor.catch_up()
        if was_empty != (not self.editor.text):
            self.settle()

    def settle(self) -> None:
        """Be as large as what there is to say, or to ask."""
        editor = self.editor
        nobody = not editor.has_focus and not editor.remotes
        optional = self._shape in (Shape.QUIET, Shape.LINE)
        silent = optional and not editor.text and nobody
        self.set_class(silent, "-silent")
        self.set_class(editor.has_focus, "-here")
        if optional:  # all others are hidden by the style sheet alone
            self.display = not silent or (self._is_wanted and not editor.read_only)
        editor.be_silent(silent)

    def on_mouse_down(self) -> None:
        """Go where the label leads."""
        if not self.editor.has_focus:
            self.screen.set_focus(self.editor)

    def on_descendant_focus(self) -> None:
        """Open."""
        self.settle()

    def on_descendant_blur(self) -> None:
        """Close, if nothing was written."""
        self.settle()


def text_field(session: Session, thing: Item, name: str, label: str, shape: Shape) -> Field:
    """Return a field of one of a thing's texts; one that it does not have can only be looked at."""
    if name not in thing.texts:
        missing = Field(Line(""), None, label, shape)
        missing.seal(True)
        return missing
    field = Field(SessionPart(session, thing.part(name)), thing.part(name), label, shape)
    field.seal(not session.can_write)
    return field
