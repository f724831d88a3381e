"""Lets a contract's file carry what shows who wrote it, so that any relay takes it from any hand.

A file is read by every Automerge program, and so it can hold nothing but changes. What is carried
stands in the message of one more, which changes nothing: without operations, on top of all others,
under an actor that is nobody's. Here it is taken out again before the rest is read, unless somebody
wrote on top of it; several may meet then, and so each has an actor of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

import cbor2

from contract_tui.library.keepsakes import PROOF, REVOCATIONS, SEAL, VOUCHER
from contract_tui.library.library import Library
from contract_tui.library.parcels import Parcel
from sync_server.access.keys import from_base64url, to_base64url
from sync_server.protocol.chunk import MAGIC, Change, Kind, body_of, chunk_hash
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from sync_server.protocol.leb import encode_uleb, take, uleb

CARRIER = sha256(b"learning-contract custody").digest()[:8]
"""How the actors begin whose changes carry and are nobody's work."""
FORM, VOUCHING = 1, 2
"""What the message of a change holds: proofs, seals and revocations; or vouchers, which earlier
programs pass over."""
MOST_PROOFS, MOST_SEALS, MOST_VOUCHERS = 64, 4000, 512
"""In one change, so that it stays within what one change may hold."""


def parcels(library: Library, contract: DocumentId) -> list[Parcel]:
    """All that is kept here of who wrote what, in portions; raises LibraryError."""
    keepsakes = library.keepsakes(contract)
    known = {text.decode("utf-8", "replace") for text in keepsakes.all(PROOF).values()}
    if own := library.own_seat(contract):
        known.add(own.shown.text)
    proofs, seals = sorted(known), list(keepsakes.all(SEAL).values())
    token = keepsakes.get(REVOCATIONS)
    portions = [
        Parcel(
            tuple(proofs[number * MOST_PROOFS : (number + 1) * MOST_PROOFS]),
            tuple(seals[number * MOST_SEALS : (number + 1) * MOST_SEALS]),
        )
        for number in range(max(-(-len(proofs) // MOST_PROOFS), -(-len(seals) // MOST_SEALS)))
    ]
    if token:
        portions.append(Parcel(revocations=token.decode("utf-8", "replace")))
    vouchers = [text.decode("utf-8", "replace") for text in keepsakes.all(VOUCHER).values()]
    some = [vouchers[at : at + MOST_VOUCHERS] for at in range(0, len(vouchers), MOST_VOUCHERS)]
    return portions + [Parcel(vouchers=tuple(portion)) for portion in some]


def carry(load: Sequence[Parcel], heads: Sequence[ChangeHash], max_op: int) -> bytes:
    """The changes that carry the parcels on top of these heads, one after the other."""
    carried = b""
    deps = sorted(heads)
    for parcel in load:
        raw, digest = _change(parcel, deps, max_op + 1)
        carried += raw
        deps = [digest]
    return carried


def unload(changes: Iterable[Change]) -> tuple[list[Change], list[Parcel]]:
    """Take what is carried out of a file's changes, unless another change was made on top of it."""
    everything = list(changes)
    carriers = {one.hash: one for one in everything if one.actor.startswith(CARRIER)}
    needed = [dep for one in everything if one.hash not in carriers for dep in one.deps]
    kept: set[ChangeHash] = set()
    while needed:
        if (found := carriers.get(needed.pop())) and found.hash not in kept:
            kept.add(found.hash)
            needed += found.deps
    work = [one for one in everything if one.hash not in carriers or one.hash in kept]
    return work, [parcel for one in carriers.values() if (parcel := _read(one))]


def _change(parcel: Parcel, deps: Sequence[ChangeHash], start_op: int) -> tuple[bytes, ChangeHash]:
    """A change without operations, with a parcel as its message."""
    load = cbor2.dumps(_spelt(parcel))
    message = to_base64url(load).encode()
    actor = Actor(CARRIER + sha256(b"".join(deps) + message).digest()[:8])
    body = b"".join(
        (
            encode_uleb(len(deps)),
            *deps,
            encode_uleb(len(actor)),
            actor,
            encode_uleb(1),
            encode_uleb(start_op),
            b"\0",  # no time
            encode_uleb(len(message)),
            message,
            b"\0\0",  # no other actors, no columns
        )
    )
    digest = chunk_hash(Kind.CHANGE, body)
    head = MAGIC + digest[:4] + bytes((Kind.CHANGE,)) + encode_uleb(len(body))
    return head + body, digest


def _spelt(parcel: Parcel) -> list[object]:
    """A parcel with vouchers holds nothing else."""
    if parcel.vouchers:
        return [VOUCHING, list(parcel.vouchers)]
    return [FORM, list(parcel.proofs), list(parcel.seals), parcel.revocations]


def _read(change: Change) -> Parcel | None:
    """The parcel in a change; None where somebody put something else in it."""
    try:
        body = body_of(change.raw)
        count, at = uleb(body, 0)
        _, at = take(body, at, 32 * count, "dependencies")
        size, at = uleb(body, at)
        at += size
        _, at = uleb(body, at)
        _, at = uleb(body, at)
        size, at = uleb(body, at + 1)
        message, at = take(body, at, size, "message")
        fields = cbor2.loads(from_base64url(message.decode()))
    except (BadChunk, cbor2.CBORDecodeError, ValueError, RecursionError):
        return None
    match fields:
        case [1, [*proofs], [*seals], str() | None as token]:
            return Parcel(_texts(proofs), tuple(s for s in seals if isinstance(s, bytes)), token)
        case [2, [*vouchers]]:
            return Parcel(vouchers=_texts(vouchers))
    return None


def _texts(items: Iterable[object]) -> tuple[str, ...]:
    return tuple(one for one in items if isinstance(one, str))
