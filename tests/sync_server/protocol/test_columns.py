import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.columns import (
    booleans,
    count_predecessors,
    count_rows,
    deltas,
    numbers,
    runs,
    strings,
)
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb, uleb


def written(*parts: tuple[int, bytes]) -> bytes:
    """Runs of a column: a count, then the values as bytes."""
    return b"".join(encode_sleb(count) + values for count, values in parts)


def nulls(count: int) -> bytes:
    return b"\x00" + encode_uleb(count)


def test_runs_literals_and_nulls_are_told_apart() -> None:
    column = written((3, b"\x07"), (-2, b"\x01\x02")) + nulls(4)
    assert list(runs(column, uleb)) == [(3, 7), (1, 1), (1, 2), (4, None)]
    assert numbers(column, 9) == [7, 7, 7, 1, 2, None, None, None, None]


def test_an_absent_column_is_empty() -> None:
    assert numbers(b"", 2) == [None, None]
    assert deltas(b"", 2) == [None, None]
    assert strings(b"", 2) == [None, None]
    assert booleans(b"", 2) == [False, False]


def test_differences_add_up() -> None:
    column = written((1, b"\x05"), (3, b"\x01")) + nulls(1) + written((1, encode_sleb(-7)))
    assert deltas(column, 6) == [5, 6, 7, 8, None, 1]


def test_strings_come_in_runs_and_literals() -> None:
    column = written((2, b"\x01a"), (-2, b"\x02\xc3\xa9\x00")) + nulls(1)
    assert strings(column, 5) == ["a", "a", "é", "", None]


def test_booleans_alternate_from_false() -> None:
    assert booleans(b"\x00\x02\x01", 3) == [True, True, False]


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (written((4, b"\x01")), "longer than the change"),
        (nulls(4), "longer than the change"),
        (written((10**12, b"\x01")), "longer than the change"),
        (nulls(10**12), "longer than the change"),
        (written((2, b"\x01")), "shorter than the change"),
        (nulls(2), "shorter than the change"),
        (written((-2, b"\x01")), "literal run longer than its column"),
        (nulls(0), "empty null run"),
        (b"\x01", "truncated"),
    ],
)
def test_a_column_of_numbers_must_fit_the_change(column: bytes, reason: str) -> None:
    with pytest.raises(BadChunk, match=reason):
        numbers(column, 3)
    with pytest.raises(BadChunk, match=reason):
        deltas(column, 3)


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (written((4, b"\x01a")), "longer than the change"),
        (written((10**12, b"\x01a")), "longer than the change"),
        (written((-(10**12), b"\x01a" * 10)), "longer than the change"),
        (nulls(10**12), "longer than the change"),
        (written((2, b"\x01a")), "shorter than the change"),
        (written((1, b"\x05a")), "truncated string"),
        (written((1, b"\x01\xff")), "not UTF-8"),
    ],
)
def test_a_column_of_strings_must_fit_the_change(column: bytes, reason: str) -> None:
    with pytest.raises(BadChunk, match=reason):
        strings(column, 3)


@pytest.mark.parametrize(
    ("column", "reason"),
    [(b"\x04", "longer"), (encode_uleb(10**12), "longer"), (b"\x02", "shorter")],
)
def test_a_column_of_booleans_must_fit_the_change(column: bytes, reason: str) -> None:
    with pytest.raises(BadChunk, match=reason):
        booleans(column, 3)


@pytest.mark.parametrize("steps", [(-1,), (2**32,), (5, -6)])
def test_a_counter_stays_within_its_range(steps: tuple[int, ...]) -> None:
    column = b"".join(written((1, encode_sleb(step))) for step in steps)
    with pytest.raises(BadChunk, match="a counter is out of range"):
        deltas(column, len(steps))


def test_rows_are_counted_without_expanding_them() -> None:
    assert count_rows(written((40_000, b"\x01"), (-2, b"\x01\x03")), 50_000) == 40_002
    with pytest.raises(BadChunk, match="more than 50000 operations"):
        count_rows(written((10**15, b"\x01")), 50_000)


def test_predecessors_are_counted_without_expanding_them() -> None:
    assert count_predecessors(written((3, b"\x02")) + nulls(5), 8, 50_000) == 6
    with pytest.raises(BadChunk, match="more than 50000 predecessors"):
        count_predecessors(written((1, encode_uleb(10**15))), 1, 50_000)
    with pytest.raises(BadChunk, match="longer than the change"):
        count_predecessors(written((10**15, b"\x00")), 1, 50_000)


@given(st.binary(max_size=40), st.integers(0, 50))
def test_any_column_gives_exactly_its_rows_or_is_refused(column: bytes, rows: int) -> None:
    for expand in (numbers, deltas, strings, booleans):
        try:
            out = expand(column, rows)
        except BadChunk:
            continue
        assert len(out) == rows
