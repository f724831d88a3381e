"""One choice of several that are worth the same: side by side, in equal boxes, without a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from contract_tui.language import _

GAP = 1
OPEN = ""
"""What is chosen while nothing is."""
SIGN = 2
"""Cells of the sign in front of a label."""


class ChoiceBar(Widget, can_focus=True):
    """Boxes to choose one from; choosing the chosen one again leaves it open."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        # Heard before any other key: what is typed behind them may belong to somewhere else.
        Binding("left,up", "step(-1)", _("Before"), show=False, priority=True),
        Binding("right,down", "step(1)", _("After"), show=False, priority=True),
        Binding("space,enter", "choose", _("Choose"), show=False, priority=True),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--chosen", "choice--here"}
    DEFAULT_CSS = """
    ChoiceBar {
        height: auto;
        padding: 0 0 0 3;
        & .choice--chosen { color: $primary; text-style: bold; }
        & .choice--here { background: $primary; color: $background; }
    }
    """

    chosen: reactive[str] = reactive(OPEN)
    locked: reactive[bool] = reactive(False)
    _here: reactive[int] = reactive(0)

    class Chosen(Message):
        """Somebody wants this, or, with OPEN, wants to leave it open."""

        def __init__(self, bar: ChoiceBar, choice: str) -> None:
            super().__init__()
            self.bar = bar
            self.choice = choice

    def __init__(
        self,
        labels: Mapping[str, str],
        *,
        required: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._labels = labels
        self._required = required
        """Whether one has to be chosen: then the bar keeps it, and arrows choose."""
        self._box = max(map(len, labels.values())) + SIGN + 2

    def _columns(self, width: int) -> int:
        """Return how many boxes stand side by side, so that no row is much shorter than another."""
        fitting = max(1, min(len(self._labels), (width + GAP) // (self._box + GAP)))
        rows = -(-len(self._labels) // fitting)
        return -(-len(self._labels) // rows)

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 - Textual's signature
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """Return how many rows the boxes take."""
        return -(-len(self._labels) // self._columns(width))

    def render_line(self, y: int) -> Strip:
        """Return a row of boxes; none where Textual paints once more what has gone."""
        if self.parent is None:
            return Strip.blank(self.size.width)
        base = self.rich_style
        columns = self._columns(self.size.width)
        segments = []
        for index in range(y * columns, min((y + 1) * columns, len(self._labels))):
            segments += [Segment(self._text_of(index), base + self._style_of(index))]
            segments += [Segment(" " * GAP, base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _text_of(self, index: int) -> str:
        """Return what stands in a box."""
        choice, label = list(self._labels.items())[index]
        sign = "◉" if choice == self.chosen else "○"
        return f" {sign} {label}".ljust(self._box)

    def _style_of(self, index: int) -> Style:
        """Return the style of a box."""
        if self.has_focus and index == self._here:
            return self.get_component_rich_style("choice--here")
        if list(self._labels)[index] == self.chosen:
            return self.get_component_rich_style("choice--chosen")
        return Style()

    def watch_chosen(self, chosen: str) -> None:
        """Be at the chosen box, unless somebody goes about among the others."""
        if self._required or not self.has_focus:
            self._here = list(self._labels).index(chosen) if chosen in self._labels else 0

    def action_step(self, by: int) -> None:
        """Go to another box."""
        self._here = (self._here + by) % len(self._labels)
        if self._required:
            self.action_choose()

    def action_choose(self) -> None:
        """Choose the box one is at."""
        choice = list(self._labels)[self._here]
        if self._required:
            self.chosen = choice
        elif not self.locked:
            self.post_message(self.Chosen(self, OPEN if choice == self.chosen else choice))

    async def _on_click(self, event: events.Click) -> None:
        """Choose the box under the mouse."""
        x, y = event.get_content_offset_capture(self)
        columns = self._columns(self.size.width)
        column = x // (self._box + GAP)
        index = y * columns + column
        if 0 <= column < columns and 0 <= index < len(self._labels):
            self._here = index
            self.action_choose()

    def _on_focus(self, _event: events.Focus) -> None:
        """Show where one is."""
        self.refresh()

    def _on_blur(self, _event: events.Blur) -> None:
        """Show that one is elsewhere."""
        self.refresh()
