"""Who is in a contract, how each is painted, and where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.color import Color

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from contract_tui.contract.seats import PREFIX_SIZE
from contract_tui.session.presence import Person
from contract_tui.ui.ink import Ink, make_ink, marks, number_seats
from contract_tui.ui.widgets.editor.remote import Remote


@dataclass(frozen=True, slots=True)
class Inks:
    """The ink of everybody with a seat, for editors of one background and text colour."""

    by_seat: Mapping[str, Ink]

    def of_actor(self, actor: bytes) -> Ink | None:
        """Return the ink of whoever writes as this actor; None for strangers."""
        return self.by_seat.get(actor[:PREFIX_SIZE].hex())

    def of_seat(self, seat: str) -> Ink | None:
        """Return the ink of a seat."""
        return self.by_seat.get(seat)


class Inkwell:
    """Mixes everybody's ink, again only when people or colours have changed."""

    def __init__(self) -> None:
        self._made_of: object = None
        self.inks = Inks({})

    def mix(self, contract: Contract, background: str, foreground: str) -> Inks:
        """Return everybody's ink: the same numbers and marks on every screen."""
        seats = {
            str(seat): (entry.name, str(entry.role or "")) for seat, entry in contract.seats.items()
        }
        if self._made_of != (seats, background, foreground):
            self._made_of = (seats, background, foreground)
            numbers = number_seats({seat: role for seat, (_, role) in seats.items()})
            initials = marks({seat: name for seat, (name, _) in seats.items()}, numbers)
            colors = Color.parse(background), Color.parse(foreground)
            self.inks = Inks({s: make_ink(numbers[s], initials[s], *colors) for s in seats})
        return self.inks


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
