"""The library's SQLite file: opened with the right permissions, version and durability."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from contract_tui.language import _
from contract_tui.library.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryFull,
    LibraryLocked,
    LibraryReadOnly,
    LibraryTooNew,
)
from sync_server.storage.errors import (
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageLocked,
    StorageReadOnly,
    StorageTooNew,
    translate,
)

FILE_NAME = "library.sqlite3"
SCHEMA_VERSION = 3
PATIENCE = 2.0
"""Seconds to wait for another process that is writing."""
HASTE = 0.02
"""Seconds that a key may wait for it, before what it wrote is kept in memory for later."""

_TABLES = """
CREATE TABLE IF NOT EXISTS contract (
    id BLOB PRIMARY KEY,
    title TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    heads BLOB NOT NULL,
    key BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seat (
    contract BLOB PRIMARY KEY REFERENCES contract ON DELETE CASCADE,
    key BLOB NOT NULL,
    public BLOB NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    proof TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS relay (
    contract BLOB NOT NULL REFERENCES contract ON DELETE CASCADE,
    url TEXT NOT NULL,
    shared BLOB NOT NULL,
    PRIMARY KEY (contract, url)
);
CREATE TABLE IF NOT EXISTS confirmed (address TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS summary (
    contract BLOB PRIMARY KEY REFERENCES contract ON DELETE CASCADE,
    told TEXT NOT NULL,
    looked BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS draft (
    contract BLOB NOT NULL REFERENCES contract ON DELETE CASCADE,
    place TEXT NOT NULL,
    version INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (contract, place)
) WITHOUT ROWID;
"""

_SENTENCES: dict[type[StorageError], tuple[type[LibraryError], str]] = {
    StorageTooNew: (LibraryTooNew, _("{place} was made by a newer version: update contract-tui")),
    StorageLocked: (
        LibraryLocked,
        _("{place} is in use by another program: close it and try again"),
    ),
    StorageReadOnly: (LibraryReadOnly, _("{place} cannot be written: check its permissions")),
    StorageFull: (LibraryFull, _("there is no room left on the disk for {place}")),
    StorageDamaged: (LibraryDamaged, _("{place} is damaged or is not a library")),
}


@contextmanager
def reporting(place: Path) -> Iterator[None]:
    """Turn whatever goes wrong on the disk into a LibraryError with one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        trouble = translate(error, str(place))
        trouble.__cause__ = error
        raise _library_error(trouble, place) from error
    except StorageError as error:
        raise _library_error(error, place) from error
    except OSError as error:
        raise LibraryReadOnly(
            _("{place} cannot be used: {reason}").format(place=place, reason=error.strerror)
        ) from error


def open_database(home: Path) -> sqlite3.Connection:
    """The library's connection, its tables in place; raises LibraryError."""
    path = home / FILE_NAME
    with reporting(path):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        _keep_private(path)
        try:
            return _connect(path)
        except sqlite3.OperationalError as error:
            if not _is_disk_trouble(error):
                raise
            return _connect(path, alone=True)


def _keep_private(path: Path) -> None:
    """Let nobody else read the keys, even in a file that was copied back for all to read."""
    with suppress(OSError):  # somebody else's file, or a disk that cannot be written
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            file = path.with_name(name)
            if file.exists() and file.stat().st_mode & 0o077:
                file.chmod(0o600)


def _connect(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """A connection that is ready for use, or closed again.

    Several programs share a file by means of another beside it, for which a full disk has no room.
    `alone` does without, so that what was written can still be read: as long as it lasts, other
    programs find the library locked. https://sqlite.org/wal.html#noshm
    """
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def hurrying(connection: sqlite3.Connection) -> Iterator[None]:
    """Whatever is written inside fails rather than keep a screen waiting for another process."""
    connection.execute(f"PRAGMA busy_timeout = {HASTE * 1000:.0f}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside happens or nothing does; inside another one it is part of that."""
    inside = connection.in_transaction
    if inside:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise LibraryTooNew(
            _("{place} was made by a newer version: update contract-tui").format(place=path)
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    # Survives the death of the program; `durability` sees to that of the computer.
    connection.execute("PRAGMA synchronous = NORMAL")
    if version == SCHEMA_VERSION:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    with transaction(connection):
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _library_error(error: StorageError, place: Path) -> LibraryError:
    if type(error) in _SENTENCES:
        kind, sentence = _SENTENCES[type(error)]
        return kind(sentence.format(place=place))
    if _is_disk_trouble(error.__cause__):
        said = _("{place} cannot be read or written: the disk is full or fails")
        return LibraryError(said.format(place=place))
    return LibraryError(str(error))


def _is_disk_trouble(error: BaseException | None) -> bool:
    # The low byte of an extended code is the primary code: https://www.sqlite.org/rescode.html
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR
