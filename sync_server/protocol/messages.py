"""The messages of automerge-repo's websocket protocol, version 1.

See "Wire Protocol" in the README of @automerge/automerge-repo-network-websocket. Deviating from it,
programs send the metadata of `join` and `peer` under ``peerMetadata``.
"""

from dataclasses import dataclass

from sync_server.protocol.ids import DocumentId, PeerId

PROTOCOL_VERSION = "1"


@dataclass(frozen=True, slots=True)
class PeerMetadata:
    """What a peer says about itself."""

    storage_id: str | None = None
    """Names its storage, so that others may keep what they know of it."""
    is_ephemeral: bool | None = None
    """It will not come back with this storage."""


@dataclass(frozen=True, slots=True)
class Join:
    """The first message, from the side that connected."""

    sender_id: PeerId
    supported_protocol_versions: tuple[str, ...] = (PROTOCOL_VERSION,)
    peer_metadata: PeerMetadata | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """The answer to `Join`."""

    sender_id: PeerId
    target_id: PeerId
    selected_protocol_version: str = PROTOCOL_VERSION
    peer_metadata: PeerMetadata | None = None


@dataclass(frozen=True, slots=True)
class Sync:
    """An Automerge sync message about one document."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    data: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """A first sync message from a peer that has nothing of the document yet."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    data: bytes


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """Something for whoever has the document open now; nobody keeps it."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    session_id: str
    """One run of the sender."""
    count: int
    """Rises with each message of the session."""
    data: bytes


@dataclass(frozen=True, slots=True)
class DocUnavailable:
    """The answer to `Request` when nobody here has the document."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId


@dataclass(frozen=True, slots=True)
class Leave:
    """The sender is about to disconnect."""

    sender_id: PeerId


@dataclass(frozen=True, slots=True)
class Error:
    """Why the connection is about to be closed."""

    message: str
    sender_id: PeerId | None = None
    target_id: PeerId | None = None


@dataclass(frozen=True, slots=True)
class Gossip:
    """News of peers further away (``remote-…``), which nobody here asks for and nobody reads."""

    sender_id: PeerId


WireMessage = Join | Peer | Sync | Request | Ephemeral | DocUnavailable | Leave | Error | Gossip
