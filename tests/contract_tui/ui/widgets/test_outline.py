"""The places side by side, as many as fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from contract_tui.contract.schema import INTERESTS
from contract_tui.ui.ink import Ink
from contract_tui.ui.widgets.outline import BEFORE, BEHIND, OutlineItem, piece, window

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


@given(st.text("Harbour 港 …", max_size=50), st.integers(0, 3), st.integers(24, 40))
def test_one_below_the_other_a_long_heading_leaves_room_for_who_is_there(
    heading: str, people: int, room: int
) -> None:
    inks = tuple(Ink("#000000", "#ffffff", "#888888", Style(), mark) for mark in "ABC"[:people])
    item = OutlineItem(INTERESTS, heading, True, inks, is_waiting=True, is_drafted=True)
    shown = piece(item, in_line=False, widest=room)
    assert shown.cell_len <= room
    assert shown.plain.split()[-people - 2 :] == ["•", "✎", *"ABC"[:people]]
