"""The ground of the workshop: the sections, or one page in their place."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import AwaitMount, Widget

from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.pages.page import SECTIONS, Page, PageId, address
from contract_tui.ui.people import Company
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.section import Sections

MOST_PAGES = 6
"""Pages that are kept; whoever comes back to an older one finds it made again."""


class Ground(Vertical):
    """Shows one place at a time; only that is followed while somebody types."""

    def __init__(self, session: Session, sections: Sections) -> None:
        super().__init__(id="ground")
        self._session = session
        self.sections = sections
        self.shown: Page | None = None
        """The page that is shown; None for the sections."""
        self._made: dict[PageId, Page] = {}

    def compose(self) -> ComposeResult:
        """Begin with the sections."""
        yield self.sections

    @property
    def page(self) -> PageId:
        """Which page is shown."""
        return self.shown.page if self.shown else SECTIONS

    @property
    def part(self) -> PartId | None:
        """The open section, or the address of the page that is shown."""
        return address(self.page) if self.shown else self.sections.current

    def show(self, page: PageId) -> AwaitMount | None:
        """Show a page; returns what to await before it takes keys, where it had to be made."""
        if page == self.page:
            return None
        from contract_tui.ui.pages.making import make_page

        if page == SECTIONS:
            self._turn_to(None)
            return None
        if made := self._made.pop(page, None):
            self._made[page] = made  # the latest stands last
            self._turn_to(made)
            return None
        made = self._made[page] = make_page(self._session, page)
        self._turn_to(made)
        self._drop_old()
        return self.mount(made)

    def reach(self, part: PartId) -> AwaitMount | None:
        """Return what to await before a part takes keys that is further down on a page."""
        if self.shown is None or part == self.part:
            return None
        return self.shown.fill()

    def reach_stop(self, stop: Widget) -> AwaitMount | None:
        """Return what to await before a stop takes keys, where it is not there yet."""
        return self.shown.fill() if self.shown and not stop.is_attached else None

    def _turn_to(self, page: Page | None) -> None:
        (self.shown or self.sections).display = False
        self.shown = page
        (page or self.sections).display = True

    def _drop_old(self) -> None:
        """Let go of the page that was left longest ago."""
        if len(self._made) > MOST_PAGES:
            self._made.pop(next(iter(self._made))).remove()

    def follow(self, company: Company) -> None:
        """Bring what is shown up to the contract."""
        if self.shown:
            self.shown.follow(company)
        else:
            self.sections.follow()

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor that is shown with its part."""
        if self.shown:
            yield from self.shown.editors()
        else:
            for pane in self.sections.panes:
                yield pane.part, pane.editor

    def stops(self) -> list[Widget]:
        """Return everything shown that takes keys, in the order in which Tab goes through it."""
        if self.shown:
            return list(self.shown.stops())
        stops: list[Widget] = []
        for pane in self.sections.panes:
            stops += [pane.editor, pane.choices] if pane.choices else [pane.editor]
        return stops

    def stop_of(self, part: PartId) -> Widget | None:
        """Return where a part is written on what is shown; of a page, its first stop otherwise."""
        if self.shown is None:
            return dict(self.editors()).get(part)
        stops = self.shown.stops()
        return self.shown.stop_of(part) or (stops[0] if stops else None)
