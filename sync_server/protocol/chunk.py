"""Chunks, the units of Automerge's binary format, read without applying them.

``85 6f 4a 83 | checksum 4 | kind 1 | uleb length | body``; the hash is SHA-256 over
``kind | length | body`` and the checksum is its first four bytes. For a deflated change both are
those of the inflated form. No operation and no text is looked at here; only the run lengths are,
because a few bytes can claim more operations than a computer has memory for.
"""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from sync_server.protocol import columns
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import HASH_SIZE, Actor, ChangeHash
from sync_server.protocol.leb import encode_uleb, sleb, take, uleb

MAGIC = b"\x85\x6f\x4a\x83"
_HEADER_SIZE = 9


class Kind(IntEnum):
    """What a chunk holds."""

    DOCUMENT = 0
    CHANGE = 1
    DEFLATED_CHANGE = 2
    BUNDLE = 3


_KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one chunk may claim."""

    chunk: int = 1 << 20
    """Bytes of one change as sent."""
    inflated: int = 1 << 20
    """Bytes of one change after inflation."""
    operations: int = 50_000
    predecessors: int = 50_000
    dependencies: int = 1_000
    actors: int = 1_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Change:
    """What the graph must know of one change."""

    hash: ChangeHash
    deps: tuple[ChangeHash, ...]
    """The hashes it was made on top of, ascending."""
    actor: Actor
    seq: int
    """1 for the actor's first change, then one more each."""
    start_op: int
    """The counter of its first operation."""
    ops: int
    """How many operations it holds."""
    time: int
    """Seconds since 1970 by the writer's clock (milliseconds from programs that stamp so)."""
    raw: bytes
    """The chunk exactly as it was received."""
    others: tuple[Actor, ...] = field(compare=False, repr=False)
    """The other actors that its operations name; index 0 is the author, these follow."""
    directory: columns.Directory = field(compare=False, repr=False)
    """Where in its inflated body its columns are."""

    @property
    def max_op(self) -> int:
        """The counter of its last operation."""
        return self.start_op + self.ops - 1


class ChangeBody(NamedTuple):
    """The parts of an inflated change body."""

    deps: tuple[ChangeHash, ...]
    actor: Actor
    seq: int
    start_op: int
    time: int
    others: tuple[Actor, ...]
    """The other actors that its operations name; index 0 is the author, these follow."""
    directory: columns.Directory
    ops: int


def chunk_hash(kind: int, body: bytes) -> ChangeHash:
    """Hash a chunk body as Automerge does."""
    return ChangeHash(hashlib.sha256(bytes((kind,)) + encode_uleb(len(body)) + body).digest())


def parse_chunk(
    data: bytes, at: int = 0, limits: Limits = DEFAULT_LIMITS
) -> tuple[Kind, Change | bytes, int]:
    """Read the chunk at an offset; returns its kind, the change (or other body), the next offset.

    Raises BadChunk.
    """
    start = at
    kind, checksum, body, at = _envelope(data, start, limits)
    if kind is Kind.DEFLATED_CHANGE:
        body = inflate(body, limits)
    digest = chunk_hash(Kind.CHANGE if kind is Kind.DEFLATED_CHANGE else kind, body)
    if digest[:4] != checksum:
        raise BadChunk("checksum does not match")
    if kind is Kind.DOCUMENT or kind is Kind.BUNDLE:
        return kind, body, at
    parts = parse_body(body, limits)
    change = Change(
        digest,
        parts.deps,
        parts.actor,
        parts.seq,
        parts.start_op,
        parts.ops,
        parts.time,
        data if start == 0 and at == len(data) else data[start:at],
        parts.others,
        parts.directory,
    )
    return kind, change, at


def parse_changes(blobs: Iterable[bytes], limits: Limits = DEFAULT_LIMITS) -> list[Change]:
    """Read blobs of concatenated changes, in order; raises BadChunk for any other chunk."""
    changes, documents = split(blobs, limits)
    if documents:
        raise BadChunk("a whole document where changes were expected")
    return changes


def split(
    blobs: Iterable[bytes], limits: Limits = DEFAULT_LIMITS
) -> tuple[list[Change], list[bytes]]:
    """Sort blobs of concatenated chunks into changes and whole document chunks; raises BadChunk."""
    changes: list[Change] = []
    documents: list[bytes] = []
    for blob in blobs:
        at = 0
        while at < len(blob):
            start = at
            kind, content, at = parse_chunk(blob, start, limits)
            if isinstance(content, Change):
                changes.append(content)
            elif kind is Kind.DOCUMENT:
                documents.append(blob[start:at])
            else:
                raise BadChunk("a bundle chunk, which is not supported")
    return changes, documents


def scan(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[tuple[int, int]]:
    """Return (start, end) of each whole chunk, up to the first that is torn or damaged."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(data):
        start = at
        try:
            at = parse_chunk(data, start, limits)[2]
        except BadChunk:
            break
        spans.append((start, at))
    return spans


def body_of(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the inflated body of one raw change, without checking its hash again."""
    kind, _, body, _ = _envelope(raw, 0, limits)
    return _inflated(kind, body, limits)


def _inflated(kind: Kind, body: bytes, limits: Limits) -> bytes:
    if kind is Kind.CHANGE:
        return body
    if kind is not Kind.DEFLATED_CHANGE:
        raise BadChunk("not a change")
    return inflate(body, limits)


def check_bounds(raw: bytes, name: ChangeHash, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise BadChunk where `parse_changes` would, for one change whose hash was checked before."""
    kind, checksum, body, end = _envelope(raw, 0, limits)
    if end != len(raw) or checksum != name[:4]:
        raise BadChunk("checksum does not match")
    parse_body(_inflated(kind, body, limits), limits)


def inflate(data: bytes, limits: Limits) -> bytes:
    """Inflate a raw deflate stream, never beyond the limit."""
    stream = zlib.decompressobj(-15)
    try:
        body = stream.decompress(data, limits.inflated + 1)
    except zlib.error:
        raise BadChunk("bad deflate data") from None
    if len(body) > limits.inflated:
        raise BadChunk(f"inflates above {limits.inflated} bytes")
    if not stream.eof or stream.unused_data:
        raise BadChunk("deflate data ends early or goes on")
    return body


def parse_body(body: bytes, limits: Limits = DEFAULT_LIMITS) -> ChangeBody:
    """Read the header of an inflated change body and count its operations; raises BadChunk."""
    deps, at = _dependencies(body, limits)
    size, at = uleb(body, at)
    if not 1 <= size <= 64:
        raise BadChunk("an actor id has 1 to 64 bytes")
    actor, at = take(body, at, size, "actor id")
    seq, at = uleb(body, at)
    start_op, at = uleb(body, at)
    if not (0 < seq < 1 << 31 and 0 < start_op < 1 << 31):
        raise BadChunk("sequence number or first operation out of range")
    time, at = sleb(body, at)
    at = _skip_message(body, at)
    others, at = _other_actors(body, at, limits)
    directory = columns.directory(body, at)
    ops = _guard(body, directory, limits)
    return ChangeBody(deps, Actor(actor), seq, start_op, time, others, directory, ops)


def _envelope(data: bytes, at: int, limits: Limits) -> tuple[Kind, bytes, bytes, int]:
    if len(data) - at < _HEADER_SIZE + 1:
        raise BadChunk("truncated chunk header")
    if not data.startswith(MAGIC, at):
        raise BadChunk("bad magic bytes")
    number = data[at + 8]
    if number >= len(_KINDS):
        raise BadChunk(f"unknown kind of chunk {number}")
    kind = _KINDS[number]
    size, begin = uleb(data, at + _HEADER_SIZE)
    if size > limits.chunk and kind is not Kind.DOCUMENT:
        raise BadChunk(f"a chunk of {size} bytes, at most {limits.chunk}")
    body, end = take(data, begin, size, "chunk body")
    return kind, data[at + 4 : at + 8], body, end


def _dependencies(body: bytes, limits: Limits) -> tuple[tuple[ChangeHash, ...], int]:
    count, at = uleb(body, 0)
    if count > limits.dependencies:
        raise BadChunk("too many dependencies")
    joined, end = take(body, at, HASH_SIZE * count, "dependencies")
    if count == 1:  # as in nearly every change
        return (ChangeHash(joined),), end
    deps = tuple(
        ChangeHash(joined[i : i + HASH_SIZE]) for i in range(0, HASH_SIZE * count, HASH_SIZE)
    )
    if count > 1 and any(a >= b for a, b in pairwise(deps)):
        raise BadChunk("dependencies not sorted and unique")
    return deps, end


def _skip_message(body: bytes, at: int) -> int:
    if body.startswith(b"\0", at):  # none, as in every keystroke
        return at + 1
    return columns.text(body, at)[1]


def _other_actors(body: bytes, at: int, limits: Limits) -> tuple[tuple[Actor, ...], int]:
    count, at = uleb(body, at)
    if not count:
        return (), at
    if count > limits.actors:
        raise BadChunk("too many other actors")
    others: list[Actor] = []
    for _ in range(count):
        size, at = uleb(body, at)
        actor, at = take(body, at, size, "other actor")
        others.append(Actor(actor))
    return tuple(others), at


def _guard(body: bytes, directory: columns.Directory, limits: Limits) -> int:
    """Bound what the columns claim; returns the number of operations."""
    ops = columns.count_rows(directory.column(body, columns.ACTION), limits.operations)
    counts = directory.column(body, columns.PREDECESSOR_COUNT)
    columns.count_predecessors(counts, ops, limits.predecessors)
    return ops
