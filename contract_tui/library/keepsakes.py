"""What the library keeps of a contract beside its changes: seals, proofs, revocations, notices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from contract_tui.library.database import hurrying, reporting, transaction
from sync_server.protocol.ids import DocumentId
from sync_server.storage.port import StoredRecord
from sync_server.storage.sqlite import SqliteStore

SEAL, PROOF, REVOCATIONS, HOLDER, FOREIGN, NOTICE, TOLD, TICKET, RENEWAL, RENEWED, VOUCHER = (
    "seal",
    "proof",
    "revocations",
    "holder",
    "foreign",
    "notice",
    "told",
    "ticket",
    "renewal",
    "renewed",
    "voucher",
)
"""Kinds of records. What was `FOREIGN` names one of this device's actors of which changes came from
elsewhere, and from which number on: nobody seals what they cannot know to be their own. What is
`TOLD` names a notice that was shown. A `TICKET` is of somebody who was invited and has not come in
yet. The `RENEWAL` is the contract that this person began in place of this one; `RENEWED` is what
this one itself says of that. A `VOUCHER` is by its actor and change."""
HOST = "host"
"""The kind of the record that names the computer of somebody else on which this seat is."""
BOOKMARK = "bookmark"
"""The kind of the record of where a guest was in the contract when their program ended."""
ANSWERED = "answered"
"""The kind of what names an answer to a note of this person's that they have read."""
SEEN = "seen"
"""The kind of the mark that somebody who only reads looked back: others' is in the contract."""

STILL_MINE = "still mine"
"""The kind of the marks that the student was asked, after a conference, if these are her words."""


class Keepsakes:
    """Small records by kind and name; every method may raise LibraryError.

    They are gone together with the contract when it is erased.
    """

    def __init__(
        self, connection: sqlite3.Connection, store: SqliteStore, contract: DocumentId, place: Path
    ) -> None:
        self._connection = connection
        self._store = store
        self._contract = contract
        self._place = place
        self._seen_version = -1

    def all(self, kind: str) -> dict[bytes, bytes]:
        """Everything of one kind, by name."""
        with reporting(self._place):
            records = self._store.records(self._contract, (kind,))
        return {record.name: record.data for record in records}

    def get(self, kind: str, name: bytes = b"") -> bytes | None:
        """One record."""
        return self.all(kind).get(name)

    def changed_elsewhere(self) -> bool:
        """Whether another program has written to the library since this was asked last."""
        before, self._seen_version = self._seen_version, self._version()
        return before != self._seen_version

    def put(self, kind: str, items: Mapping[bytes, bytes]) -> None:
        """Keep some records in place of older ones of the same names; never keeps a key waiting."""
        if not items:
            return
        batch = [StoredRecord(self._contract, kind, name, data) for name, data in items.items()]
        with reporting(self._place), hurrying(self._connection):
            self._store.put_records(batch)

    def change(self, kind: str, items: Mapping[bytes, bytes], gone: Iterable[bytes]) -> None:
        """Keep some records and forget others, all or nothing."""
        with reporting(self._place), hurrying(self._connection), transaction(self._connection):
            self.put(kind, items)
            if names := list(gone):
                self._store.drop_records(self._contract, kind, names)

    def _version(self) -> int:
        # Changes only when another connection has written: https://sqlite.org/pragma.html
        with reporting(self._place):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
