"""A page that keeps in view what one is in, with its label, and scrolls no further than that."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events, on
from textual.geometry import Offset, Region
from textual.widget import Widget

from contract_tui.ui.pages.fields import FieldEditor
from contract_tui.ui.pages.page import Page
from contract_tui.ui.widgets.editor import messages as told


class Revealing(Page):
    """A page of fields that grow with what is written in them."""

    _held: Widget | None = None
    """What was in view when something above it began to grow."""

    def go_to(self, stop: Widget) -> None:
        """Give the keys to one of the stops; `reveal` then shows all of it."""
        self.screen.set_focus(stop, scroll_visible=False)

    def scroll_to_region(self, region: Region, **_: object) -> Offset:  # noqa: ARG002
        """Leave it to `reveal`: Textual would put what was focused into the middle."""
        return Offset()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Show all of what somebody has come to."""
        self.reveal_soon()

    @on(told.Moved)
    @on(told.Written)
    def _follow_caret(self, event: told.EditorMessage) -> None:
        """Scroll where the caret has left the page."""
        editor = event.editor
        if isinstance(editor, FieldEditor) and not self._window.contains_region(
            editor.caret_region
        ):
            self.reveal_soon()

    @property
    def _window(self) -> Region:
        return self.scrollable_content_region.at_offset(self.content_region.offset)

    def reveal_soon(self, times: int = 3) -> None:
        """Reveal after the next painting, and again: what opens there takes rows one by one."""
        if times:
            self.reveal()
            self.call_after_refresh(self.reveal_soon, times - 1)

    def reveal(self) -> None:
        """Scroll no further than is needed to see what one is in, with its label."""
        focused = self.screen.focused
        if focused is None or self not in focused.ancestors:
            return
        window = self._window
        for region in self._surroundings(focused):
            if region.height <= window.height:
                top, bottom = region.y - window.y, region.bottom - window.bottom
                by = top if top < 0 else max(0, bottom)
                if by:
                    self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)
                break
        if isinstance(focused, FieldEditor):
            self.call_after_refresh(focused.put_cursor)

    def keep_in_view(self, growing: Widget) -> None:
        """Keep the stop in view that one is at below something which grows."""
        focused = self.screen.focused
        if focused is None or self not in focused.ancestors:
            return
        is_below = growing.region and focused.region.y >= growing.region.bottom
        is_held = focused is self._held or self._window.contains_region(focused.region)
        self._held = focused if is_below and is_held else None
        if self._held:
            self.reveal_soon()

    def _surroundings(self, focused: Widget) -> Iterator[Region]:
        """Yield what should be seen with the focused widget, the largest first."""
        around = [one for one in focused.ancestors_with_self if isinstance(one, Widget)]
        for name in ("card", "asking", "field"):
            yield from (one.region for one in around if one.has_class(name))
        if isinstance(focused, FieldEditor):
            yield focused.caret_region
        else:
            yield focused.region
