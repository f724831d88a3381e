"""A screen as it was painted: rows of text, and how each run of cells in them looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

Size = tuple[int, int]
"""Columns and rows."""

_MARKS = ("bold", "dim", "italic", "underline", "strike", "reverse")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a screen, from its left edge to its right."""

    text: str
    runs: tuple[tuple[int, str], ...]
    """So many cells that look alike, and how: marks, a colour, "on" and another."""


Look = tuple[Row, ...]
"""A whole screen, from the top."""


@dataclass(frozen=True, slots=True)
class Group:
    """One size, in several themes; the text is the same in all of them."""

    size: Size
    themes: tuple[str, ...]
    looks: tuple[Look, ...]
    """One for each of the themes."""

    @property
    def title(self) -> str:
        """What it is called in a file and on a page."""
        columns, rows = self.size
        return f"{columns}x{rows} {', '.join(self.themes)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen in all sizes and themes."""

    shows: tuple[str, ...]
    """Which classes, and which question of which function, somebody sees here."""
    groups: tuple[Group, ...]


def look_of(strips: Iterable[Strip]) -> Look:
    """Return how a screen looks."""
    return tuple(Row(strip.text.rstrip(), tuple(_runs(strip))) for strip in strips)


def _runs(strip: Strip) -> Iterator[tuple[int, str]]:
    """Yield the runs of a row; a blank looks like whatever stands before it on the same ground."""
    cells, style, ground = 0, "", ""
    for segment in strip:
        if not segment.text:
            continue
        found = segment.style or Style()
        same_ground = _ground(found) == ground and not segment.text.strip() and _is_plain(found)
        if not cells or not (same_ground or _words(found) == style):
            if cells:
                yield cells, style
            cells, style, ground = 0, _words(found), _ground(found)
        cells += segment.cell_length
    if cells:
        yield cells, style


def _is_plain(style: Style) -> bool:
    """Whether a blank of it shows nothing but its ground."""
    return not (style.underline or style.strike or style.reverse)


def _ground(style: Style) -> str:
    return _colour(style.bgcolor) if _is_plain(style) else _words(style)


def _words(style: Style) -> str:
    marks = [mark for mark in _MARKS if getattr(style, mark)]
    return " ".join([*marks, _colour(style.color), "on", _colour(style.bgcolor)])


def _colour(colour: object) -> str:
    triplet = getattr(colour, "triplet", None)
    if triplet is not None:
        return str(triplet.hex)
    return str(getattr(colour, "name", "default"))
