"""Where each turn stands on the timeline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.ui.timeline.track import AHEAD, NARROWEST, WIDEST, Track

tracks = st.builds(
    lambda turns, begins, width, mark, has_tail: Track(
        sorted({0, *(at % turns for at in begins)}), turns, width, mark, has_tail=has_tail
    ),
    st.integers(1, 400),
    st.lists(st.integers(0, 1_000), max_size=12),
    st.integers(12, 200),
    st.integers(1, 2),
    st.booleans(),
)


def tail_is_in_sight(track: Track) -> bool:
    return not track._tail or track.tail is not None


@given(tracks, st.lists(st.integers(0, 399), max_size=6))
def test_the_turn_that_is_shown_is_in_sight_and_can_be_clicked(
    track: Track, places: list[int]
) -> None:
    for place in places:
        index = place % track.turns
        track.keep_in_sight(index, 0)
        assert index in track.visible()
        assert 0 <= track.column(index) < track.width
        assert track.nearest(track.column(index)) == index
        is_all = len(track.visible()) == track.turns and tail_is_in_sight(track)
        assert track.whole == is_all
    track.keep_in_sight(track.turns - 1, 0)
    assert tail_is_in_sight(track)


@given(tracks)
def test_each_turn_has_a_column_of_its_own_and_every_step_moves_what_is_seen(track: Track) -> None:
    track.keep_in_sight(0, 0)
    before = track.column(0), track.start
    for index in range(1, track.turns):
        track.keep_in_sight(index, 0)
        now = track.column(index), track.start
        assert now != before
        assert now[1] >= before[1]
        assert NARROWEST <= track.column(index) - track.column(index - 1) <= 2 * WIDEST
        before = now


@given(tracks, st.integers(-20, 300))
def test_the_rail_reaches_from_the_first_turn_to_the_last(track: Track, column: int) -> None:
    assert 0 <= track.share(column) < track.turns
    assert track.share(track.at_share(0)) == 0
    last = track.turns - 1
    assert track.share(track.at_share(last)) == last
    assert track.share(0) == 0
    assert track.share(track.width) == last


def test_while_one_walks_about_in_it_the_window_stays() -> None:
    track = Track([0], 400, 80)
    track.keep_in_sight(200, 0)
    start, seen = track.start, track.visible()
    for index in range(seen[0] + AHEAD, seen[-1] - AHEAD + 1):
        track.keep_in_sight(index, 0)
        assert track.start == start
    track.keep_in_sight(seen[-1], 0)
    assert track.start >= start + 80 // 2


def test_a_window_begins_with_the_chapter_where_it_can() -> None:
    track = Track([0, 210], 400, 80)
    track.keep_in_sight(200, 0)
    track.keep_in_sight(229, 210)
    assert 208 <= track.visible()[0] <= 210


def test_a_short_past_is_not_torn_apart_and_nothing_is_nowhere() -> None:
    track = Track([0], 3, 120)
    assert track.whole
    assert [track.column(index) for index in range(3)] == [0, WIDEST, 2 * WIDEST]
    nothing = Track([], 0, 80)
    nothing.keep_in_sight(-1, 0)
    assert not nothing.visible()
    assert nothing.nearest(5) == -1
