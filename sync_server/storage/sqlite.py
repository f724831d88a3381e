"""A store in one SQLite file, or among the tables of another room's file."""

import sqlite3
import struct
from collections.abc import Collection, Sequence
from pathlib import Path

from sync_server.protocol.ids import DocumentId
from sync_server.storage.errors import (
    StorageConflict,
    StorageDamaged,
)
from sync_server.storage.place import Place
from sync_server.storage.port import (
    ERASED,
    StoredChange,
    StoredHeader,
    StoredRecord,
    StoredSnapshot,
)

_NEXT = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE document = ?"
_APPEND = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_APPEND_IF_NEXT = """INSERT INTO change SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
WHERE ? = (SELECT coalesce(max(position), -1) + 1 FROM change WHERE document = ?)"""
_LOAD = """SELECT position, hash, deps, actor, seq, start_op, max_op, length(raw) FROM change
WHERE document = ? AND position >= ? ORDER BY position LIMIT ?"""
_ONE = struct.Struct("<I")
_HEADER = (int, bytes, bytes, bytes, int, int, int, int)
_RAWS = "SELECT raw FROM change WHERE document = ? AND position BETWEEN ? AND ? ORDER BY position"


class SqliteStore:
    """Keeps changes in SQLite, one transaction per batch.

    Given a path it owns the file: WAL, `power_safe` (synchronous FULL, so that a batch survives a
    power cut; NORMAL survives the death of the program) and the schema's number in `user_version`.
    Given a connection it adds its tables to a file whose settings and number are the giver's;
    inside a transaction of the giver's it takes part in it. Raises StorageError when the file
    cannot be used.
    """

    def __init__(
        self, place: Path | sqlite3.Connection, power_safe: bool = True, begin: bool = True
    ) -> None:
        """Without `begin` a file that holds no store is refused with StorageGone."""
        self._place = Place(place, power_safe, begin)
        self.identity = self._place.identity
        self._told_at = self._place.version

    def documents(self) -> list[DocumentId]:
        """All documents with at least one change, ascending."""
        # DISTINCT would read every row; this jumps from one document to the next through the index.
        query = "SELECT min(document) FROM change WHERE document > ?"
        found: list[DocumentId] = []
        with self._place.reading() as connection:
            last = connection.execute(query, (b"",)).fetchone()[0]
            while last is not None:
                found.append(DocumentId(last))
                last = connection.execute(query, (last,)).fetchone()[0]
        return found

    def load(self, document: DocumentId, first: int = 0, count: int = -1) -> list[StoredHeader]:
        """At most `count` headers from position `first` on; raises StorageDamaged at a gap."""
        with self._place.reading() as connection:
            rows = connection.execute(_LOAD, (document, first, count)).fetchall()
        if rows and rows[-1][0] != first + len(rows) - 1:
            raise StorageDamaged(
                f"{self._place.name} is damaged: changes of a document are missing"
            )
        self._check_types(rows, _HEADER)
        if not rows:
            return []
        _, hashes, deps, *others = zip(*rows, strict=True)
        try:
            return list(map(StoredHeader, hashes, map(_unpack, deps), *others))
        except struct.error as error:
            raise StorageDamaged(f"{self._place.name} is damaged: a change is not whole") from error

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        """Keep all of `batch` and some records or, raising, nothing of them."""
        if len(batch) == 1 and not records and self._place.owned:
            self._append_one(batch[0])
        elif batch or records:
            with self._place.transaction() as connection:
                self._check_continues(connection, batch)
                connection.executemany(_APPEND, map(_row, batch))
                self._put_records(connection, records)

    def raws(self, document: DocumentId, first: int, last: int) -> list[bytes]:
        """Raw changes from position `first` up to and including `last`."""
        with self._place.reading() as connection:
            rows = connection.execute(_RAWS, (document, first, last)).fetchall()
        self._check_types(rows, (bytes,))
        return [row[0] for row in rows]

    def put_snapshot(self, document: DocumentId, snapshot: StoredSnapshot) -> None:
        """Keep a snapshot in place of the document's older one."""
        with self._place.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)",
                (document, snapshot.covers, snapshot.data),
            )

    def snapshot(self, document: DocumentId) -> StoredSnapshot | None:
        """The document's snapshot, if it has one."""
        with self._place.reading() as connection:
            row = connection.execute(
                "SELECT covers, data FROM snapshot WHERE document = ?", (document,)
            ).fetchone()
        if row is None:
            return None
        self._check_types([row], (int, bytes))
        return StoredSnapshot(*row)

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        """Keep all of `batch` in place of older ones of the same names or, raising, none of it."""
        if not batch:
            return
        with self._place.transaction() as connection:
            self._put_records(connection, batch)

    def records(self, document: DocumentId, kinds: Collection[str] = ()) -> list[StoredRecord]:
        """The records of a document, of some kinds or all, ordered by kind and name."""
        if not self._place.has_records:
            return []
        among = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        query = f"SELECT kind, name, data FROM record WHERE document = ?{among} ORDER BY kind, name"  # noqa: S608 - question marks alone
        with self._place.reading() as connection:
            rows = connection.execute(query, (document, *kinds)).fetchall()
        self._check_types(rows, (str, bytes, bytes))
        return [StoredRecord(document, *row) for row in rows]

    def records_of(self, kind: str) -> list[StoredRecord]:
        """All records of one kind, ordered by document and name; looks through everything."""
        if not self._place.has_records:
            return []
        query = (
            "SELECT document, kind, name, data FROM record WHERE kind = ? ORDER BY document, name"
        )
        with self._place.reading() as connection:
            rows = connection.execute(query, (kind,)).fetchall()
        self._check_types(rows, (bytes, str, bytes, bytes))
        return [StoredRecord(*row) for row in rows]

    def drop_records(self, document: DocumentId, kind: str, names: Sequence[bytes]) -> None:
        """Forget some records of one kind."""
        if not names or not self._place.has_records:
            return
        with self._place.transaction() as connection:
            connection.executemany(
                "DELETE FROM record WHERE document = ? AND kind = ? AND name = ?",
                [(document, kind, name) for name in names],
            )

    def erase(self, document: DocumentId, tombstone: bytes | None = None) -> None:
        """Forget everything about a document, and overwrite its bytes; a tombstone may stay."""
        with self._place.transaction() as connection:
            # The giver of a connection may not have asked for it.
            connection.execute("PRAGMA secure_delete = ON")
            self._place.make_records()
            for table in ("change", "snapshot", "record"):
                connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))  # noqa: S608 - our names
            if tombstone is not None:
                row = (document, ERASED, b"", tombstone)
                connection.execute("INSERT INTO record VALUES (?, ?, ?, ?)", row)
        self._place.wash()

    def changed_elsewhere(self) -> bool:
        """Whether another program has written to the file since this was last asked."""
        before, self._told_at = self._told_at, self._place.version
        return self._told_at != before

    def check(self) -> None:
        """Raise StorageGone if the file was removed or replaced under this program."""
        self._place.check()

    def close(self) -> None:
        """Release the files, if they are this store's; closing twice is harmless."""
        self._place.close()

    def _put_records(self, connection: sqlite3.Connection, batch: Sequence[StoredRecord]) -> None:
        if batch:
            self._place.make_records()
            rows = [(one.document, one.kind, one.name, one.data) for one in batch]
            connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)

    def _append_one(self, change: StoredChange) -> None:
        """Keep a batch of one, as a keystroke is, in one statement instead of four."""
        where = change.position, change.document
        if not self._place.perform(_APPEND_IF_NEXT, (*_row(change), *where)):
            raise self._conflict()

    def _check_continues(
        self, connection: sqlite3.Connection, batch: Sequence[StoredChange]
    ) -> None:
        """Raise StorageConflict at a gap; a position that is taken is refused by the table."""
        expected: dict[DocumentId, int] = {}
        for change in batch:
            position = expected.get(change.document)
            if position is None:
                position = connection.execute(_NEXT, (change.document,)).fetchone()[0]
            if change.position != position:
                raise self._conflict()
            expected[change.document] = position + 1

    def _conflict(self) -> StorageConflict:
        return StorageConflict(f"another program has written to {self._place.name}")

    def _check_types(self, rows: Sequence[tuple[object, ...]], expected: tuple[type, ...]) -> None:
        """Raise StorageDamaged for a value of another type; SQLite's columns hold any."""
        columns = zip(*rows, strict=True)
        if rows and [set(map(type, column)) for column in columns] != [{one} for one in expected]:
            raise StorageDamaged(f"{self._place.name} is damaged: a change is not whole")


def _row(change: StoredChange) -> tuple[object, ...]:
    return (
        change.document,
        change.position,
        change.hash,
        struct.pack(f"<{len(change.deps)}I", *change.deps),
        change.actor,
        change.seq,
        change.start_op,
        change.max_op,
        change.raw,
    )


def _unpack(deps: bytes) -> tuple[int, ...]:
    if len(deps) == _ONE.size:
        return _ONE.unpack(deps)
    return struct.unpack(f"<{len(deps) // 4}I", deps)
