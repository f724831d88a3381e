"""Websocket frames to messages and back.

Whatever the other side sends becomes a message or a BadFrame with one clause that says why.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, assert_never

import cbor2

from sync_server.protocol.errors import BadDocumentId, BadFrame
from sync_server.protocol.ids import (
    DocumentId,
    PeerId,
    format_document_id,
    parse_document_id,
)
from sync_server.protocol.messages import (
    DocUnavailable,
    Ephemeral,
    Error,
    Gossip,
    Join,
    Leave,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)


@dataclass(frozen=True, slots=True)
class FrameLimits:
    """How much one frame may hold."""

    frame: int = 32 << 20
    """Bytes of a frame."""
    depth: int = 8
    """Containers within containers."""
    name: int = 256
    """Characters of a peer, session or storage id."""
    ephemeral: int = 256 << 10
    """Bytes of an ephemeral message's data."""
    versions: int = 16
    """Protocol versions that a peer may offer."""
    words: int = 1000
    """Characters kept of an error's text."""


DEFAULT_LIMITS = FrameLimits()


def decode(frame: bytes | str, limits: FrameLimits = DEFAULT_LIMITS) -> WireMessage:
    """Read one frame; raises BadFrame."""
    if isinstance(frame, str):
        raise BadFrame("a text frame, where binary frames are spoken")
    if len(frame) > limits.frame:
        raise BadFrame(f"a frame of {len(frame)} bytes, at most {limits.frame}")
    fields = _Fields(_load(frame, limits), limits)
    kind = fields.text("type")
    read = _READERS.get(kind)
    if read is None:
        raise BadFrame(f"unknown message type {kind[:40]!a}")
    return read(fields)


def encode(message: WireMessage) -> bytes:
    """Write one message as a frame."""
    return cbor2.dumps(_plain(message))


def _refuse_tag(*_: object) -> NoReturn:
    raise BadFrame("a CBOR tag")


# No message needs a tag, and some are expensive or odd to decode: huge integers, regular
# expressions, mail messages, references that make a value contain itself.
_KNOWN_TAGS = (
    *range(6),
    *(25, 28, 29, 30, 35, 36, 37, 43, 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799),
)
_TAG_READERS = dict.fromkeys(_KNOWN_TAGS, _refuse_tag)


def _load(frame: bytes, limits: FrameLimits) -> Mapping[object, object]:
    stream = io.BytesIO(frame)
    decoder = cbor2.CBORDecoder(
        stream,
        tag_hook=_refuse_tag,
        semantic_decoders=_TAG_READERS,
        max_depth=limits.depth,
        allow_duplicate_keys=False,
        strict_hashable_types=True,
    )
    try:
        value = decoder.decode()
    except cbor2.CBORDecodeError:
        raise BadFrame("a frame that is not plain CBOR") from None
    if stream.tell() != len(frame):
        raise BadFrame("bytes after the end of the message")
    if not isinstance(value, dict):
        raise BadFrame("a message that is not a map")
    return value


class _Fields:
    """The fields of one message, each checked as it is taken."""

    def __init__(self, values: Mapping[object, object], limits: FrameLimits) -> None:
        self._values = values
        self.limits = limits

    def text(self, name: str) -> str:
        value = self._get(name)
        if not isinstance(value, str):
            raise self._wrong(name, value, "text")
        return value

    def octets(self, name: str) -> bytes:
        value = self._get(name)
        if not isinstance(value, bytes):
            raise self._wrong(name, value, "bytes")
        return value

    def name(self, name: str) -> str:
        value = self.text(name)
        if not 0 < len(value) <= self.limits.name:
            raise BadFrame(f"{name} must have 1 to {self.limits.name} characters")
        return value

    def peer(self, name: str) -> PeerId:
        return PeerId(self.name(name))

    def peer_or_none(self, name: str) -> PeerId | None:
        return None if self._get(name) is None else self.peer(name)

    def document(self) -> DocumentId:
        try:
            return parse_document_id(self.text("documentId"))
        except BadDocumentId as error:
            raise BadFrame(f"documentId is none: {error}") from None

    def count(self) -> int:
        value = self._get("count")
        # cbor-x writes integers from 2**32 on as floating-point numbers.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong("count", value, "a number")
        if not 0 <= value < 1 << 53:
            raise BadFrame("count is out of range")
        return value

    def versions(self) -> tuple[str, ...]:
        value = self._get("supportedProtocolVersions")
        if value is None:  # the published server takes this for version 1, too
            return ("1",)
        offered = value if isinstance(value, list) else [value]
        if not 0 < len(offered) <= self.limits.versions:
            raise BadFrame("supportedProtocolVersions is empty or too long")
        if not all(isinstance(version, str) for version in offered):
            raise BadFrame("supportedProtocolVersions must be texts")
        return tuple(offered)

    def metadata(self) -> PeerMetadata | None:
        value = self._get("peerMetadata")
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._wrong("peerMetadata", value, "a map")
        inner = _Fields(value, self.limits)
        ephemeral = inner._get("isEphemeral")
        if ephemeral is not None and not isinstance(ephemeral, bool):
            raise self._wrong("isEphemeral", ephemeral, "true or false")
        storage = None if inner._get("storageId") is None else inner.name("storageId")
        return PeerMetadata(storage, ephemeral)

    def _get(self, name: str) -> object:
        value = self._values.get(name)
        # JavaScript writes optional fields that it does not set as `undefined`.
        return None if value is cbor2.undefined else value

    def _wrong(self, name: str, value: object, expected: str) -> BadFrame:
        if value is None:
            return BadFrame(f"{name} is missing")
        return BadFrame(f"{name} must be {expected}")


def _join(fields: _Fields) -> Join:
    return Join(fields.peer("senderId"), fields.versions(), fields.metadata())


def _peer(fields: _Fields) -> Peer:
    return Peer(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.name("selectedProtocolVersion"),
        fields.metadata(),
    )


def _sync(fields: _Fields) -> Sync:
    return Sync(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.octets("data"),
    )


def _request(fields: _Fields) -> Request:
    return Request(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.octets("data"),
    )


def _ephemeral(fields: _Fields) -> Ephemeral:
    octets = fields.octets("data")
    if len(octets) > fields.limits.ephemeral:
        raise BadFrame(f"data of {len(octets)} bytes, at most {fields.limits.ephemeral}")
    return Ephemeral(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.name("sessionId"),
        fields.count(),
        octets,
    )


def _unavailable(fields: _Fields) -> DocUnavailable:
    return DocUnavailable(fields.peer("senderId"), fields.peer("targetId"), fields.document())


def _leave(fields: _Fields) -> Leave:
    return Leave(fields.peer("senderId"))


def _error(fields: _Fields) -> Error:
    return Error(
        fields.text("message")[: fields.limits.words],
        fields.peer_or_none("senderId"),
        fields.peer_or_none("targetId"),
    )


def _gossip(fields: _Fields) -> Gossip:
    return Gossip(fields.peer("senderId"))


_READERS: dict[str, Callable[[_Fields], WireMessage]] = {
    "join": _join,
    "peer": _peer,
    "sync": _sync,
    "request": _request,
    "ephemeral": _ephemeral,
    "doc-unavailable": _unavailable,
    "leave": _leave,
    "error": _error,
    "remote-subscription-change": _gossip,
    "remote-heads-changed": _gossip,
}


def _plain(message: WireMessage) -> dict[str, object]:
    match message:
        case Join(sender, versions, metadata):
            return _with_metadata(
                {"type": "join", "senderId": sender, "supportedProtocolVersions": list(versions)},
                metadata,
            )
        case Peer(sender, target, version, metadata):
            return _with_metadata(
                {**_addressed("peer", sender, target), "selectedProtocolVersion": version},
                metadata,
            )
        case Sync(sender, target, document, data):
            return {**_about("sync", sender, target, document), "data": data}
        case Request(sender, target, document, data):
            return {**_about("request", sender, target, document), "data": data}
        case Ephemeral(sender, target, document, session, count, data):
            return {
                **_about("ephemeral", sender, target, document),
                "sessionId": session,
                "count": count,
                "data": data,
            }
        case DocUnavailable(sender, target, document):
            return _about("doc-unavailable", sender, target, document)
        case Leave(sender):
            return {"type": "leave", "senderId": sender}
        case Error(words, maybe_sender, maybe_target):
            fields: dict[str, object] = {"type": "error", "message": words}
            if maybe_sender is not None:
                fields["senderId"] = maybe_sender
            if maybe_target is not None:
                fields["targetId"] = maybe_target
            return fields
        case Gossip():
            raise ValueError("gossip is only ever received")
        case _:
            assert_never(message)


def _addressed(kind: str, sender: PeerId, target: PeerId) -> dict[str, object]:
    return {"type": kind, "senderId": sender, "targetId": target}


def _about(kind: str, sender: PeerId, target: PeerId, document: DocumentId) -> dict[str, object]:
    return {**_addressed(kind, sender, target), "documentId": format_document_id(document)}


def _with_metadata(fields: dict[str, object], metadata: PeerMetadata | None) -> dict[str, object]:
    if metadata is not None:
        values = {"storageId": metadata.storage_id, "isEphemeral": metadata.is_ephemeral}
        fields["peerMetadata"] = {name: v for name, v in values.items() if v is not None}
    return fields
