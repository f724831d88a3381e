"""Where each turn stands on the timeline: in which column, and which of them are in sight.

The turns stand in a row with a gap where a chapter begins. As long as there is room they are set
apart. Where there is none for all of them, a window shows some; it stays while one walks about in
it, and then moves on by most of its width, so that the row does not run under one’s eyes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

WIDEST, NARROWEST = 5, 2
"""Columns from one turn to the next."""
AHEAD = 2
"""Turns in sight on either side of the one that is shown, where the window is wide enough."""


class Track:
    """A row of turns, seen through a window."""

    def __init__(
        self,
        begins: Sequence[int],
        turns: int,
        width: int,
        mark: int = 1,
        *,
        has_tail: bool = False,
    ) -> None:
        """`begins` are the indexes at which chapters begin; `mark` is how wide a turn's mark is.

        A tail is a sign behind the last turn, as others stand between two of them.
        """
        self.turns = turns
        self.width = max(1, width)
        gaps = sum(1 for at in begins if at > 0)
        slots = max(1, turns + gaps + has_tail)
        least = max(NARROWEST, mark + 1)
        fitting = (self.width - mark) // max(1, slots - 1) if slots > 1 else WIDEST
        self.pitch = max(least, min(WIDEST, fitting))
        self._mark = mark
        # A turn may be two columns of the pitch away from the next: a chapter's gap lies between.
        self._ahead = min(AHEAD, max(0, self.width - mark) // (4 * self.pitch))
        self._columns = list(self._place(frozenset(begins)))
        self._tail = self.pitch if has_tail else 0
        """Columns behind the last turn for its sign."""
        self.length = self._columns[-1] + mark + self._tail if self._columns else 0
        self.whole = self.length <= self.width
        """Whether all turns are in sight at once."""
        self.start = 0
        """The column of the row that is at the left edge of the window."""

    def _place(self, begins: frozenset[int]) -> list[int]:
        columns: list[int] = []
        slot = 0
        for index in range(self.turns):
            slot += 1 if index in begins and index > 0 else 0
            columns.append(slot * self.pitch)
            slot += 1
        return columns

    def column(self, index: int) -> int:
        """The column of the window in which a turn stands; outside of it for one out of sight."""
        return self._columns[index] - self.start

    def visible(self) -> range:
        """The indexes of the turns in sight."""
        first = bisect_left(self._columns, self.start)
        return range(first, bisect_left(self._columns, self.start + self.width))

    def nearest(self, column: int) -> int:
        """The index of the turn nearest to a column of the window; -1 where there is none."""
        at = bisect_left(self._columns, column + self.start)
        around = [one for one in (at - 1, at) if 0 <= one < self.turns]
        return min(around, key=lambda one: abs(self.column(one) - column), default=-1)

    @property
    def tail(self) -> int | None:
        """The column of the sign behind the last turn; None where there is none in sight."""
        column = self.column(self.turns - 1) + self._tail if self.turns else 0
        return column if self._tail and self.turns and column < self.width else None

    def share(self, column: int) -> int:
        """The index of the turn that lies at a column when the whole row fills the window."""
        if self.whole:
            return self.nearest(column)
        return round(max(0, min(column, self.width - 1)) * (self.turns - 1) / (self.width - 1))

    def at_share(self, index: int) -> int:
        """The column of a turn when the whole row fills the window."""
        if self.whole or self.width < 2:
            return self.column(index) if self.whole else 0
        return round(index * (self.width - 1) / max(1, self.turns - 1))

    def keep_in_sight(self, index: int, begin: int) -> None:
        """Move the window if a turn is not well inside it; `begin` is where its chapter begins."""
        if self.whole or not 0 <= index < self.turns:
            self.start = 0
            return
        first, last = max(0, index - self._ahead), min(self.turns - 1, index + self._ahead)
        behind = self._tail if last == self.turns - 1 else 0
        if self.column(first) >= 0 and self.column(last) + behind < self.width:
            return
        there, chapter = self._columns[index], self._columns[begin]
        if there - self.width // 2 <= chapter <= there - self.pitch * AHEAD or chapter == there:
            start = min(chapter, self._columns[first])
        elif self.column(last) + behind >= self.width:
            start = min(there - self.width // 4, self._columns[first])
        else:
            start = max(there - self.width * 3 // 4, self._columns[last] + self._mark - self.width)
        self.start = self._snapped(start)

    def _snapped(self, start: int) -> int:
        """Begin the window with a turn, and end it no later than the row."""
        end = self._columns[-1] + self.pitch + self._tail - self.width
        return self._columns[
            min(bisect_left(self._columns, max(0, min(start, end))), self.turns - 1)
        ]
