"""Websocket frames to messages and back.

Whatever the other side sends becomes a message or a BadFrame with one clause that says why.
"""

import io
from collections.abc import Callable, Mapping
from typing import NoReturn, assert_never

import cbor2

from sync_server.protocol.errors import BadFrame
from sync_server.protocol.fields import DEFAULT_LIMITS, Fields, FrameLimits
from sync_server.protocol.frame_size import has_more_values_than
from sync_server.protocol.ids import DocumentId, PeerId, format_document_id
from sync_server.protocol.messages import (
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Gossip,
    Join,
    Leave,
    Notice,
    Order,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)

__all__ = ["FrameLimits", "decode", "encode"]

_MOST_VALUES = 2_000
"""In one frame; a message has about ten, and one of proofs and seals some hundreds."""


def decode(frame: bytes | str, limits: FrameLimits = DEFAULT_LIMITS) -> WireMessage:
    """Read one frame; raises BadFrame."""
    if isinstance(frame, str):
        raise BadFrame("a text frame, where binary frames are spoken")
    if len(frame) > limits.frame:
        raise BadFrame(f"a frame of {len(frame)} bytes, at most {limits.frame}")
    if has_more_values_than(_MOST_VALUES, frame):
        raise BadFrame("a frame of too many values")
    fields = Fields(_load(frame, limits), limits)
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


def _join(fields: Fields) -> Join:
    return Join(fields.peer("senderId"), fields.versions(), fields.metadata())


def _peer(fields: Fields) -> Peer:
    return Peer(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.name("selectedProtocolVersion"),
        fields.metadata(),
    )


def _sync(fields: Fields) -> Sync:
    return Sync(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.octets("data"),
    )


def _request(fields: Fields) -> Request:
    return Request(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.octets("data"),
    )


def _ephemeral(fields: Fields) -> Ephemeral:
    octets = fields.octets("data")
    if len(octets) > fields.limits.ephemeral:
        raise BadFrame(f"data of {len(octets)} bytes, at most {fields.limits.ephemeral}")
    return Ephemeral(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.name("sessionId"),
        fields.integer("count"),
        octets,
    )


def _unavailable(fields: Fields) -> DocUnavailable:
    return DocUnavailable(fields.peer("senderId"), fields.peer("targetId"), fields.document())


def _leave(fields: Fields) -> Leave:
    return Leave(fields.peer("senderId"))


def _error(fields: Fields) -> Error:
    return Error(
        fields.text("message")[: fields.limits.words],
        fields.peer_or_none("senderId"),
        fields.peer_or_none("targetId"),
    )


def _gossip(fields: Fields) -> Gossip:
    return Gossip(fields.peer("senderId"))


def _custody(fields: Fields) -> Custody:
    return Custody(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.tokens("proofs"),
        fields.seals(),
        fields.revocations(),
        fields.vouchers(),
    )


def _notice(fields: Fields) -> Notice:
    return Notice(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.name("kind"),
        fields.details(),
    )


def _order(fields: Fields) -> Order:
    return Order(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.token("token"),
    )


def _code(fields: Fields) -> Code:
    return Code(
        fields.peer("senderId"),
        fields.peer("targetId"),
        fields.document(),
        fields.token("invitation"),
        fields.integer("lifetime"),
        fields.token("code"),
        fields.integer("expires"),
    )


_READERS: dict[str, Callable[[Fields], WireMessage]] = {
    "join": _join,
    "peer": _peer,
    "sync": _sync,
    "request": _request,
    "ephemeral": _ephemeral,
    "doc-unavailable": _unavailable,
    "leave": _leave,
    "error": _error,
    "custody": _custody,
    "notice": _notice,
    "order": _order,
    "code": _code,
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
        case Error():
            return _plain_error(message)
        case Custody() | Notice() | Order() | Code():
            return _plain_of_ours(message)
        case Gossip():
            raise ValueError("gossip is only ever received")
        case _:
            assert_never(message)


def _plain_error(error: Error) -> dict[str, object]:
    names = {"senderId": error.sender_id, "targetId": error.target_id}
    known = {name: peer for name, peer in names.items() if peer is not None}
    return {"type": "error", "message": error.message, **known}


def _plain_of_ours(message: Custody | Notice | Order | Code) -> dict[str, object]:
    match message:
        case Custody(sender, target, document, proofs, seals, revocations, vouchers):
            fields: dict[str, object] = {"proofs": list(proofs), "seals": list(seals)}
            if revocations is not None:
                fields["revocations"] = revocations
            if vouchers:
                fields["vouchers"] = list(vouchers)
            return {**_about("custody", sender, target, document), **fields}
        case Notice(sender, target, document, kind, details):
            about = _about("notice", sender, target, document)
            return {**about, "kind": kind, "fields": dict(details)}
        case Order(sender, target, document, token):
            return {**_about("order", sender, target, document), "token": token}
        case Code(sender, target, document, invitation, lifetime, code, expires):
            return {
                **_about("code", sender, target, document),
                "invitation": invitation,
                "lifetime": lifetime,
                "code": code,
                "expires": expires,
            }
        case _:
            assert_never(message)


def _addressed(kind: str, sender: PeerId, target: PeerId) -> dict[str, object]:
    return {"type": kind, "senderId": sender, "targetId": target}


def _about(kind: str, sender: PeerId, target: PeerId, document: DocumentId) -> dict[str, object]:
    return {**_addressed(kind, sender, target), "documentId": format_document_id(document)}


def _with_metadata(fields: dict[str, object], metadata: PeerMetadata | None) -> dict[str, object]:
    if metadata is not None:
        values = {
            "storageId": metadata.storage_id,
            "isEphemeral": metadata.is_ephemeral,
            "learningContract": metadata.learning_contract,
        }
        fields["peerMetadata"] = {name: v for name, v in values.items() if v is not None}
    return fields
