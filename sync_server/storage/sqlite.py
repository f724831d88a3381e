"""A store in one SQLite file, or among the tables of another room's file."""

import sqlite3
import struct
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sync_server.protocol.ids import DocumentId
from sync_server.storage.errors import (
    StorageConflict,
    StorageDamaged,
    StorageError,
    StorageTooNew,
    translate,
)
from sync_server.storage.port import StoredChange, StoredHeader, StoredSnapshot

SCHEMA_VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS change (
    document BLOB NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    deps BLOB NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    start_op INTEGER NOT NULL,
    max_op INTEGER NOT NULL,
    raw BLOB NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshot (
    document BLOB PRIMARY KEY,
    covers INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS store (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_NEXT = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE document = ?"
_MOST_REMEMBERED = 10_000
"""Documents whose next position is known without asking the table."""
_APPEND = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LOAD = """SELECT position, hash, deps, actor, seq, start_op, max_op, length(raw) FROM change
WHERE document = ? AND position >= ? ORDER BY position LIMIT ?"""
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

    def __init__(self, place: Path | sqlite3.Connection, power_safe: bool = True) -> None:
        if isinstance(place, sqlite3.Connection):
            self._place, self._owned, self._connection = "the store of changes", False, place
        else:
            self._place, self._owned = str(place), True
            self._connection = _open(place, power_safe)
        self._next: dict[DocumentId, int] = {}
        """The position that follows a document's last one, where it is known."""
        try:
            known = None if self._owned else self._known_identity()
            self.identity = known or self._prepare()
        except StorageError:
            self.close()
            raise

    def documents(self) -> list[DocumentId]:
        """All documents with at least one change, ascending."""
        # DISTINCT would read every row; this jumps from one document to the next through the index.
        query = "SELECT min(document) FROM change WHERE document > ?"
        found: list[DocumentId] = []
        with self._reading() as connection:
            last = connection.execute(query, (b"",)).fetchone()[0]
            while last is not None:
                found.append(DocumentId(last))
                last = connection.execute(query, (last,)).fetchone()[0]
        return found

    def load(self, document: DocumentId, first: int = 0, count: int = -1) -> list[StoredHeader]:
        """At most `count` headers from position `first` on; raises StorageDamaged at a gap."""
        with self._reading() as connection:
            rows = connection.execute(_LOAD, (document, first, count)).fetchall()
        if rows and rows[-1][0] != first + len(rows) - 1:
            raise StorageDamaged(f"{self._place} is damaged: changes of a document are missing")
        self._check_types(rows, _HEADER)
        try:
            return [
                StoredHeader(hash_, _unpack(deps), actor, seq, start_op, max_op, size)
                for _, hash_, deps, actor, seq, start_op, max_op, size in rows
            ]
        except struct.error as error:
            raise StorageDamaged(f"{self._place} is damaged: a change is not whole") from error

    def append(self, batch: Sequence[StoredChange]) -> None:
        """Keep all of `batch` or, raising, nothing of it."""
        if not batch:
            return
        try:
            with self._transaction() as connection:
                self._check_continues(connection, batch)
                connection.executemany(_APPEND, map(_row, batch))
        except BaseException:
            self._next.clear()
            raise

    def raws(self, document: DocumentId, first: int, last: int) -> list[bytes]:
        """Raw changes from position `first` up to and including `last`."""
        with self._reading() as connection:
            rows = connection.execute(_RAWS, (document, first, last)).fetchall()
        self._check_types(rows, (bytes,))
        return [row[0] for row in rows]

    def put_snapshot(self, document: DocumentId, snapshot: StoredSnapshot) -> None:
        """Keep a snapshot in place of the document's older one."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)",
                (document, snapshot.covers, snapshot.data),
            )

    def snapshot(self, document: DocumentId) -> StoredSnapshot | None:
        """The document's snapshot, if it has one."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT covers, data FROM snapshot WHERE document = ?", (document,)
            ).fetchone()
        if row is None:
            return None
        self._check_types([row], (int, bytes))
        return StoredSnapshot(*row)

    def erase(self, document: DocumentId) -> None:
        """Forget everything about a document and overwrite its bytes."""
        self._next.pop(document, None)
        with self._transaction() as connection:
            # Deleted content is filled with zeros: https://www.sqlite.org/pragma.html#pragma_secure_delete
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM change WHERE document = ?", (document,))
            connection.execute("DELETE FROM snapshot WHERE document = ?", (document,))
        if self._owned:
            with self._reading() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Release the files, if they are this store's; closing twice is harmless."""
        if self._owned:
            self._connection.close()

    def _check_continues(
        self, connection: sqlite3.Connection, batch: Sequence[StoredChange]
    ) -> None:
        """Raise StorageConflict at a gap; a position that is taken is refused by the table."""
        # Whoever shares the file with others, or their transaction, must look each time.
        expected = self._next if self._owned else {}
        if len(expected) > _MOST_REMEMBERED:
            expected.clear()
        for change in batch:
            position = expected.get(change.document)
            if position is None:
                position = connection.execute(_NEXT, (change.document,)).fetchone()[0]
            if change.position != position:
                raise StorageConflict(f"another program has written to {self._place}")
            expected[change.document] = position + 1

    def _check_types(self, rows: Sequence[tuple[object, ...]], expected: tuple[type, ...]) -> None:
        """Raise StorageDamaged for a value of another type; SQLite's columns hold any."""
        if any(tuple(map(type, row)) != expected for row in rows):
            raise StorageDamaged(f"{self._place} is damaged: a change is not whole")

    def _known_identity(self) -> str | None:
        """The name of a store that is ready.

        Finding it writes nothing, so that the giver's file can be read while another program
        writes to it, or on a disk that takes no more.
        """
        with self._reading() as connection:
            tables = (
                "SELECT count(*) FROM sqlite_master WHERE name IN ('change', 'snapshot', 'store')"
            )
            if connection.execute(tables).fetchone()[0] < 3:
                return None
            query = "SELECT value FROM store WHERE name = 'identity'"
            row = connection.execute(query).fetchone()
        return str(row[0]) if row else None

    def _prepare(self) -> str:
        """Make what is missing of the tables, and the name."""
        with self._transaction() as connection:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            if self._owned:
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            return _identity(connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise translate(error, self._place) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; a savepoint where the giver of the connection has begun already."""
        nested = self._connection.in_transaction
        begin, commit, undo = (
            ("SAVEPOINT store", "RELEASE store", "ROLLBACK TO store; RELEASE store")
            if nested
            else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        connection = self._connection
        try:
            connection.execute(begin)
            yield connection
            connection.execute(commit)
        except BaseException as error:
            # A full disk may have rolled back already: https://www.sqlite.org/lang_transaction.html
            if connection.in_transaction:
                for statement in undo.split(";"):
                    connection.execute(statement)
            if isinstance(error, sqlite3.Error):
                raise translate(error, self._place) from error
            raise


def _open(path: Path, power_safe: bool) -> sqlite3.Connection:
    """A connection of our own, in WAL mode, whose schema is not newer than this program."""
    try:
        with suppress(OSError):  # SQLite says better what is wrong
            path.touch(mode=0o600)  # what people write is for its owner's eyes only
        # The relay commits on a worker thread while its loop goes on; it never uses two at once.
        connection = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise translate(error, str(path)) from error
    try:
        _check_version(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if power_safe else 'NORMAL'}")
    except sqlite3.Error as error:
        connection.close()
        raise translate(error, str(path)) from error
    except StorageError:
        connection.close()
        raise
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise StorageTooNew(f"{path} was made by a newer version of this program")


def _identity(connection: sqlite3.Connection) -> str:
    """The store's name, made on first use."""
    connection.execute("INSERT OR IGNORE INTO store VALUES ('identity', ?)", (str(uuid.uuid4()),))
    row = connection.execute("SELECT value FROM store WHERE name = 'identity'").fetchone()
    return str(row[0])


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
    return struct.unpack(f"<{len(deps) // 4}I", deps)
