"""What a page is: one place of the contract, shown where the sections are otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from typing import ClassVar, NewType

from textual.containers import VerticalScroll
from textual.widget import AwaitMount, Widget

from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.people import Company
from contract_tui.ui.widgets.editor import Editor

PageId = NewType("PageId", str)
"""Which page: "sections", one of those below, or the ItemId of a goal."""

SECTIONS = PageId("sections")
SUPPORTS = PageId("supports")
PROMISES = PageId("promises")
REFLECTIONS = PageId("reflections")
AGREEMENT = PageId("agreement")

_LISTS = {
    paths.SUPPORTS_LIST: SUPPORTS,
    paths.PROMISES_LIST: PROMISES,
    paths.REFLECTIONS_LIST: REFLECTIONS,
}
_ADDRESS = "page/"


def page_of_goal(goal: ItemId) -> PageId:
    """Return the page of a goal."""
    return PageId(goal)


def goal_on(page: PageId) -> ItemId | None:
    """Return the goal that a page is about; None for all other pages."""
    return ItemId(page) if page.startswith(f"{paths.GOALS_LIST}/") else None


def address(page: PageId) -> PartId:
    """Return what stands for a page where a part is named: in the outline, for who is where.

    It is no text of the contract.
    """
    return PartId(f"{_ADDRESS}{page}")


def page_of(part: PartId) -> PageId:
    """Return the page on which a part is, or that an address names."""
    if part.startswith(_ADDRESS):
        return PageId(part.removeprefix(_ADDRESS))
    kind, _, _ = part.partition("/")
    thing = paths.owner(part)
    if kind == paths.GOALS_LIST and thing is not None:
        return page_of_goal(paths.goal_of(thing))
    return _LISTS.get(kind, SECTIONS)


class Page(VerticalScroll, can_focus=False):
    """One page; it is made when somebody first goes there, and kept while the contract is open.

    The screen gives all its editors the carets of the others, who wrote what, and what stands in
    them while they are empty; a page lays out what it shows. What is told by its editors bubbles to
    the screen.
    """

    MORE: ClassVar[str] = ""
    """What the key for one more does here, in two words; "" where it adds nothing."""

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(classes="page")
        self.session = session
        self.page = page

    @property
    def heading(self) -> str:
        """What the page is called above it."""
        return ""

    def follow(self, company: Company) -> None:  # noqa: ARG002 - for the pages that show people
        """Bring everything that is shown up to the contract; called at every wake-up.

        That is also after each key, so whatever has not changed must cost next to nothing here.
        """
        for _, editor in self.editors():
            editor.catch_up()

    def stops(self) -> Sequence[Widget]:
        """Return what takes keys, in the order in which Tab goes through it; at least one."""
        return [editor for _, editor in self.editors()]

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor with its part."""
        return iter(())

    def stop_of(self, part: PartId) -> Widget | None:
        """Return the stop at which a part is written; what is folded away opens first."""
        return dict(self.editors()).get(part)

    def fill(self) -> AwaitMount | None:
        """Have everything there of which some comes later; returns what to await before it is."""
        return None

    @property
    def is_listing(self) -> bool:
        """Whether there is something to add one more of."""
        return bool(self.MORE)

    def add(self) -> Awaitable[object] | None:
        """Add one more of what the page lists, and go there.

        Raises as `session.desk` does. What has to be awaited before that takes keys is returned.
        """
        return None

    def go_to(self, stop: Widget) -> None:
        """Give the keys to one of its stops, and show all of it with what stands above it."""
        self.screen.set_focus(stop)
