"""Something to read in front of a screen, and the way back to it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui.fitting import fit


class PageScreen(ModalScreen[None]):
    """A page that scrolls where it is longer than the window; below it stands how to go on."""

    CSS_PATH = "../styles/dialog.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-tall")]  # noqa: RUF012
    # At most 40 columns.
    WAY_BACK: ClassVar[str] = _("Esc goes back")

    def compose(self) -> ComposeResult:
        """Show the page above the way back, which can be clicked."""
        fit(self)
        with VerticalScroll(id="page"):
            yield from self.compose_page()
        yield Static("[@click=screen.close]" + self.WAY_BACK + "[/]", id="way-back")

    def compose_page(self) -> ComposeResult:
        """Yield what there is to read."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
