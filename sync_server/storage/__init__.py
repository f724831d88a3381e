"""Where changes are kept: bytes in, bytes out, and nothing is parsed here.

One port (`ChangeStore`) with two implementations that pass the same tests: `MemoryStore` for tests
and programs without a disk, `SqliteStore` for the relay's data directory and a person's library.
May import the ids of `protocol` and sqlite3. Graphs, sockets and clocks never enter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync_server.storage.errors import (
        StorageConflict,
        StorageDamaged,
        StorageError,
        StorageFull,
        StorageGone,
        StorageLocked,
        StorageReadOnly,
        StorageTooNew,
    )
    from sync_server.storage.memory import MemoryStore
    from sync_server.storage.port import (
        ERASED,
        ChangeStore,
        StoredChange,
        StoredHeader,
        StoredRecord,
        StoredSnapshot,
    )
    from sync_server.storage.sqlite import SqliteStore

__all__ = [
    "ERASED",
    "ChangeStore",
    "MemoryStore",
    "SqliteStore",
    "StorageConflict",
    "StorageDamaged",
    "StorageError",
    "StorageFull",
    "StorageGone",
    "StorageLocked",
    "StorageReadOnly",
    "StorageTooNew",
    "StoredChange",
    "StoredHeader",
    "StoredRecord",
    "StoredSnapshot",
]

_MODULES = {
    "ERASED": "port",
    "ChangeStore": "port",
    "MemoryStore": "memory",
    "SqliteStore": "sqlite",
}


def __getattr__(name: str) -> object:
    """Import what is asked for only then: a list of contracts is shown without most of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _MODULES.get(name) or ("port" if name.startswith("Stored") else "errors")
    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
    return value
