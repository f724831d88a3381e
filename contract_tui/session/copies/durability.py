"""Makes what has been written survive a power cut too, without a key waiting for the disk.

SQLite has handed every change to the operating system when an edit returns: the program may be
killed at any moment. What remains is to make the disk itself take it, which can last longer than a
key may, and is done by a thread moments later. A change lost with the power in between has either
been shared already, or it was the last thing typed.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

DELAY = 0.05
"""Seconds in which further changes join those that wait for the disk."""


class Durability:
    """Flushes the log of a library's file soon after it has grown."""

    def __init__(self, database: Path) -> None:
        # Opening and closing this file beside SQLite is safe: it holds its locks on others.
        self._log = database.with_name(f"{database.name}-wal")
        self._task: asyncio.Task[None] | None = None
        self._again = False

    def soon(self) -> None:
        """Something has been written."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._flush(), name="durability")

    async def close(self) -> None:
        """Wait until everything is on the disk."""
        if self._task is not None:
            await self._task

    async def _flush(self) -> None:
        while self._again:
            await asyncio.sleep(DELAY)
            self._again = False
            await asyncio.to_thread(_flush, self._log)


def _flush(log: Path) -> None:
    # Without a log all is in the database itself; a disk that fails says so when it is written to.
    with suppress(OSError):
        file = os.open(log, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
