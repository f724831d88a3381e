"""A store that lives as long as its process."""

import uuid
from collections.abc import Collection, Sequence

from sync_server.protocol.ids import DocumentId
from sync_server.storage.errors import StorageConflict
from sync_server.storage.port import (
    ERASED,
    StoredChange,
    StoredHeader,
    StoredRecord,
    StoredSnapshot,
)


class MemoryStore:
    """Keeps changes in lists: for tests, rehearsals and programs without a disk."""

    def __init__(self) -> None:
        self.identity = str(uuid.uuid4())
        self._changes: dict[DocumentId, list[StoredChange]] = {}
        self._snapshots: dict[DocumentId, StoredSnapshot] = {}
        self._records: dict[DocumentId, dict[tuple[str, bytes], StoredRecord]] = {}

    def documents(self) -> list[DocumentId]:
        """All documents with at least one change, ascending."""
        return sorted(self._changes)

    def load(self, document: DocumentId, first: int = 0, count: int = -1) -> list[StoredHeader]:
        """At most `count` headers from position `first` on."""
        changes = self._changes.get(document, [])
        end = len(changes) if count < 0 else first + count
        return [_header(change) for change in changes[first:end]]

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        """Keep all of `batch` and some records, or nothing of them and raise StorageConflict."""
        added: dict[DocumentId, list[StoredChange]] = {}
        for change in batch:
            new = added.setdefault(change.document, [])
            if change.position != len(self._changes.get(change.document, ())) + len(new):
                raise StorageConflict("the batch does not continue what is stored")
            new.append(change)
        for document, new in added.items():
            self._changes.setdefault(document, []).extend(new)
        self._put(records)

    def raws(self, document: DocumentId, first: int, last: int) -> list[bytes]:
        """Raw changes from position `first` up to and including `last`."""
        return [change.raw for change in self._changes.get(document, [])[first : last + 1]]

    def put_snapshot(self, document: DocumentId, snapshot: StoredSnapshot) -> None:
        """Keep a snapshot in place of the document's older one."""
        self._snapshots[document] = snapshot

    def snapshot(self, document: DocumentId) -> StoredSnapshot | None:
        """The document's snapshot, if it has one."""
        return self._snapshots.get(document)

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        """Keep all of `batch` in place of older ones of the same names."""
        self._put(batch)

    def _put(self, records: Sequence[StoredRecord]) -> None:
        for record in records:
            self._records.setdefault(record.document, {})[record.kind, record.name] = record

    def records(self, document: DocumentId, kinds: Collection[str] = ()) -> list[StoredRecord]:
        """The records of a document, of some kinds or all, ordered by kind and name."""
        kept = [record for _, record in sorted(self._records.get(document, {}).items())]
        return [record for record in kept if not kinds or record.kind in kinds]

    def records_of(self, kind: str) -> list[StoredRecord]:
        """All records of one kind, ordered by document and name."""
        kept = (record for document in sorted(self._records) for record in self.records(document))
        return [record for record in kept if record.kind == kind]

    def drop_records(self, document: DocumentId, kind: str, names: Sequence[bytes]) -> None:
        """Forget some records of one kind."""
        for name in names:
            self._records.get(document, {}).pop((kind, name), None)

    def erase(self, document: DocumentId, tombstone: bytes | None = None) -> None:
        """Forget everything about a document, except the tombstone that it may leave."""
        self._changes.pop(document, None)
        self._snapshots.pop(document, None)
        self._records.pop(document, None)
        if tombstone is not None:
            self.put_records([StoredRecord(document, ERASED, b"", tombstone)])

    def changed_elsewhere(self) -> bool:
        """Nobody else has this memory."""
        return False

    def check(self) -> None:
        """Memory takes more for as long as there is any."""

    def close(self) -> None:
        """Nothing to release; what was kept stays readable."""


def _header(change: StoredChange) -> StoredHeader:
    return StoredHeader(
        change.hash,
        change.deps,
        change.actor,
        change.seq,
        change.start_op,
        change.max_op,
        len(change.raw),
    )
