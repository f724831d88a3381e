"""Messages out of websocket frames, and into them.

Nearly every keystroke is one frame: whole, masked, binary, alone in its packet. websockets reads
frames of any kind in any pieces, through a chain of generators that costs as much as everything the
hub does with an acknowledgement. This reads the one kind in one step, leaves the reading of all
others to websockets, and puts together what comes in fragments.
"""

from websockets.frames import Frame, Opcode

try:  # as websockets itself does: many times as quick, and not built for every computer
    from websockets.speedups import apply_mask
except ImportError:
    from websockets.utils import apply_mask

MOST_FRAGMENTS = 256
"""Small fragments of one message; each takes the loop as long as a whole small message does."""
SMALL_FRAGMENT = 4096
"""Bytes from which on a fragment is none of these: programs send what is large in pieces."""
_MOST_REASON = 123
"""RFC 6455, section 5.5: a control frame has at most 125 bytes, and 2 of them are the code."""
_WHOLE_BINARY = 0x82
"""RFC 6455, section 5.2: the last (and first) frame of a binary message, no extension bits."""
_MASKED = 0x80
_TWO_BYTES = 126
_EIGHT_BYTES = 1 << 16
_MASK_SIZE = 4


def whole_message(data: bytes) -> bytes | None:
    """The message in `data` if it is exactly one such frame of less than 64 KiB, else None."""
    if len(data) < 2 or data[0] != _WHOLE_BINARY:
        return None
    size, at = data[1] - _MASKED, 2
    if size == _TWO_BYTES:
        size, at = int.from_bytes(data[2:4], "big"), 4
        if size < _TWO_BYTES:
            return None  # an overlong length, which is for websockets to judge
    elif not 0 <= size < _TWO_BYTES:
        return None
    begin = at + _MASK_SIZE
    if len(data) != begin + size:
        return None
    return apply_mask(data[begin:], data[at:begin])


def binary_frame(message: bytes) -> bytes:
    """The frame in which a server sends a message: whole and without a mask."""
    size = len(message)
    if size < _TWO_BYTES:
        return bytes((_WHOLE_BINARY, size)) + message
    if size < _EIGHT_BYTES:
        return bytes((_WHOLE_BINARY, _TWO_BYTES, size >> 8, size & 0xFF)) + message
    return bytes((_WHOLE_BINARY, _TWO_BYTES + 1)) + size.to_bytes(8, "big") + message


def fitting(reason: str) -> str:
    """As much of a reason as a close frame has room for."""
    return reason.encode()[:_MOST_REASON].decode(errors="ignore")


def wire_size(size: int) -> int:
    """The bytes of a client's frame with a payload of `size` bytes."""
    length = 0 if size < _TWO_BYTES else 2 if size < _EIGHT_BYTES else 8
    return 2 + length + _MASK_SIZE + size


class Fragments:
    """A message that comes in pieces (RFC 6455, section 5.4)."""

    __slots__ = ("_parts", "_small")

    def __init__(self) -> None:
        self._parts: list[Frame] = []
        self._small = 0

    @property
    def are_too_many(self) -> bool:
        """Whether there are more small ones than any program needs."""
        return self._small > MOST_FRAGMENTS

    def add(self, frame: Frame) -> bytes | str | None:
        """Take a piece; returns the message if it was the last."""
        self._parts.append(frame)
        self._small += len(frame.data) < SMALL_FRAGMENT
        if not frame.fin:
            return None
        message = b"".join(part.data for part in self._parts)
        is_text = self._parts[0].opcode is Opcode.TEXT
        return message.decode(errors="replace") if is_text else message
