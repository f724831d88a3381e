"""Files that a guest takes away: asked of their program piece by piece, by their browser alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from contract_tui.guests.packets import Piece, meta

PIECE = 64 << 10
PATIENCE = 10.0
"""Seconds in which a program answers with a piece."""
MOST_OFFERED = 16
PLAIN_TYPES = frozenset(
    {"application/pdf", "text/html", "text/plain", "text/markdown", "text/calendar"}
)
ANY_TYPE = "application/octet-stream"


@dataclass(slots=True)
class Offered:
    """A file that a program holds ready."""

    name: str
    mime_type: str
    pieces: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(4))
    is_taken: bool = False


class Downloads:
    """The files of one guest's program."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._offered: dict[str, Offered] = {}

    def offer(self, key: str, path: str, mime_type: str) -> Offered:
        """A file is ready; the oldest is forgotten where there are many."""
        while len(self._offered) >= MOST_OFFERED:
            self._offered.pop(next(iter(self._offered)))
        kind = mime_type if mime_type in PLAIN_TYPES else ANY_TYPE
        offered = self._offered[key] = Offered(PurePath(path).name or "contract", kind)
        return offered

    def find(self, key: str) -> Offered | None:
        """A file that nobody has fetched yet."""
        offered = self._offered.get(key)
        return offered if offered and not offered.is_taken else None

    def take(self, piece: Piece) -> None:
        """A piece has come."""
        offered = self._offered.get(piece.key)
        if offered is not None and not offered.pieces.full():
            offered.pieces.put_nowait(piece.data)

    async def fetch(self, key: str) -> AsyncIterator[bytes]:
        """The pieces of a file, once; raises TimeoutError where the program does not answer."""
        offered = self._offered[key]
        offered.is_taken = True
        try:
            while True:
                asked = {"type": "deliver_chunk_request", "key": key, "size": PIECE}
                self._write(meta(asked))
                async with asyncio.timeout(PATIENCE):
                    piece = await offered.pieces.get()
                if not piece:
                    return
                yield piece
        finally:
            self._offered.pop(key, None)

    def end(self) -> None:
        """The program has ended: nothing more comes."""
        for offered in self._offered.values():
            if not offered.pieces.full():
                offered.pieces.put_nowait(b"")
        self._offered.clear()
