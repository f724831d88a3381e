"""Copies of a store that are whole at one moment, and looking through a file before trusting it."""

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sync_server.storage.errors import (
    StorageDamaged,
    StorageError,
    StorageGone,
    StorageTooNew,
    translate,
)
from sync_server.storage.schema import SCHEMA_VERSION, TABLES

Progress = Callable[[int, int], None]
"""Is told how many bytes of how many are copied."""
_PAGES = 2048
"""Pages of usually 4 KiB that are copied before the progress is told."""
_PATIENCE = 10.0
"""Seconds to wait for a relay that is writing."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The store in `path` as it is at this moment, while a relay may go on writing to it.

    Raises StorageError; StorageGone where there is no file.
    """
    if not path.is_file():
        raise StorageGone(f"there is no {path}")
    uri = f"file:{quote(str(path))}?mode=rw"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)
        try:
            # Whoever made the file does not decide what reading it does.
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            # Until this ends, it sees one moment: https://www.sqlite.org/isolation.html
            connection.execute("BEGIN")
            _check_kind(connection, path)
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise translate(error, str(path)) from error


def copy(source: Path, target: Path, progress: Progress, rename: bool = False) -> str:
    """Make `target` a whole copy of a store, in one file of its own that is on the disk.

    Returns its name; with `rename` it is another store with the same contents. A damaged source is
    refused, and whatever goes wrong, no half of a copy stays. Raises StorageError.
    """
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror}") from error
    try:
        with reading(source) as connection:
            identity = _copy(connection, target, progress, rename)
        look_through(target)
        for place in (target, target.parent):
            sync(place)
    except BaseException:
        for file in (target, target.with_name(f"{target.name}-journal")):
            file.unlink(missing_ok=True)
        raise
    return identity


def look_through(path: Path) -> None:
    """Read every page of a store; raises StorageDamaged at the first that is not sound."""
    with reading(path) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageDamaged(f"{path} is damaged")


def _copy(source: sqlite3.Connection, target: Path, progress: Progress, rename: bool) -> str:
    size = source.execute("PRAGMA page_size").fetchone()[0]

    def tell(_status: int, remaining: int, total: int) -> None:
        progress((total - remaining) * size, total * size)

    connection = sqlite3.connect(target, isolation_level=None)
    try:
        source.backup(connection, pages=_PAGES, progress=tell)
        connection.execute("PRAGMA journal_mode = DELETE")
        if rename:
            name = (str(uuid.uuid4()),)
            connection.execute("UPDATE store SET value = ? WHERE name = 'identity'", name)
        found = connection.execute("SELECT value FROM store WHERE name = 'identity'").fetchone()
        return str(found[0])
    except sqlite3.Error as error:
        raise translate(error, str(target)) from error
    finally:
        connection.close()


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StorageDamaged for what is no store, and StorageTooNew for a newer one."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise StorageTooNew(f"{path} was made by a newer version of this program")
    found = _schema(connection)
    with sqlite3.connect(":memory:") as fresh:
        fresh.executescript(TABLES)
        known = _schema(fresh)
    fresh.close()
    if not version or not found <= known or len(found) < len(known) - (version == 1):
        raise StorageDamaged(f"{path} is not a store of changes")
    if not connection.execute("SELECT 1 FROM store WHERE name = 'identity'").fetchone():
        raise StorageDamaged(f"{path} is not a store of changes")


def _schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}


def sync(path: Path) -> None:
    """See that a file, or the names in a directory, are on the disk itself; raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
