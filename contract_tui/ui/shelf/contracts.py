"""The contracts one below the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from contract_tui.language import pgettext
from contract_tui.library.entry import Entry
from contract_tui.ui.shelf.facts import Facts
from contract_tui.ui.shelf.rows import foot, heads, paint

FIRST = 25
"""Rows that are written before any is shown; the others follow."""
SIDES = 4
"""Cells beside each row that stay empty."""


class Contracts(OptionList):
    """The contracts, as wide as there is room; the mark stays at a contract when others move."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", pgettext("button", "Open"))]

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(id="entries", markup=False)
        self.heads = Static("", id="heads", markup=False)
        """What stands above the columns."""
        self.foot = Static("", id="foot", markup=False)
        """What is known besides of the contract that the mark is at."""
        self._clock = clock
        self._shown: Sequence[Facts] = ()
        self._painted: tuple[object, ...] = ()

    @property
    def chosen(self) -> Entry | None:
        """The contract the mark is at."""
        index = self.highlighted
        return self._shown[index].entry if index is not None and index < len(self._shown) else None

    def show(self, facts: Sequence[Facts]) -> None:
        """Show these, in this order."""
        chosen = self.chosen
        self._shown = facts
        ids = [one.entry.id for one in facts]
        self._paint(ids.index(chosen.id) if chosen and chosen.id in ids else 0)

    def on_resize(self, _event: events.Resize) -> None:
        """Say as much of each as there is room for now."""
        self._paint(self.highlighted or 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to open one where there is one."""
        return bool(self._shown) if action == "select" else True

    @property
    def _cells(self) -> int:
        """How wide a row is; not even 0 before the list has a place."""
        return self.scrollable_content_region.width - SIDES

    def _paint(self, at: int) -> None:
        """Write the rows, unless they are there already, and put the mark at one of them."""
        cells = self._cells
        if cells <= 0:
            return
        minute, accent = int(self._clock() // 60), self.app.theme_variables["primary"]
        made = cells, minute, accent, tuple(self._shown)
        if made != self._painted:
            self._write(made, at)
        self.highlighted = at if self._shown else None
        self._say_more()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Say below the list what is known besides of the contract that the mark comes to."""
        super().watch_highlighted(highlighted)
        self._say_more()

    def _say_more(self) -> None:
        at = self.highlighted
        chosen = self._shown[at] if at is not None and at < len(self._shown) else None
        said = foot(chosen, self._cells, self._clock()) if chosen and self._cells > 0 else ""
        self.foot.update(said)
        self.foot.display = bool(said)

    def _write(self, made: tuple[object, ...], at: int) -> None:
        """Write what one sees first, and the rest once that is on the screen."""
        cells = self._cells
        self._painted = made
        self.heads.update(heads(cells))
        self.heads.display = bool(self._shown)
        self.clear_options()
        first = max(FIRST, at + 1)
        self._add(made, self._shown[:first])
        if len(self._shown) > first:
            self.call_after_refresh(self._add, made, self._shown[first:])

    def _add(self, made: tuple[object, ...], some: Sequence[Facts]) -> None:
        """Write some rows below those that are there, unless all is written anew by now."""
        if made != self._painted:
            return
        cells, now, accent = self._cells, self._clock(), self.app.theme_variables["primary"]
        self.add_options([Option(paint(one, cells, now, accent)) for one in some])
