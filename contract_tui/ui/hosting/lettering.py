"""An address and a code as large as there is room for, to be read from across a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contract_tui.ui.hosting import alphabets

GAP = 1
"""Dots between two letters."""
_PIECES = re.compile(r"https?://|[^.:/-]+[.:/-]?|.")
"""What of an address stands on one line."""
_HALVES = " ▄▀█"


@dataclass(frozen=True, slots=True)
class Size:
    """How large letters are."""

    letter: Callable[[str], alphabets.Glyph]
    columns: int = 1
    """Columns of a dot; one of a single column is half a row high, and letters have odd rows."""

    def width(self, text: str) -> int:
        """Return how many columns a line takes."""
        return self.columns * (sum(len(self.letter(one)[0]) + GAP for one in text) - GAP)

    def draw(self, text: str) -> list[str]:
        """Return the rows of a line."""
        letters = [self.letter(one) for one in text]
        dots = [("." * GAP).join(row) for row in zip(*letters, strict=True)]
        if self.columns > 1:
            return [row.replace("#", "██").replace(".", "  ") for row in dots]
        dots.insert(0, "." * len(dots[0]))  # half a row between it and what stands above
        return [_halves(*pair) for pair in zip(dots[::2], dots[1::2], strict=True)]


FULL, HALF, SMALL = Size(alphabets.large, 2), Size(alphabets.large), Size(alphabets.small)
TRIED: Sequence[tuple[Size | None, Size | None]] = (
    *((HALF, FULL), (SMALL, FULL), (HALF, HALF), (SMALL, HALF), (SMALL, SMALL)),
    *((None, HALF), (None, SMALL)),
)
"""Sizes of an address and a code together, the best first; None: as it is."""


def lettered(address: str, code: str, columns: int, rows: int) -> tuple[list[str], list[str]]:
    """Return the rows of an address and those of a code; none where it is not written large."""
    address = address.upper()
    for first, second in TRIED:
        drawn = _spread(address, columns, first, _along), _spread(code, columns, second, _apart)
        is_whole = all(
            found or not size for found, size in zip(drawn, (first, second), strict=True)
        )
        if is_whole and sum(map(len, drawn)) <= rows:
            return drawn
    return [], []


def _spread(
    text: str, columns: int, size: Size | None, pack: Callable[[str, int, Size], list[str]]
) -> list[str]:
    """Return the rows of a text in as few lines as it fits in; none where it does not."""
    if size is None:
        return []
    try:
        lines = pack(text, columns, size)
        if any(size.width(line) > columns for line in lines):
            return []
    except KeyError:  # a name in letters that are not drawn
        return []
    gap = [""] if size.columns > 1 else []  # others have half a row above them
    return [row for line in lines for row in (*gap, *size.draw(line))][len(gap) :]


def _along(text: str, columns: int, size: Size) -> list[str]:
    """Break an address behind its dots and colons."""
    lines: list[str] = []
    for piece in _PIECES.findall(text):
        if lines and size.width(lines[-1] + piece) <= columns:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _apart(text: str, columns: int, size: Size) -> list[str]:
    """Break a code between its groups, where no hyphen is needed then."""
    lines: list[str] = []
    for group in text.split("-"):
        longer = f"{lines[-1]}-{group}" if lines else group
        if lines and size.width(longer) <= columns:
            lines[-1] = longer
        else:
            lines.append(group)
    return lines


def _halves(upper: str, lower: str) -> str:
    pairs = zip(upper, lower, strict=True)
    return "".join(_HALVES[2 * (above == "#") + (below == "#")] for above, below in pairs)
