"""The people of a contract, as its pages name them to the one who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract_tui.session.session import Session
from sync_server.access.proof import SeatId


@dataclass(frozen=True, slots=True)
class Circle:
    """Who writes in a contract, and who reads this."""

    me: SeatId | None
    names: Mapping[SeatId, str]
    """Everybody who writes, by their latest seat; this person first."""
    pupils: frozenset[SeatId]
    """Whose contract it is."""

    @property
    def is_student(self) -> bool:
        """Whether the contract is this person's own."""
        return self.me in self.pupils

    def options(self, myself: str) -> dict[str, str]:
        """Everybody, to choose one: the student, the others, then this person as `myself`."""
        order = sorted(self.names, key=lambda seat: (seat == self.me, seat not in self.pupils))
        return {seat: myself if seat == self.me else self.names[seat] for seat in order}


def circle(session: Session) -> Circle:
    """Return the people of an open contract."""
    names = {one.seat: one.name for one in session.people if one.role and one.role.writes}
    return Circle(session.me.id if session.me else None, names, session.desk.pupils)
