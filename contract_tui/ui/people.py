"""Who is in a contract, how each is painted, and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.color import Color

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from contract_tui.session.presence import Person
from contract_tui.ui.ink import Ink, make_ink, marks, number_seats
from contract_tui.ui.widgets.editor.remote import Remote

SEAT_BYTES = 8
"""The first bytes of an actor name the seat's device."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The ink of everybody with a seat, for editors of one background and text colour."""

    by_seat: dict[str, Ink]

    def of_actor(self, actor: bytes) -> Ink | None:
        """Return the ink of whoever writes as this actor; None for strangers."""
        return self.by_seat.get(actor[:SEAT_BYTES].hex())

    def of_seat(self, seat: str) -> Ink | None:
        """Return the ink of a seat."""
        return self.by_seat.get(seat)


def inks_of(contract: Contract, background: Color, foreground: Color) -> Inks:
    """Return everybody's ink: the same numbers and marks on every screen."""
    seats = contract.seats
    numbers = number_seats({seat: str(entry.role or "") for seat, entry in seats.items()})
    initials = marks({seat: entry.name for seat, entry in seats.items()}, numbers)
    return Inks(
        {seat: make_ink(numbers[seat], initials[seat], background, foreground) for seat in seats}
    )


def remotes_in(
    part: PartId, people: Sequence[Person], contract: Contract, inks: Inks
) -> list[Remote]:
    """Return the carets of the others in a part."""
    remotes = []
    for person in people:
        ink = inks.of_seat(person.seat)
        if person.me or not person.here or person.part != part or ink is None:
            continue
        text = contract.text(part)
        anchor, head = text.offset_of(person.anchor), text.offset_of(person.head)
        if head is not None:
            remotes.append(Remote(ink, head if anchor is None else anchor, head))
    return remotes
