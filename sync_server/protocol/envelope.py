"""What all sync messages from one peer to another about one document begin with.

A keystroke's frame and the answers to it differ from those before them in the last of five fields
alone. Whoever knows the other four reads and writes such a frame in a fraction of the time that
CBOR takes with all of it; what looks any different is for the codec.
"""

from sync_server.protocol.codec import encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Sync

_EMPTY = 0x40
"""RFC 8949, section 3.1: a byte string, its length in the low bits, …"""
_DIRECT = 24
"""… if it is less than this."""
_ONE_BYTE, _TWO_BYTES, _FOUR_BYTES = 0x58, 0x59, 0x5A
"""A byte string whose length follows in so many bytes."""


class Envelope:
    """Sender, target and document of sync messages, as the codec writes them."""

    __slots__ = ("_prefix", "document")

    def __init__(self, sender: PeerId, target: PeerId, document: DocumentId) -> None:
        self.document = document
        self._prefix = encode(Sync(sender, target, document, b""))[:-1]

    def write(self, data: bytes) -> bytes:
        """Return the frame that holds some data."""
        return self._prefix + _head(len(data)) + data

    def read(self, frame: bytes) -> bytes | None:
        """Return what `decode` finds under `data` in a frame of this envelope, else None.

        Very short and very long ones are left to the codec.
        """
        begin = len(self._prefix)
        if len(frame) < begin + 3 or not frame.startswith(self._prefix):
            return None
        if frame[begin] == _ONE_BYTE:
            size, at = frame[begin + 1], begin + 2
        elif frame[begin] == _TWO_BYTES:
            size, at = int.from_bytes(frame[begin + 1 : begin + 3], "big"), begin + 3
        else:
            return None
        return frame[at:] if len(frame) == at + size else None


def _head(size: int) -> bytes:
    if size < _DIRECT:
        return bytes((_EMPTY + size,))
    if size < 1 << 8:
        return bytes((_ONE_BYTE, size))
    if size < 1 << 16:
        return bytes((_TWO_BYTES, size >> 8, size & 0xFF))
    return bytes((_FOUR_BYTES,)) + size.to_bytes(4, "big")
