"""The port: what a store of changes promises to whoever keeps documents in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sync_server.protocol.ids import Actor, ChangeHash, DocumentId


class StoredChange(NamedTuple):
    """One change on its way to the disk; a tuple because each keystroke is one."""

    document: DocumentId
    position: int
    """Arrival order within the document, from 0 without gaps; every dependency has a lower one."""
    hash: ChangeHash
    deps: tuple[int, ...]
    """Positions of the changes that this one follows."""
    actor: Actor
    seq: int
    start_op: int
    max_op: int
    raw: bytes
    """The change exactly as it was received."""


class StoredHeader(NamedTuple):
    """What a change graph needs of one stored change; a tuple because 50,000 are read at once."""

    hash: ChangeHash
    deps: tuple[int, ...]
    actor: Actor
    seq: int
    start_op: int
    max_op: int
    size: int
    """Length of the raw change, in bytes."""


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A whole document as one chunk, which saves sending its first changes one by one."""

    covers: int
    """It holds exactly the changes at the positions below this one."""
    data: bytes


ERASED = "erased"
"""The kind of the one record that an erased document may leave behind."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """Something else that is kept with a document, and erased with it."""

    document: DocumentId
    kind: str
    """What the record is to whoever wrote it, such as `claim` or `seal`."""
    name: bytes
    """Tells it from the others of its kind; a record of the same name takes its place."""
    data: bytes


class ChangeStore(Protocol):
    """Documents as growing lists of changes, each with a few records.

    Every method may raise StorageError; after that the store is as it was before the call.
    """

    @property
    def identity(self) -> str:
        """A random name made with the store and kept: peers remember what they shared with it."""

    def documents(self) -> list[DocumentId]:
        """All documents with at least one change, ascending."""

    def load(self, document: DocumentId, first: int = 0, count: int = -1) -> list[StoredHeader]:
        """At most `count` (-1: all) headers from position `first` on; none where nothing is stored.

        Raises StorageDamaged if a position is missing.
        """

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        """Keep all of `batch` or, raising, nothing of it; once it returns, the changes are kept.

        So are records, in place of older ones of the same names: both are one transaction. Raises
        StorageConflict unless each document's changes continue it without a gap.
        """

    def raws(self, document: DocumentId, first: int, last: int) -> list[bytes]:
        """Raw changes from position `first` up to and including `last`."""

    def put_snapshot(self, document: DocumentId, snapshot: StoredSnapshot) -> None:
        """Keep a snapshot in place of the document's older one."""

    def snapshot(self, document: DocumentId) -> StoredSnapshot | None:
        """The document's snapshot, if it has one."""

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        """Keep all of `batch` in place of older ones of the same names or, raising, none of it."""

    def records(self, document: DocumentId, kinds: Collection[str] = ()) -> list[StoredRecord]:
        """The records of a document, ordered by kind and name; it need not have any changes.

        Those of some kinds, or all.
        """

    def records_of(self, kind: str) -> list[StoredRecord]:
        """All records of one kind, ordered by document and name; looks through everything."""

    def drop_records(self, document: DocumentId, kind: str, names: Sequence[bytes]) -> None:
        """Forget some records of one kind; names that are not there are passed over."""

    def erase(self, document: DocumentId, tombstone: bytes | None = None) -> None:
        """Forget everything about a document; its bytes are overwritten, not merely unlinked.

        A tombstone stays as its only record, of kind `ERASED` and without a name.
        """

    def changed_elsewhere(self) -> bool:
        """Whether another program has changed what is kept since this was last asked.

        An operator may have erased a document that is in memory.
        """

    def check(self) -> None:
        """Raise StorageError if it is known already that nothing more could be kept."""

    def close(self) -> None:
        """Release the files; closing twice is harmless."""
