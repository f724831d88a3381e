"""One sentence above the text."""

from __future__ import annotations

from textual.timer import Timer
from textual.widgets import Static

SECONDS = 8.0
"""How long a sentence stays."""


class Notice(Static):
    """Says something for a while, and in between what always holds."""

    DEFAULT_CSS = """
    Notice { display: none; height: auto; }
    Notice.-shown { display: block; }
    """

    def __init__(self, standing: str) -> None:
        super().__init__(standing, id="notice", markup=False, classes="-shown" if standing else "")
        self._standing = standing
        self._timer: Timer | None = None

    def say(self, sentence: str) -> None:
        """Say a sentence for a while."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(SECONDS, self._return)
        self._show(sentence)

    def _return(self) -> None:
        """Say what always holds, if anything."""
        self._timer = None
        self._show(self._standing)

    def _show(self, sentence: str) -> None:
        self.update(sentence)
        self.set_class(bool(sentence), "-shown")
