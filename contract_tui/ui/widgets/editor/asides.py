"""What stands beside the words without being any of them: rows below a passage, and signs on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from rich.style import Style

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.ink import Ink
from contract_tui.ui.widgets.editor.layout import Damage, Layout, Row
from contract_tui.ui.widgets.editor.painting import Mark, Span

BELOW, GOES_ON = "↳", " ┆"
"""In the margin of the first row, and of every further one."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A style on some words, over the ink of whoever wrote them."""

    start: int
    end: int
    style: Style

    def through(self, splice: Splice) -> Sign:
        """Return the same after a change of the text."""
        start, end = splice.map(self.start, sticky=True), splice.map(self.end)
        return replace(self, start=start, end=max(start, end))


@dataclass(frozen=True, slots=True)
class Aside:
    """Words of somebody in rows of their own, below the row that holds an offset."""

    offset: int
    text: str
    ink: Ink
    style: Style
    """Of the words that are not in the text."""
    plain: int = 0
    """Characters at its beginning that only say what this is."""
    behind: int = 0
    """The same at its end."""

    def through(self, splice: Splice) -> Aside:
        """Return the same after a change of the text."""
        return replace(self, offset=splice.map(self.offset))

    def spans(self) -> list[Span]:
        """Return how it is painted, from its first character on."""
        said = Style(color=self.ink.color)
        whole = Span(0, len(self.text), said)
        return [whole, Span(self.plain, len(self.text) - self.behind, said + self.style)]

    def mark(self, row: Row) -> Mark:
        """Return what stands before a row of it: whose it is, and that it is not in the text."""
        text = f"{self.ink.mark}{BELOW}" if row.start == 0 else GOES_ON
        return Mark(text, Style(color=self.ink.color))


@dataclass(frozen=True, slots=True)
class Decor:
    """Everything that stands beside one text."""

    signs: tuple[Sign, ...] = ()
    asides: tuple[Aside, ...] = ()

    def through(self, splice: Splice) -> Decor:
        """Return the same after a change of the text."""
        signs = tuple(sign.through(splice) for sign in self.signs)
        return Decor(signs, tuple(aside.through(splice) for aside in self.asides))


class Page(Layout):
    """A text broken into rows, with the rows of asides between them.

    Heights count all rows. Without asides it is a layout and nothing else.
    """

    def __init__(self, text: str = "", width: int = 80) -> None:
        self._asides: Sequence[Aside] = ()
        self._below: list[int] = []
        self._over: list[int] = []
        self._made: list[tuple[Aside, Layout]] = []
        super().__init__(text, width)

    def put_beside(self, asides: Sequence[Aside]) -> bool:
        """Show these between the rows; returns whether any row has moved or looks different."""
        if tuple(asides) == tuple(self._asides):
            return False
        self._asides = asides
        self._count()
        return True

    def _count(self) -> None:
        """Find again where everything stands."""
        super()._count()
        self._below, self._over, self._made = [], [], []
        if self._asides:
            self._place_asides()

    def _place_asides(self) -> None:
        row_of = super().y_of
        placed = sorted((row_of(one.offset), number) for number, one in enumerate(self._asides))
        beside = [self._asides[number] for _, number in placed]
        self._below = [row for row, _ in placed]
        self._made = [(one, Layout(one.text, self.width)) for one in beside]
        self._over = list(accumulate((layout.height for _, layout in self._made), initial=0))

    @property
    def height(self) -> int:
        """How many rows there are; at least one."""
        return super().height + self.height_beside

    @property
    def height_beside(self) -> int:
        """How many of them hold no text."""
        return self._over[-1] if self._over else 0

    def replace(self, splice: Splice) -> Damage:
        """Change the text and break again what the change has touched."""
        if not self._asides:
            return super().replace(splice)
        self._asides = [one.through(splice) for one in self._asides]
        return Damage(self._shown(super().replace(splice).first), None)

    def aside_at(self, y: int) -> tuple[Aside, Row] | None:
        """Return what stands beside the text at a height, and which row of it; None for text."""
        return self._at(y)[1]

    def row(self, y: int) -> Row:
        """Return the row at a height; at one that holds no text, the row of text above it."""
        return super().row(min(self._at(y)[0], super().height - 1))

    def row_of_text(self, y: int, *, down: bool) -> int:
        """Return the next row up or down that holds text, from this one on."""
        while 0 <= y < self.height and self.aside_at(y) is not None:
            y += 1 if down else -1
        return y

    def y_of(self, offset: int) -> int:
        """Return the height of the row an offset stands in."""
        return self._shown(super().y_of(offset))

    def _shown(self, row: int) -> int:
        """Return at which height a row of the text stands."""
        return row + self._over[bisect_left(self._below, row)] if self._made else row

    def _at(self, y: int) -> tuple[int, tuple[Aside, Row] | None]:
        """Return the row of text at a height or above it, and what stands there in its place."""
        for (aside, layout), below, over in zip(self._made, self._below, self._over, strict=False):
            if y <= below + over:
                return y - over, None
            if y <= below + over + layout.height:
                return below, (aside, layout.row(y - below - over - 1))
        return y - self.height_beside, None
