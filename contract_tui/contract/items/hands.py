"""Whose hand something stands in, as far as the student's own things are concerned.

Anybody can write anything anywhere. What only the student is to say counts when a student said it,
and also when it was said before the student had a seat: a teacher may have prepared the contract,
or whoever began it anew brought today's words along.
"""

from dataclasses import dataclass, replace
from typing import Protocol

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.crdt.ancestry import Clock
from contract_tui.contract.items.rights import is_the_students, may_write, students
from contract_tui.contract.items.values import Item
from contract_tui.contract.membership.seats import Roster, seat_of
from contract_tui.contract.schema import GENESIS_ACTOR, SEATS_MAP, PartId
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import Action, ElementId


class Hands(Protocol):
    """Tells whether the student may have made an operation."""

    def are_students(self, operation: ElementId) -> bool:
        """Whether what it says counts as the student's word."""


class _Anybody:
    def are_students(self, operation: ElementId) -> bool:  # noqa: ARG002 - whoever made it
        return True


ANYBODY: Hands = _Anybody()
"""Where nobody asks who it was."""


@dataclass(frozen=True, slots=True)
class KnownHands:
    """The hands of a contract whose people are known."""

    roster: Roster
    pupils: frozenset[SeatId]
    before: Clock
    """What was there when the student's seat was entered; nothing where nothing says when."""

    def are_students(self, operation: ElementId) -> bool:
        """Whether what it says counts as the student's word."""
        return self.is_early(operation) or self.person(operation) in self.pupils

    def is_early(self, operation: ElementId) -> bool:
        """Whether the student's seat was entered on top of it, as it was on the first change.

        What somebody goes on to say on an older version, knowing nothing of the student, is not.
        """
        if operation.actor == GENESIS_ACTOR or not self.pupils:
            return True
        return operation.counter <= self.before.get(operation.actor, 0)

    def may_have_written(self, part: PartId, letter: ElementId, thing: Item | None) -> bool:
        """Whether a letter of a text is by somebody who may write there.

        Where only the student may, what stood there before they came counts as theirs, too.
        """
        if may_write(part, self.person(letter), thing, self.pupils):
            return True
        return is_the_students(part) and self.is_early(letter)

    def person(self, operation: ElementId) -> SeatId:
        """Who made it, by their latest seat."""
        return self.roster.person(seat_of(Actor(operation.actor))).id


def known_hands(document: CrdtDocument, roster: Roster) -> KnownHands:
    """Tell the student's hands from those of others, as it stands."""
    hands = KnownHands(roster, students(roster), {})
    if not hands.pupils:
        return hands
    _, founded = document.found(None, "contract")
    if founded is not None and hands.person(founded) in hands.pupils:
        return hands
    seats = [one.id for one in roster.seats.values() if one.role is Role.STUDENT]
    entries = [_entered(document, hands, seat) for seat in seats]
    told = [one for one in entries if one is not None]
    if len(told) < len(entries):
        return hands
    return replace(hands, before=document.clock_before(min(told)))


def _entered(document: CrdtDocument, hands: KnownHands, seat: SeatId) -> ElementId | None:
    """What first wrote a student's seat into the contract; None where nothing says.

    Only in their own hand: nobody else makes it earlier or later, or takes it out.
    """
    words = document.spoken().ever(SEATS_MAP, seat)
    made = (one.id for one in words if one.action is Action.MAKE_MAP)
    return min((one for one in made if hands.person(one) in hands.pupils), default=None)
