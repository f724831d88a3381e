"""Where one can go in a contract, in one list: the sections, then the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_tui.contract.contract import Contract
from contract_tui.contract.headings import beginning
from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.items.values import Item, Items, standing
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.ui.pages import words
from contract_tui.ui.pages.page import (
    AGREEMENT,
    PROMISES,
    REFLECTIONS,
    SECTIONS,
    SUPPORTS,
    PageId,
    address,
    goal_on,
    page_of,
    page_of_goal,
)

MOST_BEHIND = 9
"""Goals to which a menu leads back; all that were taken away are found at the end of a goal."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place to go to."""

    part: PartId
    """The section, or the address of the page."""
    page: PageId
    heading: str


def places(contract: Contract, *kept: PageId) -> Iterator[Place]:
    """Yield all places in their order.

    The pages that are `kept` are listed even where their goal was taken away: somebody is in it,
    or it is offered back.
    """
    for section in contract.sections:
        if not section.hidden:
            yield Place(section.part, SECTIONS, section.heading)
    pages = [page_of_goal(goal.id) for goal in standing(contract.items.goals)]
    pages += [page for page in dict.fromkeys(kept) if goal_on(page) and page not in pages]
    for page in (SUPPORTS, *pages, PROMISES, REFLECTIONS, AGREEMENT):
        yield Place(address(page), page, heading_of(contract, page))


def places_behind(contract: Contract) -> list[Place]:
    """Return the goals that were let go or taken away, the latest that are in the contract."""
    gone = [one for one in contract.items.goals if one.removal or one.state is GoalState.LET_GO]
    pages = [page_of_goal(one.id) for one in gone[-MOST_BEHIND:]]
    return [Place(address(page), page, heading_of(contract, page)) for page in pages]


def heading_of(contract: Contract, page: PageId) -> str:
    """Return what a page is called: a goal by its first words."""
    if page in words.HEADINGS:
        return words.HEADINGS[page]
    what = PartId(f"{page}/what")
    said = beginning(contract.text(what).text) if what in contract.texts else ""
    return said or words.NEW_GOAL


def place_of(part: PartId) -> PartId:
    """Return the place at which a part is: a section, or the address of a page."""
    page = page_of(part)
    if page != SECTIONS:
        return address(page)
    parts = part.split("/")
    return PartId(parts[1]) if len(parts) == 3 else part


class Directory:
    """Knows all places of an open contract, and makes the list again only when it has changed."""

    def __init__(self) -> None:
        self._made_of: tuple[Items, list[Place]] | None = None
        self.places: list[Place] = []
        self.headings: dict[PartId, str] = {}
        """What every part and every page is called where somebody is said to be in it."""
        self.offered: frozenset[PartId] = frozenset()
        """The places of what was taken away by somebody who had not seen all that stands in it."""
        self._gone: tuple[Items, list[Item]] | None = None
        self._versions: list[int] | None = None

    def look(self, contract: Contract, kept: PageId = SECTIONS) -> None:
        """Follow the contract; the page that is `kept` is listed whatever became of its goal."""
        self._look_for_offered(contract)
        back = [page_of(part) for part in sorted(self.offered)]
        made_of = contract.items, list(places(contract, kept, *back))
        known = self._made_of
        if known is None or made_of[0] is not known[0] or made_of[1] != known[1]:
            self._made_of = made_of
            self.places = made_of[1]
            self.headings = _headings(contract, self.places)

    def _look_for_offered(self, contract: Contract) -> None:
        """Find what is offered back, again only where something of it has changed."""
        if self._gone is None or self._gone[0] is not contract.items:
            gone = [one for one in contract.items if one.removal and _is_on_a_page(one)]
            self._gone, self._versions = (contract.items, gone), None
        gone = self._gone[1]
        texts = (part for one in gone for part in one.parts if part in contract.texts)
        versions = [contract.text(part).version for part in texts]
        if versions != self._versions:
            self._versions = versions
            offered = (one for one in gone if contract.unseen(one))
            self.offered = frozenset(place_of(paths.main_part(one.id)) for one in offered)


def _is_on_a_page(thing: Item) -> bool:
    return page_of(paths.main_part(thing.id)) != SECTIONS


def _headings(contract: Contract, listed: Iterable[Place]) -> dict[PartId, str]:
    named = {place.part: _said(place) for place in listed}
    found = {TITLE: terms.TITLE, **named}
    for part in contract.texts:
        if part not in found and (heading := named.get(place_of(part))):
            found[part] = heading
    return found


def _said(place: Place) -> str:
    return f"“{place.heading}”" if goal_on(place.page) else place.heading
