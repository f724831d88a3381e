"""The whole contract to be read aloud: large, clean, and scrolled together with whoever leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from contract_tui.contract.values import Heads
from contract_tui.language import _
from contract_tui.session.session import Session
from contract_tui.ui.cells import painted
from contract_tui.ui.conference import words
from contract_tui.ui.conference.aloud_text import Paragraph, paragraphs
from contract_tui.ui.conference.standing import ALOUD
from contract_tui.ui.fitting import fit
from contract_tui.ui.touch import SLIM

PAUSE = 0.5
"""Seconds after a change until it is read: nobody's key waits for that."""


class AloudScreen(ModalScreen[None]):
    """Nothing but words, in reading order."""

    CSS_PATH = "../styles/aloud.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", _("Back")),
        Binding("down,space,enter", "further(1)", priority=True),
        Binding("up,backspace", "further(-1)", priority=True),
        Binding("f10,alt+g", "go_on", priority=True),
    ]

    def __init__(self, session: Session, go_on: Callable[[], object], at: int = 0) -> None:
        """`go_on` is what F10 does; `at` is the paragraph to begin with."""
        super().__init__()
        self._session = session
        self._go_on = go_on
        self._at = at
        self._scroll = VerticalScroll(id="aloud", can_focus=True)
        self._foot = Static("", id="aloud-foot", markup=False)
        self._read: Heads = ()
        self._shown: list[Paragraph] = []
        self._later: Timer | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Put the words above the way back."""
        fit(self)
        self._look()
        with self._scroll:
            yield from self._drawn()
        yield self._foot

    def on_mount(self) -> None:
        """Follow what is written, and who leads."""
        self._unsubscribe = self._session.listen(self._wake)
        self._session.look(ALOUD)
        self.watch(self._scroll, "scroll_y", self._tell, init=False)
        self.watch(self._scroll, "virtual_size", self._laid_out, init=False)
        self.follow_foot()
        self.call_after_refresh(self._arrive)

    def on_unmount(self) -> None:
        """Stop following."""
        self._unsubscribe()

    def _wake(self) -> None:
        """Go along at once, and look at the contract in a moment: others may be writing."""
        self.call_later(self._keep_up)
        if self._later is None and self._session.contract.heads != self._read:
            self._later = self.set_timer(PAUSE, self.follow)

    def _keep_up(self) -> None:
        if self.is_attached:
            self._go_along()
            self.follow_foot()

    async def follow(self) -> None:
        """Show what is written now, and read where whoever leads reads."""
        self._later = None
        if not self.is_attached:
            return
        if self._look():
            at = self.first
            await self._scroll.remove_children()
            await self._scroll.mount_all(self._drawn())
            self.call_after_refresh(self.go_to, at)
        self._go_along()
        self.follow_foot()

    def _arrive(self) -> None:
        """Begin where one was brought to, and tell who follows where that is."""
        if self._at:
            self.go_to(self._at)
        self._go_along()
        self._tell()

    def _laid_out(self) -> None:
        """Go along once it is known what stands where."""
        self.call_after_refresh(self._go_along)

    def _go_along(self) -> None:
        view = self._session.conferring.leading.view
        if view is not None and view.part == ALOUD and view.line != self.first:
            self.go_to(view.line)

    def follow_foot(self) -> None:
        """Say who leads, or how one reads on, and how one goes back: that can be clicked."""
        leading = self._session.conferring.leading
        said = words.ALOUD_LEAD if leading.leads else words.ALOUD_KEYS
        said = words.ALOUD_LED if leading.view is not None else said
        between = "\n" if self.app.size.width < SLIM else "    "
        back = Style(color=self.app.theme_variables["primary"], bold=True)
        way = Text(words.ALOUD_BACK, back + Style(meta={"@click": "screen.close"}))
        self._foot.update(Text(between).join((Text(said), way)))

    def on_resize(self, _event: events.Resize) -> None:
        """Put the way back where there is room for it."""
        self.follow_foot()

    def _look(self) -> bool:
        """Read the contract again, if it has changed; returns whether it reads otherwise."""
        contract = self._session.contract
        if contract.heads == self._read:
            return False
        self._read = contract.heads
        reading = contract.reading(None, self._session.doubtful, answers=False)
        before, self._shown = self._shown, paragraphs(reading)
        return before != self._shown

    def _drawn(self) -> list[Static]:
        found = [Static(painted(one.text), classes=one.kind, markup=False) for one in self._shown]
        return found or [Static(words.NOTHING_TO_READ, classes="aside", markup=False)]

    @property
    def first(self) -> int:
        """Which paragraph stands at the top."""
        top = self._scroll.scroll_y
        heights = [one.virtual_region.bottom for one in self._scroll.children]
        return next((n for n, bottom in enumerate(heights) if bottom > top), 0)

    def go_to(self, number: int) -> None:
        """Let a paragraph stand at the top, as far as there is something below it."""
        children = self._scroll.children
        if children:
            one = children[max(0, min(number, len(children) - 1))]
            self._scroll.scroll_to(y=one.virtual_region.y, animate=False, force=True)

    def _tell(self) -> None:
        """Tell who follows where this person reads."""
        leading = self._session.conferring.leading
        if leading.leads:
            leading.read(self.first)

    def action_further(self, by: int) -> None:
        """Go a few lines on, or back; who is led and scrolls goes their own way."""
        leading = self._session.conferring.leading
        if leading.view is not None:
            leading.leave()
            self.follow_foot()
        rows = max(3, self._scroll.size.height // 3)
        self._scroll.scroll_relative(y=by * rows, animate=False, force=True)

    def action_go_on(self) -> None:
        """Go on in the conference."""
        self._go_on()

    def action_close(self) -> None:
        """Go back to writing; who was led goes their own way."""
        self._session.conferring.leading.leave()
        self.dismiss(None)
