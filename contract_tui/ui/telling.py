"""What a screen says by itself about a contract, beside what the person does."""

from __future__ import annotations

from contract_tui.library.quarantine import ALL_ELSE
from contract_tui.session.session import Session

MOST_SET_ASIDE = 3
"""Sentences about what does not fit that are shown when a contract is opened."""


class News:
    """Sentences for one opening of a contract.

    Of what does not fit, all that was there before is told, and the unreadable. What others write
    that does not fit is set aside too; told of each, nobody could write.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known = frozenset(session.set_aside[:MOST_SET_ASIDE])

    def sentences(self) -> list[str]:
        """Return all there is to say now."""
        aside = self._session.set_aside
        told = [one for one in aside if one in self._known or one.endswith(ALL_ELSE)]
        return [*self._session.notices, *told]
