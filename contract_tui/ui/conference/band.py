"""The band: where the conference is, whose floor it is, what to ask now, and a calm clock.

In small windows it is two lines; where there is room it stands above the text with large digits,
and in very wide windows beside it. Nothing of it moves but the minutes.
"""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.ui.conference.standing import Standing
from contract_tui.ui.touch import IN_A_CONFERENCE, SLIM, by_touch, is_phone
from contract_tui.ui.widgets.big_code import BigCode

_DIGIT = 6
"""Cells of a digit and the gap behind it: as wide as makes it four rows high."""

MENU = "screen.conference_keys"


class Strip(Static):
    """The band in two lines; in a few more, where a window is as narrow as a phone."""

    DEFAULT_CSS = "Strip { height: auto; padding: 0 1; background: $panel; display: none; }"

    def __init__(self) -> None:
        super().__init__("", id="conference-strip", markup=False)
        self._standing: Standing | None = None
        self._is_slim = False

    def on_resize(self) -> None:
        """Be as many lines as the window needs."""
        is_slim = self.app.size.width < SLIM
        if self._standing is not None and is_slim is not self._is_slim:
            self.show(self._standing)

    def show(self, standing: Standing) -> None:
        """Write where one is beside the clock, and below it what is asked, or wants to be known."""
        self._standing, self._is_slim = standing, self.app.size.width < SLIM
        if is_phone(self.app):
            standing = _touched(standing)
        place, said = _place(standing), _said(standing, self.app.theme_variables)
        if self._is_slim:
            times = Text(standing.time_in_short)
            self.update(Text("\n").join(one for one in (place, times, said) if one))
            return
        lines = Table.grid(expand=True, padding=(0, 0, 0, 2))
        lines.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        lines.add_column(justify="right", no_wrap=True)
        lines.add_row(place, standing.time_in_short)
        whole = Table.grid(expand=True)
        whole.add_column(no_wrap=True, overflow="ellipsis")
        whole.add_row(lines)
        for line in said.split("\n"):
            whole.add_row(line)
        self.update(whole)

    async def _on_click(self, _event: events.Click) -> None:
        """Show all that can be done in the conference."""
        await self.run_action(MENU)


def _touched(standing: Standing) -> Standing:
    """Return what the band says where it is tapped: it names no keys that a phone has not."""
    asks, note = (by_touch(one, IN_A_CONFERENCE) for one in (standing.asks, standing.note))
    return replace(standing, asks=asks, note=note)


class Panel(Widget):
    """The band where there is room: every line of it apart, and the minutes in large digits."""

    DEFAULT_CSS = """
    Panel {
        display: none; layout: horizontal; height: auto; padding: 0 2; background: $panel;
        & .said { width: 1fr; height: auto; min-height: 4; }
        & .said Static { height: auto; }
        & .place { text-style: bold; color: $primary; }
        & .floor { color: $foreground 85%; }
        & .clock { layout: horizontal; width: auto; height: auto; }
        & .time { width: auto; padding: 1 0 0 1; color: $foreground 85%; }
        & BigCode { color: $foreground 85%; }
    }
    Panel.-beside {
        layout: vertical; padding: 1 2; margin: 1 1 1 0;
        & .said { width: 1fr; }
        & .said Static { margin: 0 0 1 0; }
        & .clock { layout: vertical; width: 1fr; }
        & .time { width: 1fr; padding: 1 0 0 0; }
    }
    """

    def __init__(self, *, is_beside: bool) -> None:
        super().__init__(classes="-beside" if is_beside else "-above")
        self._place = Static("", classes="place", markup=False)
        self._floor = Static("", classes="floor", markup=False)
        self._asks = Static("", classes="asks", markup=False)
        self._note = Static("", classes="note", markup=False)
        self._time = Static("", classes="time", markup=False)
        self._digits = BigCode()

    def compose(self) -> ComposeResult:
        """Put the clock behind what is said."""
        with Vertical(classes="said"):
            yield self._place
            yield self._floor
            yield self._asks
            yield self._note
        with Vertical(classes="clock"):
            yield self._digits
            yield self._time

    def show(self, standing: Standing) -> None:
        """Write every line that there is something to say in."""
        colors = self.app.theme_variables
        for line, text in (
            (self._place, standing.place),
            (self._floor, standing.floor),
            (self._asks, standing.asks),
            (self._note, standing.note),
            (self._time, standing.time),
        ):
            line.display = bool(text)
            line.update(_noted(text, colors) if line is self._note else text)
        self._digits.display = bool(standing.minutes)
        self._digits.styles.width = _DIGIT * len(standing.minutes) or 1
        self._digits.show(standing.minutes)

    async def _on_click(self, _event: events.Click) -> None:
        """Show all that can be done in the conference."""
        await self.run_action(MENU)


class Band:
    """The same band in its three shapes; the style sheet decides which one is seen."""

    def __init__(self) -> None:
        self.strip, self.above, self.beside = Strip(), Panel(is_beside=False), Panel(is_beside=True)
        self.shown: Standing | None = None
        self._theme = ""

    def show(self, standing: Standing | None) -> None:
        """Show where a conference is; nothing where none goes on."""
        theme = self.strip.app.theme
        if standing == self.shown and theme == self._theme:
            return
        self.shown, self._theme = standing, theme
        if standing is not None:
            for shape in (self.strip, self.above, self.beside):
                shape.show(standing)
        self.strip.screen.set_class(standing is not None, "-conferring")


def _place(standing: Standing) -> Text:
    place = Text(standing.place, Style(bold=True))
    if standing.floor_in_short:
        place.append(f" · {standing.floor_in_short}", Style(bold=False))
    return place


def _said(standing: Standing, colors: dict[str, str]) -> Text:
    return _noted(standing.note, colors) if standing.note else Text(standing.asks)


def _noted(note: str, colors: dict[str, str]) -> Text:
    return Text(note, Style(color=colors["accent"]))
