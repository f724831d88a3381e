from itertools import accumulate, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol import columns, streams
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb

SIZE = st.integers(1, 5)
Run = tuple[int, list[int] | int | None]
runs: st.SearchStrategy[list[Run]] = st.lists(
    st.tuples(SIZE, st.one_of(st.none(), st.integers(0, 300), st.lists(st.integers(0, 200))))
)


def column(told: list[Run]) -> bytes:
    """Runs of nulls, of one number, and of numbers of their own."""
    parts: list[bytes] = []
    for count, value in told:
        if value is None:
            parts += [encode_sleb(0), encode_uleb(count)]
        elif isinstance(value, int):
            parts += [encode_sleb(count), encode_uleb(value)]
        elif value:
            parts += [encode_sleb(-len(value)), *map(encode_uleb, value)]
    return b"".join(parts)


def rows(told: list[Run]) -> int:
    return sum(len(value) if isinstance(value, list) else count for count, value in told)


@given(runs)
def test_numbers_come_as_if_they_were_expanded_at_once(told: list[Run]) -> None:
    written, count = column(told), rows(told)
    assert list(islice(streams.numbers(written), count)) == columns.numbers(written, count)


@given(st.lists(st.tuples(SIZE, st.integers(-100, 300)), min_size=1), st.booleans())
def test_sums_come_as_if_they_were_expanded_at_once(
    told: list[tuple[int, int]], literal: bool
) -> None:
    if literal:
        steps = [step for _, step in told]
        written, count = encode_sleb(-len(steps)) + b"".join(map(encode_sleb, steps)), len(steps)
    else:
        written = b"".join(encode_sleb(count) + encode_sleb(step) for count, step in told)
        count = sum(count for count, _ in told)
    try:
        expected = columns.deltas(written, count)
    except BadChunk:
        with pytest.raises(BadChunk, match="out of range"):
            list(streams.deltas(written))
    else:
        assert list(streams.deltas(written)) == expected


def test_nulls_among_sums_change_nothing() -> None:
    written = encode_sleb(1) + encode_sleb(5) + b"\0\2" + encode_sleb(1) + encode_sleb(1)
    assert list(streams.deltas(written)) == [5, None, None, 6]


def test_only_clocks_may_say_anything() -> None:
    written = encode_sleb(1) + encode_sleb(-(1 << 40))
    assert list(streams.deltas(written, bounded=False)) == [-(1 << 40)]
    with pytest.raises(BadChunk, match="out of range"):
        list(streams.deltas(written))


def test_an_absent_column_has_rows_without_end() -> None:
    assert list(islice(streams.numbers(b""), 2)) == [None, None]
    assert list(islice(streams.deltas(b""), 2)) == [None, None]
    assert list(islice(streams.strings(b""), 2)) == [None, None]
    assert list(islice(streams.booleans(b""), 2)) == [False, False]


def test_a_run_that_claims_billions_costs_nothing_before_it_is_asked_for() -> None:
    many = encode_sleb(1 << 40)
    assert next(streams.numbers(many + b"\1")) == 1
    assert next(streams.strings(many + b"\1a")) == "a"
    assert next(streams.booleans(encode_uleb(1 << 40))) is False


def test_a_column_that_ends_early_is_refused() -> None:
    for broken in (encode_sleb(-5) + b"\1", b"\0\0", encode_sleb(3)):
        with pytest.raises(BadChunk):
            list(streams.numbers(broken))


def test_a_long_literal_run_is_read_a_part_at_a_time_and_no_further() -> None:
    many = [number % 0x80 for number in range(9_999)]
    written = column([(1, many), (2, 7)])
    assert list(streams.numbers(written)) == [*many, 7, 7]
    wide = encode_sleb(-5_000) + encode_uleb(300) * 2_000 + bytes(1_500)
    with pytest.raises(BadChunk):
        list(streams.numbers(wide))


def test_each_step_of_one_byte_means_what_it_says() -> None:
    steps = [63, -64, 64, 1, -1, 0]
    for some in (steps, [step for step in steps if step < 64]):
        written = encode_sleb(-len(some) - 1) + b"".join(map(encode_sleb, (1_000, *some)))
        assert list(streams.deltas(written))[1:] == [*accumulate(some, initial=1_000)][1:]
    alone = encode_sleb(1) + encode_sleb(99) + encode_sleb(-2) + encode_sleb(-64) + encode_sleb(63)
    assert list(streams.deltas(alone)) == [99, 35, 98]


@pytest.mark.parametrize("steps", [[5, -6], [1 << 31, 1 << 31, 1], [-1, 2], [1 << 32]])
def test_no_sum_on_the_way_may_be_what_no_counter_is(steps: list[int]) -> None:
    runs_of_one = b"".join(encode_sleb(1) + encode_sleb(step) for step in steps)
    literal = encode_sleb(-len(steps)) + b"".join(map(encode_sleb, steps))
    for written in (runs_of_one, literal):
        with pytest.raises(BadChunk, match="out of range"):
            list(streams.deltas(written))


def test_words_and_answers_come_in_their_order() -> None:
    written = encode_sleb(2) + b"\1a" + encode_sleb(-2) + b"\1b\1c" + b"\0\1"
    assert list(streams.strings(written)) == ["a", "a", "b", "c", None]
    assert list(streams.booleans(b"\1\2\1")) == [False, True, True, False]
