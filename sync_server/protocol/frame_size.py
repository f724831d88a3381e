"""How many values a CBOR frame holds, counted before any of them is made.

Eight million small numbers fit into a frame that is let in, and keep a relay busy for seconds when
they become a list. Only the heads of the items are read here, one after another (RFC 8949,
section 3); whether they fit together is for the decoder to see.
"""

_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}
"""How many bytes follow a head for its argument, by the low bits of the head."""
_BYTES, _TEXT = 2, 3


def has_more_values_than(most: int, frame: bytes) -> bool:
    """Tell whether a frame holds more values than these, arrays and maps among them."""
    if len(frame) <= most:  # each takes at least a byte
        return False
    at = count = 0
    while at < len(frame):
        count += 1
        if count > most:
            return True
        kind, argument = frame[at] >> 5, frame[at] & 31
        begin = at + 1
        at = begin + _LENGTHS.get(argument, 0)
        if kind in (_BYTES, _TEXT) and argument <= 27:
            size = argument if argument < 24 else int.from_bytes(frame[begin:at], "big")
            at += size
    return False
