"""*Are these still my words?* The student is asked after a conference, alone.

What she answers is nobody else's business: it is kept on her own computer and in no document. If
they are not her words any more she changes them, or writes a note, and that everybody can see.
"""

from __future__ import annotations

from contextlib import suppress

from contract_tui.contract.conference.values import Conference
from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import STILL_MINE, Keepsakes
from contract_tui.session.copies.replica import Replica
from sync_server.access.proof import Role, Seat


class Afterwards:
    """Knows whether the student has to be asked about the last conference."""

    def __init__(self, me: Seat | None, replica: Replica, keepsakes: Keepsakes) -> None:
        self._me = me
        self._replica = replica
        self._keepsakes = keepsakes

    @property
    def unanswered(self) -> Conference | None:
        """The last conference, if it was closed and the student has not answered; others: None."""
        everything = self._replica.contract.conferences.all
        newest = everything[-1] if everything else None
        if newest is None or newest.goes_on or self._me is None:
            return None
        is_student = self._me.role is Role.STUDENT
        return newest if is_student and not self._is_answered(newest) else None

    def answer(self, conference: Conference) -> None:
        """Note that the student has been asked, whatever the answer was. Raises LibraryError."""
        self._keepsakes.put(STILL_MINE, {conference.key.encode(): b"asked"})

    def _is_answered(self, conference: Conference) -> bool:
        with suppress(LibraryError):
            return self._keepsakes.get(STILL_MINE, conference.key.encode()) is not None
        return True
