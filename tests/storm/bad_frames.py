"""Frames that no honest program sends: broken, enormous, misleading or simply too many."""

from collections.abc import Callable, Sequence

import cbor2

from sync_server.access.order import order
from sync_server.access.revocation import revoke
from sync_server.access.tokens import Kind, peek, sign, with_signature
from sync_server.access.voucher import vouch
from sync_server.protocol.codec import encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.messages import (
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Join,
    Leave,
    Notice,
    Order,
    Peer,
    Request,
)
from sync_server.protocol.sync_message import Have, SyncMessage
from tests.storm.arsenal import ME, RELAY, Arsenal
from tests.sync_server.relay.guests import Holder

Frames = Callable[[Arsenal], Sequence[bytes | str]]
_RESET = SyncMessage((), (), (Have(()),))


def _torn(arsenal: Arsenal) -> list[bytes | str]:
    whole = arsenal.upload(arsenal.written[0].raw)
    return [whole[: arsenal.chance.randrange(1, len(whole))]]


def _sync_data(arsenal: Arsenal, data: bytes) -> list[bytes | str]:
    return [arsenal.frame(data)]


def _filter(arsenal: Arsenal, entries: int, per_entry: int, probes: int, bits: bytes) -> bytes:
    bloom = b"".join(map(encode_uleb, (entries, per_entry, probes))) + bits
    heads = (arsenal.head.hash,)
    return arsenal.frame(SyncMessage(heads, (), (Have((), bloom),)).encode())


def _ephemeral(
    arsenal: Arsenal, sender: PeerId, count: int, data: bytes, document: DocumentId | None = None
) -> bytes:
    about = document or arsenal.contract
    return encode(Ephemeral(sender, RELAY, about, "storm", count, data))


def _many_needs(arsenal: Arsenal) -> list[bytes | str]:
    need = tuple(arsenal.hash() for _ in range(2_000))
    return [arsenal.frame(SyncMessage((arsenal.hash(),), need, (Have(need[:9]),)).encode())]


def _foreign(arsenal: Arsenal) -> list[bytes | str]:
    return [arsenal.frame(_RESET.encode(), document=DocumentId(arsenal.noise(16)))]


def _custody(arsenal: Arsenal, *proofs: str, seals: tuple[bytes, ...] = ()) -> list[bytes | str]:
    return [encode(Custody(ME, RELAY, arsenal.contract, proofs, seals))]


def _order(arsenal: Arsenal) -> list[bytes | str]:
    now = arsenal.chance.randrange(1 << 30)
    token = order(arsenal.member.key, "erase", arsenal.url, arsenal.noise(8).hex(), now)
    return [encode(Order(ME, RELAY, arsenal.contract, token))]


def _revocations(arsenal: Arsenal) -> list[bytes | str]:
    token = revoke(arsenal.member.key, 99, [bytes(8)])
    return [encode(Custody(ME, RELAY, arsenal.contract, (), (), token))]


def _vouchers(arsenal: Arsenal, *tokens: str) -> list[bytes | str]:
    return [encode(Custody(ME, RELAY, arsenal.contract, vouchers=tokens))]


def _forged_vouchers(arsenal: Arsenal) -> list[bytes | str]:
    """For a lie in the victim's name: signed by a seat, and as if the contract's key had."""
    actor, key = arsenal.past[0].actor, arsenal.member.key
    said = {**peek(arsenal.voucher, Kind.VOUCHER), "change": arsenal.hash().hex()}
    return _vouchers(
        arsenal,
        sign(Kind.VOUCHER, said, key),
        with_signature(Kind.VOUCHER, said, arsenal.governing, key.sign(arsenal.noise(90))),
        vouch(key, actor, arsenal.hash()),
    )


def _cut_vouchers(arsenal: Arsenal) -> list[bytes | str]:
    whole = arsenal.voucher
    head, body, signature = whole.split(".")
    cuts = (whole[: arsenal.chance.randrange(len(whole))], f"{head}.{body}.", f"{body}.{signature}")
    return _vouchers(arsenal, *cuts)


def _notice(arsenal: Arsenal) -> list[bytes | str]:
    return [encode(Notice(ME, RELAY, arsenal.contract, "erased", {"name": "everybody"}))]


def _code(arsenal: Arsenal) -> list[bytes | str]:
    return [encode(Code(ME, RELAY, arsenal.contract, "contract://nowhere", 10**9))]


BAD_FRAMES: dict[str, Frames] = {
    "torn CBOR": _torn,
    "garbage": lambda a: [a.noise(a.chance.randrange(1, 400))],
    "deep CBOR": lambda _: [b"\x81" * 100_000 + b"\0"],
    "deep map": lambda _: [b"\xa1\x61a" * 30_000 + b"\0"],
    "huge length": lambda a: [b"\xa1\x64type\x5b" + b"\x3f" * 8 + a.noise(20)],
    "huge map": lambda _: [b"\xbb" + b"\x0f" * 8],
    "too many values": lambda _: [b"\x9a" + (200_000).to_bytes(4, "big") + bytes(200_000)],
    "CBOR tags": lambda a: [cbor2.dumps({"type": cbor2.CBORTag(a.chance.randrange(300), [1])})],
    "unknown type": lambda _: [cbor2.dumps({"type": "shout", "senderId": ME})],
    "text": lambda _: ["a text frame"],
    "no sync message": lambda a: _sync_data(a, b"\x42" + a.noise(50)),
    "huge count of hashes": lambda a: _sync_data(a, b"\x42" + encode_uleb(1 << 60)),
    "filter of enormous size": lambda a: [_filter(a, 1 << 60, 10, 7, b"")],
    "filter that asks for much work": lambda a: [_filter(a, 1 << 16, 10, 1 << 30, bytes(81920))],
    "filter that contains everything": lambda a: [_filter(a, 100, 10, 7, b"\xff" * 125)],
    "resets in a loop": lambda a: [a.frame(_RESET.encode())] * 10,
    "needs what nobody made": _many_needs,
    "somebody else's name": lambda a: [a.frame(_RESET.encode(), sender=a.victim)],
    "another document": _foreign,
    "requests another document": lambda a: [
        encode(Request(ME, RELAY, DocumentId(a.noise(16)), _RESET.encode()))
    ],
    "flood of ephemerals": lambda a: [_ephemeral(a, ME, n, b"x" * 200) for n in range(20)],
    "enormous ephemeral": lambda a: [_ephemeral(a, ME, 1, bytes((256 << 10) + 1))],
    "somebody else's presence": lambda a: [_ephemeral(a, a.victim, 10**6, a.noise(40))],
    "another document's presence": lambda a: [_ephemeral(a, ME, 1, b"x", DocumentId(a.noise(16)))],
    "joins again as somebody else": lambda a: [encode(Join(a.victim))],
    "speaks as a relay": lambda a: [encode(Peer(ME, a.victim))],
    "somebody else leaves": lambda a: [encode(Leave(a.victim))],
    "has nothing": lambda a: [encode(DocUnavailable(ME, RELAY, a.contract))],
    "an error": lambda a: [encode(Error("you are broken", ME, a.victim))],
    "bad seals": lambda a: _custody(a, seals=tuple(a.noise(144) for _ in range(20))),
    "bad proofs": lambda a: _custody(a, "~".join(["e30.e30."] * 2), a.noise(60).hex()),
    "proof of another contract": lambda a: _custody(a, a.stranger.proof.text),
    "self-made proof": lambda a: _custody(a, Holder().seat("Eve").proof.text),
    "vouchers by the wrong key": _forged_vouchers,
    "voucher of another contract": lambda a: _vouchers(
        a, vouch(a.stranger.key, a.past[0].actor, a.past[-1].hash)
    ),
    "vouchers that were cut": _cut_vouchers,
    "revokes everybody": _revocations,
    "order without the key": _order,
    "notice from a client": _notice,
    "code for nothing": _code,
}
