"""*Are these still my words?* The student is asked after each conference, later and alone.

What they answer is nobody else's business: it is kept nowhere, and that they were asked only on
the computer on which it was. If they are not their words any more they change them, or write a
note, and that everybody can see.

A guest has no program of their own and is never alone with one. They take the question home on the
page with their promises, and are asked on their own screen when they come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from contract_tui.contract.conference.values import Conference
from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import STILL_MINE, Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.session.copies.replica import Replica
from sync_server.access.proof import Role


class Afterwards:
    """Knows about which conferences the student has to be asked; nobody else about any."""

    def __init__(self, own: OwnSeat | None, replica: Replica, keepsakes: Keepsakes) -> None:
        self._is_student = own is not None and own.seat.role is Role.STUDENT
        self.is_guest = own is not None and bool(own.host)
        """Whether this is a guest's screen: then nobody is ever alone here, nor does anybody
        else read along."""
        self._replica = replica
        self._keepsakes = keepsakes
        self._here: set[str] = set()
        """The conferences that went on in this sitting."""
        self._known: tuple[object, tuple[Conference, ...]] = (None, ())

    def notice(self) -> None:
        """See which conference goes on: about that, nothing is asked in this sitting."""
        if (current := self._replica.contract.conferences.current) is not None:
            self._here.add(current.key)

    @property
    def unanswered(self) -> tuple[Conference, ...]:
        """What was closed before this sitting and is not answered yet, the first ones first."""
        if not self._is_student:
            return ()
        everything = self._replica.contract.conferences.all
        if self._known[0] is not everything:
            self._known = everything, tuple(self._look(everything))
        return tuple(one for one in self._known[1] if one.key not in self._here)

    def answer(self, conference: Conference) -> None:
        """Note that the student has answered, whatever that was. Raises LibraryError."""
        self._keepsakes.put(STILL_MINE, {conference.key.encode(): b"asked"})
        self._known = (None, ())

    def _look(self, everything: Sequence[Conference]) -> Iterator[Conference]:
        closed = [one for one in everything if not one.goes_on]
        with suppress(LibraryError):
            answered = self._keepsakes.all(STILL_MINE) if closed else {}
            yield from (one for one in closed if one.key.encode() not in answered)
