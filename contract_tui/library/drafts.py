"""Drafts: what a person writes for themselves first. They are in this file alone.

Nothing here is a change of a contract, and so nothing of it is sent, exported or backed up with
one; it is erased together with the contract.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NewType

from contract_tui.language import _
from contract_tui.library.database import reporting, transaction
from contract_tui.library.errors import ContractErased
from sync_server.protocol.ids import DocumentId

DraftId = NewType("DraftId", str)
"""What a draft is for: a part of the contract, or the page that belongs to none."""
BEFORE_CONFERENCE = DraftId("/before the conference")
"""Notes for a conference to come; no part is called so, since none begins with a slash."""
_READ = "SELECT version, words FROM draft WHERE contract = ? AND place = ?"
_WRITE = """INSERT INTO draft SELECT id, ?, ?, ? FROM contract WHERE id = ?
ON CONFLICT (contract, place) DO UPDATE SET version = excluded.version, words = excluded.words"""


class Draft(NamedTuple):
    """A draft as it is stored."""

    version: int
    """How many edits have made it, by whichever program of this person."""
    words: str


NOTHING = Draft(0, "")


class Drafts:
    """The drafts for one contract; every method may raise LibraryError."""

    def __init__(self, connection: sqlite3.Connection, contract: DocumentId, place: Path) -> None:
        self._connection = connection
        self._contract = contract
        self._place = place

    def places(self) -> frozenset[DraftId]:
        """Where there are words."""
        query = "SELECT place FROM draft WHERE contract = ? AND words <> ''"
        with reporting(self._place):
            rows = self._connection.execute(query, (self._contract,)).fetchall()
        return frozenset(DraftId(place) for (place,) in rows)

    def read(self, place: DraftId) -> Draft:
        """A draft as it stands; an empty one where nothing was ever written."""
        with reporting(self._place):
            row = self._connection.execute(_READ, (self._contract, place)).fetchone()
        return Draft(*row) if row else NOTHING

    def copy_to(self, others: Drafts) -> None:
        """Put every draft with words in it among those of another contract of this person's."""
        for place in self.places():
            words = self.read(place).words
            others.edit(place, lambda _, words=words: words)  # type: ignore[misc]

    def edit(self, place: DraftId, change: Callable[[Draft], str]) -> Draft:
        """Write what `change` makes of the draft as it stands; it is on the disk when this returns.

        No other program of this person writes in between, so nothing of theirs is overwritten.
        """
        with reporting(self._place), transaction(self._connection):
            stands = self.read(place)
            draft = Draft(stands.version + 1, change(stands))
            row = place, draft.version, draft.words, self._contract
            if self._connection.execute(_WRITE, row).rowcount != 1:
                raise ContractErased(_(_("this contract has been erased from this computer")))
        return draft
