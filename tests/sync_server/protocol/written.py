"""Chunks written by hand, as no honest program would write all of them."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence

from sync_server.protocol.chunk import MAGIC, Change, parse_chunk
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.leb import encode_sleb, encode_uleb

ALICE = bytes(range(16))
BOB = bytes(range(100, 116))


def write_chunk(kind: int, body: bytes, *, signed_as: int | None = None) -> bytes:
    """A chunk with the right checksum."""
    hashed = kind if signed_as is None else signed_as
    digest = hashlib.sha256(bytes((hashed,)) + encode_uleb(len(body)) + body).digest()
    return MAGIC + digest[:4] + bytes((kind,)) + encode_uleb(len(body)) + body


def deflate(raw: bytes) -> bytes:
    """The deflated form of a raw change."""
    header = len(raw) - len(body_after_header(raw))
    body = raw[header:]
    squeezer = zlib.compressobj(wbits=-15)
    squeezed = squeezer.compress(body) + squeezer.flush()
    return MAGIC + raw[4:8] + b"\x02" + encode_uleb(len(squeezed)) + squeezed


def body_after_header(raw: bytes) -> bytes:
    at = 9
    while raw[at] & 0x80:
        at += 1
    return raw[at + 1 :]


def write_body(
    *,
    deps: Sequence[bytes] = (),
    actor: bytes = ALICE,
    seq: int = 1,
    start_op: int = 1,
    time: int = 0,
    message: bytes = b"",
    others: Sequence[bytes] = (),
    columns: Mapping[int, bytes] | None = None,
) -> bytes:
    """The body of a change with one harmless operation, or with the given columns."""
    if columns is None:
        columns = {0x42: b"\x01\x01"}
    out = encode_uleb(len(deps)) + b"".join(deps)
    out += encode_uleb(len(actor)) + actor + encode_uleb(seq) + encode_uleb(start_op)
    out += encode_sleb(time) + encode_uleb(len(message)) + message
    out += encode_uleb(len(others)) + b"".join(encode_uleb(len(o)) + o for o in others)
    out += encode_uleb(len(columns))
    out += b"".join(encode_uleb(spec) + encode_uleb(len(c)) for spec, c in columns.items())
    return out + b"".join(columns.values())


def write_change(
    *,
    deps: Sequence[Change | bytes] = (),
    actor: bytes = ALICE,
    seq: int = 1,
    start_op: int = 1,
    ops: int = 1,
) -> Change:
    """A change that fits a graph; its operations are only counted."""
    hashes = sorted(dep.hash if isinstance(dep, Change) else ChangeHash(dep) for dep in deps)
    body = write_body(
        deps=hashes,
        actor=actor,
        seq=seq,
        start_op=start_op,
        columns={0x42: encode_sleb(ops) + b"\x01"} if ops else {},
    )
    change = parse_chunk(write_chunk(1, body))[1]
    assert isinstance(change, Change)
    return change


def chain(length: int, *, actor: bytes = ALICE, after: Change | None = None) -> list[Change]:
    """Changes of one actor, each on top of the one before."""
    changes: list[Change] = []
    for seq in range(1, length + 1):
        top = after.max_op if after else 0
        after = write_change(deps=[after] if after else [], actor=actor, seq=seq, start_op=top + 1)
        changes.append(after)
    return changes
