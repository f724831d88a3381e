"""Who is in a contract, and where: seats, and what is heard of where people are, together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import PartId
from contract_tui.session.presence.presence import Person, Whereabouts
from sync_server.access.proof import Role, Seat, SeatId

_ROLES = list(Role)


def gather(
    seats: Mapping[SeatId, SeatEntry],
    me: Seat | None,
    mine: Whereabouts | None,
    others: Iterable[Whereabouts],
) -> list[Person]:
    """Everybody with a seat, also before they are listed: this person, then by role and name.

    Whoever was given another seat for one that they lost is there once.
    """
    entries = {seat: entry for seat, entry in seats.items() if entry.replaced_by is None}
    heard = {one.seat: one for one in others}
    if me is not None:
        entries.setdefault(me.id, SeatEntry(me.id, me.name, me.role, me))
        heard.pop(me.id, None)
        if mine is not None:
            heard[me.id] = mine
    people = [
        _person(entry, heard.get(seat), me=me is not None and seat == me.id)
        for seat, entry in entries.items()
    ]
    return sorted(people, key=_rank)


def _rank(person: Person) -> tuple[bool, int, str]:
    return not person.me, _ROLES.index(person.role) if person.role else len(_ROLES), person.name


def whereabouts(
    contract: Contract,
    seat: SeatId,
    part: PartId | None,
    anchor: int,
    head: int,
    *,
    typing: bool,
) -> Whereabouts:
    """Where a selection is, from offsets in a part, by the characters before its two ends.

    What is no text of the contract may be named as well: a page that somebody reads.
    """
    if part is None or part not in contract.texts:
        return Whereabouts(seat, part)
    text = contract.text(part)
    return Whereabouts(seat, part, text.anchor_at(anchor), text.anchor_at(head), typing)


def _person(entry: SeatEntry, found: Whereabouts | None, *, me: bool) -> Person:
    at = found or Whereabouts(entry.id)
    return Person(
        entry.id,
        entry.name,
        entry.role,
        at.part,
        at.anchor,
        at.head,
        at.typing,
        here=found is not None,
        me=me,
        looking_back=at.looking_back,
    )
