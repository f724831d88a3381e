"""What can go wrong with a store; every text is one sentence that a person can act on.

StorageError
├── StorageFull        no room left on the disk; nothing of the batch was kept
├── StorageReadOnly    the file or its directory may not be written
├── StorageLocked      another program holds the file
├── StorageDamaged     what is on the disk is not what was written
├── StorageGone        a file that is in use was removed or replaced, or never was there
├── StorageTooNew      a newer version of this program made the file
└── StorageConflict    a batch does not continue what is stored; nothing of it was kept
"""

import sqlite3


class StorageError(Exception):
    """A store could not do what was asked; after it the store is as it was before."""


class StorageFull(StorageError):
    """No room is left on the disk."""


class StorageReadOnly(StorageError):
    """The file or its directory may not be written."""


class StorageLocked(StorageError):
    """Another program holds the file."""


class StorageDamaged(StorageError):
    """What is on the disk is not what was written."""


class StorageGone(StorageError):
    """The file is not, or no longer, where it should be."""


class StorageTooNew(StorageError):
    """A newer version of this program made the file."""


class StorageConflict(StorageError):
    """A batch does not continue what is stored.

    Either another program wrote to the same place, or the caller counts wrongly.
    """


_BY_CODE: dict[int, tuple[type[StorageError], str]] = {
    sqlite3.SQLITE_FULL: (StorageFull, "there is no room left for {place}"),
    sqlite3.SQLITE_READONLY: (StorageReadOnly, "{place} may not be written"),
    sqlite3.SQLITE_PERM: (StorageReadOnly, "{place} may not be opened"),
    sqlite3.SQLITE_CANTOPEN: (StorageReadOnly, "{place} cannot be opened"),
    sqlite3.SQLITE_BUSY: (StorageLocked, "{place} is in use by another program"),
    sqlite3.SQLITE_LOCKED: (StorageLocked, "{place} is in use by another program"),
    sqlite3.SQLITE_CORRUPT: (StorageDamaged, "{place} is damaged"),
    sqlite3.SQLITE_NOTADB: (StorageDamaged, "{place} is not a store of changes"),
    sqlite3.SQLITE_IOERR: (
        StorageError,
        "{place} cannot be read or written: the disk is full or fails",
    ),
    sqlite3.SQLITE_CONSTRAINT: (StorageConflict, "another program has written to {place}"),
}


def translate(error: sqlite3.Error, place: str) -> StorageError:
    """The error of this tree that says what an SQLite error means for `place`."""
    # https://www.sqlite.org/rescode.html: the low byte of an extended code is the primary code.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kind, sentence = _BY_CODE.get(code, (StorageError, f"{{place}} failed: {error}"))
    return kind(sentence.replace("{place}", place))
