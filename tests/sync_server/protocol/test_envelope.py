"""The short way through a sync message must lead exactly where the codec does."""

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync_server.protocol.codec import decode, encode
from sync_server.protocol.envelope import Envelope
from sync_server.protocol.errors import BadFrame
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Request, Sync

ANNA, RELAY = PeerId("anna"), PeerId("relay")
DOCUMENT = DocumentId(bytes(range(16)))
ENVELOPE = Envelope(ANNA, RELAY, DOCUMENT)
PREFIX = encode(Sync(ANNA, RELAY, DOCUMENT, b""))[:-1]
PEERS = st.text(min_size=1, max_size=256).map(PeerId)
DOCUMENTS = st.binary(min_size=16, max_size=16).map(DocumentId)
SIZES = [0, 1, 23, 24, 255, 256, 65535, 65536]


@given(PEERS, PEERS, DOCUMENTS, st.binary(max_size=300))
def test_it_writes_as_the_codec_does(
    sender: PeerId, target: PeerId, document: DocumentId, data: bytes
) -> None:
    written = Envelope(sender, target, document).write(data)
    assert written == encode(Sync(sender, target, document, data))


@pytest.mark.parametrize("size", SIZES)
def test_any_length_is_written(size: int) -> None:
    data = bytes(size)
    assert ENVELOPE.write(data) == encode(Sync(ANNA, RELAY, DOCUMENT, data))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_neither_very_short_nor_very_long_is_read(size: int) -> None:
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    expected = data if 24 <= size <= 65535 else None
    assert ENVELOPE.read(ENVELOPE.write(data)) == expected


@given(st.binary(max_size=60))
@example(b"\x58\x01a")  # longer than it need be, which the codec reads too
@example(b"\x58\x02a")
@example(b"\x59\x00\x01a")
@example(b"\x59\x01\x00a")
@example(b"\x5f\x41a\xff")
def test_what_it_reads_the_codec_reads_too(rest: bytes) -> None:
    frame = PREFIX + rest
    try:
        message = decode(frame)
    except BadFrame:
        assert ENVELOPE.read(frame) is None
        return
    assert isinstance(message, Sync)
    assert ENVELOPE.read(frame) in (message.data, None)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        PREFIX,
        encode(Request(ANNA, RELAY, DOCUMENT, bytes(50))),
        encode(Sync(PeerId("ben"), RELAY, DOCUMENT, bytes(50))),
        encode(Sync(ANNA, RELAY, DocumentId(bytes(16)), bytes(50))),
        cbor2.dumps({"data": bytes(50), "type": "sync"}),
        ENVELOPE.write(bytes(50))[:-1],
        ENVELOPE.write(bytes(50)) + b"\0",
        ENVELOPE.write(bytes(300))[:-1],
        PREFIX + cbor2.dumps("x" * 50),
    ],
    ids=[
        *("nothing", "no data", "a request", "another sender", "another document"),
        *("another order", "torn", "too long", "torn and longer", "a text"),
    ],
)
def test_everything_else_is_left_to_the_codec(frame: bytes) -> None:
    assert ENVELOPE.read(frame) is None
