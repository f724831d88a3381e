"""Something to read, and lines to take along, before one goes on."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui.screens.page import PageScreen


class NoticeScreen(PageScreen):
    """A sentence; every line behind the first can be copied by its number."""

    # At most 40 columns.
    WAY_BACK = _("Enter goes on")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f1", "close", _("Go on"))]

    def __init__(self, notice: str) -> None:
        super().__init__()
        self._sentence, *self._lines = notice.split("\n")

    def compose_page(self) -> ComposeResult:
        """Show the sentence above its lines."""
        yield Static(self._sentence, markup=False)
        for number, line in enumerate(self._lines, 1):
            yield Static(_("Press {number} to copy this:").format(number=number), classes="label")
            yield Static(line, classes="line", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Copy the line with this number."""
        if event.key.isdigit() and 0 < int(event.key) <= len(self._lines):
            event.stop()
            self.app.copy_to_clipboard(self._lines[int(event.key) - 1])
            self.notify(_("Copied. Paste it into another terminal."), timeout=4)
