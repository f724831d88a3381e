"""Draws an invitation so that a camera can read it off a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

QUIET = 2
"""Modules of light around the code: half of what the standard asks for, and enough on a screen."""
LINES_BESIDE = 4
"""Lines of the window that the link and what is said about it take up."""
DARK, LIGHT, PLAIN = 16, 231, "\x1b[0m"
"""Of the 256 colours: black and white, whatever the terminal's own colours are."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines to print, each of the same width."""

    lines: tuple[str, ...]
    columns: int

    def fits(self, columns: int, rows: int) -> bool:
        """Whether a window shows all of it, with the lines that are printed beside it."""
        return self.columns <= columns and len(self.lines) + LINES_BESIDE <= rows


def draw(text: str) -> Picture:
    """The QR code of a text, two modules above each other in one character."""
    import segno

    code = segno.make(text, error="l", boost_error=False, micro=False)
    rows = [list(map(bool, row)) for row in code.matrix_iter(border=QUIET)]
    paint = f"\x1b[38;5;{DARK};48;5;{LIGHT}m"
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=[False] * len(rows[0]))
    lines = tuple(f"{paint}{_halves(upper, lower)}{PLAIN}" for upper, lower in pairs)
    return Picture(lines, len(rows[0]))


def window() -> tuple[int, int] | None:
    """Columns and rows of the terminal that people read, if there is one that shows colours."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return None
    return _size(sys.stderr.fileno(), os.environ)


def _size(terminal: int, environment: Mapping[str, str]) -> tuple[int, int]:
    try:
        size = os.get_terminal_size(terminal)
    except OSError:
        size = shutil.get_terminal_size()
    columns = environment.get("COLUMNS", "")
    rows = environment.get("LINES", "")
    return (
        int(columns) if columns.isdecimal() else size.columns,
        int(rows) if rows.isdecimal() else size.lines,
    )


def _halves(upper: list[bool], lower: list[bool]) -> str:
    return "".join(" ▄▀█"[2 * above + below] for above, below in zip(upper, lower, strict=True))
