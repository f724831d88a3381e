"""The messages of automerge-repo's websocket protocol, version 1.

See "Wire Protocol" in the README of @automerge/automerge-repo-network-websocket. Deviating from it,
programs send the metadata of `join` and `peer` under ``peerMetadata``.

`Custody`, `Notice`, `Order` and `Code` are ours. They are spoken only between peers that say so in
their metadata, as others end a connection at a message that they do not know.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sync_server.protocol.ids import DocumentId, PeerId

PROTOCOL_VERSION = "1"
LEARNING_CONTRACT = 1
"""The version of our own messages."""


@dataclass(frozen=True, slots=True)
class PeerMetadata:
    """What a peer says about itself."""

    storage_id: str | None = None
    """Names its storage, so that others may keep what they know of it."""
    is_ephemeral: bool | None = None
    """It will not come back with this storage."""
    learning_contract: int | None = None
    """The version of our own messages that it speaks; None if it speaks none."""


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


@dataclass(frozen=True, slots=True)
class Custody:
    """What shows who wrote what: some of it, to be kept by the receiver beside what it has."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    proofs: tuple[str, ...] = ()
    """Proofs of devices."""
    seals: tuple[bytes, ...] = ()
    revocations: str | None = None
    """The list of what is revoked, signed; None if the sender has none."""
    vouchers: tuple[str, ...] = ()
    """What the contract's key vouches for; earlier versions of ours pass over the field."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the people in a contract should know, from the relay."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    kind: str
    """One of ``contested``, ``withheld``, ``revoked``, ``erased``, ``limited``, or a later word."""
    fields: Mapping[str, str | int]
    """What there is to say about it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the holder of the contract key tells the relay to do."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    token: str


@dataclass(frozen=True, slots=True)
class Code:
    """A short code for an invitation: asked for with `code` empty, answered with it filled."""

    sender_id: PeerId
    target_id: PeerId
    document_id: DocumentId
    invitation: str
    """The link that the code stands for; empty in the answer."""
    lifetime: int
    """Seconds; 0 leaves it to the relay."""
    code: str = ""
    expires: int = 0
    """Seconds since 1970."""


WireMessage = (
    Join
    | Peer
    | Sync
    | Request
    | Ephemeral
    | DocUnavailable
    | Leave
    | Error
    | Gossip
    | Custody
    | Notice
    | Order
    | Code
)
