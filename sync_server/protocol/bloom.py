"""The Bloom filter of Automerge's sync messages: which changes a peer has, in ten bits each.

Wire form: nothing for no entries, else ``uleb entries | uleb 10 | uleb 7 | bits``. Three
little-endian words of a hash give the probes (Kirsch and Mitzenmacher's double hashing, enhanced).
"""

import struct
from collections.abc import Collection, Iterator

from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.leb import encode_uleb, take, uleb

BITS_PER_ENTRY = 10
PROBES = 7
_MOST_BITS_PER_ENTRY = 64
_MOST_PROBES = 16
"""A peer that asks for more wants to keep us busy."""


def build_bloom(hashes: Collection[ChangeHash]) -> bytes:
    """Return the wire form of a filter that contains the hashes."""
    if not hashes:
        return b""
    bits = bytearray((len(hashes) * BITS_PER_ENTRY + 7) // 8)
    for change in hashes:
        for bit in _probes(change, 8 * len(bits), PROBES):
            bits[bit >> 3] |= 1 << (bit & 7)
    head = encode_uleb(len(hashes)) + encode_uleb(BITS_PER_ENTRY) + encode_uleb(PROBES)
    return head + bytes(bits)


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
        for _ in range(self._probes):  # as `_probes`, without a generator's cost per probe
            if not bits[x >> 3] >> (x & 7) & 1:
                return False
            x = (x + y) % modulo
            y = (y + z) % modulo
        return True


def _probes(change: ChangeHash, modulo: int, count: int) -> Iterator[int]:
    x, y, z = struct.unpack_from("<III", change)
    x, y, z = x % modulo, y % modulo, z % modulo
    yield x
    for _ in range(count - 1):
        x = (x + y) % modulo
        y = (y + z) % modulo
        yield x
