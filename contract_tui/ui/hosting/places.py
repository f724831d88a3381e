"""Who sits at the table: whoever hosts, those with programs of their own, and guests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from contract_tui.session.presence.presence import Person
from contract_tui.ui.hosting.door import Door, GuestSeat
from sync_server.access.proof import Role, SeatId

THREE = (Role.STUDENT, Role.TEACHER, Role.PARENT)
"""Who belongs at the table of every contract."""


@dataclass(frozen=True, slots=True)
class Place:
    """One seat at the table."""

    id: str
    name: str
    """Empty while nobody has said it."""
    role: Role
    is_here: bool
    is_me: bool = False
    guest: GuestSeat | None = None
    """None for whoever has a program of their own."""
    stands_by: bool = False
    """Whether their computer could take this one's place."""

    @property
    def is_missing(self) -> bool:
        """Whether a guest is waited for."""
        return self.guest is not None and not self.is_here


def gather(
    people: Iterable[Person],
    guests: Iterable[GuestSeat],
    stand_by: Collection[SeatId] = frozenset(),
) -> list[Place]:
    """Everybody at the table, each once: who came in as a guest is in the contract, too.

    `stand_by` are the seats of those whose computers could take this one's place.
    """
    waiting = list(guests)
    found = []
    for one in people:
        if one.role is None:
            continue
        guest = next((each for each in waiting if _is_of(each, one)), None)
        if guest is None:
            here, stands_by = one.here or one.me, one.seat in stand_by
            found.append(Place(one.seat, one.name, one.role, here, one.me, stands_by=stands_by))
        else:
            waiting.remove(guest)
            found.append(_place(guest))
    return [*found, *map(_place, waiting)]


def expect_missing(people: Sequence[Person], door: Door) -> None:
    """Have a seat ready for each of the three who is not in yet; raises SessionError."""
    known = {one.role for one in people} | {guest.role for guest in door.seats()}
    for role in THREE:
        if role not in known:
            door.expect(role, "")


def _is_of(guest: GuestSeat, person: Person) -> bool:
    if guest.seat:
        return guest.seat == person.seat
    return guest.is_in and not person.me and (guest.name, guest.role) == (person.name, person.role)


def _place(guest: GuestSeat) -> Place:
    return Place(guest.id, guest.name, guest.role, guest.is_here, guest=guest)
