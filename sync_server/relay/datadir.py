"""The data directory: one relay at a time, nobody else's eyes, and never silently empty."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync_server.relay.errors import DataUnavailable
from sync_server.storage import SqliteStore, StorageDamaged, StorageError, StorageGone
from sync_server.storage.copies import look_through

FILE_NAME = "changes.sqlite3"
_LOOKED_THROUGH = 256 << 20
"""Bytes of a store that is looked through at every start, which takes about a second."""
_WAY_OUT = (
    "bring a backup back with `sync-server restore FILE --force`, or name an empty directory with"
    " --data: everyone's own copies bring their contracts back"
)


class DataDirectory:
    """A directory that this process holds, and the store in it; raises DataUnavailable."""

    def __init__(self, path: Path, power_safe: bool) -> None:
        self._lock = hold(path)
        try:
            self.store = _open(path, power_safe, begin=not _note(self._lock))
            write_note(self._lock, self.store.identity)
        except (StorageDamaged, StorageGone) as error:
            os.close(self._lock)
            raise DataUnavailable(f"{error}: {_WAY_OUT}") from error
        except StorageError as error:
            os.close(self._lock)
            raise DataUnavailable(f"{error}") from error

    def close(self) -> None:
        """Let another relay have the directory."""
        self.store.close()
        os.close(self._lock)


def hold(path: Path, advice: str = "") -> int:
    """Hold the directory; the system lets go of it when this process ends, however it ends.

    Returns the handle of its lock, to be closed. Raises DataUnavailable, with some advice where a
    relay holds it.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DataUnavailable(
            "the data directory {path} cannot be used: {reason}", path=path, reason=error.strerror
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise DataUnavailable(
            "another relay uses the data directory {path}{advice}", path=path, advice=advice
        ) from error
    return lock


@contextmanager
def holding(path: Path) -> Iterator[int]:
    """Hold the directory for as long as the block lasts; no relay may be running."""
    lock = hold(path, ": stop it first")
    try:
        yield lock
    finally:
        os.close(lock)


def write_note(lock: int, identity: str) -> None:
    """Note beside the store that there is one, so that it is missed when it is gone."""
    if _note(lock) != identity:
        try:
            os.pwrite(lock, identity.encode(), 0)
            os.ftruncate(lock, len(identity))
        except OSError as error:
            raise DataUnavailable(
                "the data directory cannot be written: {reason}", reason=error.strerror
            ) from error


def _note(lock: int) -> str:
    return os.pread(lock, 100, 0).decode(errors="replace")


def _open(path: Path, power_safe: bool, begin: bool) -> SqliteStore:
    file = path / FILE_NAME
    if not begin and not file.exists():
        raise StorageGone(f"{file} is gone, though changes were kept in it")
    store = SqliteStore(file, power_safe, begin)
    try:
        if file.stat().st_size <= _LOOKED_THROUGH:
            look_through(file)
    except StorageError:
        store.close()
        raise
    return store
