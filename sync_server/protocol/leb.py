"""LEB128, the variable-length integers of Automerge's formats.

Overlong forms are refused: two peers that disagreed about them would hash one change differently.
"""

from sync_server.protocol.errors import BadChunk


def uleb(data: bytes, at: int) -> tuple[int, int]:
    """Read an unsigned integer below 2**64; returns it and the offset after it, raises BadChunk."""
    try:
        byte = data[at]
        if byte < 0x80:
            return byte, at + 1
        value, shift = byte & 0x7F, 7
        while True:
            at += 1
            byte = data[at]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 63:
                raise BadChunk("LEB128 above 64 bits")
    except IndexError:
        raise BadChunk("truncated LEB128") from None
    if byte == 0:
        raise BadChunk("overlong LEB128")
    if value >> 64:
        raise BadChunk("LEB128 above 64 bits")
    return value, at + 1


def sleb(data: bytes, at: int) -> tuple[int, int]:
    """Read a signed integer of at most 64 bits, as `uleb` does."""
    value = shift = previous = 0
    try:
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
            if shift > 63:
                raise BadChunk("LEB128 above 64 bits")
            previous = byte
    except IndexError:
        raise BadChunk("truncated LEB128") from None
    if shift > 7 and byte == (0x7F if previous & 0x40 else 0):
        raise BadChunk("overlong LEB128")
    if byte & 0x40:
        value -= 1 << shift
    if not -(1 << 63) <= value < 1 << 63:
        raise BadChunk("LEB128 above 64 bits")
    return value, at


def encode_uleb(value: int) -> bytes:
    """Write an unsigned integer."""
    if value < 0x80:
        return bytes((value,))
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def encode_sleb(value: int) -> bytes:
    """Write a signed integer."""
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)


def take(data: bytes, at: int, size: int, what: str) -> tuple[bytes, int]:
    """Cut `size` bytes out at an offset; raises BadChunk naming `what` when they are not there."""
    if size > len(data) - at:
        raise BadChunk(f"truncated {what}")
    return data[at : at + size], at + size
