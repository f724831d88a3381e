"""A menu of all places, each with the key that leads there: two keys, and one is anywhere.

Where there are more than a window or the keyboard has room for, Space turns to the next sheet.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.ui.widgets.sheets import ABOVE, GAP, KEYS, Room, Sheet, Way, sheets

__all__ = ["GoTo", "Way"]

_MORE_PLACES = _("Space: more")


class GoTo(Static, can_focus=True):
    """Lies in front of the text while it is open; whatever takes the focus closes it."""

    # Taken before the menu sees them: what is typed behind them in one burst goes to that place.
    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("escape,ctrl+g", "go_back", _("Back"), key_display="escape", priority=True),
        Binding("up,left", "step(-1)", show=False, priority=True),
        Binding("down,right", "step(1)", show=False, priority=True),
        # At most 14 columns.
        Binding("enter", "take", _("Go"), priority=True),
        *(
            Binding(f"{key},{key.upper()}", f"go('{key}')", show=False, priority=True)
            for key in KEYS
        ),
        Binding("space,pagedown", "turn(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    GoTo {
        display: none;
        layer: above;
        width: auto;
        height: auto;
        max-width: 100%;
        padding: 0 1;
        margin: 1 2;
        border: round $primary;
        border-title-color: $primary;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(
        self,
        title: str,
        go: Callable[[PartId], Awaitable[None]],
        *,
        id: str = "go-to",  # noqa: A002 - the name every widget has for it
    ) -> None:
        super().__init__("", id=id, markup=False)
        self.border_title = title
        self._go = go
        self._sheets: list[Sheet] = [{}]
        self._sheet = 0
        """Which of them is shown."""
        self._at = 0
        self._columns: list[list[str]] = []
        """The keys of the lines from the top, and what stands above some of them."""
        self._before: Widget | None = None

    def open(self, ways: Sequence[Way]) -> None:
        """Show where one can go, and take the keys."""
        size = self.screen.size
        room = Room(max(1, size.height - 6), max(1, size.width - 8))
        self._sheets, self._sheet = sheets(ways, room), 0
        self._at = next((n for n, way in enumerate(self._ways.values()) if way.is_current), 0)
        self._before = self.screen.focused
        self.display = True
        self._draw()
        self.screen.set_focus(self, scroll_visible=False)

    def call_them(self, labels: Mapping[PartId, str]) -> None:
        """Call the places by other names; the keys stay as they are while somebody looks."""
        if self.display:
            called = [
                {
                    key: replace(way, label=labels.get(way.part, way.label))
                    for key, way in sheet.items()
                }
                for sheet in self._sheets
            ]
            if called != self._sheets:
                self._sheets = called
                self._draw()

    async def action_go(self, key: str) -> None:
        """Go where a key leads."""
        always = {way.letter: way for way in self._sheets[0].values() if way.letter}
        if way := self._ways.get(key) or always.get(key):
            self.display = False
            await self._go(way.part)

    async def action_take(self) -> None:
        """Go where the arrow stands."""
        await self.action_go(list(self._ways)[self._at])

    def action_step(self, by: int) -> None:
        """Move the arrow, to another sheet from the end of this one."""
        self._at += by
        if not 0 <= self._at < len(self._ways):
            self._sheet = (self._sheet + by) % len(self._sheets)
            self._at = 0 if by > 0 else len(self._ways) - 1
        self._draw()

    def action_turn(self, by: int) -> None:
        """Show the next sheet, or the one before, if there are several."""
        if len(self._sheets) > 1:
            self._sheet = (self._sheet + by) % len(self._sheets)
            self._at = 0
            self._draw()

    def action_go_back(self) -> None:
        """Stay where one was."""
        self.display = False
        self.screen.set_focus(self._before)

    def _on_blur(self, _event: events.Blur) -> None:
        """Close: somebody has gone elsewhere."""
        self.display = False

    @property
    def _ways(self) -> Sheet:
        """The lines that are shown, by their keys."""
        return self._sheets[self._sheet]

    async def _on_click(self, event: events.Click) -> None:
        """Go where the mouse points."""
        x, y = event.get_content_offset_capture(self)
        for column in self._columns:
            if x < self._width(column):
                if 0 <= y < len(column) and column[y] in self._ways:
                    await self.action_go(column[y])
                    return
                break
            x -= self._width(column) + GAP
        if len(self._sheets) > 1 and y >= len(self._columns[0]):
            self.action_turn(1)

    def _draw(self) -> None:
        """Write the lines, side by side where they are more than the window has rows."""
        keys = [
            line
            for key, way in self._ways.items()
            for line in (["", f"{ABOVE}{way.above}", key] if way.above else [key])
        ]
        most = max(1, self.screen.size.height - 6)
        self._columns = [keys[at : at + most] for at in range(0, len(keys), most)]
        rows = []
        for y in range(len(self._columns[0])):
            line = Text()
            for column in self._columns:
                piece = self._line(column[y]) if y < len(column) else Text()
                piece.pad_right(self._width(column) + GAP - piece.cell_len)
                line.append_text(piece)
            line.rstrip()
            rows.append(line)
        if len(self._sheets) > 1:
            rows.append(Text(f"  {_MORE_PLACES}", Style(italic=True, dim=True)))
        self.update(Text("\n").join(rows))

    def _width(self, column: list[str]) -> int:
        return max(self._line(key).cell_len for key in column)

    def _line(self, key: str) -> Text:
        """Return one line: its key, its name, who is there; or what stands above others."""
        if key not in self._ways:
            return Text(f"  {key.removeprefix(ABOVE)}", Style(italic=True, dim=True))
        way = self._ways[key]
        here = key == list(self._ways)[self._at]
        sign = "▸" if here else " "
        primary = self.app.theme_variables["primary"]
        text = Text.assemble(
            f"{sign} ",
            (key.upper(), Style(color=primary, bold=True)),
            (f"  {way.label}", Style(bold=way.is_current)),
        )
        for ink in way.inks:
            text.append(" ").append(ink.mark, ink.caret)
        return text
