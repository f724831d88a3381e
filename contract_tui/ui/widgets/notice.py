"""One sentence above the text, which it never covers.

What is said for a while takes a row that was there before, so that no text moves under somebody's
hands: in a small window that of the people, whose `#strip` is `-saying` meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui import words
from contract_tui.ui.touch import told

PUT_AWAY, MORE = _("(Esc)"), _("(Esc, 1 of {count})")
SECONDS = 8.0
"""How long a sentence stays that need not be read."""


class Notice(Static):
    """Says something for a while, keeps what must be read, and in between what always holds."""

    DEFAULT_CSS = """
    Notice { display: none; height: auto; }
    Notice.-shown { display: block; }
    """

    class PutAway(Message):
        """Somebody has read what they were told."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, standing: str) -> None:
        super().__init__(standing, id="notice", markup=False, classes="-shown" if standing else "")
        self._standing = standing
        self._timer: Timer | None = None
        self._said = ""
        """What is said for a while, as long as it is."""
        self._unread: list[str] = []
        self._telling: Sequence[str] = []
        self._told: set[str] = set()

    @property
    def is_unread(self) -> bool:
        """Whether something is there that somebody has to put away."""
        return bool(self._unread)

    def say(self, sentence: str) -> None:
        """Say a sentence for a while."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(SECONDS, self._return)
        self._said = sentence
        self._show(Text(words.sentence(told(self.app, sentence))))

    def unsay(self, sentence: str) -> None:
        """Say a sentence no longer, where it is what is said: it does not hold any more."""
        if self._timer and self._said == sentence:
            self._return()

    def tell(self, sentences: Sequence[str]) -> None:
        """Say each of these once, one at a time, until it is put away or holds no longer."""
        if sentences != self._telling:
            self._telling = sentences
            new = [one for one in dict.fromkeys(sentences) if one not in self._told]
            self._unread = [one for one in self._unread if one in sentences] + new
            self._told = set(sentences)
            self._follow()

    def put_away(self) -> None:
        """The sentence that is shown has been read."""
        if self._timer is None and self._unread:
            self.post_message(self.PutAway(self._unread.pop(0)))
        self._return()

    async def _on_click(self, _event: events.Click) -> None:
        """Put it away."""
        self.put_away()

    def _return(self) -> None:
        """Say what must be read, else what always holds, if anything."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        self._follow()

    def _follow(self) -> None:
        """Show what is due, unless a sentence is being said."""
        if self._timer is None:
            self._show(self._due())
        if self.is_attached:
            self.screen.refresh_bindings()

    def _due(self) -> Text:
        """Return what is to be shown while nothing is said."""
        if not self._unread:
            return Text(self._standing)
        count = len(self._unread)
        way = MORE.format(count=count) if count > 1 else PUT_AWAY
        due = words.sentence(told(self.app, self._unread[0]))
        return Text.assemble(due, (f" {way}", Style(dim=True)))

    def _show(self, text: Text) -> None:
        self.update(text)
        self.set_class(bool(text), "-shown")
        if self.is_attached:
            self.screen.query("#strip").set_class(self._timer is not None, "-saying")
