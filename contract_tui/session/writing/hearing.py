"""Which answers to this person's notes are news to them: each is told once, also after weeks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence

from contract_tui.contract.items.values import Note
from contract_tui.library.keepsakes import ANSWERED, Keepsakes
from contract_tui.library.telling import Told
from contract_tui.session.writing.remarks import Remarks
from sync_server.access.proof import Seat

_BEGUN = b"begun"
"""Stands among what was read as soon as there is anything to compare with."""


class Hearing:
    """Remembers on this computer which answers this person has read.

    What was answered before they first had the contract open here is no news.
    """

    def __init__(self, me: Seat | None, remarks: Remarks, keepsakes: Keepsakes) -> None:
        self._me = me
        self._remarks = remarks
        self._told = Told(keepsakes, ANSWERED)
        self._read: set[bytes] = set()
        """What was found to be read already; the library is asked once for each."""

    @property
    def news(self) -> Sequence[Note]:
        """The notes of this person whose answer they have not read yet."""
        answered = {self._name(one): one for one in self._remarks.notes if self._is_answered(one)}
        if _BEGUN not in self._read:
            self._begin(answered)
        return [one for name, one in answered.items() if not self._is_read(name)]

    def read(self, note: Note) -> None:
        """Take the answer to a note, as it is now, for read."""
        self._remember([self._name(note)])

    def _begin(self, answered: Collection[bytes]) -> None:
        if self._me is not None and _BEGUN not in self._told:
            self._remember([_BEGUN, *answered])
        self._read.add(_BEGUN)

    def _remember(self, names: Collection[bytes]) -> None:
        self._read |= set(names)
        self._told.add(names)

    def _is_read(self, name: bytes) -> bool:
        if name not in self._read and name in self._told:
            self._read.add(name)
        return name in self._read

    def _is_answered(self, note: Note) -> bool:
        is_mine = self._me is not None and note.added_by == self._me.id
        return is_mine and not self._remarks.is_open(note)

    def _name(self, note: Note) -> bytes:
        """What stays the same for as long as the student says the same to a note."""
        said = [note.id, note.answer.value, self._remarks.words(note, "answer_text").strip()]
        return hashlib.sha256(json.dumps(said).encode()).digest()[:16]
