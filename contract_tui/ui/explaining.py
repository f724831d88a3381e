"""Which words explain the screen that somebody is on."""

from __future__ import annotations

from textual.app import App
from textual.screen import ModalScreen

from contract_tui.ui.hosting.screen import HostingScreen
from contract_tui.ui.hosting.words import HELP as TABLE
from contract_tui.ui.screens import help as explained
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.room import RoomScreen


def explain(app: App[None]) -> None:
    """Explain the screen; a question explains itself."""
    if isinstance(app.screen, ModalScreen):
        return
    text = explained.WORKSHOP
    if isinstance(app.screen, LibraryScreen):
        text = explained.LIBRARY
    elif isinstance(app.screen, RoomScreen):
        text = explained.ROOM
    elif isinstance(app.screen, HostingScreen):
        text = TABLE
    elif isinstance(app.screen, HistoryScreen):
        text = explained.HISTORY
    app.push_screen(explained.HelpScreen(text))
