import zlib
from contextlib import suppress
from dataclasses import replace

import pytest
from automerge.core import ROOT, Document, ObjType, ScalarType
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.chunk import (
    DEFAULT_LIMITS,
    MAGIC,
    Change,
    Kind,
    Limits,
    body_of,
    check_bounds,
    chunk_hash,
    parse_changes,
    parse_chunk,
    scan,
    split,
)
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.sync_server.protocol.written import (
    ALICE,
    BOB,
    chain,
    deflate,
    write_body,
    write_change,
    write_chunk,
)

# Automerge 1.0.0rc1, actor 00 01 … 0f: `t` becomes a text of "hé😀"; then "é" goes, and `n` = -3.
FIRST = bytes.fromhex(
    "856f4a83cefeea7e01570010000102030405060708090a0b0c0d0e0f01010000000a010402041104130615053402"
    "420456055707700200010300000103010002020000017d0002017f0174000301037f0403017c0016264668c3a9f0"
    "9f98800400"
)
SECOND = bytes.fromhex(
    "856f4a835074057f017401cefeea7e1a92885c7ab6ad52a7a6a6c9ae36464ea13e50a38f20660d28fa1052100001"
    "02030405060708090a0b0c0d0e0f02050000000c0104020411041304150534014203560357017003710273027f00"
    "00017f0100017f0000017f03000100017f016e027e03017e00147d7e01007f007f03"
)
DOCUMENT = bytes.fromhex(
    "856f4a83d0efba7f00b1010110000102030405060708090a0b0c0d0e0f015074057ff3a2a2a346b88ab507bd4577"
    "cc007a9530eddde5d3971ae9a4cd184d0701020302130323024003430256020e0104020411041306150721022305"
    "3402420556065708800105810102830102020002017e040202007e00017f00020700020300000203010003020000"
    "027d0002017e016e0174000305007e067b030102037e010403017b14001626467d68c3a9f09f988003007e01007f"
    "007f0501"
)


def change_of(raw: bytes) -> Change:
    change = parse_chunk(raw)[1]
    assert isinstance(change, Change)
    return change


def reason(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(BadChunk) as caught:
        parse_chunk(raw, limits=limits)
    return str(caught.value)


def reason_for_body(body: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    return reason(write_chunk(1, body), limits)


def test_a_change_by_automerge_is_read_to_the_letter() -> None:
    kind, change, end = parse_chunk(SECOND)
    assert (kind, end) == (Kind.CHANGE, len(SECOND))
    assert isinstance(change, Change)
    assert change.hash.hex() == "5074057ff3a2a2a346b88ab507bd4577cc007a9530eddde5d3971ae9a4cd184d"
    assert change.deps == (change_of(FIRST).hash,)
    assert change.actor == ALICE
    assert (change.seq, change.start_op, change.ops, change.max_op) == (2, 5, 2, 6)
    assert change.time == 0
    assert change.raw is SECOND


def test_chunks_follow_each_other() -> None:
    data = FIRST + DOCUMENT + SECOND
    kind, first, at = parse_chunk(data)
    assert isinstance(first, Change)
    assert (kind, first.raw) == (Kind.CHANGE, FIRST)
    kind, body, at = parse_chunk(data, at)
    assert isinstance(body, bytes)
    assert kind is Kind.DOCUMENT
    assert DOCUMENT.endswith(body)
    kind, second, at = parse_chunk(data, at)
    assert isinstance(second, Change)
    assert (kind, second.raw, at) == (Kind.CHANGE, SECOND, len(data))


def test_a_deflated_change_has_the_hash_of_the_inflated_one() -> None:
    deflated = deflate(SECOND)
    kind, change, end = parse_chunk(deflated)
    assert isinstance(change, Change)
    assert (kind, end) == (Kind.DEFLATED_CHANGE, len(deflated))
    assert change.hash == change_of(SECOND).hash
    assert change.raw == deflated
    assert body_of(deflated) == body_of(SECOND)


def test_the_fields_of_real_changes_are_those_that_automerge_tells() -> None:
    document = Document(BOB)
    with document.transaction() as transaction:
        text = transaction.put_object(ROOT, "text", ObjType.Text)
        transaction.put(ROOT, "bytes", ScalarType.Bytes, bytes(3000))
    fork = document.fork()
    for place, writer in enumerate([document, fork, fork, document]):
        with writer.transaction() as transaction:
            transaction.insert(text, 0, ScalarType.Str, str(place))
    document.merge(fork)
    with document.transaction() as transaction:
        transaction.delete(text, 1)
    told = document.get_changes([])
    read = parse_changes([each.raw_bytes for each in told])
    assert len(read) == 6
    for change, each in zip(read, told, strict=True):
        assert change.hash == each.hash
        assert list(change.deps) == each.deps
        assert change.actor == each.actor_id
        assert (change.seq, change.start_op, change.max_op) == (
            each.seq,
            each.start_op,
            each.max_op,
        )


def test_the_time_of_a_change_is_kept() -> None:
    assert change_of(write_chunk(1, write_body(time=1_764_000_000))).time == 1_764_000_000
    assert change_of(write_chunk(1, write_body(time=-1))).time == -1


def test_a_change_without_operations_ends_before_it_begins() -> None:
    empty = write_change(start_op=7, ops=0)
    assert (empty.ops, empty.max_op) == (0, 6)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "truncated chunk header"),
        (FIRST[:9], "truncated chunk header"),
        (b"\x00" + FIRST[1:], "bad magic bytes"),
        (FIRST[:8] + b"\x04" + FIRST[9:], "unknown kind of chunk 4"),
        (FIRST[:-1], "truncated chunk body"),
        (FIRST[:9] + b"\x80\x00" + FIRST[10:], "overlong LEB128"),
        (FIRST[:-1] + b"\x01", "checksum does not match"),
        (MAGIC + bytes(4) + FIRST[8:], "checksum does not match"),
        (MAGIC + bytes(5) + b"\x00", "checksum does not match"),
    ],
)
def test_what_is_no_chunk_is_refused(raw: bytes, expected: str) -> None:
    assert reason(raw) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "truncated LEB128"),
        (encode_uleb(1001), "too many dependencies"),
        (b"\x01" + bytes(31), "truncated dependencies"),
        (write_body(deps=[bytes(32), bytes(32)]), "dependencies not sorted and unique"),
        (write_body(deps=[b"\x01" * 32, bytes(32)]), "dependencies not sorted and unique"),
        (write_body(actor=b""), "an actor id has 1 to 64 bytes"),
        (write_body(actor=bytes(65)), "an actor id has 1 to 64 bytes"),
        (b"\x00\x10" + bytes(8), "truncated actor id"),
        (write_body(seq=0), "sequence number or first operation out of range"),
        (write_body(start_op=0), "sequence number or first operation out of range"),
        (write_body(start_op=1 << 31), "sequence number or first operation out of range"),
        (write_body(message=b"\xff"), "a string is not UTF-8"),
        (write_body(columns={})[:-2] + encode_uleb(1001), "too many other actors"),
        (write_body(columns={})[:-2] + b"\x01\x05ab", "truncated other actor"),
        (write_body(columns=dict.fromkeys(range(16, 16 * 66, 16), b"")), "too many columns"),
        (write_body(columns={0x42: b"\1\1", 0x34: b"\1"}), "columns out of order"),
        (write_body(columns={0x4A: b"\1\1"}), "deflated column inside a change"),
        (write_body()[:-1], "truncated column data"),
        (write_body(columns={0x42: b"\x00\x01"}), "an operation without an action"),
    ],
)
def test_a_change_that_is_not_well_formed_is_refused(body: bytes, expected: str) -> None:
    assert reason_for_body(body) == expected


@pytest.mark.parametrize("count", [50_001, 10_000_000, 10**12])
def test_a_change_cannot_claim_more_operations_than_the_limit(count: int) -> None:
    body = write_body(columns={0x42: encode_sleb(count) + b"\x01"})
    assert reason_for_body(body) == "more than 50000 operations"


def test_a_change_cannot_claim_more_predecessors_than_the_limit() -> None:
    body = write_body(columns={0x42: b"\x01\x01", 0x70: b"\x01" + encode_uleb(100_000_000)})
    assert reason_for_body(body) == "more than 50000 predecessors"


def test_a_deflated_change_cannot_inflate_beyond_the_limit() -> None:
    squeezer = zlib.compressobj(9, wbits=-15)
    nothing = squeezer.compress(bytes(1 << 20)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    bomb = nothing * 300 + squeezer.flush()
    assert reason(write_chunk(2, bomb)) == "inflates above 1048576 bytes"


@pytest.mark.parametrize(
    ("squeezed", "expected"),
    [
        (b"\xff\xff", "bad deflate data"),
        (zlib.compress(b"ab", wbits=-15)[:-1], "deflate data ends early or goes on"),
        (zlib.compress(b"ab", wbits=-15) + b"x", "deflate data ends early or goes on"),
    ],
)
def test_a_deflated_change_must_inflate_cleanly(squeezed: bytes, expected: str) -> None:
    assert reason(write_chunk(2, squeezed)) == expected


def test_a_change_cannot_be_larger_than_the_limit() -> None:
    small = replace(DEFAULT_LIMITS, chunk=50)
    assert reason(FIRST, small) == "a chunk of 87 bytes, at most 50"
    assert parse_chunk(DOCUMENT, limits=small)[0] is Kind.DOCUMENT


def test_changes_and_documents_are_told_apart() -> None:
    changes, documents = split([FIRST + DOCUMENT, b"", SECOND])
    assert [change.raw for change in changes] == [FIRST, SECOND]
    assert documents == [DOCUMENT]


def test_a_document_among_changes_is_refused() -> None:
    with pytest.raises(BadChunk, match="a whole document"):
        parse_changes([FIRST, DOCUMENT])


def test_a_bundle_is_refused() -> None:
    with pytest.raises(BadChunk, match="a bundle chunk"):
        split([write_chunk(3, b"whatever")])


def test_a_scan_stops_before_the_torn_tail() -> None:
    data = FIRST + SECOND
    whole = [(0, len(FIRST)), (len(FIRST), len(data))]
    assert scan(b"") == []
    assert scan(data) == whole
    assert scan(data + FIRST[:20]) == whole
    assert scan(data[:-1]) == whole[:1]
    assert scan(data[:50] + b"\x00" + data[51:]) == []


def test_only_a_change_has_the_body_of_one() -> None:
    assert chunk_hash(Kind.CHANGE, body_of(FIRST)) == change_of(FIRST).hash
    with pytest.raises(BadChunk, match="not a change"):
        body_of(DOCUMENT)


@pytest.mark.parametrize("raw", [FIRST, deflate(FIRST), SECOND])
def test_a_change_whose_hash_is_known_is_within_bounds(raw: bytes) -> None:
    name = change_of(raw).hash
    check_bounds(raw, name)
    for other in (raw + b"\0", raw + FIRST, raw[:-1], raw[:5] + b"\0" + raw[6:], DOCUMENT):
        with pytest.raises(BadChunk):
            check_bounds(other, name)


def test_what_claims_too_much_is_out_of_bounds_though_its_hash_is_right() -> None:
    body = write_body(columns={0x42: encode_sleb(10**12) + b"\x01"})
    with pytest.raises(BadChunk, match="more than 50000 operations"):
        check_bounds(write_chunk(1, body), chunk_hash(Kind.CHANGE, body))


def mutated(raw: bytes) -> st.SearchStrategy[bytes]:
    places = st.integers(0, len(raw) - 1)
    return st.lists(st.tuples(places, st.integers(0, 255)), max_size=4).map(
        lambda edits: bytes(dict(edits).get(place, byte) for place, byte in enumerate(raw))
    )


@given(st.binary(max_size=200) | mutated(FIRST) | mutated(SECOND) | mutated(DOCUMENT))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(BadChunk):
        parse_changes([data])
    assert all(0 <= start < end <= len(data) for start, end in scan(data))


@given(mutated(body_of(FIRST)) | mutated(body_of(SECOND)), st.sampled_from([1, 2, 3]))
def test_any_body_under_a_right_checksum_is_read_or_refused(body: bytes, kind: int) -> None:
    raw = write_chunk(kind, body)
    try:
        changes = parse_changes([raw])
    except BadChunk:
        return
    assert [change.raw for change in changes] == [raw]
    assert changes[0].ops <= DEFAULT_LIMITS.operations


def test_a_chain_of_changes_reads_back() -> None:
    changes = chain(3)
    read = parse_changes([b"".join(change.raw for change in changes)])
    assert [change.hash for change in read] == [change.hash for change in changes]
