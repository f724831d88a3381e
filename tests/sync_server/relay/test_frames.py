"""The short way through a frame must lead exactly where the long one does."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from sync_server.relay.frames import binary_frame, whole_message, wire_size


def as_websockets_reads(data: bytes) -> list[Frame]:
    """The frames that websockets finds, and nothing if any of the data is left over."""
    protocol = ServerProtocol(state=State.OPEN)
    protocol.receive_data(data)
    frames = [event for event in protocol.events_received() if isinstance(event, Frame)]
    return [] if protocol.reader.buffer or protocol.state is not State.OPEN else frames


@given(st.binary(max_size=300))
@example(b"")
@example(bytes(125))
@example(bytes(126))
@example(bytes(65535))
def test_a_whole_binary_frame_is_read(message: bytes) -> None:
    data = Frame(Opcode.BINARY, message).serialize(mask=True)
    assert whole_message(data) == message


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 100_000])
def test_the_size_of_a_frame_is_known(size: int) -> None:
    assert wire_size(size) == len(Frame(Opcode.BINARY, bytes(size)).serialize(mask=True))


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 255, 256, 65535, 65536, 100_000])
def test_a_frame_is_written_as_websockets_writes_it(size: int) -> None:
    message = bytes(size)
    assert binary_frame(message) == Frame(Opcode.BINARY, message).serialize(mask=False)


@pytest.mark.parametrize("size", [65536, 200_000])
def test_long_frames_are_left_to_websockets(size: int) -> None:
    assert whole_message(Frame(Opcode.BINARY, bytes(size)).serialize(mask=True)) is None


@pytest.mark.parametrize(
    "frame",
    [
        Frame(Opcode.TEXT, b"text").serialize(mask=True),
        Frame(Opcode.PING, b"").serialize(mask=True),
        Frame(Opcode.CLOSE, b"\x03\xe8").serialize(mask=True),
        Frame(Opcode.BINARY, b"begins", fin=False).serialize(mask=True),
        Frame(Opcode.CONT, b"ends").serialize(mask=True),
        b"\xc2\x80" + bytes(4),
        Frame(Opcode.BINARY, b"bare").serialize(mask=False),
        Frame(Opcode.BINARY, b"two").serialize(mask=True) * 2,
        Frame(Opcode.BINARY, b"torn").serialize(mask=True)[:-1],
        b"\x82\xfe\x00\x01" + bytes(5),
    ],
    ids=["text", "ping", "close", "begins", "ends", "flags", "bare", "two", "torn", "long form"],
)
def test_everything_else_is_left_to_websockets(frame: bytes) -> None:
    assert whole_message(frame) is None


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda b: b"\x82" + b)))
def test_where_it_answers_websockets_agrees(data: bytes) -> None:
    message = whole_message(data)
    if message is not None:
        [frame] = as_websockets_reads(data)
        assert bytes(frame.data) == message
        assert frame.opcode is Opcode.BINARY
