"""Where the caret goes."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import assert_never

import regex

from contract_tui.ui.widgets.editor.layout import Layout

_WORD = regex.compile(r"[\w\p{M}\u200c\u200d'’]+")
_TO_WORD_END = regex.compile(r"[^\w]*[\w\p{M}\u200c\u200d'’]+|[^\w]+")


class Step(StrEnum):
    """A move of the caret."""

    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    ROW_START = auto()
    ROW_END = auto()
    LINE_START = auto()
    LINE_END = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    TEXT_START = auto()
    TEXT_END = auto()


VERTICAL = {Step.UP, Step.DOWN, Step.PAGE_UP, Step.PAGE_DOWN}
"""Steps that keep to the column in which one started, through shorter rows."""


def move(layout: Layout, offset: int, step: Step, *, column: int, page: int) -> int:
    """Return where a step leads; `column` is the one to keep to, `page` is in rows."""
    match step:
        case Step.LEFT:
            return layout.left_of(offset)
        case Step.RIGHT:
            return layout.right_of(offset)
        case Step.UP | Step.DOWN | Step.PAGE_UP | Step.PAGE_DOWN:
            return _vertically(layout, offset, step, column, page)
        case Step.WORD_LEFT:
            return word_start(layout, offset)
        case Step.WORD_RIGHT:
            return word_end(layout, offset)
        case Step.ROW_START:
            return layout.row(layout.y_of(offset)).start
        case Step.ROW_END:
            row = layout.row(layout.y_of(offset))
            return row.end if row.ends_line else layout.left_of(row.end)
        case Step.LINE_START:
            return line_around(layout, offset)[0]
        case Step.LINE_END:
            return line_around(layout, offset)[1]
        case Step.TEXT_START:
            return 0
        case Step.TEXT_END:
            return len(layout.text)
        case _:
            assert_never(step)


def _vertically(layout: Layout, offset: int, step: Step, column: int, page: int) -> int:
    """Return the place in the same column of another row; beyond all rows, an end of the text."""
    rows = 1 if step in (Step.UP, Step.DOWN) else max(1, page - 1)
    if step in (Step.UP, Step.PAGE_UP):
        rows = -rows
    y = layout.y_of(offset)
    target = y + rows
    if abs(rows) > 1 and not 0 <= target < layout.height:
        target = min(max(target, 0), layout.height - 1)
        if target == y:
            target = y + rows
    return layout.offset_at(column, layout.row_of_text(target, down=rows > 0))


def word_start(layout: Layout, offset: int) -> int:
    """Return the start of the word in front of an offset."""
    back = layout.text[max(0, offset - 2000) : offset]
    base = offset - len(back)
    starts = [found.start() for found in _WORD.finditer(back)]
    return layout.boundary(base + starts[-1] if starts else base, forward=False)


def word_end(layout: Layout, offset: int) -> int:
    """Return the end of the word behind an offset."""
    found = _TO_WORD_END.match(layout.text, offset)
    return layout.boundary(found.end() if found else len(layout.text))


def word_around(layout: Layout, offset: int) -> tuple[int, int]:
    """Return start and end of the word at an offset; of the cluster there if it is no word."""
    line = layout.text.rfind("\n", 0, offset) + 1
    for found in _WORD.finditer(layout.text, line):
        if found.start() > offset:
            break
        if found.end() >= offset:
            return layout.boundary(found.start(), forward=False), layout.boundary(found.end())
    start = layout.boundary(offset, forward=False)
    return start, layout.right_of(start)


def line_around(layout: Layout, offset: int) -> tuple[int, int]:
    """Return start and end of the line at an offset."""
    end = layout.text.find("\n", offset)
    return layout.text.rfind("\n", 0, offset) + 1, len(layout.text) if end < 0 else end
