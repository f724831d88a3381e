"""A code as large as there is room for, on several lines where that makes it larger."""

from __future__ import annotations

from contract_tui.ui.widgets.big_code import COLUMNS, GAP, ROWS, draw

HALF = (ROWS + 1) // 2
"""Rows of a letter with two dots in each character."""


def spread(code: str, columns: int, rows: int) -> list[str]:
    """Return the lines of a code; the code itself where no large letters fit."""
    for dot, height in ((2, ROWS), (1, HALF)):
        lines = _packed(code, columns // dot)
        if lines and len(lines) * (height + 1) - 1 <= rows:
            drawn = (draw(line, dot * _width(line), height) for line in lines)
            return [row for each in drawn for row in ("", *each)][1:]
    return [code]


def _packed(code: str, width: int) -> list[str]:
    """Return the groups of a code in as few lines as they fit in; none where one does not fit."""
    lines: list[str] = []
    for group in code.split("-"):
        longer = f"{lines[-1]}-{group}" if lines else group
        if lines and _width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(group)
    return lines if all(_width(line) <= width for line in lines) else []


def _width(line: str) -> int:
    return len(line) * (COLUMNS + GAP) - GAP
