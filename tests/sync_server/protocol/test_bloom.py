import hashlib
import struct

import pytest
from automerge.core import ROOT, Document, Message, ScalarType, SyncState
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.bloom import Bloom, GrowingBloom, build_bloom
from sync_server.protocol.chunk import split
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.sync import Have, SyncMessage

HASHES = st.binary(min_size=32, max_size=32).map(ChangeHash)


def numbered(first: int, count: int) -> list[ChangeHash]:
    names = (struct.pack("<I", number) for number in range(first, first + count))
    return [ChangeHash(hashlib.sha256(name).digest()) for name in names]


def test_nothing_is_written_as_nothing() -> None:
    assert build_bloom([]) == b""
    assert not Bloom(b"")
    assert numbered(0, 1)[0] not in Bloom(b"")


@given(st.lists(HASHES, min_size=1, max_size=50))
def test_what_was_put_in_is_in(hashes: list[ChangeHash]) -> None:
    bloom = Bloom(build_bloom(hashes))
    assert bloom
    assert all(change in bloom for change in hashes)


@given(st.lists(st.integers(1, 40), max_size=6), st.integers(1, 50))
def test_a_growing_filter_holds_everything_however_it_grows(grown: list[int], most: int) -> None:
    hashes: list[ChangeHash] = []
    growing = GrowingBloom(hashes)
    for count in grown:
        hashes += numbered(len(hashes), count)
        growing.advance(most)
    while not growing.advance(most):
        pass
    bloom = Bloom(growing.wire())
    assert all(change in bloom for change in hashes)


def test_a_growing_filter_is_worked_on_in_steps_and_then_only_for_what_is_new() -> None:
    hashes = numbered(0, 100)
    growing = GrowingBloom(hashes)
    assert [growing.advance(40) for _ in range(3)] == [False, False, True]
    [new] = numbered(100, 1)
    assert new not in Bloom(growing.wire())
    hashes.append(new)
    assert growing.advance(1)
    assert new in Bloom(growing.wire())


def test_a_growing_filter_is_wrong_no_more_often_than_any() -> None:
    growing = GrowingBloom(numbered(0, 1_000))
    assert growing.advance(1_000)
    bloom = Bloom(growing.wire())
    assert sum(change in bloom for change in numbered(1_000, 10_000)) < 150


def test_few_others_seem_to_be_in() -> None:
    bloom = Bloom(build_bloom(numbered(0, 1_000)))
    wrong = sum(change in bloom for change in numbered(1_000, 10_000))
    assert 0 < wrong < 150


@pytest.mark.parametrize("count", [0, 1, 2, 7, 300])
def test_the_filter_is_byte_for_byte_automerges(count: int) -> None:
    document = Document()
    for number in range(count):
        with document.transaction() as transaction:
            transaction.put(ROOT, "n", ScalarType.Int, number)
    sent = document.generate_sync_message(SyncState())
    message = SyncMessage.decode(sent.encode())
    hashes = [ChangeHash(change.hash) for change in document.get_changes([])]
    assert [have.bloom for have in message.have] == [build_bloom(hashes)]


def test_automerge_understands_a_growing_filter() -> None:
    document = Document()
    for number in range(20):
        with document.transaction() as transaction:
            transaction.put(ROOT, "n", ScalarType.Int, number)
    changes = document.get_changes([])
    growing = GrowingBloom([ChangeHash(change.hash) for change in changes[:15]])
    assert growing.advance(15)
    end = SyncState()
    ours = SyncMessage((ChangeHash(b"\xee" * 32),), have=(Have((), growing.wire()),))
    document.receive_sync_message(end, Message.decode(ours.encode()))
    answer = SyncMessage.decode(document.generate_sync_message(end).encode())
    sent = [change.hash for change in split(answer.changes)[0]]
    assert sent == [ChangeHash(change.hash) for change in changes[15:]]


@pytest.mark.parametrize(("bits", "probes"), [(0, 7), (10, 0), (65, 7), (10, 17), (10, 2**31)])
def test_parameters_that_only_cost_time_are_refused(bits: int, probes: int) -> None:
    wire = encode_uleb(1) + encode_uleb(bits) + encode_uleb(probes) + bytes(10)
    with pytest.raises(BadChunk, match="unreasonable filter parameters"):
        Bloom(wire)


def test_a_filter_that_is_cut_short_is_refused() -> None:
    with pytest.raises(BadChunk, match="truncated filter"):
        Bloom(build_bloom(numbered(0, 10))[:-1])


def test_a_filter_of_no_entries_contains_nothing() -> None:
    bloom = Bloom(b"\x00\x00\x00")
    assert not bloom
    assert numbered(0, 1)[0] not in bloom
