"""The view: a text on the screen, who wrote it, and where everybody is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.ink import Ink
from contract_tui.ui.widgets.editor.asides import Decor, Page
from contract_tui.ui.widgets.editor.layout import Damage, Layout
from contract_tui.ui.widgets.editor.messages import Moved
from contract_tui.ui.widgets.editor.painting import MARGIN
from contract_tui.ui.widgets.editor.port import PartPort
from contract_tui.ui.widgets.editor.remote import Remote
from contract_tui.ui.widgets.editor.scene import AuthorRun, Look, Scene

CARET_CELLS = 1
"""Kept free at the end of every row."""
MORE = "…"
"""Stands at the end of the only row that is shown of several."""
InkOf = Callable[[bytes], Ink | None]


class TextView(ScrollView, can_focus=True):
    """A shared text as it stands, with everybody's carets."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "editor--caret",
        "editor--selection",
        "editor--prompt",
    }
    DEFAULT_CSS = """
    TextView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        pointer: text;
        & .editor--caret { background: $foreground; color: $background; }
        & .editor--selection { background: $primary; color: $background; }
        & .editor--prompt { color: $foreground 75%; text-style: italic; }
    }
    """

    def __init__(
        self,
        port: PartPort,
        *,
        prompt: str = "",
        id: str | None = None,  # noqa: A002 - the name every widget has for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.port = port
        self.page = Page(port.text)
        self.caret = 0
        self.pivot = 0
        self.prompt = prompt
        self.remotes: Sequence[Remote] = ()
        self.decor = Decor()
        self._version = port.version
        self._ink_of: InkOf = lambda _actor: None
        self._authors_shown = True
        self._scene: Scene | None = None
        self._look: Look | None = None
        """How its kinds of text are painted, until its style changes."""
        self._height = 0
        """Rows on the screen; 0 before the first painting."""

    @property
    def text(self) -> str:
        """The text as it is shown."""
        return self.page.text

    @property
    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected; equal if nothing is."""
        return min(self.caret, self.pivot), max(self.caret, self.pivot)

    def show_people(self, remotes: Sequence[Remote], ink_of: InkOf, *, authors: bool) -> None:
        """Show where others are and, if wished, who wrote what."""
        repainted = authors != self._authors_shown or ink_of != self._ink_of
        moved = set(remotes) ^ set(self.remotes)
        self.remotes, self._ink_of, self._authors_shown = remotes, ink_of, authors
        if repainted:
            self.refresh()
        for remote in moved:
            self._repaint(Damage(self.page.y_of(remote.start), self.page.y_of(remote.end)))

    def put_beside(self, decor: Decor) -> None:
        """Show what stands beside the words; what the person reads stays in place."""
        if decor == self.decor:
            return
        held, distance = self._held_place()
        before, self.decor = self.page.height, decor
        self.page.put_beside(decor.asides)
        self._measure()
        self._scroll_to_row(self.page.y_of(held) - distance)
        self._place_terminal_cursor()
        self.refresh(layout=self.page.height != before)

    def ask(self, prompt: str) -> None:
        """Show this where nothing is written yet."""
        if prompt != self.prompt:
            self.prompt = prompt
            self.refresh()

    # Following the text

    def catch_up(self) -> None:
        """Show what others have changed; what the person reads and writes stays in place."""
        if self.port.version == self._version and self.text == self.port.text:
            return
        held, distance = self._held_place()
        for splice in self.take():
            held = splice.map(held)
        self.caret, self.pivot = self.page.boundary(self.caret), self.page.boundary(self.pivot)
        self._scroll_to_row(self.page.y_of(held) - distance)
        self._place_terminal_cursor()

    def take(self) -> Sequence[Splice]:
        """Bring the shown text up to the port's, and everybody's places; return what was done."""
        splices, was_empty = self.port.since(self._version), not self.text
        self._version = self.port.version
        for splice in splices or ():
            self._repaint(self.page.replace(splice))
            self.caret, self.pivot = splice.map(self.caret), splice.map(self.pivot)
            self.remotes = [remote.through(splice) for remote in self.remotes]
            self.decor = self.decor.through(splice)
        if splices is None or self.text != self.port.text:
            self._load(self.port.text)
        if was_empty != (not self.text):  # the question takes rows that the text does not
            self._repaint(Damage(0, None))
        self._measure()
        return splices or ()

    def _measure(self) -> None:
        """Say how high the text is."""
        self.virtual_size = Size(0, self.page.height)

    def _load(self, text: str) -> None:
        """Show a text of which it is not known how it came from the one before."""
        self.page.load(text)
        self.caret, self.pivot = min(self.caret, len(text)), min(self.pivot, len(text))
        self._repaint(Damage(0, None))

    def _held_place(self) -> tuple[int, int]:
        """Return the offset that must not move on the screen, and its distance from the top."""
        top = self.scroll_offset.y
        if self.has_focus and self._shows_caret():
            return self.caret, self.page.y_of(self.caret) - top
        held = self.page.row(top).start
        return held, self.page.y_of(held) - top

    def _shows_caret(self) -> bool:
        """Whether the row with the caret is among those on the screen."""
        y = self.page.y_of(self.caret) - self.scroll_offset.y
        return 0 <= y < self._height

    # Where the person is

    def place(self, caret: int, pivot: int | None = None) -> None:
        """Put the caret somewhere; the selection ends there too, or at `pivot`."""
        self._repaint(self._selected_rows())
        self.caret = self.page.boundary(caret)
        self.pivot = self.caret if pivot is None else self.page.boundary(pivot)
        self._repaint(self._selected_rows())
        self.show_caret()
        self.post_message(Moved(self))

    def show_caret(self) -> None:
        """Scroll no further than is needed to see the caret."""
        y, top = self.page.y_of(self.caret), self.scroll_offset.y
        self._scroll_to_row(min(max(top, y - max(1, self._height) + 1), y))
        self._place_terminal_cursor()

    def _selected_rows(self) -> Damage:
        """Return the rows that show the caret and the selection."""
        start, end = self.selection
        return Damage(self.page.y_of(start), self.page.y_of(end))

    def _scroll_to_row(self, y: int) -> None:
        """Let the view begin at a row, as far as there are rows."""
        if y != self.scroll_offset.y:
            self.scroll_to(y=max(0, y), animate=False, force=True)

    def _place_terminal_cursor(self) -> None:
        """Put the terminal's own cursor at the caret: input methods open their windows there."""
        if self.has_focus:
            x, y = self.page.cell_of(self.caret)
            inside = self.content_region.offset + Offset(MARGIN, -self.scroll_offset.y)
            self.app.cursor_position = inside + Offset(x, y)

    def _on_resize(self, _event: events.Resize) -> None:
        """Break the rows anew and keep what is read where it was."""
        if not self.size.area:
            return
        held, distance = self._held_place()
        shown = self._shows_caret() or not self._height
        self._height = self.scrollable_content_region.height
        self.page.resize(self.scrollable_content_region.width - MARGIN - CARET_CELLS)
        self.virtual_size = Size(0, self.page.height)
        self._scroll_to_row(self.page.y_of(held) - distance)
        if shown and self.has_focus:
            self.show_caret()
        self.refresh()

    def _on_focus(self, _event: events.Focus) -> None:
        """Show the caret."""
        self._repaint(self._selected_rows())
        self._place_terminal_cursor()

    def _on_blur(self, _event: events.Blur) -> None:
        """Hide the caret."""
        self._repaint(self._selected_rows())

    # Painting

    def _repaint(self, damage: Damage) -> None:
        """Paint these rows again, as far as they can be seen."""
        top, height = self.scroll_offset.y, self.size.height
        first = max(damage.first - top, 0)
        last = height - 1 if damage.last is None else min(damage.last - top, height - 1)
        if first <= last:
            width = self.scrollable_content_region.width
            self.refresh(Region(0, first, width, last - first + 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Look up everything that all rows need, then paint them.

        Textual may paint once more what was taken off the screen, and has thrown its styles away.
        """
        if self.parent is None:
            return [Strip.blank(crop.width) for _ in range(crop.height)]
        self._scene = self._see()
        return super().render_lines(crop)

    def _see(self) -> Scene:
        """Return what there is to be painted."""
        caret = self.caret if self.has_focus else None
        remotes, places = self.remotes, self.selection
        signs = self.decor.signs
        look = self._looked_up()
        return Scene(self.text, self._authors, remotes, places, caret, look, signs=signs)

    def notify_style_update(self) -> None:
        """Look up anew how everything is painted."""
        self._look = None
        super().notify_style_update()

    def _looked_up(self) -> Look:
        """Return how everything is painted; Textual would work it out again for each painting."""
        if self._look is None:
            style_of = self.get_component_rich_style
            self._look = Look(
                self.rich_style,
                style_of("editor--caret"),
                style_of("editor--selection"),
                style_of("editor--prompt"),
            )
        return self._look

    def _authors(self, start: int, end: int) -> list[AuthorRun]:
        """Return who wrote what, if that is to be shown."""
        if not self._authors_shown:
            return []
        runs = self.port.author_runs(start, end)
        return [(first, last, self._ink_of(actor)) for first, last, actor in runs]

    def render_line(self, y: int) -> Strip:
        """Return one row of the widget.

        Whatever goes wrong here must not stop the program in the middle of a frame: the row stays
        empty, and the program can still be used and closed.
        """
        width = self.scrollable_content_region.width
        try:
            return self._paint(y + self.scroll_offset.y, width, self._scene or self._see())
        except Exception as error:  # noqa: BLE001 - the root of painting
            self.log.error("a row could not be painted", error)
            return Strip.blank(width, self.rich_style)

    def _paint(self, y: int, width: int, scene: Scene) -> Strip:
        """Return a row of the text, or of what is shown in place of it."""
        if not self.text and self.prompt:
            prompt = Layout(self.prompt, width - MARGIN - CARET_CELLS)
            if y < prompt.height:
                return scene.paint_prompt(prompt.row(y), width)
            y -= prompt.height - 1
        if y >= self.page.height:
            return Strip.blank(width, scene.look.base)
        if beside := self.page.aside_at(y):
            return scene.paint_aside(*beside, width)
        row = self.page.row(y)
        strip = scene.paint(row, width)
        if self.size.height > 1 or y + 1 >= self.page.height:
            return strip
        end = MARGIN + cell_len(row.text.rstrip())
        more = Strip([Segment(MORE, scene.look.base)])
        return Strip.join([strip.crop(0, end), more]).adjust_cell_length(width, scene.look.base)
