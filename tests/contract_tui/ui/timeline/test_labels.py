"""Which names of chapters stand above the timeline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from contract_tui.ui.timeline.labels import APART, Label, arrange

LONG, SHORT = "14 March, Maya and Ms Okafor", "14 March"

rows = st.builds(
    lambda columns, here: [
        Label(column, (LONG, SHORT), here=at == here) for at, column in enumerate(sorted(columns))
    ],
    st.sets(st.integers(0, 150), max_size=12),
    st.integers(0, 14),
)


@given(rows, st.integers(4, 160))
def test_names_never_touch_each_other_nor_the_edge(labels: list[Label], width: int) -> None:
    labels = [one for one in labels if one.column < width]
    placed = arrange(labels, width)
    end = -APART
    for one in placed:
        assert one.column >= end + APART
        end = one.column + cell_len(one.text)
    assert end <= width
    assert [one.here for one in placed].count(True) == sum(label.here for label in labels)


def test_the_chapter_one_is_in_has_its_whole_name_even_at_the_edge() -> None:
    [one] = arrange([Label(70, (LONG, SHORT), here=True)], 80)
    assert (one.column, one.text) == (80 - len(LONG), LONG)
    [one] = arrange([Label(2, (LONG, SHORT), here=True)], 10)
    assert (one.column, one.text) == (2, SHORT)


def test_the_others_are_called_by_their_date_or_not_at_all() -> None:
    labels = [Label(0, (LONG, SHORT)), Label(11, (LONG, SHORT)), Label(16, (LONG, SHORT))]
    assert [(one.column, one.text) for one in arrange(labels, 80)] == [(0, SHORT), (16, LONG)]
