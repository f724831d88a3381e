"""The timeline: every turn as a letter in its author's colour, and where among them one is.

It walks by itself, for nothing may come between a key and what it shows; the screen is told that
it moved, and looks at the walk.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from contract_tui.contract.schema import PartId
from contract_tui.history.walk import Walk
from contract_tui.language import _
from contract_tui.ui.people import Inks
from contract_tui.ui.timeline import words
from contract_tui.ui.timeline.pace import reading_time
from contract_tui.ui.timeline.picture import GUTTER, Cell, Picture, line, right_sign, strip
from contract_tui.ui.timeline.track import Track

ROWS = 4
NAMES, TURNS, RAIL, SAID = range(ROWS)


class Timeline(Widget, can_focus=True):
    """Turns in a row, with a knob below the one that is shown, and words for it."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", _("Earlier"), show=False),
        Binding("right", "step(1)", _("Later"), show=False),
        Binding("shift+left", "change(-1)", _("One change back"), show=False),
        Binding("shift+right", "change(1)", _("One change on"), show=False),
        Binding("pageup", "chapter(-1)", _("Chapter before"), show=False),
        Binding("pagedown", "chapter(1)", _("Next chapter"), show=False),
        Binding("home", "first", _("First words"), show=False),
        Binding("end", "last", _("Today"), show=False),
        # At most 14 columns.
        Binding("space", "play", _("Play")),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--name",
        "timeline--here",
        "timeline--rail",
        "timeline--window",
        "timeline--knob",
        "timeline--sign",
        "timeline--off",
        "timeline--said",
    }
    DEFAULT_CSS = """
    Timeline {
        width: 1fr;
        height: 4;
        background: $surface;
        & .timeline--name { color: $secondary; }
        & .timeline--here { color: $foreground; text-style: bold; }
        & .timeline--rail { color: $frame; }
        & .timeline--window { color: $secondary; }
        & .timeline--knob { color: $foreground; text-style: bold; }
        & .timeline--sign { color: $primary; text-style: bold; }
        & .timeline--off { color: $frame; }
        & .timeline--said { color: $foreground; }
        &:focus .timeline--knob { color: $primary; }
        &:focus .timeline--said { text-style: bold; }
    }
    """

    class Told(Message):
        """Something about a timeline."""

        def __init__(self, timeline: Timeline) -> None:
            super().__init__()
            self.timeline = timeline

        @property
        def control(self) -> Timeline:
            """The timeline it is about."""
            return self.timeline

    class Moved(Told):
        """Another place of the past is shown."""

    class Played(Told):
        """It has begun to play by itself, or stopped."""

    def __init__(self, walk: Walk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.walk = walk
        self._inks = Inks({})
        self._headings: Mapping[PartId, str] = {}
        self.for_whom: words.ForWhom = words.for_nobody
        self._track = Track((), 0, 1)
        self._names: Sequence[tuple[str, ...]] = ()
        self._made_of: object = None
        self._styles_of: dict[str, Style] = {}
        """How each kind of thing is painted, until the style changes."""
        self._waiting: asyncio.TimerHandle | None = None
        """What leads on to the next turn while it plays."""
        self._dragging: int | None = None

    @property
    def playing(self) -> bool:
        """Whether it goes on from turn to turn by itself."""
        return self._waiting is not None

    @property
    def said(self) -> str:
        """Where one is, in words."""
        room = self.size.width - 2 or None
        return words.said(self.walk, self._headings, None, room, self.for_whom)

    def show(self, inks: Inks, headings: Mapping[PartId, str]) -> None:
        """Show everybody in their inks, and the parts under their headings."""
        self._inks, self._headings = inks, headings
        self.refresh()

    def look(self) -> None:
        """Look at the walk again, after somebody else moved it or it changed."""
        self.refresh()

    # Moving

    def action_step(self, by: int) -> None:
        """Go on by some turns, or back."""
        self._tell(self.walk.step(by))

    def action_change(self, by: int) -> None:
        """Go on by some single changes, or back."""
        self._tell(self.walk.step_version(by))

    def action_chapter(self, by: int) -> None:
        """Go to where another chapter begins."""
        self._tell(self.walk.step_chapter(by))

    def action_first(self) -> None:
        """Go to the first turn."""
        self._tell(self.walk.first())

    def action_last(self) -> None:
        """Go to the last turn."""
        self._tell(self.walk.last())

    def _tell(self, moved: bool) -> None:
        if moved:
            self.refresh()
            self.post_message(self.Moved(self))

    # Playing

    def action_play(self) -> None:
        """Go on from turn to turn, from the beginning if it is at the end; or stop that."""
        if self.playing:
            self.stop()
        elif self.walk.turn is not None:
            if self.walk.at_end:
                self._tell(self.walk.first())
            self._wait()
            self._tell_playing()

    def stop(self) -> None:
        """Stay where it is."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
            self._tell_playing()

    def _wait(self) -> None:
        """Stay for as long as this turn takes to be read.

        A timer of Textual's is never heard of again if the program was busy when it was due.
        """
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(self.pause, self._due)

    def _due(self) -> None:
        """Go on as soon as everything is done that came before."""
        waiting = self._waiting
        self.call_later(lambda: self._play_on(waiting))

    @property
    def pause(self) -> float:
        """Seconds that the turn that is shown stays while it plays."""
        return reading_time(self.walk)

    def _play_on(self, waiting: asyncio.TimerHandle | None) -> None:
        if waiting is None or waiting is not self._waiting:
            return
        moved = self.walk.step(1)
        if moved and not self.walk.at_end:
            self._wait()
        else:
            self.stop()
        self._tell(moved)

    def _tell_playing(self) -> None:
        self.refresh()
        self.post_message(self.Played(self))

    # Keys and mouse

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key means here and now, so that none overtakes another; any stops playing."""
        played = self.playing
        self.stop()
        if (event.key == "space" and played) or (event.key == "escape" and played):
            event.stop()
            event.prevent_default()
            return
        for binding in self._bindings.get_bindings_for_key(event.key) if self._knows(event) else ():
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)

    def _knows(self, event: events.Key) -> bool:
        return event.key in self._bindings.key_to_bindings

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to the turn under the mouse, or do what the sign there says."""
        at = event.get_content_offset_capture(self)
        sign = self._sign_under(at.x, at.y)
        if sign is not None:
            played = self.playing
            self.stop()
            if sign != "play" or not played:
                await self.run_action(sign)
        elif at.y in (NAMES, TURNS, RAIL):
            self.stop()
            self._dragging = at.y
            self.capture_mouse()
            self._go_under(at.x)

    async def _on_mouse_move(self, event: events.MouseMove) -> None:
        """Go along with the mouse."""
        if self._dragging is not None:
            self._go_under(event.get_content_offset_capture(self).x)

    async def _on_mouse_up(self, _event: events.MouseUp) -> None:
        """Stay where the mouse let go."""
        self._let_go()

    def _on_hide(self, _event: events.Hide) -> None:
        """Stay when the screen goes away under the mouse."""
        self._let_go()
        self.stop()

    def on_unmount(self) -> None:
        """Wait for nothing any more."""
        if self._waiting is not None:
            self._waiting.cancel()

    def _on_blur(self, _event: events.Blur) -> None:
        """Stay when the keys go elsewhere."""
        self.stop()

    def _let_go(self) -> None:
        if self._dragging is not None:
            self._dragging = None
            self.release_mouse()

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on by a turn."""
        event.stop()
        self.stop()
        self.action_step(1)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back by a turn."""
        event.stop()
        self.stop()
        self.action_step(-1)

    def _sign_under(self, x: int, y: int) -> str | None:
        """Return the action of a sign."""
        if y == TURNS and x < GUTTER:
            return "step(-1)"
        if y == TURNS and abs(x - right_sign(self.track)) <= 1:
            return "step(1)"
        return "play" if y == RAIL and x < GUTTER else None

    def _go_under(self, x: int) -> None:
        """Go to the turn nearest to a column."""
        track = self.track
        index = track.share(x - GUTTER) if self._dragging == RAIL else track.nearest(x - GUTTER)
        if index >= 0:
            self._tell(self.walk.go(index))

    # Painting

    @property
    def track(self) -> Track:
        """Where each turn stands."""
        walk, mark = self.walk, self._mark_size()
        made_of = walk.turns, walk.chapters, self.size.width, mark
        if made_of != self._made_of:
            self._made_of = made_of
            self._names = words.called(walk.history)
            width = self.size.width - 2 * GUTTER
            begins, many, has_tail = walk.route.begins, len(walk.turns), bool(walk.route.last)
            self._track = Track(begins, many, width, mark, has_tail=has_tail)
        if walk.index >= 0:
            begin = bisect_right(walk.route.begins, walk.index) - 1
            self._track.keep_in_sight(walk.index, walk.route.begins[begin])
        return self._track

    def _mark_size(self) -> int:
        """How many columns the widest mark of anybody takes."""
        inks = (*self._inks.by_seat.values(), *self._inks.doubted.values())
        return max((cell_len(ink.mark) for ink in inks), default=1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many rows there are."""
        return ROWS

    def render_line(self, y: int) -> Strip:
        """Return a row: names of chapters, turns, the rail, or words."""
        return strip(self._cells(y), self.size.width, self.rich_style)

    def _cells(self, y: int) -> Iterable[Cell]:
        if y == SAID:
            return line(self.said, self.size.width, self._style("said"))
        track = self.track
        picture = Picture(self.walk, track, self._inks, self._names, self._style)
        rows = {NAMES: picture.chapters, TURNS: picture.turns}
        if y in rows:
            return rows[y]()
        return picture.rail(self.playing) if y == RAIL else ()

    def notify_style_update(self) -> None:
        """Look up anew how everything is painted."""
        self._styles_of.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        """Return how something is painted; Textual would work it out again for each painting."""
        if name not in self._styles_of:
            found = self.get_component_rich_style(f"timeline--{name}", partial=True)
            self._styles_of[name] = found
        return self._styles_of[name]
