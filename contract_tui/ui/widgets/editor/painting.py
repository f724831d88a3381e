"""A row of the text as a strip: only the visible slice of a paragraph is ever looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from contract_tui.ui.graphemes import clusters, glyph, is_plain
from contract_tui.ui.widgets.editor.layout import Row

MARGIN = 3
"""Cells in front of every row: a mark of two, and a gap."""


class Span(NamedTuple):
    """Characters in one style, from offset to offset; of two spans the later one wins."""

    start: int
    end: int
    style: Style


class Mark(NamedTuple):
    """What stands in the margin of a row."""

    text: str
    style: Style


def paint_row(row: Row, spans: Sequence[Span], mark: Mark | None, base: Style, cells: int) -> Strip:
    """Return a row with its margin, `cells` wide; a caret may stand behind the end of a line."""
    painted, bounds = _glyphs(row)
    pieces = _styled(painted, [_within(span, bounds) for span in spans], base)
    return Strip([*_margin(mark, base), *pieces]).adjust_cell_length(cells, base)


def _glyphs(row: Row) -> tuple[Sequence[str], Sequence[int]]:
    """Return what is painted for each cluster of a row, and all their offsets with the end."""
    text = row.text + " " if row.ends_line else row.text
    if is_plain(text):
        return text, range(row.start, row.start + len(text) + 1)
    spans = list(clusters(row.text))
    painted = [glyph(row.text[begin:end])[0] for begin, end in spans]
    bounds = [row.start + begin for begin, _ in spans] + [row.end]
    if row.ends_line:
        painted.append(" ")
        bounds.append(row.end + 1)
    return painted, bounds


def _within(span: Span, bounds: Sequence[int]) -> Span:
    """Return the span in numbers of clusters; a cluster that it touches is all in it."""
    last = len(bounds) - 1
    start = max(0, bisect_right(bounds, span.start) - 1)
    end = min(last, bisect_left(bounds, span.end))
    return Span(start, end, span.style)


def _styled(painted: Sequence[str], spans: Sequence[Span], base: Style) -> list[Segment]:
    """Return the row cut where its style changes."""
    cuts = {0, len(painted)}
    for span in spans:
        if span.start < span.end:
            cuts.update((span.start, span.end))
    places = sorted(cuts)
    segments = []
    for start, end in pairwise(places):
        style = base
        for span in spans:
            if span.start <= start and end <= span.end:
                style += span.style
        segments.append(Segment("".join(painted[start:end]), style))
    return segments


def _margin(mark: Mark | None, base: Style) -> list[Segment]:
    """Return the margin of a row."""
    if mark is None:
        return [Segment(" " * MARGIN, base)]
    gap = MARGIN - cell_len(mark.text)
    return [Segment(mark.text, base + mark.style), Segment(" " * gap, base)]
