"""What goes between the server and a guest's program: a letter, a length, and so many bytes.

The letters and their order are those of Textual's web driver; `FILE` replaces its packed one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

LARGEST = 16 << 20
"""Bytes of one packet: a whole screen has some tens of thousands."""
PRELUDE = b"__GANGLION__\n"
"""What a program says before its first packet."""
HEAD_SIZE = 5


class BadPacket(Exception):
    """What no program of ours would send."""


class Kind(Enum):
    """What a packet is."""

    DATA = b"D"
    """Bytes of the terminal, in either direction."""
    META = b"M"
    """A JSON object about something beside the terminal."""
    FILE = b"P"
    """A piece of a file that the program delivers, behind its key and a line end."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a file; an empty one is the end."""

    key: str
    data: bytes


def packet(kind: Kind, payload: bytes) -> bytes:
    """The bytes of one packet."""
    return kind.value + len(payload).to_bytes(4, "big") + payload


def meta(said: Mapping[str, object]) -> bytes:
    """A packet with a JSON object."""
    return packet(Kind.META, json.dumps(said).encode())


def read_head(head: bytes) -> tuple[Kind, int]:
    """What comes, and how many bytes of it; raises BadPacket."""
    try:
        kind = Kind(head[:1])
    except ValueError as error:
        raise BadPacket(f"no packet begins with {head[:1]!r}") from error
    size = int.from_bytes(head[1:HEAD_SIZE], "big")
    if size > LARGEST:
        raise BadPacket(f"a packet of {size} bytes")
    return kind, size


def read_meta(payload: bytes) -> dict[str, object]:
    """The JSON object in a packet; raises BadPacket."""
    try:
        said = json.loads(payload)
    except ValueError as error:
        raise BadPacket("no JSON") from error
    if not isinstance(said, dict):
        raise BadPacket("no JSON object")
    return said


def file_piece(piece: Piece) -> bytes:
    """A packet with a piece of a file."""
    return packet(Kind.FILE, piece.key.encode() + b"\n" + piece.data)


def read_piece(payload: bytes) -> Piece:
    """The piece of a file in a packet; raises BadPacket."""
    key, line_end, data = payload.partition(b"\n")
    if not line_end:
        raise BadPacket("a piece of no file")
    return Piece(key.decode("utf-8", "replace"), data)
