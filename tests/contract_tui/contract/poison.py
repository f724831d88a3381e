"""Changes with a right checksum that harm a document: what one of three persons may send."""

from collections.abc import Callable

from sync_server.protocol import columns
from sync_server.protocol.chunk import MAGIC, Change, body_of, chunk_hash, parse_body, parse_changes
from sync_server.protocol.leb import encode_uleb


def rehashed(body: bytes) -> bytes:
    """A change of this body, with the checksum that belongs to it."""
    return MAGIC + chunk_hash(1, body)[:4] + b"\x01" + encode_uleb(len(body)) + body


def _with_last_byte(raw: bytes, column: int, byte: int) -> bytes:
    body = bytearray(body_of(raw))
    directory = parse_body(bytes(body)).directory
    body[directory.begin + directory.spans[column][1] - 1] = byte
    return rehashed(bytes(body))


def panicking(raw: bytes) -> bytes:
    """The same change in an object of somebody who is not named: applying it makes a panic."""
    return _with_last_byte(raw, columns.OBJECT_ACTOR, 0x7F)


def unsaveable(raw: bytes) -> bytes:
    """The same insertions, of which there are said to be more: what is saved cannot be read."""
    return _with_last_byte(raw, columns.INSERT, 0x3F)


def ignored(raw: bytes) -> bytes:
    """The same change with a value that is no UTF-8: it is passed over without a word."""
    return _with_last_byte(raw, columns.VALUE, 0xFF)


POISONS = (panicking, unsaveable, ignored)


def claiming(operations: bytes) -> Callable[[bytes], bytes]:
    def poison(raw: bytes) -> bytes:
        body = body_of(raw)
        directory = parse_body(body).directory
        start, end = directory.spans[columns.ACTION]
        sizes = bytearray(body[: directory.begin])
        sizes[sizes.rindex(bytes([columns.ACTION, end - start])) + 1] = len(operations) + 1
        begin = directory.begin
        return rehashed(
            bytes(sizes) + body[begin : begin + start] + operations + b"\x01" + body[begin + end :]
        )

    return poison


BOMB = claiming(b"\x80\x80\x80\x80\x08")


def on_top_of(dependency: Change, change: Change) -> Change:
    """The same change, made by somebody who had seen another one."""
    (dep,) = change.deps
    (moved,) = parse_changes([rehashed(body_of(change.raw).replace(dep, dependency.hash))])
    return moved
