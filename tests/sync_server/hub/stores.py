"""Stores that fail when told to."""

from collections.abc import Sequence

from sync_server.protocol.ids import DocumentId
from sync_server.storage import (
    MemoryStore,
    StorageDamaged,
    StorageFull,
    StoredChange,
    StoredHeader,
    StoredRecord,
)


class FailingStore(MemoryStore):
    """A store on a disk that can be full, or damaged."""

    full = False
    unreadable = False

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        if self.full and (batch or records):
            raise StorageFull("there is no room left")
        super().append(batch, records)

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        if self.full and batch:
            raise StorageFull("there is no room left")
        super().put_records(batch)

    def load(self, document: DocumentId, first: int = 0, count: int = -1) -> list[StoredHeader]:
        if self.unreadable:
            raise StorageDamaged("it is damaged")
        return super().load(document, first, count)
