"""The outline of a whole-document chunk, read without touching an operation.

Whoever made a snapshot by running a document is believed only as far as this can be compared with
the graph.
"""

import zlib
from dataclasses import dataclass

from sync_server.protocol.chunk import Kind, parse_chunk
from sync_server.protocol.columns import DEFLATED, runs
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import HASH_SIZE, ChangeHash
from sync_server.protocol.leb import take, uleb

_CHANGE_ACTOR = 0x01
_MOST_CHANGES = 1 << 24
_MOST_INFLATED = 64 << 20


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document chunk says it holds."""

    heads: Heads
    changes: int
    """How many."""


def outline(chunk: bytes) -> Outline:
    """Read the outline of exactly one document chunk; raises BadChunk."""
    kind, body, end = parse_chunk(chunk)
    if kind is not Kind.DOCUMENT or not isinstance(body, bytes):
        raise BadChunk("not a document")
    if end != len(chunk):
        raise BadChunk("bytes after the document")
    at = _skip_actors(body)
    count, at = uleb(body, at)
    joined, at = take(body, at, HASH_SIZE * count, "heads")
    starts = range(0, len(joined), HASH_SIZE)
    heads = tuple(sorted(ChangeHash(joined[i : i + HASH_SIZE]) for i in starts))
    return Outline(heads, _count_changes(body, at))


def _skip_actors(body: bytes) -> int:
    count, at = uleb(body, 0)
    for _ in range(count):
        size, at = uleb(body, at)
        _, at = take(body, at, size, "actor")
    return at


def _count_changes(body: bytes, at: int) -> int:
    """Count the rows of the changes' actor column; the operations' columns follow later."""
    change_columns, at = _directory(body, at)
    _, at = _directory(body, at)
    for spec, size in change_columns:
        column, at = take(body, at, size, "column")
        if spec & ~DEFLATED == _CHANGE_ACTOR:
            return _rows(_inflate(column) if spec & DEFLATED else column)
    return 0


def _directory(body: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    count, at = uleb(body, at)
    columns: list[tuple[int, int]] = []
    for _ in range(count):
        spec, at = uleb(body, at)
        size, at = uleb(body, at)
        columns.append((spec, size))
    return columns, at


def _inflate(column: bytes) -> bytes:
    stream = zlib.decompressobj(-15)
    try:
        data = stream.decompress(column, _MOST_INFLATED)
    except zlib.error:
        raise BadChunk("bad deflate data") from None
    if not stream.eof:
        raise BadChunk("a column inflates too far")
    return data


def _rows(column: bytes) -> int:
    rows = 0
    for count, _ in runs(column, uleb):
        rows += count
        if rows > _MOST_CHANGES:
            raise BadChunk(f"more than {_MOST_CHANGES} changes")
    return rows
