"""Passages that their own author covered: no screen and no page shows them, at any version.

The characters stay in the document, as everything does that was ever written.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.errors import NotYours, TooMuch
from contract_tui.contract.membership.entries import Entry, entries
from contract_tui.contract.membership.seats import Roster, seat_of
from contract_tui.contract.opening.check import readable
from contract_tui.contract.records import Write
from contract_tui.contract.schema import NOTES_MAP
from contract_tui.contract.text.places import MOST_CHARACTERS, BadPlace, read_place, write_place
from contract_tui.contract.values import Element, Item
from contract_tui.language import _
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

KIND = "cover"
COVERED = "▒"
"""What is shown for each character of a covered passage; line breaks stay."""
MOST_OF_ONE = 200_000
"""Characters that one person can cover: nobody may fill the memory of the others."""

Covers = Mapping[ElementId, frozenset[ElementId]]
"""The covered characters of each text, by the object that holds it."""
_CHARACTER = re.compile(r"[^\n]")


def veiled(text: str) -> str:
    """Return what is shown for a covered text."""
    return _CHARACTER.sub(COVERED, text)


def without_veils(text: str) -> str:
    """Return a text without what stands for covered characters."""
    return text.replace(COVERED, "")


def shown(elements: Iterable[Element], covered: frozenset[ElementId]) -> str:
    """Return the characters of a text as they may be shown."""
    return "".join(veiled(one.text) if one.id in covered else one.text for one in elements)


def own(elements: Iterable[ElementId], person: SeatId, roster: Roster) -> frozenset[ElementId]:
    """Return those of some characters that a person wrote, on whichever of their computers."""
    some = list(elements)
    actors = {one.actor for one in some}
    theirs = {actor for actor in actors if roster.person(seat_of(Actor(actor))).id == person}
    return frozenset(one for one in some if one.actor in theirs)


def chosen(elements: Iterable[ElementId], person: SeatId, roster: Roster) -> frozenset[ElementId]:
    """Return those of some characters that a person can cover; raises NotYours or TooMuch."""
    some = frozenset(elements)
    theirs = own(some, person, roster)
    if some and not theirs:
        raise NotYours(_("Only your own words can be covered: ask whoever wrote these."))
    if len(theirs) > MOST_CHARACTERS:
        raise TooMuch(_("This is too long to be covered at once: cover one part after the other."))
    return theirs


def cover(id_: str, obj: ElementId, elements: Iterable[ElementId], by: SeatId) -> Write:
    """Cover characters of a text for good."""
    entry: Item = {"kind": KIND, "by": by, "about": write_place(obj, elements)}
    return lambda writer: writer.put(NOTES_MAP, id_, entry)


def read_covers(document: CrdtDocument, roster: Roster, aside: list[str]) -> Covers:
    """Read what is covered; a cover counts for the words of whoever made it, and no others.

    What is wrong with one is added to `aside` in words.
    """
    found: dict[ElementId, set[ElementId]] = defaultdict(set)
    taken: Counter[SeatId] = Counter()
    notes = entries(document, NOTES_MAP, ("kind", "by", "about"), roster)
    for entry in (note for note in notes if note.strings.get("kind") == KIND):
        if wrong := _add(entry, roster, found, taken):
            aside.append(wrong.format(cover=readable(entry.key)))  # noqa: PERF401
    return {obj: frozenset(elements) for obj, elements in found.items()}


def _add(
    entry: Entry,
    roster: Roster,
    found: dict[ElementId, set[ElementId]],
    taken: Counter[SeatId],
) -> str:
    """Add what one cover covers; returns what is wrong with it, if anything is."""
    by = entry.hand
    if by is None or roster.person(SeatId(entry.strings.get("by", ""))).id != by:
        return _("The cover “{cover}” was not made by whom it says.")
    try:
        place = read_place(entry.strings.get("about", ""))
    except BadPlace:
        return _("The cover “{cover}” does not say what it covers.")
    if not place.elements:
        return _("The cover “{cover}” does not say which characters it covers.")
    elements = own(place.elements, by, roster)
    taken[by] += len(elements)
    if taken[by] > MOST_OF_ONE:
        return _("The cover “{cover}” is one of too many.")
    found[place.object] |= elements
    return ""
