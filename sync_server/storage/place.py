"""Where a store's tables are: a file of its own, or the giver's; and what is true of each."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sync_server.storage.errors import StorageError, StorageGone, translate
from sync_server.storage.schema import RECORD_TABLE, SCHEMA_VERSION, TABLES, open_file

_FILES = "", "-wal", "-shm"
"""What SQLite adds to the file's name: https://www.sqlite.org/tempfiles.html"""


class Place:
    """A connection with the store's tables, alone in its file or among those of its giver.

    With `begin` tables and name are made where there are none; without, StorageGone is raised.
    """

    def __init__(
        self, place: Path | sqlite3.Connection, power_safe: bool = True, begin: bool = True
    ) -> None:
        self._inodes: dict[str, tuple[int, int]] = {}
        self._washed = True
        if isinstance(place, sqlite3.Connection):
            self.name, self.owned, self.connection = "the store of changes", False, place
        else:
            self.name, self.owned = str(place), True
            self.connection = open_file(place, power_safe)
        try:
            self.identity = self._take(begin)
        except StorageError:
            self.close()
            raise
        if isinstance(place, Path):
            self._inodes = _inodes(place)

    @property
    def has_records(self) -> bool:
        """Whether there is a table for them; the giver's file may be older than they are."""
        return self.owned or self._count("record") == 1

    def make_records(self) -> None:
        """Make the table that the giver's older file lacks."""
        if not self.owned:
            self.connection.execute(RECORD_TABLE)

    @property
    def version(self) -> int:
        """A number that is another one whenever another program has written to the file."""
        # https://www.sqlite.org/pragma.html#pragma_data_version
        with self.reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def check(self) -> None:
        """Raise StorageGone if a file was removed or replaced: its new contents would be lost."""
        for path, inode in self._inodes.items():
            if _inode(path) != inode:
                raise StorageGone(
                    f"{path} was removed or replaced while it was in use: stop the relay and put"
                    " the file back, or bring a backup back with `sync-server restore`"
                )

    def wash(self) -> None:
        """See that what was deleted is in no file any more, now or when whoever reads has ended."""
        if self.owned:
            with self.reading() as connection:
                busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._washed = not busy

    def close(self) -> None:
        """Release the files, if they are the store's; closing twice is harmless."""
        if self.owned:
            self.connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Say what is wrong as a StorageError."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise translate(error, self.name) from error

    def perform(self, statement: str, values: Sequence[object]) -> int:
        """Do one statement in a file of one's own, or nothing; returns how many rows it wrote."""
        self._prepare()
        try:
            return self.connection.execute(statement, values).rowcount
        except sqlite3.Error as error:
            raise translate(error, self.name) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; a savepoint where the giver of the connection has begun already."""
        self._prepare()
        nested = self.connection.in_transaction
        begin, commit, undo = (
            ("SAVEPOINT store", "RELEASE store", "ROLLBACK TO store; RELEASE store")
            if nested
            else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        connection = self.connection
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
                raise translate(error, self.name) from error
            raise

    def _prepare(self) -> None:
        """Look after the files before anything is written to them."""
        self.check()
        if not self._washed:
            self.wash()

    def _take(self, begin: bool) -> str:
        """The store's name; finds or makes the tables.

        Finding them writes nothing, so that the giver's file can be read while another program
        writes to it, or on a disk that takes no more.
        """
        known = self._known_identity()
        if known is None and not begin:
            raise StorageGone(f"{self.name} is empty, though changes were kept in it")
        if known is not None and (not self.owned or self._is_up_to_date()):
            return known
        with self.transaction() as connection:
            for statement in TABLES.split(";"):
                connection.execute(statement)
            if self.owned:
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            if known is None:
                from uuid import uuid4  # only a new file needs a name, and it is slow to import

                known = str(uuid4())
                connection.execute("INSERT INTO store VALUES ('identity', ?)", (known,))
        return known

    def _is_up_to_date(self) -> bool:
        with self.reading() as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return version == SCHEMA_VERSION

    def _known_identity(self) -> str | None:
        if self._count("change", "snapshot", "store") < 3:
            return None
        with self.reading() as connection:
            query = "SELECT value FROM store WHERE name = 'identity'"
            row = connection.execute(query).fetchone()
        return str(row[0]) if row else None

    def _count(self, *tables: str) -> int:
        marks = ", ".join("?" * len(tables))
        query = f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})"  # noqa: S608 - marks
        with self.reading() as connection:
            return int(connection.execute(query, tables).fetchone()[0])


def _inodes(path: Path) -> dict[str, tuple[int, int]]:
    files = {f"{path}{ending}" for ending in _FILES}
    return {file: found for file in files if (found := _inode(file))}


def _inode(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked three times for every key, and twice as quick
    except OSError:
        return None
    return found.st_dev, found.st_ino
