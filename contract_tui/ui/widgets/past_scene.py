"""How words of the past are painted: what came, what went, and whose doing it was.

No colour is ever the only sign: what came is underlined, what went is struck through, and the
margin names the person with a plus or a minus.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from contract_tui.history.comparison import Mark as Fate
from contract_tui.ui.ink import Ink
from contract_tui.ui.widgets.editor.layout import Row
from contract_tui.ui.widgets.editor.painting import MARGIN, Mark, Span, paint_row
from contract_tui.ui.widgets.editor.scene import Scene

SIGNS = {Fate.ADDED: "+", Fate.REMOVED: "-"}
"""Stand behind a person's mark in the margin of a row in which a change begins."""


class Stretch(NamedTuple):
    """Words in a row that one person wrote and that fared alike."""

    text: str
    fate: Fate
    ink: Ink | None
    """The ink of whoever wrote them, and where they went, of whoever took them out."""
    pale: bool = False
    """Whether they are of no concern while only one person's words are."""


@dataclass(frozen=True, slots=True)
class PastScene(Scene):
    """Everything that one painting of a text of the past has to know."""

    stretches: Sequence[Stretch] = ()
    starts: Sequence[int] = field(default=())
    """Where each stretch begins, and where the last one ends."""
    authors_shown: bool = False
    """Whether also those words show who wrote them that did not change."""

    def paint(self, row: Row, width: int) -> Strip:
        """Return a row of the text."""
        first = max(0, bisect_right(self.starts, row.start) - 1)
        last = min(len(self.stretches), bisect_left(self.starts, row.end + row.ends_line))
        shown = [(at, style) for at in range(first, last) if (style := self._style(at))]
        spans = [Span(*self._extent(at), style) for at, style in shown]
        spans += self._places(row)
        return paint_row(row, spans, self._mark(row, first, last), self.look.base, width)

    def _extent(self, at: int) -> tuple[int, int]:
        """Return where a stretch begins and ends, without the spaces around its words."""
        start, words = self.starts[at], self.stretches[at].text
        if not words.strip():
            return start, start + len(words)
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    def _style(self, at: int) -> Style | None:
        """Return how a stretch is painted; None if as everything is."""
        stretch = self.stretches[at]
        if stretch.fate is Fate.KEPT and not stretch.pale and not self.authors_shown:
            return None
        style = Style(dim=True) if stretch.pale else Style()
        ink = stretch.ink
        if ink and (stretch.fate is not Fate.KEPT or self.authors_shown):
            style += Style(color=ink.color) + (ink.cue if ink.in_doubt else Style())
        if stretch.fate is Fate.ADDED:
            style += Style(underline=True)
        elif stretch.fate is Fate.REMOVED:
            style += Style(strike=True)
        return style

    def _mark(self, row: Row, first: int, last: int) -> Mark | None:
        """Return whose change begins in a row; else, if wished, whose words do."""
        end = row.end + row.ends_line
        here = [
            self.stretches[at] for at in range(first, last) if row.start <= self._begin(at) < end
        ]
        for fate in (Fate.REMOVED, Fate.ADDED):
            for stretch in here:
                if stretch.fate is fate and stretch.ink:
                    text = stretch.ink.mark + SIGNS[fate]
                    text = text if cell_len(text) <= MARGIN else stretch.ink.mark
                    return Mark(text, Style(color=stretch.ink.color, bold=True))
        for stretch in here if self.authors_shown else ():
            if stretch.ink and stretch.text.strip():
                return Mark(stretch.ink.mark, Style(color=stretch.ink.color))
        return None

    def _begin(self, at: int) -> int:
        """Return where the words of a stretch begin; where it has none, the stretch itself."""
        return self._extent(at)[0]
