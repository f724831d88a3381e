"""The first words of a part beside those of today."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui.screens.page import PageScreen

FIRST, TODAY = _("{heading}: first, {who}"), _("{heading}: today")
NOTHING_NOW = _("There are no words here today.")


class BesideScreen(PageScreen):
    """Two columns: what was said first, and what is said today."""

    CSS_PATH = "../../styles/dialog.tcss"  # Textual looks for it from here, not from the page
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f3,q", "close", _("Back"))]
    DEFAULT_CSS = """
    BesideScreen {
        #page { width: 110; }
        #columns { height: auto; }
        .column { width: 1fr; height: auto; padding: 0 2 0 0; }
        .heading { text-style: bold; color: $primary; margin: 0 0 1 0; height: auto; }
        .said { height: auto; }
    }
    """

    def __init__(self, heading: str, first: tuple[str, str], today: str) -> None:
        """`first` are who and when, and the words."""
        super().__init__()
        self._heading = heading
        self._first = first
        self._today = today

    def compose_page(self) -> ComposeResult:
        """Put the two side by side."""
        who, said = self._first
        first = FIRST.format(heading=self._heading, who=who)
        today = TODAY.format(heading=self._heading)
        with Horizontal(id="columns"):
            with Vertical(classes="column"):
                yield Static(first, classes="heading", markup=False)
                yield Static(said, classes="said", markup=False)
            with Vertical(classes="column"):
                yield Static(today, classes="heading", markup=False)
                yield Static(self._today or NOTHING_NOW, classes="said", markup=False)
