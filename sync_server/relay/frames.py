"""The websocket frame that nearly every keystroke is: whole, masked, binary, alone in its packet.

websockets reads frames of any kind in any pieces, through a chain of generators that costs as much
as everything the hub does with an acknowledgement. This reads the one kind in one step and leaves
all others to websockets.
"""

from websockets.utils import apply_mask

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


def wire_size(size: int) -> int:
    """The bytes of a client's frame with a payload of `size` bytes."""
    length = 0 if size < _TWO_BYTES else 2 if size < _EIGHT_BYTES else 8
    return 2 + length + _MASK_SIZE + size
