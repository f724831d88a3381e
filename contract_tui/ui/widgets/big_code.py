"""A short code in letters that can be read across a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

ROWS, COLUMNS = 7, 5
"""Dots of a letter."""
GAP = 1
_DOTS = {
    "0": "0E11131519110E",
    "1": "040C040404040E",
    "2": "0E11010204081F",
    "3": "1F02040201110E",
    "4": "02060A121F0202",
    "5": "1F101E0101110E",
    "6": "0608101E11110E",
    "7": "1F010204080808",
    "8": "0E11110E11110E",
    "9": "0E11110F01020C",
    "A": "0E1111111F1111",
    "B": "1E11111E11111E",
    "C": "0E11101010110E",
    "D": "1C12111111121C",
    "E": "1F10101E10101F",
    "F": "1F10101E101010",
    "G": "0E11101711110F",
    "H": "1111111F111111",
    "J": "0702020202120C",
    "K": "11121418141211",
    "M": "111B1515111111",
    "N": "11111915131111",
    "P": "1E11111E101010",
    "Q": "0E11111115120D",
    "R": "1E11111E141211",
    "S": "0F10100E01011E",
    "T": "1F040404040404",
    "V": "11111111110A04",
    "W": "1111111515150A",
    "X": "11110A040A1111",
    "Y": "1111110A040404",
    "Z": "1F01020408101F",
    "-": "0000000E000000",
}
"""Every letter of a code: its rows from the top, each a byte whose bits are the dots."""
_HALVES = " ▄▀█"


def draw(code: str, columns: int, rows: int) -> Sequence[str]:
    """Return the lines of a code, as large as the room allows; the code itself where none does."""
    dots = [_row(code, number) for number in range(ROWS)]
    width = len(dots[0]) if code else 0
    if 2 * width <= columns and rows >= ROWS:
        return ["".join("██" if dot else "  " for dot in row) for row in dots]
    if width <= columns and 2 * rows > ROWS:
        dots.append([False] * width)
        pairs = zip(dots[::2], dots[1::2], strict=True)
        return [_halves(upper, lower) for upper, lower in pairs]
    return [code]


def letter(character: str) -> tuple[str, ...]:
    """Return the rows of one letter, a # for each dot; raises KeyError for what no code has."""
    rows = bytes.fromhex(_DOTS[character])
    return tuple(f"{row:0{COLUMNS}b}".replace("0", ".").replace("1", "#") for row in rows)


def _row(code: str, number: int) -> list[bool]:
    """Return one row of dots."""
    row: list[bool] = []
    for letter in code:
        bits = bytes.fromhex(_DOTS[letter])[number]
        row += [bool(bits >> COLUMNS - 1 - column & 1) for column in range(COLUMNS)]
        row += [False] * GAP
    return row[:-GAP]


def _halves(upper: Sequence[bool], lower: Sequence[bool]) -> str:
    return "".join(_HALVES[2 * above + below] for above, below in zip(upper, lower, strict=True))


class BigCode(Widget):
    """One code; who cannot see it that large reads it in the command below."""

    DEFAULT_CSS = "BigCode { height: auto; width: 1fr; color: $primary; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.code = ""

    def show(self, code: str) -> None:
        """Show a code; nothing for an empty one."""
        if code != self.code:
            self.code = code
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many rows the code takes."""
        return len(draw(self.code, width, ROWS)) if self.code else 0

    def render_line(self, y: int) -> Strip:
        """Return a row of the code."""
        lines = draw(self.code, self.size.width, self.size.height) if self.code else []
        text = lines[y] if y < len(lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(
            self.size.width, self.rich_style
        )
