"""Shown over the workshop while a contract's past is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import ProgressBar, Static

from contract_tui.history.walk import Walk
from contract_tui.session.recalling import recall
from contract_tui.session.session import Session
from contract_tui.ui.screens import history_words as words
from contract_tui.ui.screens.history import HistoryScreen

FIRST_FRAME = 0.02
"""Seconds; a long past is read only once it has been said what takes so long."""


class HistoryOpening(ModalScreen[None]):
    """A contract's past on its way to the screen, which stays alive meanwhile."""

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3,escape", "leave", "Not now")]
    DEFAULT_CSS = """
    HistoryOpening {
        align: center middle;
        background: $background 60%;
        Vertical {
            width: 46; height: auto; padding: 1 2;
            background: $surface; border: round $primary;
        }
        Static { width: 1fr; text-align: center; }
        ProgressBar { width: 1fr; margin: 1 0 0 0; }
        Bar { width: 1fr; }
    }
    """

    def __init__(self, session: Session, clock: Callable[[], float]) -> None:
        super().__init__()
        self._session = session
        self._clock = clock
        self._bar: ProgressBar | None = None
        """Made for a long past only."""

    def compose(self) -> ComposeResult:
        """Say what is happening."""
        with Vertical():
            yield Static(words.READING)

    def on_mount(self) -> None:
        """Begin to read once this has had time to be painted."""
        self.set_timer(FIRST_FRAME, self._read)

    @work
    async def _read(self) -> None:
        """Read the past and show it."""
        session = self._session
        history = await recall(session, self._show)
        if not self.is_current:
            return
        me = session.me.id if session.me else None
        kept, doubtful = session.contract.kept, session.doubtful
        walk = Walk(history, me, session.last_seen, kept, doubtful)
        self.app.switch_screen(HistoryScreen(session, walk, self._clock()))

    def _show(self, done: int, total: int) -> None:
        """Show how much has been read, where that takes more than one step."""
        if self._bar is None:
            if done in (0, total):
                return
            self._bar = ProgressBar(show_eta=False, show_percentage=False)
            self.query_one(Vertical).mount(self._bar)
        self._bar.update(total=total, progress=done)

    def action_leave(self) -> None:
        """Go back without waiting."""
        self.workers.cancel_node(self)
        self.app.pop_screen()
