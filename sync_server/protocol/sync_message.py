"""The message of the Automerge sync protocol.

``42 or 43 | heads | need | have | changes | capabilities``: lists with their length in front,
hashes of 32 bytes. In 0x42 each entry of `changes` is one change; in 0x43 there is one blob of
concatenated chunks of any kind, which only a peer that showed capabilities understands.
"""

from enum import IntEnum, IntFlag
from functools import lru_cache
from typing import NamedTuple

from sync_server.protocol.bloom import Bloom
from sync_server.protocol.errors import BadChunk, BadSyncMessage
from sync_server.protocol.ids import HASH_SIZE, ChangeHash
from sync_server.protocol.leb import encode_uleb, take, uleb

Heads = tuple[ChangeHash, ...]

_MOST_HASHES = 10_000
"""In one list. Heads are as many as there are people who write at once."""
_MOST_HAVES = 2
"""Automerge sends one."""
_MOST_CHANGES = 400_000
"""More than fit a frame of 32 MiB: the smallest change with an operation has about 90 bytes."""
_SHORTEST_CHANGE = 11
"""Magic bytes, checksum, kind and length of a chunk, and a byte of it."""
_SHORT = 128
"""Bytes of a message without changes: everybody answers a keystroke in the same words."""
_REMEMBERED = 64
_LENGTHS = 1024
"""Of changes, of which a message may hold tens of thousands, nearly all keystrokes."""
_FLAGS = 0x80
"""The bit of a capability byte that says the other seven are flags."""
_UNDERSTANDS_V2 = 2


class Version(IntEnum):
    """How changes are packed."""

    V1 = 0x42
    V2 = 0x43


class Capability(IntFlag):
    """What the sender can do, or asks for."""

    RESET = 1
    READ_ONLY = 2
    KNOWS_RESET = 4


class Have(NamedTuple):
    """What the sender has: everything up to `last_sync`, and what the filter contains beyond it."""

    last_sync: Heads
    bloom: bytes = b""


class SyncMessage(NamedTuple):
    """One message of an exchange about one document; a tuple because a keystroke takes several."""

    heads: Heads = ()
    """The sender's heads. Empty from one that has something: forget what you think you sent me."""
    need: Heads = ()
    """Changes the sender asks for by name."""
    have: tuple[Have, ...] = ()
    changes: tuple[bytes, ...] = ()
    capabilities: Capability | None = None
    """None when the sender shows none: then it understands 0x42 only."""
    version: Version = Version.V1

    @property
    def is_reset(self) -> bool:
        """Tell whether it asks to start over, having nothing in common."""
        if not self.heads or self.changes or len(self.have) != 1:
            return False
        return not self.have[0].last_sync and not Bloom(self.have[0].bloom)

    @classmethod
    def decode(cls, data: bytes) -> "SyncMessage":
        """Read a message; raises BadSyncMessage."""
        try:
            return _read_short(data) if len(data) < _SHORT else _read(data)
        except BadChunk as error:
            raise BadSyncMessage(str(error)) from None

    def encode(self) -> bytes:
        """Write the message."""
        out = [bytes((self.version,)), *_hashes(self.heads), *_hashes(self.need)]
        out.append(encode_uleb(len(self.have)))
        for have in self.have:
            out += (*_hashes(have.last_sync), encode_uleb(len(have.bloom)), have.bloom)
        out.append(encode_uleb(len(self.changes)))
        out += [part for blob in self.changes for part in (_length(len(blob)), blob)]
        if self.capabilities is not None:
            out.append(bytes((2, _UNDERSTANDS_V2, _FLAGS | self.capabilities)))
        return b"".join(out)


_length = lru_cache(_LENGTHS)(encode_uleb)


def _hashes(heads: Heads) -> tuple[bytes, ...]:
    return (encode_uleb(len(heads)), *heads)


def _read(data: bytes) -> SyncMessage:
    if not data or data[0] not in (Version.V1, Version.V2):
        raise BadSyncMessage("not a sync message")
    heads, at = _read_hashes(data, 1)
    need, at = _read_hashes(data, at)
    have, at = _read_have(data, at)
    changes, at = _read_changes(data, at)
    capabilities = _read_capabilities(data, at) if at < len(data) else None
    return SyncMessage(heads, need, have, changes, capabilities, Version(data[0]))


_read_short = lru_cache(_REMEMBERED)(_read)


def _read_hashes(data: bytes, at: int) -> tuple[Heads, int]:
    count, at = uleb(data, at)
    if count > _MOST_HASHES:
        raise BadSyncMessage("too many hashes")
    if not count:
        return (), at
    joined, at = take(data, at, HASH_SIZE * count, "hashes")
    if count == 1:  # as after every keystroke of one who writes alone
        return (ChangeHash(joined),), at
    starts = range(0, HASH_SIZE * count, HASH_SIZE)
    return tuple([ChangeHash(joined[i : i + HASH_SIZE]) for i in starts]), at


def _read_have(data: bytes, at: int) -> tuple[tuple[Have, ...], int]:
    count, at = uleb(data, at)
    if count > _MOST_HAVES:
        raise BadSyncMessage("too many filters")
    out: list[Have] = []
    for _ in range(count):
        last_sync, at = _read_hashes(data, at)
        size, at = uleb(data, at)
        bloom, at = take(data, at, size, "filter")
        if bloom:
            Bloom(bloom)  # refuses unreasonable parameters
        out.append(Have(last_sync, bloom))
    return tuple(out), at


def _read_changes(data: bytes, at: int) -> tuple[tuple[bytes, ...], int]:
    """Cut the changes out, in one loop: a frame may hold hundreds of thousands."""
    count, at = uleb(data, at)
    if count > _MOST_CHANGES:
        raise BadSyncMessage("too many changes")
    if count * (1 + _SHORTEST_CHANGE) > len(data) - at:
        raise BadSyncMessage("truncated changes")
    out: list[bytes] = []
    end = len(data)
    append = out.append
    for _ in range(count):
        size = data[at] if at < end else 0x80
        start = at + 1
        if size >= 0x80:
            size, start = uleb(data, at)
        if size < _SHORTEST_CHANGE:
            raise BadSyncMessage("a change that is too short to be one")
        at = start + size
        if at > end:
            raise BadSyncMessage("truncated changes")
        append(data[start:at])
    return tuple(out), at


def _read_capabilities(data: bytes, at: int) -> Capability | None:
    size, at = uleb(data, at)
    section, _ = take(data, at, size, "capabilities")
    shown = [byte for byte in section if byte == _UNDERSTANDS_V2 or byte & _FLAGS]
    if not shown:
        return None
    flags = 0
    for byte in shown:
        flags |= byte & 7 if byte & _FLAGS else 0
    return Capability(flags)
