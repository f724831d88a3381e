import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.canonical import counts, deltas, flags, numbers, rare_flags, strings
from sync_server.protocol.columns import booleans
from sync_server.protocol.columns import deltas as any_deltas
from sync_server.protocol.columns import numbers as any_numbers
from sync_server.protocol.columns import strings as any_strings
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.sync_server.protocol.apart import alternating, runs, steps

SPARSE = st.lists(st.none() | st.integers(0, 3), max_size=30)


def string(text: str) -> bytes:
    return encode_uleb(len(text.encode())) + text.encode()


@given(SPARSE)
def test_numbers_that_are_written_in_the_one_way_are_read(values: list[int | None]) -> None:
    assert numbers(runs(values), len(values)) == values


@given(SPARSE)
def test_differences_that_are_written_in_the_one_way_are_read(values: list[int | None]) -> None:
    assert deltas(steps(values), len(values)) == values


@given(st.lists(st.none() | st.sampled_from(["", "a", "é"]), max_size=20))
def test_strings_that_are_written_in_the_one_way_are_read(values: list[str | None]) -> None:
    column = runs([None if value is None else string(value) for value in values])
    assert strings(column, len(values)) == values


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_flags_that_are_written_in_the_one_way_are_read(values: list[bool]) -> None:
    assert flags(alternating(values), len(values)) == values
    assert rare_flags(alternating(values) if any(values) else b"", len(values)) == values


@given(st.binary(max_size=12), st.integers(0, 8))
def test_of_all_columns_that_say_the_same_one_is_read(column: bytes, rows: int) -> None:
    """What is read here is read elsewhere, too, and writing it gives the column back."""
    for read, read_any, write in (
        (numbers, any_numbers, runs),
        (deltas, any_deltas, steps),
    ):
        try:
            values = read(column, rows)
        except BadChunk:
            continue
        assert values == read_any(column, rows)
        assert write(values) == column


@given(st.binary(max_size=12), st.integers(0, 8))
def test_of_all_columns_of_strings_or_flags_one_is_read(column: bytes, rows: int) -> None:
    try:
        words = strings(column, rows)
    except BadChunk:
        pass
    else:
        assert words == any_strings(column, rows)
        assert runs([None if word is None else string(word) for word in words]) == column
    try:
        found = flags(column, rows)
    except BadChunk:
        return
    assert found == booleans(column, rows)
    assert alternating(found) == column


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        (b"\x01\x05", 1),  # a run of one
        (encode_sleb(2) + b"\x05" + encode_sleb(2) + b"\x05", 4),  # one run in two
        (b"\x7f\x05\x7f\x06", 2),  # one literal in two
        (encode_sleb(-2) + b"\x05\x05", 2),  # a run as literals
        (encode_sleb(2) + b"\x05\x7f\x05", 3),  # a run and one more
        (b"\x7f\x05" + encode_sleb(2) + b"\x05", 3),
        (b"\x00\x01\x00\x01\x7f\x05", 3),  # nulls in two
        (b"\x00\x03", 3),  # nothing but nulls
        (b"\x00\x00\x7f\x05", 1),  # no nulls
        (b"\x00\x01", 1),
    ],
)
def test_a_column_that_is_written_in_another_way_is_refused(column: bytes, rows: int) -> None:
    with pytest.raises(BadChunk, match="would write differently"):
        numbers(column, rows)


@pytest.mark.parametrize("column", [b"\x01\x00\x01", b"\x00\x01\x00\x01", b"\x02\x00"])
def test_flags_that_are_written_in_another_way_are_refused(column: bytes) -> None:
    with pytest.raises(BadChunk, match="would write differently"):
        flags(column, 2)


def test_flags_that_are_all_false_are_not_written_where_they_are_rare() -> None:
    assert flags(b"\x03", 3) == [False] * 3
    with pytest.raises(BadChunk, match="would write differently"):
        rare_flags(b"\x03", 3)


@pytest.mark.parametrize("count", [2**62, -(2**62)])
def test_a_run_is_not_expanded_beyond_the_change(count: int) -> None:
    with pytest.raises(BadChunk, match=r"longer than the change|truncated"):
        numbers(encode_sleb(count) + b"\x05", 3)
    with pytest.raises(BadChunk, match="longer than the change"):
        numbers(b"\x7f\x01\x00" + encode_uleb(2**62), 3)
    with pytest.raises(BadChunk, match="longer than the change"):
        flags(encode_uleb(2**62), 3)


def test_a_column_that_is_too_short_is_refused() -> None:
    with pytest.raises(BadChunk, match="shorter than the change"):
        numbers(encode_sleb(2) + b"\x05", 3)
    with pytest.raises(BadChunk, match="shorter than the change"):
        flags(b"", 1)
    with pytest.raises(BadChunk, match="longer than the change"):
        numbers(b"\x7f\x05\x00", 1)


def test_what_must_be_said_of_every_row_may_not_be_left_out() -> None:
    assert counts(b"", 0) == []
    for column, rows in ((b"", 1), (b"\x7f\x05\x00\x01", 2)):
        with pytest.raises(BadChunk, match="leaves out rows"):
            counts(column, rows)


@pytest.mark.parametrize("step", [-1, 2**32, 2**62])
def test_a_counter_stays_in_its_range(step: int) -> None:
    with pytest.raises(BadChunk, match="counter is out of range"):
        deltas(b"\x7f" + encode_sleb(step), 1)
    with pytest.raises(BadChunk, match="counter is out of range"):
        deltas(encode_sleb(2) + encode_sleb(step), 2)
