import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.drivers._byte_stream import ByteStream

from contract_tui.guests.packets import (
    HEAD_SIZE,
    BadPacket,
    Kind,
    Piece,
    file_piece,
    meta,
    packet,
    read_head,
    read_meta,
    read_piece,
)


@given(st.binary())
def test_textual_reads_our_packets_as_we_mean_them(payload: bytes) -> None:
    assert list(ByteStream().feed(packet(Kind.DATA, payload))) == [("D", payload)]


def test_what_is_said_beside_the_terminal_is_read_as_it_was_said() -> None:
    said = meta({"type": "resize", "width": 80})
    kind, size = read_head(said[:HEAD_SIZE])
    assert (kind, size) == (Kind.META, len(said) - HEAD_SIZE)
    assert read_meta(said[HEAD_SIZE:]) == {"type": "resize", "width": 80}


@given(st.text("abc-0123456789"), st.binary())
def test_a_piece_of_a_file_keeps_its_key_and_its_bytes(key: str, data: bytes) -> None:
    piece = Piece(key, data)
    assert read_piece(file_piece(piece)[HEAD_SIZE:]) == piece


@pytest.mark.parametrize("head", [b"Q\0\0\0\1", b"D\xff\xff\xff\xff", b"\0\0\0\0\0"])
def test_a_head_that_no_program_of_ours_writes_is_refused(head: bytes) -> None:
    with pytest.raises(BadPacket):
        read_head(head)


@pytest.mark.parametrize("payload", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_object_is_refused(payload: bytes) -> None:
    with pytest.raises(BadPacket):
        read_meta(payload)


def test_a_piece_of_no_file_is_refused() -> None:
    with pytest.raises(BadPacket):
        read_piece(b"no line end")
