"""What the hub wants done, as data; one runner does it in order.

The hub knows no socket, no disk and no clock, so that every story of a relay can be told in a test
without any of them.
"""

from dataclasses import dataclass
from typing import NewType

from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import DocumentId
from sync_server.storage.port import StoredChange, StoredRecord

ConnectionId = NewType("ConnectionId", int)
"""One websocket, numbered by whoever accepts it."""


@dataclass(frozen=True, slots=True)
class Load:
    """Read a slice of a document from the store and give it to `Hub.loaded`."""

    document: DocumentId
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Store:
    """Keep these changes in one transaction; `Hub.committed` or `Hub.failed` says how it went."""

    changes: tuple[StoredChange, ...]
    records: tuple[StoredRecord, ...] = ()
    """To be kept with the changes, before anybody is told of either."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Forget a document but for a tombstone, and say so to the hub.

    `Hub.erased` or `Hub.erasing_failed` tells how it went.
    """

    document: DocumentId
    tombstone: bytes


@dataclass(frozen=True, slots=True)
class Send:
    """Send a binary frame."""

    connection: ConnectionId
    frame: bytes
    droppable: bool = False
    """True for what is worthless when late: a slow reader does without it."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close a connection; the hub has forgotten it already."""

    connection: ConnectionId
    code: int
    """RFC 6455, section 7.4."""
    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Stop reading from a connection: it sends faster than its changes can be kept."""

    connection: ConnectionId


@dataclass(frozen=True, slots=True)
class Release:
    """Read from a held connection again."""

    connection: ConnectionId


@dataclass(frozen=True, slots=True)
class Compact:
    """Make a snapshot of a document's first changes and give it to `Hub.compacted`."""

    document: DocumentId
    covers: int
    """How many changes; all of them are on the disk."""
    heads: Heads
    """The heads of exactly these changes."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Report a defect of ours; the document or connection it struck was let go."""

    error: Exception


Effect = Load | Store | Erase | Send | Close | Hold | Release | Compact | Fault
