"""Offsets to cells and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.graphemes import clusters
from contract_tui.ui.widgets.editor.layout import Layout
from tests.contract_tui.ui.strategies import splices, texts, widths


def boundaries(text: str) -> list[int]:
    """Every place where a caret may stand."""
    found, start = [0], 0
    for line in text.split("\n"):
        found += [start + end for _, end in clusters(line)]
        start += len(line) + 1
        found.append(start)
    return sorted({place for place in found if place <= len(text)})


def test_a_line_separator_of_unicode_is_not_a_line_end() -> None:
    layout = Layout("a\u2028b\x0bc\x85d\re", 40)
    assert layout.height == 1
    assert layout.offset_at(99, 0) == 9


def test_a_row_knows_its_text() -> None:
    layout = Layout("one two\n\nthree", 4)
    assert [layout.row(y).text for y in range(layout.height)] == ["one ", "two", "", "thre", "e"]


def test_a_change_within_a_line_damages_only_its_rows() -> None:
    layout = Layout("word " * 100 + "\nlast", 50)
    assert layout.replace(Splice(251, 252, "0")) == (5, 6)
    assert layout.replace(Splice(0, 0, "\n")).last is None


@given(texts, widths)
def test_every_boundary_has_a_cell_of_its_own_and_comes_back_from_it(text: str, cells: int) -> None:
    layout = Layout(text, cells)
    places = boundaries(text)
    seen = [layout.cell_of(offset) for offset in places]
    assert len(set(seen)) == len(places)
    assert [layout.offset_at(x, y) for x, y in seen] == places


@given(texts, widths)
def test_the_caret_steps_over_every_boundary_and_over_nothing_else(text: str, cells: int) -> None:
    layout = Layout(text, cells)
    there = [0]
    while there[-1] < len(text):
        there.append(layout.right_of(there[-1]))
    back = [len(text)]
    while back[-1] > 0:
        back.append(layout.left_of(back[-1]))
    assert there == boundaries(text) == back[::-1]


@given(texts, widths, st.data())
def test_a_layout_changed_splice_by_splice_is_the_layout_of_the_result(
    text: str, cells: int, data: st.DataObject
) -> None:
    layout = Layout(text, cells)
    for _ in range(data.draw(st.integers(1, 6))):
        before = [layout.row(y).text for y in range(layout.height)]
        damage = layout.replace(data.draw(splices(len(layout.text))))
        fresh = Layout(layout.text, cells)
        rows = [layout.row(y) for y in range(layout.height)]
        assert rows == [fresh.row(y) for y in range(fresh.height)]
        changed = [y for y, row in enumerate(rows[: len(before)]) if row.text != before[y]]
        last = len(rows) if damage.last is None else damage.last
        assert all(damage.first <= y <= last for y in changed)


@given(texts, widths, st.integers(0, 300))
def test_an_offset_inside_a_cluster_goes_to_its_end(text: str, cells: int, offset: int) -> None:
    layout = Layout(text, cells)
    offset = min(offset, len(text))
    assert layout.boundary(offset) == min(p for p in boundaries(text) if p >= offset)
    assert layout.boundary(offset, forward=False) == max(p for p in boundaries(text) if p <= offset)
