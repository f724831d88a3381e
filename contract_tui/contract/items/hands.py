"""Whose hand something stands in, as far as the student's own things are concerned.

Anybody can write anything anywhere. What only the student is to say counts when a student said it,
and also when it was said before the student had a seat: a teacher may have prepared the contract,
or whoever began it anew brought today's words along.
"""

from dataclasses import dataclass, replace
from typing import Protocol

from contract_tui.contract.crdt import Branch, CrdtDocument
from contract_tui.contract.crdt.ancestry import Clock
from contract_tui.contract.items.rights import is_the_students, may_write, students
from contract_tui.contract.items.values import Item
from contract_tui.contract.membership.seats import Roster, seat_of
from contract_tui.contract.schema import GENESIS_ACTOR, SEATS_MAP, PartId
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId


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
    entry: ElementId | None
    """What entered the student's seat; None where there is none, or nothing says when it was."""
    before: Clock
    """What was there when it was."""

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

    def is_prepared(self, letter: ElementId) -> bool:
        """Whether a letter may be of before the student had a seat: somebody may have been away."""
        if self.entry is not None and letter.counter < self.entry.counter:
            return True
        return self.is_early(letter)

    def may_have_written(self, part: PartId, letter: ElementId, thing: Item | None) -> bool:
        """Whether a letter of a text is by somebody who may write there.

        Where only the student may, what stood there before they came counts as theirs, too.
        """
        if may_write(part, self.person(letter), thing, self.pupils):
            return True
        return is_the_students(part) and self.is_prepared(letter)

    def person(self, operation: ElementId) -> SeatId:
        """Who made it, by their latest seat."""
        return self.roster.person(seat_of(Actor(operation.actor))).id


def known_hands(document: CrdtDocument, roster: Roster) -> KnownHands:
    """Tell the student's hands from those of others, as it stands."""
    hands = KnownHands(roster, students(roster), None, {})
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
    entry = min(told)
    return replace(hands, entry=entry, before=document.clock_before(entry))


def _entered(document: CrdtDocument, hands: KnownHands, seat: SeatId) -> ElementId | None:
    """What wrote a student's seat into the contract; None where nothing says.

    Only in their own hand: whoever entered it once more could make earlier what they said before.
    """
    entry = document.get(SEATS_MAP, seat)
    is_own = isinstance(entry, Branch) and hands.person(entry.object) in hands.pupils
    return entry.object if isinstance(entry, Branch) and is_own else None
