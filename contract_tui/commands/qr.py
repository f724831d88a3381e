"""Prints an invitation so that a camera can read it off the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from contract_tui.ui import qr

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
    """The QR code of a text, dark on light."""
    paint = f"\x1b[38;5;{DARK};48;5;{LIGHT}m"
    rows = qr.draw(text)
    return Picture(tuple(f"{paint}{row}{PLAIN}" for row in rows), len(rows[0]))


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
