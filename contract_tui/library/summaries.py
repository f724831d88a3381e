"""What the list of contracts says of each, kept so that none has to be opened for it.

A summary is a convenience: it is made again whenever it is missing, unreadable or of another
version than what is stored, and nothing but the list believes it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from contract_tui.library.database import hurrying, reporting
from contract_tui.library.entry import Entry, hashes
from sync_server.protocol.ids import ChangeHash, DocumentId

FORM = 1
"""Which facts a stored summary holds; one of another form is made again."""
_KEEP = """INSERT INTO summary (contract, told)
SELECT id, ? FROM contract WHERE id = ?
ON CONFLICT (contract) DO UPDATE SET told = excluded.told"""
_LOOK = """INSERT INTO summary (contract, told, looked)
SELECT id, '', ? FROM contract WHERE id = ?
ON CONFLICT (contract) DO UPDATE SET looked = excluded.looked"""


class Consent(StrEnum):
    """How far people agree with a contract as it stands."""

    UNASKED = ""
    """Nobody has answered."""
    EVERYBODY = "everybody"
    SOME = "some"
    BEFORE = "before"
    """Whoever agreed did so with an earlier version."""
    NOT_YET = "not-yet"
    """Somebody has answered, and nobody agrees."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list says of one contract, beside its title and when it changed."""

    heads: tuple[ChangeHash, ...]
    """The version that it tells of."""
    people: tuple[str, ...] = ()
    """The names of everybody else, the student first."""
    changed_by: str = ""
    """Who changed it last, by name; empty where that was this person, or nobody known."""
    is_mine: bool = False
    """Whether this person changed it last."""
    is_news: bool = False
    """Whether others have changed it since this person looked."""
    consent: Consent = Consent.UNASKED
    agree: tuple[str, ...] = ()
    """The names of those who agree with this version, where it is not everybody."""
    revisit: str = ""
    """When to take it up again: a date as in ISO 8601, or words."""

    def is_of(self, entry: Entry) -> bool:
        """Whether it tells of all that is stored."""
        return self.heads == entry.heads


class Summaries:
    """The summaries in the library; every method may raise LibraryError."""

    def __init__(self, connection: sqlite3.Connection, place: Path) -> None:
        self._connection = connection
        self._place = place

    def all(self) -> dict[DocumentId, Summary]:
        """Every summary that can be read, by contract; not all need be up to date."""
        with reporting(self._place):
            rows = self._connection.execute("SELECT contract, told FROM summary").fetchall()
        return {DocumentId(id_): found for id_, told in rows if (found := _read(told))}

    def keep(self, contract: DocumentId, summary: Summary) -> None:
        """Keep a summary in place of an older one; one of an erased contract is let go."""
        with reporting(self._place), hurrying(self._connection):
            self._connection.execute(_KEEP, (_written(summary), contract))

    def looked(self, contract: DocumentId) -> tuple[ChangeHash, ...] | None:
        """The version that this person looked at last on this computer; None: not known."""
        query = "SELECT looked FROM summary WHERE contract = ?"
        with reporting(self._place):
            row = self._connection.execute(query, (contract,)).fetchone()
        return hashes(row[0]) if row and isinstance(row[0], bytes) else None

    def look(self, contract: DocumentId, heads: Sequence[ChangeHash]) -> None:
        """Note that this person looks at a version now."""
        with reporting(self._place), hurrying(self._connection):
            self._connection.execute(_LOOK, (b"".join(heads), contract))


def _written(summary: Summary) -> str:
    fields = {
        "form": FORM,
        "heads": b"".join(summary.heads).hex(),
        "people": summary.people,
        "changed_by": summary.changed_by,
        "is_mine": summary.is_mine,
        "is_news": summary.is_news,
        "consent": summary.consent,
        "agree": summary.agree,
        "revisit": summary.revisit,
    }
    return json.dumps(fields, ensure_ascii=False)


def _read(told: object) -> Summary | None:
    """A summary as it was written; None for one that was not, or by another version."""
    try:
        match json.loads(told) if isinstance(told, str) else None:
            case {
                "form": 1,
                "heads": str(heads),
                "people": [*people],
                "changed_by": str(changed_by),
                "is_mine": bool(is_mine),
                "is_news": bool(is_news),
                "consent": str(consent),
                "agree": [*agree],
                "revisit": str(revisit),
            }:
                return Summary(
                    hashes(bytes.fromhex(heads)),
                    tuple(map(str, people)),
                    changed_by,
                    is_mine,
                    is_news,
                    Consent(consent),
                    tuple(map(str, agree)),
                    revisit,
                )
    except (ValueError, RecursionError):
        pass
    return None
