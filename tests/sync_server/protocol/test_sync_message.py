import time

import pytest
from automerge.core import ROOT, Document, ScalarType, SyncState
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.bloom import build_bloom
from sync_server.protocol.errors import BadSyncMessage
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.sync_message import Capability, Have, SyncMessage, Version
from tests.sync_server.protocol.test_chunk import mutated

ONE, TWO = ChangeHash(b"\x01" * 32), ChangeHash(b"\x02" * 32)

# The first message of Automerge 1.0.0rc1 about the two changes of `test_chunk`.
HEAD = ChangeHash(bytes.fromhex("5074057ff3a2a2a346b88ab507bd4577cc007a9530eddde5d3971ae9a4cd184d"))
FIRST = bytes.fromhex("4201") + HEAD + bytes.fromhex("00010006020a071c1d4900020102")

HASHES = st.lists(st.binary(min_size=32, max_size=32).map(ChangeHash), max_size=4, unique=True).map(
    lambda hashes: tuple(sorted(hashes))
)
MESSAGES = st.builds(
    SyncMessage,
    HASHES,
    HASHES,
    st.lists(st.builds(Have, HASHES, HASHES.map(build_bloom)), max_size=2).map(tuple),
    st.lists(st.binary(min_size=11), max_size=4).map(tuple),
    st.none() | st.integers(0, 7).map(Capability),
    st.sampled_from(Version),
)


@given(MESSAGES)
def test_a_message_survives_the_wire(message: SyncMessage) -> None:
    assert SyncMessage.decode(message.encode()) == message


def test_the_first_message_of_automerge_is_read_to_the_letter() -> None:
    message = SyncMessage.decode(FIRST)
    assert message == SyncMessage(
        heads=(HEAD,),
        have=(Have((), bytes.fromhex("020a071c1d49")),),
        capabilities=Capability(0),
    )


def test_the_tail_of_javascript_says_that_it_knows_resets() -> None:
    assert SyncMessage.decode(FIRST[:-3] + b"\x02\x02\x84").capabilities == Capability.KNOWS_RESET
    assert SyncMessage.decode(FIRST[:-3] + b"\x02\x02\x83").capabilities == (
        Capability.RESET | Capability.READ_ONLY
    )


def test_without_a_tail_no_capability_is_shown() -> None:
    assert SyncMessage.decode(FIRST[:-3]).capabilities is None
    assert SyncMessage.decode(FIRST[:-3] + b"\x01\x01").capabilities is None
    assert SyncMessage.decode(FIRST[:-3] + b"\x00").capabilities is None


def test_our_messages_show_capabilities_only_when_told_to() -> None:
    assert SyncMessage().encode() == b"\x42\x00\x00\x00\x00"
    shown = SyncMessage(capabilities=Capability.KNOWS_RESET)
    assert shown.encode() == b"\x42\x00\x00\x00\x00\x02\x02\x84"


@pytest.mark.parametrize(
    ("message", "resets"),
    [
        (SyncMessage((ONE,), have=(Have(()),)), True),
        (SyncMessage((ONE,), have=(Have((), b"\x00\x0a\x07"),)), True),
        (SyncMessage((), have=(Have(()),)), False),
        (SyncMessage((ONE,)), False),
        (SyncMessage((ONE,), have=(Have((ONE,)),)), False),
        (SyncMessage((ONE,), have=(Have((), build_bloom([TWO])),)), False),
        (SyncMessage((ONE,), have=(Have(()),), changes=(b"x",)), False),
        (SyncMessage((ONE,), have=(Have(()), Have(()))), False),
    ],
)
def test_a_reset_is_recognised(message: SyncMessage, *, resets: bool) -> None:
    assert message.is_reset is resets


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a sync message"),
        (b"\x44\x00\x00\x00\x00", "not a sync message"),
        (b"\x42", "truncated LEB128"),
        (b"\x42\x01" + bytes(31), "truncated hashes"),
        (b"\x42" + encode_uleb(10_001), "too many hashes"),
        (b"\x42" + encode_uleb(2**63), "too many hashes"),
        (b"\x42\x00\x00\x03", "too many filters"),
        (b"\x42\x00\x00\x01\x00\x05ab", "truncated filter"),
        (b"\x42\x00\x00\x01\x00\x03\x01\x00\x07", "unreasonable filter parameters"),
        (b"\x42\x00\x00\x01\x00\x07\x01\x0a" + encode_uleb(2**31), "unreasonable filter"),
        (b"\x42\x00\x00\x00\x01\x05ab", "truncated changes"),
        (b"\x42\x00\x00\x00" + encode_uleb(2**63), "too many changes"),
        (b"\x42\x00\x00\x00" + encode_uleb(400_001), "too many changes"),
        (b"\x42\x00\x00\x00\x03" + bytes(35), "truncated changes"),
        (b"\x42\x00\x00\x00\x02\x0b" + bytes(11) + b"\x00" + bytes(11), "too short"),
        (b"\x42\x00\x00\x00\x01\x0a" + bytes(11), "too short"),
        (b"\x42\x00\x00\x00\x00\x05ab", "truncated capabilities"),
    ],
)
def test_what_is_no_sync_message_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadSyncMessage, match=reason):
        SyncMessage.decode(data)


def test_a_frame_full_of_empty_changes_is_refused_without_being_read() -> None:
    claimed = 31 << 20
    data = b"\x42\x00\x00\x00" + encode_uleb(claimed) + bytes(claimed)
    began = time.process_time()
    with pytest.raises(BadSyncMessage, match="too many changes"):
        SyncMessage.decode(data)
    assert time.process_time() - began < 0.05


def test_a_frame_full_of_the_shortest_changes_is_read_at_once() -> None:
    blob = bytes(82)
    message = SyncMessage(changes=(blob,) * 400_000)
    data = message.encode()
    began = time.process_time()
    decoded = SyncMessage.decode(data)
    assert time.process_time() - began < 0.5  # a tenth of it on a machine that does nothing else
    assert decoded == message


@given(st.binary(max_size=120) | mutated(FIRST) | MESSAGES.map(SyncMessage.encode).flatmap(mutated))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        message = SyncMessage.decode(data)
    except BadSyncMessage:
        return
    assert SyncMessage.decode(message.encode()) == message


def test_automerge_writes_what_we_write() -> None:
    document = Document()
    with document.transaction() as transaction:
        transaction.put(ROOT, "k", ScalarType.Str, "v")
    sent = document.generate_sync_message(SyncState()).encode()
    message = SyncMessage.decode(sent)
    assert sent == message.encode().removesuffix(b"\x02\x02\x80") + b"\x02\x01\x02"
