"""Does what the hub decided, in order."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

from sync_server.hub.effects import (
    Close,
    Compact,
    ConnectionId,
    Effect,
    Erase,
    Fault,
    Hold,
    Load,
    Release,
    Send,
    Store,
)
from sync_server.hub.hub import Hub
from sync_server.protocol.ids import DocumentId
from sync_server.relay.compaction import Compactor
from sync_server.relay.connection import Connection
from sync_server.relay.settings import Settings
from sync_server.storage import ERASED, ChangeStore, StorageError, StoredRecord

QUICK = 0.008
"""Seconds that a commit may take for everyone to wait for the next one."""

_logger = logging.getLogger(__name__)


class Runner:
    """Takes a batch, commits it once, lets the hub speak of it, and does all of it again.

    A turn is one callback of the loop, and everything that arrived before it is one batch. A disk
    that is quick is waited for, as handing over to a thread would take longer. For a slow one
    commits are made on a thread; what arrives meanwhile is checked, and forms the next batch.
    """

    def __init__(
        self,
        hub: Hub,
        store: ChangeStore,
        connections: Mapping[ConnectionId, Connection],
        settings: Settings,
        broken: Callable[[Exception], None],
    ) -> None:
        """`broken` is called if the runner cannot go on."""
        self.storing_fails = False
        """Whether the last commit failed, or it is known that the next one would."""
        self._hub = hub
        self._store = store
        self._connections = connections
        self._broken = broken
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, "commit")
        self._disk_is_quick = True
        self._stale = False
        """Another program has written to the store, and it is not known yet what."""
        self._commit: asyncio.Future[bool] | asyncio.Future[None] | None = None
        """The commit that is under way; until it is done nothing else touches the store."""
        self._to_keep: list[StoredRecord] = []
        self._keeping: asyncio.Task[None] | None = None
        """The transaction that will take `_to_keep`."""
        self._turn: asyncio.Handle | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._idle = asyncio.Event()
        self._closed = False
        self._compactor = Compactor(store, self._between_batches) if settings.snapshots else None
        self._compactions: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """See to it that what the hub has to do is done, now or when it is due."""
        if self._turn or self._commit or self._closed:
            return
        if self._hub.busy:
            self._turn = self._loop.call_soon(self._take_turn)
        else:
            self._idle.set()
            self._set_alarm()

    async def drain(self) -> None:
        """Wait until everything received is stored and answered."""
        while (self._hub.busy or self._commit) and not self._closed:
            self._idle.clear()
            self.wake()
            await self._idle.wait()

    async def close(self) -> None:
        """End with the commit that is under way; leave the rest."""
        self._closed = True
        for handle in (self._alarm, self._turn):
            if handle:
                handle.cancel()
        for task in self._compactions:
            task.cancel()
        keeping = (self._keeping,) if self._keeping else ()
        await asyncio.gather(*self._compactions, *keeping, return_exceptions=True)
        await self._between_batches()
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
                case Erase():
                    self._erase(effect)
                case Store():
                    raise AssertionError("a batch is stored by itself")
                case _:
                    assert_never(effect)

    def _tell(self, socket: Connection, effect: Send | Close | Hold | Release) -> None:
        match effect:
            case Send(_, frame, droppable):
                if socket.send(frame, droppable):
                    self._hub.counters.sent += 1
                    self._hub.counters.sent_octets += len(frame)
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

    async def records(
        self, document: DocumentId, kinds: Collection[str] = ()
    ) -> list[StoredRecord]:
        """What is kept beside a document's changes, of some kinds or all; raises StorageError."""
        await self._between_batches()
        return self._store.records(document, kinds)

    async def keep(self, records: Sequence[StoredRecord]) -> None:
        """Keep records, safely once this returns; raises StorageError.

        What several want to keep at one time is one transaction.
        """
        begins = not self._to_keep
        self._to_keep += records
        if begins:  # a task may have run to its end when this returns, in an eager loop
            self._keeping = self._loop.create_task(self._keep())
        if self._keeping is not None:
            await asyncio.shield(self._keeping)

    async def _keep(self) -> None:
        await self._between_batches()
        records, self._to_keep = self._to_keep, []
        if self._disk_is_quick:
            self._put(records)
            return
        self._commit = self._loop.run_in_executor(self._thread, self._put, records)
        try:
            await self._commit
        finally:
            self._commit = None
            self.wake()

    def _put(self, records: Sequence[StoredRecord]) -> None:
        began = time.monotonic()
        try:
            self._store.put_records(records)
        finally:
            self._note_commit(time.monotonic() - began)

    def look(self) -> None:
        """See what was done to the store from outside: an operator may erase, a file may vanish."""
        if self._commit or self._closed:
            return
        try:
            self._store.check()
            self._stale = self._store.changed_elsewhere() or self._stale
            stones = self._store.records_of(ERASED) if self._stale else []
            self._stale = False
        except StorageError as error:
            if not self.storing_fails:
                _logger.error("changes cannot be stored: %s", error)
            self.storing_fails = True
            return
        for stone in stones:
            self.perform(self._hub.withdraw(stone.document, stone.data))
        self.wake()

    # Turns

    def _take_turn(self) -> None:
        self._turn = None
        if self._commit:  # it began when this turn was due already, and wakes us when it is done
            return
        try:
            now = self._loop.time()
            self.perform(self._hub.tick(now))
            batch: Store | None = None
            for effect in self._hub.apply(now):
                if isinstance(effect, Store):
                    batch = effect
                else:
                    self.perform((effect,))
            self._store_batch(batch)
        except Exception as error:  # noqa: BLE001 - the root of a callback
            self._fail(error)

    def _store_batch(self, batch: Store | None) -> None:
        if batch is None:
            self._end_turn(stored=True)
        elif self._disk_is_quick:
            self._end_turn(self._append(batch))
        else:
            commit = self._loop.run_in_executor(self._thread, self._append, batch)
            commit.add_done_callback(self._end_commit)
            self._commit = commit

    def _end_commit(self, commit: asyncio.Future[bool]) -> None:
        self._commit = None
        try:
            self._end_turn(commit.result())
        except Exception as error:  # noqa: BLE001 - the root of a callback
            self._fail(error)

    def _end_turn(self, stored: bool) -> None:
        now = self._loop.time()
        self.perform(self._hub.committed(now) if stored else self._hub.failed(now))
        self.wake()

    def _append(self, batch: Store) -> bool:
        began = time.monotonic()
        try:
            self._store.append(batch.changes, batch.records)
        except StorageError as error:
            self._hub.counters.failures += 1
            self.storing_fails = True
            _logger.error("changes could not be stored: %s", error)
            return False
        finally:
            self._note_commit(time.monotonic() - began)
        self.storing_fails = False
        return True

    def _note_commit(self, seconds: float) -> None:
        self._hub.counters.commit(seconds)
        self._disk_is_quick = seconds < QUICK

    def _fail(self, error: Exception) -> None:
        self._closed = True
        self._idle.set()
        self._broken(error)

    # Time

    def _set_alarm(self) -> None:
        """Wake when the hub has something due; an alarm that rings too early does no harm."""
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
        if not self._turn and not self._commit and not self._closed:
            self._take_turn()

    # Documents

    def _load(self, load: Load) -> None:
        now = self._loop.time()
        try:
            headers = self._store.load(load.document, load.first, load.count)
            last = len(headers) < load.count
            snapshot = self._store.snapshot(load.document) if last else None
            records = self._store.records(load.document) if last else []
        except StorageError as error:
            _logger.error("a document could not be read: %s", error)
            self.perform(self._hub.load_failed(load.document, now))
        except Exception as error:  # noqa: BLE001 - one document must not stop the others
            self.perform((Fault(error), *self._hub.load_failed(load.document, now)))
        else:
            self.perform(self._hub.loaded(load.document, headers, snapshot, now, records))

    def _erase(self, erase: Erase) -> None:
        now = self._loop.time()
        try:
            self._store.erase(erase.document, erase.tombstone)
        except StorageError as error:
            _logger.error("a document could not be erased: %s", error)
            self.perform(self._hub.erasing_failed(erase.document, now))
        else:
            self.perform(self._hub.erased(erase.document, now))

    async def _compact(self, compact: Compact) -> None:
        snapshot = await self._compactor.make(compact) if self._compactor else None
        if snapshot:
            self._hub.counters.snapshots += 1
        await self._between_batches()
        self._hub.compacted(compact.document, snapshot)

    async def _between_batches(self) -> None:
        """Wait until no commit is under way; it holds until the caller waits for something."""
        while self._commit:
            await asyncio.wait((self._commit,))
