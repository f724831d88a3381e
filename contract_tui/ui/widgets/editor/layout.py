"""The text as it stands on the screen: offsets to cells and back, splice by splice."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.graphemes import clusters, glyph, is_plain, width
from contract_tui.ui.widgets.editor.rows import break_line, break_line_again, first_touched


class Row(NamedTuple):
    """One row of the screen."""

    start: int
    """Offset of its first character."""
    text: str
    ends_line: bool
    """Whether the caret may stand behind its last character."""

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)


class Damage(NamedTuple):
    """Which rows look different now."""

    first: int
    last: int | None
    """The last one, whose margin depends on the one above; None if everything below has moved."""


class Layout:
    """A text broken into rows; its lines end at a line feed, and nowhere else."""

    def __init__(self, text: str = "", width: int = 80) -> None:
        self.text = text
        self.width = max(1, width)
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._rows: list[list[int]] = []
        self._tops: list[int] = []
        self.load(text)

    def load(self, text: str) -> None:
        """Take another text."""
        self.text = text
        self._lines = text.split("\n")
        self._rows = [break_line(line, self.width) for line in self._lines]
        self._count()

    def resize(self, width: int) -> None:
        """Break the same text at another width, in cells."""
        width = max(1, width)
        if width != self.width:
            self.width = width
            self.load(self.text)

    def _count(self) -> None:
        """Find again where each line begins, in the text and on the screen."""
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._tops = list(accumulate(map(len, self._rows), initial=0))

    @property
    def height(self) -> int:
        """How many rows there are; at least one."""
        return self._tops[-1]

    def replace(self, splice: Splice) -> Damage:
        """Change the text and break again what the change has touched."""
        first, column = self._line_at(splice.start)
        last, end_column = self._line_at(splice.end)
        tail = self._lines[last][end_column:]
        lines = (self._lines[first][:column] + splice.text + tail).split("\n")
        old_rows, old_height, top = self._rows[first], self.height, self._tops[first]
        if first == last and len(lines) == 1:
            settled = len(lines[0]) - len(tail)
            again = break_line_again(
                lines[0], self.width, old_rows, column, settled, splice.length_change
            )
            rows, touched = [again[0]], again[1]
        else:
            rows = [break_line(line, self.width) for line in lines]
            touched = sum(map(len, rows))
        self.text = splice.apply(self.text)
        self._lines[first : last + 1] = lines
        self._rows[first : last + 1] = rows
        self._count()
        moved = self.height != old_height
        damaged = _first_different(old_rows, rows[0], column)
        return Damage(top + damaged, None if moved else top + touched)

    def _line_at(self, offset: int) -> tuple[int, int]:
        """Return the index of the line that holds an offset, and the column in it."""
        offset = min(max(offset, 0), len(self.text))
        index = bisect_right(self._starts, offset, 0, len(self._lines)) - 1
        return index, offset - self._starts[index]

    def row(self, y: int) -> Row:
        """Return the row at a height, counted from the top; the last one if there are fewer."""
        y = min(max(y, 0), self.height - 1)
        index = bisect_right(self._tops, y, 0, len(self._lines)) - 1
        rows = self._rows[index]
        number = y - self._tops[index]
        ends_line = number + 1 == len(rows)
        line = self._lines[index]
        end = len(line) if ends_line else rows[number + 1]
        return Row(self._starts[index] + rows[number], line[rows[number] : end], ends_line)

    def row_of_text(self, y: int, *, down: bool) -> int:  # noqa: ARG002 - every row is one here
        """Return the next row up or down that holds text, from this one on."""
        return y

    def y_of(self, offset: int) -> int:
        """Return the height of the row an offset stands in."""
        index, column = self._line_at(offset)
        return self._tops[index] + bisect_right(self._rows[index], column) - 1

    def cell_of(self, offset: int) -> tuple[int, int]:
        """Return column and row of the cell in which a caret at this offset stands."""
        y = self.y_of(offset)
        row = self.row(y)
        return width(row.text[: self._boundary_in(row, offset) - row.start]), y

    def offset_at(self, x: int, y: int) -> int:
        """Return the boundary nearest in front of a cell, within its row."""
        if y < 0:
            return 0
        if y >= self.height:
            return len(self.text)
        row = self.row(y)
        cells, last = 0, 0
        for begin, end in _spans(row.text):
            last = begin
            cells += glyph(row.text[begin:end])[1]
            if cells > x:
                return row.start + begin
        return row.end if row.ends_line else row.start + last

    def _boundary_in(self, row: Row, offset: int) -> int:
        """Return the last boundary of a row that is not behind an offset."""
        boundary = row.start
        if is_plain(row.text):
            return min(offset, row.end)
        for _, end in _spans(row.text):
            if row.start + end > offset:
                break
            boundary = row.start + end
        return boundary

    def boundary(self, offset: int, *, forward: bool = True) -> int:
        """Return the offset itself, or the boundary beside it if it is inside a cluster."""
        offset = min(max(offset, 0), len(self.text))
        before = self._boundary_in(self.row(self.y_of(offset)), offset)
        return before if before == offset or not forward else self.right_of(before)

    def right_of(self, offset: int) -> int:
        """Return the next boundary behind an offset."""
        if offset >= len(self.text):
            return len(self.text)
        row = self.row(self.y_of(offset))
        for _, end in _spans(row.text):
            if row.start + end > offset:
                return row.start + end
        return offset + 1

    def left_of(self, offset: int) -> int:
        """Return the last boundary in front of an offset."""
        if offset <= 0:
            return 0
        return self._boundary_in(self.row(self.y_of(offset - 1)), offset - 1)


def _first_different(old: list[int], new: list[int], changed: int) -> int:
    """Return the number of the first row of a line that has other characters than before."""
    row = first_touched(old, changed)
    for before, after in zip(old[row + 1 :], new[row + 1 :], strict=False):
        if before != after or after > changed:
            break
        row += 1
    return row


def _spans(text: str) -> list[tuple[int, int]]:
    """Return begin and end of every cluster of a row."""
    if is_plain(text):
        return [(index, index + 1) for index in range(len(text))]
    return list(clusters(text))
