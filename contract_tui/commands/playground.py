"""The directory of a rehearsal: held by every program that plays in it, cleared when all are dead.

A rehearsal that is killed cannot clear up behind itself, so the next one does. A lock tells whether
anybody lives there: the system lets go of it when a process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from contract_tui.library.settings import REHEARSAL

MEMORY = Path("/dev/shm")  # noqa: S108 - the directory made in it is this person's alone
"""Where Linux keeps files in memory."""
_HELD = "held"
"""The file whose lock is shared by all who play."""


@contextmanager
def playground() -> Iterator[Path]:
    """An empty directory for as long as the block lasts; what dead rehearsals left is removed."""
    # Nothing here outlives the rehearsal, so nobody has to wait for the disk.
    place = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    clear({place, Path(tempfile.gettempdir())})
    with tempfile.TemporaryDirectory(prefix=REHEARSAL, dir=place) as name:
        directory = Path(name)
        # It gets its name once it is locked: nobody may find it unlocked and believe us dead.
        unnamed = directory / f".{_HELD}"
        lock = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_SH)
            unnamed.rename(directory / _HELD)
            yield directory
        finally:
            os.close(lock)


@contextmanager
def playing(home: Path) -> Iterator[None]:
    """Hold the rehearsal that a library belongs to, for as long as the block lasts."""
    lock = _take(home.parent, fcntl.LOCK_SH)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def clear(places: set[Path]) -> None:
    """Remove this person's rehearsals in some directories that nobody plays in any more."""
    for place in places:
        with suppress(OSError):
            for directory in place.glob(f"{REHEARSAL}*"):
                _clear(directory)


def _clear(directory: Path) -> None:
    """Remove a rehearsal, unless somebody lives there, or it is somebody else's."""
    with suppress(OSError):
        found = directory.lstat()
        if found.st_uid != os.getuid() or not directory.is_dir() or directory.is_symlink():
            return
        lock = _take(directory, fcntl.LOCK_EX)
        if lock is None:
            return
        try:
            shutil.rmtree(directory)
        finally:
            os.close(lock)


def _take(directory: Path, kind: int) -> int | None:
    """Take the lock of a rehearsal without waiting; None where that is not to be had."""
    try:
        lock = os.open(directory / _HELD, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
