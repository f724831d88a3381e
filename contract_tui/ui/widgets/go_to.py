"""A menu of all places, each with the key that leads there: two keys, and one is anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.ui.ink import Ink

_DIGITS = "123456789"
_GAP = 3
_ABOVE = "above "
"""Begins what stands above lines, which is no key."""


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the menu."""

    part: PartId
    label: str
    letter: str = ""
    """The key that always leads there; "" for the next that is free."""
    is_current: bool = False
    inks: tuple[Ink, ...] = ()
    """The inks of the others who are there."""
    above: str = ""
    """What stands above it, where the lines from here on are of another kind."""


def with_keys(ways: Sequence[Way]) -> dict[str, Way]:
    """Return the ways by their keys, in their order; those for which none is left are missing."""
    taken = {way.letter for way in ways}
    free = iter([one for one in (*_DIGITS, *ascii_lowercase) if one not in taken])
    keyed = {way.letter or next(free, ""): way for way in ways}
    keyed.pop("", None)
    return keyed


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
            for key in (*_DIGITS, *ascii_lowercase)
        ),
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
        self._ways: dict[str, Way] = {}
        self._at = 0
        self._columns: list[list[str]] = []
        """The keys of the lines from the top, and what stands above some of them."""
        self._before: Widget | None = None

    def open(self, ways: Sequence[Way]) -> None:
        """Show where one can go, and take the keys."""
        self._ways = with_keys(ways)
        self._at = next((n for n, way in enumerate(self._ways.values()) if way.is_current), 0)
        self._before = self.screen.focused
        self.display = True
        self._draw()
        self.screen.set_focus(self, scroll_visible=False)

    def call_them(self, labels: Mapping[PartId, str]) -> None:
        """Call the places by other names; the keys stay as they are while somebody looks."""
        if self.display:
            ways = self._ways.items()
            called = {key: replace(way, label=labels.get(way.part, way.label)) for key, way in ways}
            if called != self._ways:
                self._ways = called
                self._draw()

    async def action_go(self, key: str) -> None:
        """Go where a key leads."""
        if way := self._ways.get(key):
            self.display = False
            await self._go(way.part)

    async def action_take(self) -> None:
        """Go where the arrow stands."""
        await self.action_go(list(self._ways)[self._at])

    def action_step(self, by: int) -> None:
        """Move the arrow."""
        self._at = (self._at + by) % len(self._ways)
        self._draw()

    def action_go_back(self) -> None:
        """Stay where one was."""
        self.display = False
        self.screen.set_focus(self._before)

    def _on_blur(self, _event: events.Blur) -> None:
        """Close: somebody has gone elsewhere."""
        self.display = False

    async def _on_click(self, event: events.Click) -> None:
        """Go where the mouse points."""
        x, y = event.get_content_offset_capture(self)
        for column in self._columns:
            if x < self._width(column):
                if 0 <= y < len(column) and column[y] in self._ways:
                    await self.action_go(column[y])
                return
            x -= self._width(column) + _GAP

    def _draw(self) -> None:
        """Write the lines, side by side where they are more than the window has rows."""
        keys = [
            line
            for key, way in self._ways.items()
            for line in (["", f"{_ABOVE}{way.above}", key] if way.above else [key])
        ]
        most = max(1, self.screen.size.height - 6)
        self._columns = [keys[at : at + most] for at in range(0, len(keys), most)]
        rows = []
        for y in range(len(self._columns[0])):
            line = Text()
            for column in self._columns:
                piece = self._line(column[y]) if y < len(column) else Text()
                piece.pad_right(self._width(column) + _GAP - piece.cell_len)
                line.append_text(piece)
            line.rstrip()
            rows.append(line)
        self.update(Text("\n").join(rows))

    def _width(self, column: list[str]) -> int:
        return max(self._line(key).cell_len for key in column)

    def _line(self, key: str) -> Text:
        """Return one line: its key, its name, who is there; or what stands above others."""
        if key not in self._ways:
            return Text(f"  {key.removeprefix(_ABOVE)}", Style(italic=True, dim=True))
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
