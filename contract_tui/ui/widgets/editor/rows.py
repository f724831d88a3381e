"""Where the lines of a text are broken into rows of a given width.

A row takes as many clusters as fit and goes back to the last place where one may break: behind a
space, around a tab, or beside an East Asian character. One space may hang over the edge, in the
cell that is kept free for the caret.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

from contract_tui.ui.graphemes import clusters, glyph, is_plain

ROWS_BROKEN_AGAIN = 3
"""Rows up to a change that are broken again: its word may move up, and let another one follow."""


def next_row(line: str, start: int, width: int) -> int | None:
    """Return where the row behind the one at `start` begins; None if the rest of the line fits."""
    head = line[start : start + width + 2]
    if not is_plain(head):
        return _next_row_of_clusters(line, start, width)
    if len(line) - start <= width:
        return None
    behind_space = line.rfind(" ", start, start + width + 1) + 1
    return behind_space if behind_space > start else start + width


def _next_row_of_clusters(line: str, start: int, width: int) -> int | None:
    """Do the same for any characters; at least one cluster is in every row."""
    used, chance = 0, start
    for begin, end in clusters(line, start):
        cluster = line[begin:end]
        cells = glyph(cluster)[1]
        alone = _breaks_beside(cluster)
        if used + cells > width:
            if cluster == " " or begin == start:
                return end
            return begin if alone or chance == start else chance
        used += cells
        if alone or cluster == " ":
            chance = end
    return None


@lru_cache(maxsize=4096)
def _breaks_beside(cluster: str) -> bool:
    """Whether a row may end before this cluster as well as behind it."""
    return cluster == "\t" or unicodedata.east_asian_width(cluster[0]) in ("W", "F")


def break_line(line: str, width: int) -> list[int]:
    """Return where the rows of a line begin, in columns of the line; the first is 0."""
    rows = [0]
    while (following := next_row(line, rows[-1], width)) is not None:
        rows.append(following)
    return rows


def break_line_again(
    line: str, width: int, old: list[int], changed: int, settled: int, shift: int
) -> tuple[list[int], int]:
    """Return the rows of a line that changed from column `changed` to `settled`, longer by `shift`.

    Only the rows around the change are broken again. As soon as a row begins where one began
    before, the rest is taken from `old`, because a row depends on nothing that stands before it;
    the number of that row is returned too.
    """
    rows = old[: first_touched(old, changed) + 1]
    while (following := next_row(line, rows[-1], width)) is not None:
        if following >= settled:
            same = bisect_left(old, following - shift)
            if same < len(old) and old[same] == following - shift:
                return rows + [column + shift for column in old[same:]], len(rows)
        rows.append(following)
    return rows, len(rows)


def first_touched(rows: list[int], changed: int) -> int:
    """Return the number of the first row that may end elsewhere after a change at this column."""
    return max(0, bisect_right(rows, changed) - ROWS_BROKEN_AGAIN)
