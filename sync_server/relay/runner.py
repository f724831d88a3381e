"""The one task that does what the hub decided, in order."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

from sync_server.relay.compaction import Compactor
from sync_server.relay.connection import Connection
from sync_server.relay.effects import (
    Close,
    Compact,
    ConnectionId,
    Effect,
    Fault,
    Hold,
    Load,
    Release,
    Send,
    Store,
)
from sync_server.relay.hub import Hub
from sync_server.relay.settings import Settings
from sync_server.storage import ChangeStore, StorageError

_logger = logging.getLogger(__name__)


class Runner:
    """Takes a batch, commits it once, lets the hub speak of it, and does all of it again.

    While a power-safe commit waits for the disk, on a thread of its own, frames are still received
    and checked; they form the next batch.
    """

    def __init__(
        self,
        hub: Hub,
        store: ChangeStore,
        connections: Mapping[ConnectionId, Connection],
        settings: Settings,
    ) -> None:
        self.storing_fails = False
        """Whether the last commit failed."""
        self._hub = hub
        self._store = store
        self._connections = connections
        self._thread = ThreadPoolExecutor(1, "commit") if settings.power_safe else None
        self._disk = asyncio.Lock()
        self._compactor = Compactor(store, self._disk) if settings.snapshots else None
        self._compactions: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._alarm: asyncio.TimerHandle | None = None
        self._idle = asyncio.Event()

    def wake(self) -> None:
        """Look again whether the hub has something to do, now or later."""
        self._set_alarm()
        if self._hub.busy:
            self._woken.set()

    async def run(self) -> None:
        """Run until cancelled."""
        while True:
            await self._until_due()
            now = self._loop.time()
            async with self._disk:
                self.perform(self._hub.tick(now))
                await self._batch()
            if self._hub.busy:
                await asyncio.sleep(0)  # the sockets have their turn between two slices
            else:
                self._idle.set()

    async def drain(self) -> None:
        """Wait until everything received is stored and answered."""
        while self._hub.busy:
            self._idle.clear()
            self.wake()
            await self._idle.wait()

    async def close(self) -> None:
        """Let the commit thread and unfinished snapshots end."""
        if self._alarm:
            self._alarm.cancel()
        for task in self._compactions:
            task.cancel()
        await asyncio.gather(*self._compactions, return_exceptions=True)
        if self._thread:
            self._thread.shutdown()

    def perform(self, effects: Iterable[Effect]) -> None:
        """Do everything that needs no waiting."""
        for effect in effects:
            match effect:
                case Send() | Close() | Hold() | Release():
                    if socket := self._connections.get(effect.connection):
                        self._tell(socket, effect)
                case Load():
                    self._load(effect)
                case Compact():
                    task = self._loop.create_task(self._compact(effect))
                    self._compactions.add(task)
                    task.add_done_callback(self._compactions.discard)
                case Fault(error):
                    self._hub.counters.faults += 1
                    _logger.error("a defect of the relay", exc_info=error)
                case Store():
                    raise AssertionError("a batch is stored by itself")
                case _:
                    assert_never(effect)

    async def _until_due(self) -> None:
        self._woken.clear()
        if not self._hub.busy:
            self._set_alarm()
            await self._woken.wait()

    def _set_alarm(self) -> None:
        """Be woken when the hub has something due; an alarm that rings too early does no harm."""
        due = self._hub.wake_at
        if due is None:
            return
        if self._alarm:
            if self._alarm.when() <= due:
                return
            self._alarm.cancel()
        self._alarm = self._loop.call_at(due, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._woken.set()

    async def _batch(self) -> None:
        effects = self._hub.apply(self._loop.time())
        stored = True
        for effect in effects:
            if isinstance(effect, Store):
                stored = await self._commit(effect)
            else:
                self.perform((effect,))
        now = self._loop.time()
        self.perform(self._hub.committed(now) if stored else self._hub.failed(now))

    async def _commit(self, batch: Store) -> bool:
        self._hub.counters.commits += 1
        try:
            if self._thread:
                await self._loop.run_in_executor(self._thread, self._store.append, batch.changes)
            else:
                self._store.append(batch.changes)
        except StorageError as error:
            self._hub.counters.failures += 1
            _logger.error("changes could not be stored: %s", error)
            self.storing_fails = True
            return False
        self.storing_fails = False
        return True

    def _load(self, load: Load) -> None:
        now = self._loop.time()
        try:
            headers = self._store.load(load.document, load.first, load.count)
            last = len(headers) < load.count
            snapshot = self._store.snapshot(load.document) if last else None
        except StorageError as error:
            _logger.error("a document could not be read: %s", error)
            self.perform(self._hub.load_failed(load.document, now))
        else:
            self.perform(self._hub.loaded(load.document, headers, snapshot, now))

    async def _compact(self, compact: Compact) -> None:
        snapshot = await self._compactor.make(compact) if self._compactor else None
        if snapshot:
            self._hub.counters.snapshots += 1
        async with self._disk:
            self._hub.compacted(compact.document, snapshot)

    def _tell(self, socket: Connection, effect: Send | Close | Hold | Release) -> None:
        match effect:
            case Send(_, frame, droppable):
                if socket.send(frame, droppable):
                    self._hub.counters.sent += 1
                else:
                    self._hub.counters.dropped += 1
            case Close(_, code, reason):
                socket.refuse(code, reason)
            case Hold():
                socket.hold()
            case Release():
                socket.release()
            case _:
                assert_never(effect)
