"""Going about in an open contract: from stop to stop, from place to place, straight to any part."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.widget import AwaitMount, Widget

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.ui.pages.ground import Ground
from contract_tui.ui.pages.page import SECTIONS, PageId, page_of
from contract_tui.ui.pages.places import Directory, Place
from contract_tui.ui.stops import Stops


class Going:
    """Brings the person where they want to be, and knows where that is.

    A page has to be made when somebody first goes there. Whoever awaits `go_there` takes no key
    before the page can; what is typed in one burst with the way there arrives there.
    """

    def __init__(
        self,
        screen: Screen[None],
        ground: Ground,
        stops: Stops,
        follow: Callable[[], object],
        come_to: Callable[[PartId], None],
    ) -> None:
        """`follow` shows everything as it is now, `come_to` which place one has come to."""
        self._screen = screen
        self._ground = ground
        self._stops = stops
        self._follow = follow
        self._come_to = come_to
        self._followed: PageId = SECTIONS
        self.directory = Directory()

    def look(self, contract: Contract) -> None:
        """Find out where one can go now."""
        self.directory.look(contract, self._ground.page)

    @property
    def places(self) -> list[Place]:
        """Where one can go, in the order of the outline."""
        return self.directory.places

    def open_part(self, part: PartId, caret: int | None = None) -> None:
        """Go to a part, or to a page by its address; one that has to be made first comes soon."""
        made = self._show(part) or self._reach(part)
        if made is None:
            self._arrive(part, caret)
        else:
            self._screen.call_next(self._arrive_when, made, part, caret)

    async def go_there(self, part: PartId, caret: int | None = None) -> None:
        """Go to a part, to a place in it, or to a page by its address."""
        made = self._show(part)
        await self._arrive_when(made, part, caret)

    async def _arrive_when(self, made: AwaitMount | None, part: PartId, caret: int | None) -> None:
        if made is not None:
            await made
        if (there := self._reach(part)) is not None:
            await there
        self._arrive(part, caret)

    def _show(self, part: PartId) -> AwaitMount | None:
        return None if part == TITLE else self._ground.show(page_of(part))

    def _reach(self, part: PartId) -> AwaitMount | None:
        return None if part == TITLE else self._ground.reach(part)

    def _arrive(self, part: PartId, caret: int | None) -> None:
        """Show the place one has come to as it is now, and give the keys to one of its stops."""
        if self._ground.page != self._followed:
            self._followed = self._ground.page
            self._follow()
            if here := self._ground.part:
                self._come_to(here)
        if part == TITLE:
            self._screen.set_focus(self._stops.title)
        elif stop := self._ground.stop_of(part):
            self.go_to(stop)
        editor = dict(self._stops.editors()).get(part)
        if editor and caret is not None:
            editor.place(min(caret, len(editor.text)))

    async def along(self, by: int) -> None:
        """Go to the place behind or before in the outline, in a ring with the title."""
        ring = [TITLE, *(place.part for place in self.places)]
        here = TITLE if self._screen.focused is self._stops.title else self._ground.part
        at = ring.index(here) if here in ring else 0
        await self.go_there(ring[(at + by) % len(ring)])

    async def beside(self, by: int) -> None:
        """Go to the stop behind or before, in a ring."""
        stop = self._stops.beside(self._screen.focused, by)
        if (there := self._ground.reach_stop(stop)) is not None:
            await there
        self.go_to(stop)

    def go_to(self, stop: Widget) -> None:
        """Go to a stop; its section has to be shown before it can take keys."""
        self.notice(stop)
        if self._ground.shown and stop is not self._stops.title:
            self._ground.shown.go_to(stop)
        else:
            self._screen.set_focus(stop)

    def notice(self, stop: Widget) -> None:
        """Mark the section of a stop as the open one."""
        pane = self._ground.sections.pane_of(stop)
        if pane and self._ground.sections.make_current(pane.part):
            self._come_to(pane.part)
