"""The tables of a store, and how a file of one's own is opened and brought up to date."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from sync_server.storage.errors import StorageError, StorageTooNew, translate

SCHEMA_VERSION = 2
PATIENCE = 1.0
"""Seconds to wait for another program that holds the file."""

RECORD_TABLE = """
CREATE TABLE IF NOT EXISTS record (
    document BLOB NOT NULL,
    kind TEXT NOT NULL,
    name BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document, kind, name)
) WITHOUT ROWID"""
TABLES = f"""
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
{RECORD_TABLE}
"""


def open_file(path: Path, power_safe: bool) -> sqlite3.Connection:
    """A connection of our own, in WAL mode, whose schema is not newer than this program.

    Raises StorageError.
    """
    try:
        with suppress(OSError):  # SQLite says better what is wrong
            path.touch(mode=0o600)  # what people write is for its owner's eyes only
        # The relay commits on a worker thread while its loop goes on; it never uses two at once.
        connection = sqlite3.connect(
            path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise translate(error, str(path)) from error
    try:
        _settle(connection, path, power_safe)
    except sqlite3.Error as error:
        connection.close()
        raise translate(error, str(path)) from error
    except StorageError:
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection, path: Path, power_safe: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise StorageTooNew(f"{path} was made by a newer version of this program")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {'FULL' if power_safe else 'NORMAL'}")
    # What is replaced or deleted is filled with zeros, so that an erased document leaves nothing in
    # the pages that an older snapshot had: https://www.sqlite.org/pragma.html#pragma_secure_delete
    connection.execute("PRAGMA secure_delete = ON")
    if version == 1:  # which did not yet do so
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
