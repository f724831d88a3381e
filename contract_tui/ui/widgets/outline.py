"""The sections at a glance: which one is open, and who else is in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.ui.ink import Ink


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One section."""

    part: PartId
    heading: str
    current: bool
    inks: tuple[Ink, ...]
    """The inks of the others who are in it."""


class Outline(Static):
    """The sections, one below the other or side by side; a click goes there."""

    DEFAULT_CSS = "Outline { height: auto; }"

    class Chosen(Message):
        """Somebody wants to go to a section."""

        def __init__(self, part: PartId) -> None:
            super().__init__()
            self.part = part

    def __init__(self, *, in_line: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._in_line = in_line
        self._items: Sequence[OutlineItem] = ()
        self._ends: list[int] = []

    def show(self, items: Sequence[OutlineItem]) -> None:
        """Show the sections as they are now."""
        if items != self._items:
            grown = len(items) != len(self._items)
            self._items = items
            pieces = [_piece(item) for item in items]
            self._ends = [
                sum(piece.cell_len + 1 for piece in pieces[: n + 1]) for n in range(len(pieces))
            ]
            self.update(Text(" " if self._in_line else "\n").join(pieces), layout=grown)

    async def _on_click(self, event: events.Click) -> None:
        """Go to the section under the mouse."""
        x, y = event.get_content_offset_capture(self)
        index = next((n for n, end in enumerate(self._ends) if x < end), -1) if self._in_line else y
        if 0 <= index < len(self._items):
            self.post_message(self.Chosen(self._items[index].part))


def _piece(item: OutlineItem) -> Text:
    """Return what stands for one section."""
    sign = "▸" if item.current else " "
    text = Text(f"{sign} {item.heading} ", Style(bold=item.current, reverse=False))
    for ink in item.inks:
        text.append(ink.mark, ink.caret)
        text.append(" ")
    return text
