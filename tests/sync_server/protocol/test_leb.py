import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb, sleb, take, uleb

UNSIGNED = st.integers(0, 2**64 - 1)
SIGNED = st.integers(-(2**63), 2**63 - 1)


@given(UNSIGNED, st.binary(), st.binary())
def test_an_unsigned_number_survives(value: int, before: bytes, after: bytes) -> None:
    written = encode_uleb(value)
    assert uleb(before + written + after, len(before)) == (value, len(before) + len(written))


@given(SIGNED, st.binary(), st.binary())
def test_a_signed_number_survives(value: int, before: bytes, after: bytes) -> None:
    written = encode_sleb(value)
    assert sleb(before + written + after, len(before)) == (value, len(before) + len(written))


@pytest.mark.parametrize(
    ("value", "written"), [(0, "00"), (127, "7f"), (128, "8001"), (624485, "e58e26")]
)
def test_unsigned_numbers_of_the_dwarf_standard(value: int, written: str) -> None:
    assert encode_uleb(value).hex() == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(2, "02"), (-2, "7e"), (127, "ff00"), (-127, "817f"), (-128, "807f"), (-129, "ff7e")],
)
def test_signed_numbers_of_the_dwarf_standard(value: int, written: str) -> None:
    assert encode_sleb(value).hex() == written


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "truncated"),
        ("80", "truncated"),
        ("8000", "overlong"),
        ("ff00", "overlong"),
        ("ffffffffffffffffff02", "above 64 bits"),
        ("ffffffffffffffffffff01", "above 64 bits"),
    ],
)
def test_other_unsigned_forms_are_refused(written: str, reason: str) -> None:
    with pytest.raises(BadChunk, match=reason):
        uleb(bytes.fromhex(written), 0)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "truncated"),
        ("ff", "truncated"),
        ("8000", "overlong"),
        ("bf00", "overlong"),
        ("ff7f", "overlong"),
        ("ffffffffffffffffff01", "above 64 bits"),
        ("8080808080808080807e", "above 64 bits"),
        ("8080808080808080808001", "above 64 bits"),
    ],
)
def test_other_signed_forms_are_refused(written: str, reason: str) -> None:
    with pytest.raises(BadChunk, match=reason):
        sleb(bytes.fromhex(written), 0)


@given(st.binary(max_size=12))
def test_whatever_is_read_has_one_way_to_be_written(data: bytes) -> None:
    for read, write in ((uleb, encode_uleb), (sleb, encode_sleb)):
        try:
            value, end = read(data, 0)
        except BadChunk:
            continue
        assert write(value) == data[:end]


def test_taking_more_than_there_is_names_what_is_missing() -> None:
    assert take(b"abcd", 1, 2, "word") == (b"bc", 3)
    with pytest.raises(BadChunk, match="truncated word"):
        take(b"abcd", 1, 4, "word")
