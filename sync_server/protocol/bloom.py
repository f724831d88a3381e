"""The Bloom filter of Automerge's sync messages: which changes a peer has, in ten bits each.

Wire form: nothing for no entries, else ``uleb entries | uleb 10 | uleb 7 | bits``. Three
little-endian words of a hash give the probes (Kirsch and Mitzenmacher's double hashing, enhanced).
"""

import struct
from collections.abc import Collection, Iterable, Sequence

from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.leb import encode_uleb, take, uleb

BITS_PER_ENTRY = 10
PROBES = 7
_MOST_BITS_PER_ENTRY = 64
_MOST_PROBES = 16
"""A peer that asks for more wants to keep us busy."""
_WORDS = struct.Struct("<III20x")
_FURTHER = range(PROBES - 1)


def build_bloom(hashes: Collection[ChangeHash]) -> bytes:
    """Return the wire form of a filter that contains the hashes."""
    if not hashes:
        return b""
    bits = _room_for(len(hashes))
    _put(bits, hashes)
    return _written(len(hashes), bits)


class GrowingBloom:
    """A filter of everything in a list that only grows, built on while the list grows.

    It has room for more than is in it, so that another change costs one change's work: whoever
    never gets in step would else make everybody's next key cost as much as the whole past.
    """

    __slots__ = ("_bits", "_hashes", "_held", "_room", "_written")

    def __init__(self, hashes: Sequence[ChangeHash]) -> None:
        """Hold nothing, and take no memory, until `advance` is called."""
        self._hashes = hashes
        self._room = self._held = 0
        self._bits = bytearray()
        self._written = b""

    def advance(self, most: int) -> bool:
        """Put in up to so many more; returns whether everything in the list is in it."""
        count = len(self._hashes)
        if count > self._room:
            self._room, self._held = count + count // 2, 0
            self._bits = _room_for(self._room)
        end = min(count, self._held + most)
        if end > self._held:
            _put(self._bits, self._hashes[self._held : end])
            self._held, self._written = end, b""
        return end == count

    def wire(self) -> bytes:
        """Return the wire form."""
        self._written = self._written or _written(self._room, self._bits)
        return self._written


class Bloom:
    """A filter as received."""

    __slots__ = ("_bits", "_entries", "_probes")

    def __init__(self, wire: bytes) -> None:
        """Read the wire form; raises BadChunk for parameters that no honest peer sends."""
        self._entries = self._probes = 0
        self._bits = b""
        if wire:
            self._entries, at = uleb(wire, 0)
            per_entry, at = uleb(wire, at)
            self._probes, at = uleb(wire, at)
            if self._entries and not (
                1 <= per_entry <= _MOST_BITS_PER_ENTRY and 1 <= self._probes <= _MOST_PROBES
            ):
                raise BadChunk("unreasonable filter parameters")
            self._bits, _ = take(wire, at, (self._entries * per_entry + 7) // 8, "filter")

    def __bool__(self) -> bool:
        """Tell whether it holds any entry."""
        return self._entries > 0

    @property
    def probes(self) -> int:
        """How many bits a look-up may look at."""
        return self._probes if self._entries else 0

    def __contains__(self, change: ChangeHash) -> bool:
        """Tell whether the change is probably in it; never False for one that is."""
        if not self._entries:
            return False
        bits = self._bits
        modulo = 8 * len(bits)
        x, y, z = struct.unpack_from("<III", change)
        x, y, z = x % modulo, y % modulo, z % modulo
        for _ in range(self._probes):  # as `_put` sets them
            if not bits[x >> 3] >> (x & 7) & 1:
                return False
            x = (x + y) % modulo
            y = (y + z) % modulo
        return True


def _room_for(entries: int) -> bytearray:
    return bytearray((entries * BITS_PER_ENTRY + 7) // 8)


def _put(bits: bytearray, hashes: Iterable[ChangeHash]) -> None:
    """Set the bits of hashes, in one loop: there may be tens of thousands."""
    modulo = 8 * len(bits)
    for x, y, z in _WORDS.iter_unpack(b"".join(hashes)):
        x, y, z = x % modulo, y % modulo, z % modulo
        bits[x >> 3] |= 1 << (x & 7)
        for _ in _FURTHER:
            x = (x + y) % modulo
            y = (y + z) % modulo
            bits[x >> 3] |= 1 << (x & 7)


def _written(entries: int, bits: bytearray) -> bytes:
    head = encode_uleb(entries) + encode_uleb(BITS_PER_ENTRY) + encode_uleb(PROBES)
    return head + bytes(bits)
