"""The places side by side, as many as fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.ui.widgets.outline import BEFORE, BEHIND, window

WIDTHS = [12, 18, 19, 13, 16, 10, 20, 13]


def test_everything_is_shown_where_everything_fits() -> None:
    assert window(WIDTHS, 5, sum(WIDTHS)) == range(8)


def test_the_first_ones_are_shown_until_the_next_one_would_not_be() -> None:
    assert window(WIDTHS, 0, 80) == range(5)
    assert window(WIDTHS, 3, 80) == range(5)
    assert window(WIDTHS, 4, 80) == range(1, 5 + 1)


def test_where_next_to_nothing_fits_the_open_one_is_shown() -> None:
    assert window(WIDTHS, 6, 5) == range(6, 7)
    assert window([], 0, 80) == range(0)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.data())
def test_the_open_one_is_always_shown_and_what_is_shown_fits(
    widths: list[int], data: st.DataObject
) -> None:
    current = data.draw(st.integers(0, len(widths) - 1))
    room = data.draw(st.integers(max(widths) + 2, 200))
    shown = window(widths, current, room)
    assert current in shown
    signs = len(BEFORE) * (shown.start > 0) + len(BEHIND) * (shown.stop < len(widths))
    assert sum(widths[n] for n in shown) + signs <= room
