"""Changes for the stores to keep; their bytes mean nothing, as nothing parses them."""

import hashlib
from pathlib import Path

from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from sync_server.storage import StoredChange

ONE = DocumentId(bytes(15) + b"1")
TWO = DocumentId(bytes(15) + b"2")


def stored(document: DocumentId, position: int, raw: bytes | None = None) -> StoredChange:
    """A change that follows the two before it."""
    raw = b"raw %d" % position if raw is None else raw
    return StoredChange(
        document=document,
        position=position,
        hash=ChangeHash(hashlib.sha256(document + raw + bytes([position % 256])).digest()),
        deps=tuple(range(max(0, position - 2), position)),
        actor=Actor(b"actor"),
        seq=position + 1,
        start_op=10 * position + 1,
        max_op=10 * position + 10,
        raw=raw,
    )


def run(document: DocumentId, first: int, last: int) -> list[StoredChange]:
    """Changes at positions `first` to `last`, both included."""
    return [stored(document, position) for position in range(first, last + 1)]


def everything_in(directory: Path) -> bytes:
    """All bytes of all files."""
    return b"".join(file.read_bytes() for file in directory.iterdir())
