"""A choice on a page: one line with what is chosen, and all that can be chosen while one is there.

None of what can be chosen is more than another: they stand side by side as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isawaitable
from string import ascii_lowercase
from typing import ClassVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui.pages.fields import SILENT
from contract_tui.ui.plain import plain
from contract_tui.ui.widgets.choices import OPEN, SIGN, ChoiceBar


class QuietChoice(ChoiceBar):
    """Boxes that are shown while somebody is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # In the order in which they are pressed, also where others follow in one burst.
        Binding("left,up", "step(-1)", _("Before"), show=False, priority=True),
        Binding("right,down", "step(1)", _("After"), show=False, priority=True),
        Binding("space", "type(' ')", _("Choose"), show=False, priority=True),
        Binding("enter", "pick", _("Choose"), show=False, priority=True),
        *(
            Binding(f"{key},{key.upper()}", f"type('{key}')", show=False, priority=True)
            for key in ascii_lowercase
        ),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--open"}
    DEFAULT_CSS = "QuietChoice .choice--open { color: $foreground 75%; text-style: italic; }"

    def __init__(self, labels: Mapping[str, str], choose: Callable[[str], object]) -> None:
        """`choose` says what was chosen, and may have to be awaited."""
        super().__init__(labels or {"": ""})
        self._choose = choose
        self._is_seen_open = False
        """Whether the boxes were painted: nobody chooses what they have not seen."""
        self._opens = False
        self._typed = ""
        """The letters that somebody typed of the box one is at."""
        self._is_lost = False
        """Whether what somebody typed last is the beginning of no box."""

    def offer(self, labels: Mapping[str, str]) -> None:
        """Offer other things to choose."""
        if labels and labels != self._labels:
            here = list(self._labels)[self._here]
            self._labels = labels
            self._here = list(labels).index(here) if here in labels else 0
            self._box = max(map(len, labels.values())) + SIGN + 2
            self.refresh(layout=True)

    @property
    def said(self) -> str:
        """What is chosen, in words; "" while nothing is."""
        return self._labels.get(self.chosen, "") if self.chosen else ""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows the boxes take; one row while nobody is there."""
        if not self.has_focus:
            return 1
        return super().get_content_height(container, viewport, width)

    def render_line(self, y: int) -> Strip:
        """Return a row of boxes, or what is chosen."""
        self._is_seen_open = self.has_focus
        if self.has_focus or self.parent is None:
            return super().render_line(y)
        open_ = self.rich_style + self.get_component_rich_style("choice--open")
        said = [Segment(self.said, self.rich_style) if self.said else Segment(SILENT, open_)]
        return Strip(said).adjust_cell_length(self.size.width, self.rich_style)

    def action_step(self, by: int) -> None:
        """Go to another box."""
        self._forget()
        super().action_step(by)

    async def action_type(self, key: str) -> None:
        """Go to the box that begins with what is typed; a space behind it chooses that box.

        One that follows words which begin no box was meant for somewhere else, and so was one
        before anybody saw the boxes: neither chooses anything.
        """
        begun, next_ = self._find(self._typed + key, 0), self._find(key, 1)
        if key != " " or (begun is not None and self._typed):
            self._is_lost = begun is None and next_ is None
            self._typed = self._typed + key if begun is not None else key
            found = next_ if begun is None else begun
            self._here = self._here if found is None else found
        elif self._is_seen_open and not self._is_lost:
            await self.action_pick()

    def _find(self, beginning: str, on: int) -> int | None:
        """Return the first box that begins so, from the one that is so far on from here."""
        said, here = [plain(label) for label in self._labels.values()], self._here + on
        turned = [*range(here, len(said)), *range(min(here, len(said)))]
        return next((at for at in turned if said[at].startswith(plain(beginning))), None)

    def _forget(self) -> None:
        self._typed, self._is_lost = "", False

    async def _on_key(self, event: events.Key) -> None:
        """Take the letters of all other alphabets as those that are bound."""
        if event.is_printable and event.character:
            event.stop()
            await self.action_type(event.character)

    async def action_pick(self) -> None:
        """Choose the box one is at; no Enter that ends words which begin no box."""
        was_lost = self._is_lost
        self._forget()
        if was_lost:
            return
        choice = list(self._labels)[self._here]
        if not self.locked:
            await self.say(OPEN if choice == self.chosen else choice)

    async def say(self, choice: str) -> None:
        """Say what was chosen."""
        done = self._choose(choice)
        if isawaitable(done):
            await done

    def _on_blur(self, event: events.Blur) -> None:
        """Begin anew with what is typed when somebody comes back."""
        self._forget()
        super()._on_blur(event)

    async def _on_mouse_down(self, _event: events.MouseDown) -> None:
        """Notice whether there was anything to choose from under the mouse."""
        self._opens = not self._is_seen_open

    async def _on_click(self, event: events.Click) -> None:
        """Choose the box under the mouse; the first click only opens."""
        event.prevent_default()
        if not self._opens:
            await super()._on_click(event)
        self._opens = False


class ChoiceField(Container):
    """A label and a choice."""

    def __init__(
        self, label: str, labels: Mapping[str, str], choose: Callable[[str], object]
    ) -> None:
        """`choose` says in the contract what was chosen."""
        super().__init__(classes="field -choice")
        self._caption = Static(label, classes="caption", markup=False)
        self.bar = QuietChoice(labels, choose)

    def compose(self) -> ComposeResult:
        """Put the label beside or above what is chosen."""
        yield self._caption
        yield self.bar

    def on_mount(self) -> None:
        """Be quiet where nothing is chosen."""
        self.settle()

    def show(self, chosen: str) -> None:
        """Show what is chosen in the contract."""
        if chosen != self.bar.chosen:
            self.bar.chosen = chosen
            self.bar.refresh()
        self.settle()

    def seal(self, locked: bool) -> None:
        """Let nobody choose here who may not."""
        self.bar.locked = locked
        self.bar.can_focus = not locked

    def settle(self) -> None:
        """Be as large as what there is to say."""
        here = self.bar.has_focus
        self.set_class(here, "-here")
        self.set_class(not here and not self.bar.said, "-silent")
        self.display = bool(self.bar.said) or not self.bar.locked

    def on_mouse_down(self) -> None:
        """Go where the label leads."""
        if not self.bar.has_focus and not self.bar.locked:
            self.screen.set_focus(self.bar)

    def on_descendant_focus(self) -> None:
        """Open."""
        self.settle()
        self.bar.refresh(layout=True)

    def on_descendant_blur(self) -> None:
        """Close."""
        self.settle()
        self.bar.refresh(layout=True)

    @on(ChoiceBar.Chosen)
    async def _chosen(self, event: ChoiceBar.Chosen) -> None:
        """Say what the mouse chose; it is no choice of the screen's."""
        event.stop()
        await self.bar.say(event.choice)
