"""The data directory: one relay at a time, and nobody else's eyes."""

import fcntl
import os
from pathlib import Path

from sync_server.relay.errors import DataUnavailable
from sync_server.storage import SqliteStore, StorageError


class DataDirectory:
    """A directory that this process holds, and the store in it; raises DataUnavailable."""

    def __init__(self, path: Path, power_safe: bool) -> None:
        self._lock = _lock(path)
        try:
            self.store = SqliteStore(path / "changes.sqlite3", power_safe)
        except StorageError as error:
            os.close(self._lock)
            raise DataUnavailable(f"{error}") from error

    def close(self) -> None:
        """Let another relay have the directory."""
        self.store.close()
        os.close(self._lock)


def _lock(path: Path) -> int:
    """Hold the directory; the system lets go of it when this process ends, however it ends."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DataUnavailable(
            f"the data directory {path} cannot be used: {error.strerror}"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise DataUnavailable(f"another relay uses the data directory {path}") from error
    return lock
