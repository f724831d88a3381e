"""A relay whose process can die between any two steps, and whose disk outlives it."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from automerge.core import Document

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
from sync_server.hub.guest import Guest
from sync_server.hub.hub import Hub
from sync_server.hub.limits import Limits
from sync_server.protocol.ids import ChangeHash, DocumentId
from sync_server.storage import MemoryStore, StorageError, StorageFull
from sync_server.storage.port import StoredChange, StoredRecord, StoredSnapshot

# Small, so that slices, snapshots, forgetting and holding happen to contracts of a few changes.
LIMITS = Limits(slice=2, load_slice=3, inbox=600, keep=5, quiet=2, quiet_tail=400, busy_tail=1500)


class Disk(MemoryStore):
    """Changes that outlive the relay's process, and all but the unsynced of them a power cut."""

    def __init__(self, power_safe: bool) -> None:
        super().__init__()
        self.full = False
        self._power_safe = power_safe
        self._synced: dict[DocumentId, int] = {}
        self._synced_records: dict[DocumentId, dict[tuple[str, bytes], StoredRecord]] = {}

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        if self.full:
            raise StorageFull("the disk is full")
        super().append(batch, records)
        if self._power_safe:
            self.sync()

    def sync(self) -> None:
        self._synced = {document: len(kept) for document, kept in self._changes.items()}
        self._synced_records = {document: {**kept} for document, kept in self._records.items()}

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        super().put_records(batch)
        if self._power_safe:
            self.sync()

    def wipe(self) -> None:
        """Lose everything, as when a computer is set up anew."""
        for kept in (self._changes, self._snapshots, self._records, self._synced_records):
            kept.clear()
        self._synced.clear()

    def cut_power(self) -> None:
        self._records = {document: {**kept} for document, kept in self._synced_records.items()}
        for document, kept in self._changes.items():
            del kept[self._synced.get(document, 0) :]
        self._snapshots.clear()

    def hashes(self, document: DocumentId) -> set[ChangeHash]:
        return {change.hash for change in self._changes.get(document, ())}


class Death(Enum):
    """Where in its work the relay's process ends."""

    BEFORE_STORING = auto()
    AFTER_STORING = auto()
    AMID_SENDING = auto()


class Died(Exception):
    """The relay's process has ended."""


@dataclass(eq=False)
class Wire:
    """One connection, seen from the relay: frames on their way, in both directions."""

    id: ConnectionId
    up: deque[bytes] = field(default_factory=deque)
    down: deque[bytes] = field(default_factory=deque)
    closed: bool = False
    """The relay has closed it; what is on its way down still arrives."""
    held: bool = False


class Relay:
    """The hub, and the runner's work done by hand."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.hub = Hub(disk.identity, disk.raws, LIMITS)
        self.wires: dict[ConnectionId, Wire] = {}
        self._death: Death | None = None

    def connect(self, number: ConnectionId, now: float, guest: Guest | None = None) -> Wire:
        wire = self.wires[number] = Wire(number)
        self._perform(self.hub.connected(number, now, guest))
        return wire

    def disconnect(self, wire: Wire, now: float) -> None:
        self.wires.pop(wire.id, None)
        self._perform(self.hub.disconnected(wire.id, now))

    def receive(self, wire: Wire, frame: bytes, now: float) -> None:
        self._perform(self.hub.receive(wire.id, frame, now))

    def turn(self, now: float, death: Death | None = None) -> bool:
        """One round of the runner; tells whether there was anything to do. Raises Died."""
        due = self.hub.wake_at is not None and self.hub.wake_at <= now
        if not (self.hub.busy or due or death):
            return False
        self._death = death
        self._perform(self.hub.tick(now), now)
        batch: Store | None = None
        for effect in self.hub.apply(now):
            if isinstance(effect, Store):
                batch = effect
            else:
                self._perform([effect], now)
        self._store_and_tell(batch, now)
        if death:
            raise Died
        return True

    def _store_and_tell(self, batch: Store | None, now: float) -> None:
        stored = batch is None or self._store(batch)
        if self._death is Death.AFTER_STORING:
            raise Died
        self._perform(self.hub.committed(now) if stored else self.hub.failed(now), now)

    def _store(self, batch: Store) -> bool:
        if self._death is Death.BEFORE_STORING:
            raise Died
        try:
            self.disk.append(batch.changes, batch.records)
        except StorageError:
            return False
        return True

    def _perform(self, effects: list[Effect], now: float = 0.0) -> None:
        for effect in effects:
            match effect:
                case Send(connection, frame):
                    self._send(connection, frame)
                case Close(connection):
                    self.wires.pop(connection).closed = True
                case Hold(connection) | Release(connection):
                    self.wires[connection].held = isinstance(effect, Hold)
                case Load(document, first, count):
                    self._load(document, first, count, now)
                case Compact():
                    self._compact(effect)
                case Fault(error):
                    raise error
                case Erase(document, tombstone):
                    self.disk.erase(document, tombstone)
                    self._perform(self.hub.erased(document, now), now)
                case Store():
                    raise AssertionError("a batch is stored by itself")

    def _send(self, connection: ConnectionId, frame: bytes) -> None:
        if wire := self.wires.get(connection):
            wire.down.append(frame)
            if self._death is Death.AMID_SENDING:
                raise Died

    def _load(self, document: DocumentId, first: int, count: int, now: float) -> None:
        headers = self.disk.load(document, first, count)
        snapshot = self.disk.snapshot(document) if len(headers) < count else None
        records = self.disk.records(document) if len(headers) < count else []
        self._perform(self.hub.loaded(document, headers, snapshot, now, records))

    def _compact(self, compact: Compact) -> None:
        raws = self.disk.raws(compact.document, 0, compact.covers - 1)
        document = Document.load(b"".join(raws))
        assert document.get_heads() == list(compact.heads)
        snapshot = StoredSnapshot(compact.covers, document.save())
        self.disk.put_snapshot(compact.document, snapshot)
        self.hub.compacted(compact.document, snapshot)
