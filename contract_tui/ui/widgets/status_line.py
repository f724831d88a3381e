"""What has become of the words: a sign for those who glance, and plain words."""

from __future__ import annotations

from textual.timer import Timer
from textual.widgets import Static

from contract_tui.session.link.status import Status, StatusKind
from contract_tui.ui.words import sentence

SIGNS = {
    StatusKind.SAVED: "●",
    StatusKind.SHARED: "●",
    StatusKind.SHARING: "◌",
    StatusKind.ALONE: "○",
    StatusKind.UNSAVED: "!",
}
CALM = 0.6
"""Seconds: a key is on its way for a few milliseconds, and a line that flickers helps nobody."""


class StatusLine(Static):
    """The state of the connection."""

    def __init__(self) -> None:
        super().__init__("", id="status", markup=False)
        self.kind: StatusKind | None = None
        """What is shown."""
        self._status: Status | None = None
        self._wait: Timer | None = None

    def show(self, status: Status) -> None:
        """Show a status; that words are on their way only if they do not arrive at once."""
        if status == self._status:
            return
        self._status = status
        if status.kind is StatusKind.SHARING and self.kind is StatusKind.SHARED:
            self._wait = self._wait or self.set_timer(CALM, self._draw)
        else:
            self._draw()

    def _draw(self) -> None:
        """Show the latest status."""
        if self._wait:
            self._wait.stop()
            self._wait = None
        status = self._status
        if status is None:
            return
        words = f"{SIGNS[status.kind]} {status.words}"
        if words != str(self.content):
            self.update(words, layout=len(words) != len(str(self.content)))
        self.tooltip = sentence(status.detail) or None
        if status.kind != self.kind:
            self.kind = status.kind
            for kind in StatusKind:
                self.set_class(kind == status.kind, f"-{kind}")
            if self.is_attached:
                self.screen.refresh_bindings()
