"""One contract in the list of contracts, read without opening it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from contract_tui.language import _
from sync_server.access.keys import PublicKey
from sync_server.access.seat import Role, Seat, seat_id
from sync_server.protocol.ids import ChangeHash, DocumentId, format_document_id

UNTITLED = _(_("(no title yet)"))
LONGEST_SHOWN = 60
"""Characters of a title where it is named beside other words."""
HASH_SIZE = 32
_ENTRIES = """SELECT c.id, title, changed_at, heads, c.key IS NOT NULL, public, role, name
FROM contract c LEFT JOIN seat s ON s.contract = c.id
ORDER BY changed_at DESC, title, c.id"""
_RELAYS = "SELECT contract, url, shared FROM relay ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One contract, as the list of contracts shows it."""

    id: DocumentId
    title: str
    changed_at: int
    """Seconds since 1970; 0 where nothing has arrived yet."""
    seat: Seat | None
    """This person's own seat."""
    holder: bool
    """Whether the key that governs the contract is here."""
    relays: tuple[str, ...]
    unshared: bool
    """Whether something is here that none of its relays is known to have."""
    heads: tuple[ChangeHash, ...] = ()
    """The newest changes that are stored here."""

    @property
    def name(self) -> str:
        """The title on one line, shortened where it is long, or what stands for one."""
        title = " ".join(self.title.split()) or UNTITLED
        return title if len(title) <= LONGEST_SHOWN else f"{title[: LONGEST_SHOWN - 1].rstrip()}…"

    @property
    def text_id(self) -> str:
        """The id as people write it."""
        return format_document_id(self.id)


def read_entries(connection: sqlite3.Connection) -> list[Entry]:
    """Every contract, the latest changed first."""
    relays: dict[bytes, dict[str, tuple[ChangeHash, ...]]] = {}
    for contract, url, shared in connection.execute(_RELAYS).fetchall():
        relays.setdefault(contract, {})[url] = hashes(shared)
    rows = connection.execute(_ENTRIES).fetchall()
    return [_entry(relays.get(row[0], {}), *row) for row in rows]


def _entry(
    shared: Mapping[str, tuple[ChangeHash, ...]],
    contract: bytes,
    title: str,
    changed_at: int,
    heads: bytes,
    holder: int,
    public: bytes | None,
    role: str | None,
    name: str | None,
) -> Entry:
    newest = hashes(heads)
    seat = seat_from(public, role, name) if public and role and name else None
    unshared = bool(shared) and newest not in shared.values()
    relays = tuple(shared)
    return Entry(
        DocumentId(contract), title, changed_at, seat, bool(holder), relays, unshared, newest
    )


def seat_from(public: bytes, role: str, name: str) -> Seat:
    """A seat as it is stored."""
    key = PublicKey(public)
    return Seat(seat_id(key), Role(role), name, key)


def hashes(joined: bytes) -> tuple[ChangeHash, ...]:
    """Hashes as they are stored, one behind the other."""
    return tuple(ChangeHash(joined[i : i + HASH_SIZE]) for i in range(0, len(joined), HASH_SIZE))
