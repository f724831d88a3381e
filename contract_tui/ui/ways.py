"""The places of a contract as the outline and the menu show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from contract_tui.contract.items import terms
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.ui import words
from contract_tui.ui.pages.page import AGREEMENT, PROMISES, REFLECTIONS, SUPPORTS, address
from contract_tui.ui.pages.places import Place, place_of
from contract_tui.ui.people import Company
from contract_tui.ui.widgets.go_to import Way
from contract_tui.ui.widgets.outline import OutlineItem

LETTERS = {SUPPORTS: "h", PROMISES: "p", REFLECTIONS: "l", AGREEMENT: "a"}
"""The keys of the menu that always lead to the same place."""
ARRANGE = PartId("sections")
"""What it leads to where the student wants to arrange the sections."""
NEW_GOAL = PartId("goals")
"""What the menu leads to where one wants a goal that is not there yet."""


def outlined(
    places: Sequence[Place],
    here: PartId | None,
    company: Company,
    waiting: Collection[PartId] = (),
    drafts: Collection[PartId] = (),
) -> list[OutlineItem]:
    """Return what an outline shows: every place, who else is there, and what waits there."""
    inks = company.inks_by(place_of)
    return [
        OutlineItem(
            one.part,
            one.heading,
            one.part == here,
            tuple(inks.get(one.part, ())),
            is_waiting=one.part in waiting,
            is_drafted=one.part in drafts,
        )
        for one in places
    ]


def ways(
    places: Sequence[Place],
    here: PartId | None,
    company: Company,
    *,
    writes: bool = True,
    arranges: bool = False,
) -> list[Way]:
    """Return what the menu shows: the title, every place, and what one may add or arrange."""
    letters = {address(page): letter for page, letter in LETTERS.items()}
    found = [Way(TITLE, terms.TITLE, "t")]
    for item in outlined(places, here, company):
        if writes and item.part == address(PROMISES):
            found.append(Way(NEW_GOAL, words.A_NEW_GOAL, "n"))
        letter = letters.get(item.part, "")
        found.append(Way(item.part, item.heading, letter, item.current, item.inks))
    return [*found, Way(ARRANGE, words.THE_SECTIONS, "s")] if arranges else found
