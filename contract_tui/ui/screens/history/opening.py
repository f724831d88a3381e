"""Reads a contract's past and shows it; a long one with a progress bar over the workshop."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from contract_tui.history.history import History
from contract_tui.history.walk import Comparison, Walk
from contract_tui.language import _
from contract_tui.session.session import Session
from contract_tui.ui.messages import Since
from contract_tui.ui.screens.history import words
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.widgets.reading_bar import ReadingBar

LONG = 20_000
"""Changes from which on reading takes so long that somebody waits."""
FIRST_FRAME = 0.02
"""Seconds; a long past is read only once it has been said what takes so long."""
UNTIL_BAR = 0.4
"""Seconds after which a bar shows how much has been read."""
Clock = Callable[[], float]


def look_back(app: App[None], session: Session, clock: Clock, since: Since | None = None) -> None:
    """Show the past of an open contract over the screen that is shown now.

    `since` is a version that it is compared with.
    """
    if session.size >= LONG:
        app.push_screen(HistoryOpening(session, clock, since))
    else:
        app.run_worker(_look_back(app, session, clock, since), group="past", exclusive=True)


async def _look_back(app: App[None], session: Session, clock: Clock, since: Since | None) -> None:
    """Read a short past, and show it if nobody has gone elsewhere meanwhile."""
    screen = app.screen
    walk = walk_through(session, await session.recall())
    if app.screen is screen:
        app.push_screen(_screen(session, walk, clock(), since))


def walk_through(session: Session, history: History) -> Walk:
    """Return a walk of this person's through a past."""
    me = session.me.id if session.me else None
    return Walk(history, me, session.last_seen, session.contract.kept, session.doubtful)


def _screen(session: Session, walk: Walk, now: float, since: Since | None) -> HistoryScreen:
    """Return the screen of a past, compared with a version where that is known here."""
    screen = HistoryScreen(session, walk, now)
    if since is not None:
        with suppress(LookupError):
            walk.mark_version(since.heads)
            walk.compare(Comparison.SINCE_MARK)
            screen.looking.mark_name = since.name
    return screen


class HistoryOpening(ModalScreen[None]):
    """A contract's past on its way to the screen, which stays alive meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3,escape", "leave", _("Not now"))]
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

    def __init__(self, session: Session, clock: Clock, since: Since | None = None) -> None:
        super().__init__()
        self._session = session
        self._clock = clock
        self._since = since
        self._began = 0.0
        self._reading = ReadingBar(words.READING)

    def compose(self) -> ComposeResult:
        """Say what is happening."""
        yield self._reading

    def on_mount(self) -> None:
        """Begin to read once this has had time to be painted."""
        self.set_timer(FIRST_FRAME, self._read)

    @work
    async def _read(self) -> None:
        """Read the past and show it."""
        self._began = time.monotonic()
        walk = walk_through(self._session, await self._session.recall(self._show))
        if self.is_current:
            past = _screen(self._session, walk, self._clock(), self._since)
            self.app.switch_screen(past)

    def _show(self, done: int, total: int) -> None:
        """Show how much has been read, where that takes a while."""
        if self._reading.has_bar or time.monotonic() - self._began >= UNTIL_BAR:
            self._reading.show(done, total)

    def action_leave(self) -> None:
        """Go back without waiting."""
        self.workers.cancel_node(self)
        self.app.pop_screen()
