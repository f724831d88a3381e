"""The places of a contract as the outline and the menu show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from contract_tui.contract.items import terms
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.library.drafts import BEFORE_CONFERENCE
from contract_tui.session.session import Session
from contract_tui.ui import words
from contract_tui.ui.pages.page import AGREEMENT, PROMISES, REFLECTIONS, SUPPORTS, address
from contract_tui.ui.pages.places import Place, place_of, places_behind
from contract_tui.ui.people import Company
from contract_tui.ui.widgets.go_to import Way
from contract_tui.ui.widgets.outline import DRAFTED, OutlineItem

LETTERS = {SUPPORTS: "h", PROMISES: "p", REFLECTIONS: "l", AGREEMENT: "a"}
"""The keys of the menu that always lead to the same place."""
ARRANGE = PartId("sections")
"""What it leads to where the student wants to arrange the sections."""
NEW_GOAL = PartId("goals")
"""What the menu leads to where one wants a goal that is not there yet."""

NOTES = PartId("notes")
"""What the menu leads to where one has notes that belong to no part."""


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


def menu(
    session: Session, places: Sequence[Place], here: PartId | None, company: Company
) -> list[Way]:
    """Return what the menu shows to the person of a session."""
    return ways(
        places,
        here,
        company,
        writes=session.can_write,
        arranges=session.desk.can_arrange,
        notes=BEFORE_CONFERENCE in session.drafting.places,
        behind=places_behind(session.contract),
    )


def ways(
    places: Sequence[Place],
    here: PartId | None,
    company: Company,
    *,
    writes: bool = True,
    arranges: bool = False,
    notes: bool = False,
    behind: Sequence[Place] = (),
) -> list[Way]:
    """Return what the menu shows: the title, every place, what one may add or arrange.

    Goals that are no longer gone after come last, so that there is always a way back to them.
    """
    letters = {address(page): letter for page, letter in LETTERS.items()}
    last = [one.part for one in behind]
    found = [Way(TITLE, terms.TITLE, "t")]
    for item in outlined([one for one in places if one.part not in last], here, company):
        if writes and item.part == address(PROMISES):
            found.append(Way(NEW_GOAL, words.A_NEW_GOAL, "n"))
        letter = letters.get(item.part, "")
        found.append(Way(item.part, item.heading, letter, item.current, item.inks))
    if arranges:
        found.append(Way(ARRANGE, words.THE_SECTIONS, "s"))
    if notes:
        found.append(Way(NOTES, f"{words.MY_NOTES} {DRAFTED}", "u"))
    above = words.GOALS_BEHIND
    for item in outlined(behind, here, company):
        found.append(Way(item.part, item.heading, "", item.current, item.inks, above))
        above = ""
    return found
