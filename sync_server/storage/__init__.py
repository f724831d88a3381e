"""Where changes are kept: bytes in, bytes out, and nothing is parsed here.

One port (`ChangeStore`) with two implementations that pass the same tests: `MemoryStore` for tests
and programs without a disk, `SqliteStore` for the relay's data directory and a person's library.
May import the ids of `protocol` and sqlite3. Graphs, sockets and clocks never enter.
"""

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
