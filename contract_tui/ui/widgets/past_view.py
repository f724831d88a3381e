"""A text of the past: it can be read, selected and asked about, and never be changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar, NoReturn

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

from contract_tui.contract.schema import TITLE, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.history.comparison import Mark as Fate
from contract_tui.language import _
from contract_tui.ui.widgets.editor.editor import Editor
from contract_tui.ui.widgets.editor.messages import EditorMessage
from contract_tui.ui.widgets.editor.port import EditRefused
from contract_tui.ui.widgets.past_scene import PastScene, Stretch

ORDERS = frozenset({"c", "w", "s", "k", "b", "m", "space"})
"""Keys that mean the same in the text as on the timeline, because nothing can be typed here."""
ABOVE = 2
"""Rows shown above the first change, so that it can be read in its place."""


class Asked(EditorMessage):
    """The person wants to go to where the word at the caret was written."""


class PastPart:
    """A text that is given whole, version by version."""

    def __init__(self) -> None:
        self.text = ""
        self.version = 0

    def put(self, text: str) -> None:
        """Take another version."""
        self.text = text
        self.version += 1

    def since(self, version: int) -> Sequence[Splice] | None:  # noqa: ARG002 - the port's
        """Nothing is known of how one version came from another."""
        return None

    def author_runs(self, start: int, end: int) -> Sequence[tuple[int, int, bytes]]:  # noqa: ARG002
        """Who wrote what is said with the words."""
        return ()

    def edit(self, splice: Splice) -> None:  # noqa: ARG002
        """Refuse."""
        self._refuse()

    def undo(self) -> bool:
        """Refuse."""
        self._refuse()

    def redo(self) -> bool:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise EditRefused(_("the past stays as it was"))


class PastView(Editor):
    """One text as it was, with what changed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "ask", _("Its turn"))]

    def __init__(self, part: PartId, *, single_line: bool = False) -> None:
        self._past = PastPart()
        named = "part-title" if part == TITLE else None
        super().__init__(self._past, single_line=single_line, classes=named)
        self.part = part
        self.read_only = True
        self.stretches: Sequence[Stretch] = ()
        self._starts: Sequence[int] = (0,)
        self.first_change: int | None = None
        """The offset at which the first change begins; None where nothing changed."""

    @property
    def has_changed(self) -> bool:
        """Whether anything came or went."""
        return self.first_change is not None

    def show(
        self, stretches: Sequence[Stretch], *, authors: bool, caret: int | None = None
    ) -> None:
        """Show these words, with the caret there; the first change among them is scrolled to."""
        same_authors, self._authors_shown = authors == self._authors_shown, authors
        if stretches == self.stretches:
            if not same_authors:
                self.refresh()
            return
        self.stretches = stretches
        self._starts = list(accumulate((len(one.text) for one in stretches), initial=0))
        changes = (at for at, one in enumerate(stretches) if one.fate is not Fate.KEPT)
        first = next(changes, None)
        self.first_change = None if first is None else self._starts[first]
        text = "".join(one.text for one in stretches)
        if text != self._past.text:
            self._past.put(text)
            self.catch_up()
        if caret is not None and caret != self.caret:
            self.caret = self.pivot = self.page.boundary(caret)
        self.refresh()
        self.show_change()

    def _measure(self) -> None:
        """Say how high the text is.

        Textual would lay out the whole screen again, where only a scroll bar can be different: at
        every second step, and that would take longer than the step.
        """
        size = Size(0, self.page.height)
        if size != self.virtual_size:
            self.set_reactive(PastView.virtual_size, size)
            self._scroll_update(size)

    def show_change(self) -> None:
        """Scroll so that the first change can be seen in its place."""
        if self.first_change is None:
            return
        y, top = self.page.y_of(self.first_change), self.scroll_offset.y
        if self._height and not top <= y < top + self._height - 1:
            self._scroll_to_row(max(0, y - min(ABOVE, (self._height - 1) // 2)))

    def _on_resize(self, event: events.Resize) -> None:
        """Break the rows anew; a change that was to be seen stays in sight."""
        first = not self._height
        super()._on_resize(event)
        if first or not self.has_focus:
            self.show_change()

    def _obey(self, event: events.Key) -> bool:
        """Leave to the screen what is an order; Enter asks for the word's turn."""
        if event.key in ORDERS:
            return False
        return super()._obey(event)

    def _feed_line(self) -> None:
        """Ask to go to where the word at the caret was written."""
        self.action_ask()

    def action_ask(self) -> None:
        """Ask to go to where the word at the caret was written."""
        self.post_message(Asked(self))

    def _see(self) -> PastScene:
        """Return what there is to be painted."""
        return PastScene(
            self.text,
            self._authors,
            self.remotes,
            self.selection,
            self.caret if self.has_focus else None,
            self._looked_up(),
            self.stretches,
            self._starts,
            self._authors_shown,
        )
