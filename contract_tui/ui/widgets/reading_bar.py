"""What is said while something long is read, with a bar once it is known to be long."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import ProgressBar, Static


class ReadingBar(Vertical):
    """A sentence, and below it how much has been read."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence
        self._bar: ProgressBar | None = None

    def compose(self) -> ComposeResult:
        """Say what is happening."""
        yield Static(self._sentence)

    @property
    def has_bar(self) -> bool:
        """Whether it is shown how much has been read."""
        return self._bar is not None

    def show(self, done: int, total: int) -> None:
        """Show how much has been read."""
        if self._bar is None:
            self._bar = ProgressBar(show_eta=False, show_percentage=False)
            self.mount(self._bar)
        self._bar.update(total=total, progress=done)
