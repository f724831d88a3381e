"""Making snapshots: in a limited process, one at a time, and believed only as far as checked."""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable

from sync_server.hub.effects import Compact
from sync_server.protocol.document import outline
from sync_server.protocol.errors import BadChunk
from sync_server.storage import ChangeStore, StorageError, StoredSnapshot

WORKER = (sys.executable, "-m", "sync_server.relay.snapshot_worker")
_SECONDS = 120
_SLICE = 2000
"""Changes read before other documents have their turn."""

_logger = logging.getLogger(__name__)


class Compactor:
    """Makes snapshots of stored changes, off the loop."""

    def __init__(self, store: ChangeStore, free: Callable[[], Awaitable[None]]) -> None:
        """`free` waits until nobody else uses the store."""
        self._store = store
        self._free = free
        self._one = asyncio.Lock()

    async def make(self, compact: Compact) -> StoredSnapshot | None:
        """Return a verified and stored snapshot, or None, saying why in the log."""
        async with self._one:
            try:
                data = await _run(await self._read(compact))
                _verify(data, compact)
                snapshot = StoredSnapshot(compact.covers, data)
                await self._free()
                if not self._store.load(compact.document, compact.covers - 1, 1):
                    raise BadChunk("the document was erased meanwhile")
                self._store.put_snapshot(compact.document, snapshot)
            except (BadChunk, OSError, StorageError, TimeoutError) as error:
                _logger.warning("no snapshot was made: %s", error)
                return None
            return snapshot

    async def _read(self, compact: Compact) -> bytes:
        raws: list[bytes] = []
        for first in range(0, compact.covers, _SLICE):
            last = min(first + _SLICE, compact.covers) - 1
            await self._free()
            raws += self._store.raws(compact.document, first, last)
            await asyncio.sleep(0)
        return b"".join(raws)


async def _run(changes: bytes) -> bytes:
    worker = await asyncio.create_subprocess_exec(*WORKER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    try:
        async with asyncio.timeout(_SECONDS):
            data, _ = await worker.communicate(changes)
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    if worker.returncode:
        raise BadChunk(f"the process that makes it ended with {worker.returncode}")
    return data


def _verify(data: bytes, compact: Compact) -> None:
    """Compare what can be compared without opening the document; raises BadChunk."""
    found = outline(data)
    if found.heads != compact.heads or found.changes != compact.covers:
        raise BadChunk("it does not hold what it should")
