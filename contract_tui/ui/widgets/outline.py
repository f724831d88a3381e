"""All places at a glance: which one is open, and who else is where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.ui.ink import Ink

BEFORE, BEHIND = "‹", "›"
"""Stand where there are more places before or behind those that are shown."""
WAITING = "•"
"""Stands behind a place at which a note waits for the student."""
DRAFTED = "✎"
"""Stands behind a place for which one has a draft."""
LEAST_ROWS, FOR_PEOPLE = 10, 14
"""Rows that are shown whatever the window is like, and rows that are left for the people below."""
LONGEST_IN_LINE = 20
"""Characters of a heading that are shown where places stand side by side."""
LEAST_CELLS = 8
"""Of the sign and the heading of a place, however many people are there."""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One place."""

    part: PartId
    heading: str
    current: bool
    inks: tuple[Ink, ...]
    """The inks of the others who are in it."""
    is_waiting: bool = False
    """Whether a note there waits for the student."""
    is_drafted: bool = False
    """Whether this person has a draft for it, which nobody else knows of."""


class Outline(Static):
    """The places, one below the other or side by side; a click goes there.

    Side by side, where not all of them fit, those around the open one are shown.
    """

    DEFAULT_CSS = "Outline { height: auto; }"

    class Chosen(Message):
        """Somebody wants to go to a place."""

        def __init__(self, part: PartId) -> None:
            super().__init__()
            self.part = part

    def __init__(self, *, in_line: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._in_line = in_line
        self._items: Sequence[OutlineItem] = ()
        self._shown = range(0)
        """Which of them stand on the screen."""
        self._ends: list[int] = []

    def show(self, items: Sequence[OutlineItem]) -> None:
        """Show the places as they are now."""
        if items != self._items:
            grown = len(items) != len(self._items)
            self._items = items
            self._draw(layout=grown)

    def on_resize(self) -> None:
        """Show as many as fit now."""
        self._draw()

    def _draw(self, *, layout: bool = False) -> None:
        # One below the other every place has one row, or a click would lead somewhere else.
        widest = 0 if self._in_line else self.content_size.width
        pieces = [piece(item, self._in_line, widest) for item in self._items]
        sizes = [one.cell_len + 1 if self._in_line else 1 for one in pieces]
        current = next((n for n, item in enumerate(self._items) if item.current), 0)
        shown = window(sizes, current, self._room)
        layout = layout or len(shown) != len(self._shown)
        self._shown = shown
        parts = [pieces[n] for n in shown]
        before = [Text(BEFORE)] if shown.start else []
        behind = [Text(BEHIND)] if shown.stop < len(pieces) else []
        if self._in_line:
            line = Text().join(
                [*before, Text(" ").join(parts), Text(" ") if behind else Text(), *behind]
            )
            self.update(line, layout=layout)
        else:
            self.update(Text("\n").join([*before, *parts, *behind]), layout=layout)
        ends = accumulate((sizes[n] for n in shown), initial=len(before))
        self._ends = list(ends)[1:]

    @property
    def _room(self) -> int:
        """How many cells there are, side by side, or rows, one below the other."""
        if self._in_line:
            return self.content_size.width
        above = self.parent if isinstance(self.parent, Widget) else self
        return max(LEAST_ROWS, above.size.height - FOR_PEOPLE)

    async def _on_click(self, event: events.Click) -> None:
        """Go to the place under the mouse; on the sign that there are more, to the next of them."""
        x, y = event.get_content_offset_capture(self)
        index = self._shown.start + bisect_right(self._ends, x if self._in_line else y)
        if 0 <= index < len(self._items):
            self.post_message(self.Chosen(self._items[index].part))


def window(widths: Sequence[int], current: int, room: int) -> range:
    """Return which of some pieces to show in a row, the current one among them.

    As near to the first as shows the one behind the current as well, where there is one.
    """
    first, wanted = 0, min(current + 1, len(widths) - 1)
    while first < current and _needed(widths, first, wanted + 1) > room:
        first += 1
    last = max(current + 1, first)
    while last < len(widths) and _needed(widths, first, last + 1) <= room:
        last += 1
    return range(first, last if widths else 0)


def _needed(widths: Sequence[int], first: int, last: int) -> int:
    """How many cells a stretch of the pieces takes, with the signs that there are more."""
    signs = len(BEFORE) * (first > 0) + len(BEHIND) * (last < len(widths))
    return sum(widths[first:last]) + signs


def piece(item: OutlineItem, in_line: bool, widest: int = 0) -> Text:
    """Return what stands for one place, of at most so many cells, where a number is given."""
    heading = item.heading
    if in_line and len(heading) > LONGEST_IN_LINE:
        heading = f"{heading[: LONGEST_IN_LINE - 1].rstrip(' …')}…"
    behind = _signs(item)
    style = Style(bold=item.current, reverse=False)
    text = Text(f"{'▸' if item.current else ' '} {heading}", style)
    if widest:
        text.truncate(max(widest - behind.cell_len, LEAST_CELLS), overflow="ellipsis")
    return text.append_text(behind)


def _signs(item: OutlineItem) -> Text:
    """Return what stands behind the heading of a place: what waits there, and who is there."""
    text = Text(" ")
    if item.is_waiting:
        text.append(f"{WAITING} ", Style(dim=True))
    if item.is_drafted:
        text.append(f"{DRAFTED} ", Style(bold=False))
    for ink in item.inks:
        text.append(ink.mark, ink.caret)
        text.append(" ")
    return text
