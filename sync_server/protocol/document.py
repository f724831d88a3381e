"""A whole-document chunk, taken apart without touching an operation.

Whoever made a snapshot by running a document is believed only as far as its outline can be compared
with the graph.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sync_server.protocol.chunk import Kind, parse_chunk
from sync_server.protocol.columns import DEFLATED, runs
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import HASH_SIZE, Actor, ChangeHash
from sync_server.protocol.leb import take, uleb

CHANGE_ACTOR = 0x01
MOST_ROWS = 1 << 24
"""Changes or operations."""
_MOST_INFLATED = 64 << 20


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document chunk says it holds."""

    heads: Heads
    changes: int
    """How many."""


class Columns:
    """Columns of which each may be deflated; one is inflated when it is asked for."""

    def __init__(self, packed: Mapping[int, bytes]) -> None:
        """`packed` are the columns by specification, as they are in the chunk."""
        self._packed = packed

    def __call__(self, spec: int) -> bytes:
        """Return the column of a specification, empty where there is none; raises BadChunk."""
        if (packed := self._packed.get(spec | DEFLATED)) is not None:
            return _inflate(packed)
        return self._packed.get(spec, b"")

    def rows(self, spec: int) -> int:
        """Count the rows of a run-length encoded column; raises BadChunk above `MOST_ROWS`."""
        rows = 0
        for count, _ in runs(self(spec), uleb):
            rows += count
            if rows > MOST_ROWS:
                raise BadChunk(f"more than {MOST_ROWS} rows")
        return rows


class Parts(NamedTuple):
    """A document chunk in its parts."""

    actors: tuple[Actor, ...]
    heads: Heads
    changes: Columns
    operations: Columns


def outline(chunk: bytes) -> Outline:
    """Read the outline of exactly one document chunk; raises BadChunk."""
    parts = take_apart(chunk)
    return Outline(parts.heads, parts.changes.rows(CHANGE_ACTOR))


def take_apart(chunk: bytes) -> Parts:
    """Find the parts of exactly one document chunk; raises BadChunk."""
    kind, body, end = parse_chunk(chunk)
    if kind is not Kind.DOCUMENT or not isinstance(body, bytes):
        raise BadChunk("not a document")
    if end != len(chunk):
        raise BadChunk("bytes after the document")
    actors, at = _actors(body)
    count, at = uleb(body, at)
    joined, at = take(body, at, HASH_SIZE * count, "heads")
    starts = range(0, len(joined), HASH_SIZE)
    heads = tuple(sorted(ChangeHash(joined[i : i + HASH_SIZE]) for i in starts))
    of_changes, at = _directory(body, at)
    of_operations, at = _directory(body, at)
    changes, at = _columns(body, at, of_changes)
    operations, at = _columns(body, at, of_operations)
    return Parts(actors, heads, changes, operations)


def _actors(body: bytes) -> tuple[tuple[Actor, ...], int]:
    count, at = uleb(body, 0)
    actors: list[Actor] = []
    for _ in range(count):
        size, at = uleb(body, at)
        actor, at = take(body, at, size, "actor")
        actors.append(Actor(actor))
    return tuple(actors), at


def _directory(body: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    count, at = uleb(body, at)
    columns: list[tuple[int, int]] = []
    for _ in range(count):
        spec, at = uleb(body, at)
        size, at = uleb(body, at)
        columns.append((spec, size))
    return columns, at


def _columns(body: bytes, at: int, directory: list[tuple[int, int]]) -> tuple[Columns, int]:
    found: dict[int, bytes] = {}
    for spec, size in directory:
        found[spec], at = take(body, at, size, "column")
    return Columns(found), at


def _inflate(column: bytes) -> bytes:
    stream = zlib.decompressobj(-15)
    try:
        data = stream.decompress(column, _MOST_INFLATED)
    except zlib.error:
        raise BadChunk("bad deflate data") from None
    if not stream.eof:
        raise BadChunk("a column inflates too far")
    return data
