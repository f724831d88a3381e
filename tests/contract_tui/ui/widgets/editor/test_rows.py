"""Where lines are broken."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.ui.graphemes import clusters, width
from contract_tui.ui.widgets.editor.rows import (
    _next_row_of_clusters,
    break_line,
    break_line_again,
    next_row,
)
from tests.contract_tui.ui.strategies import splices, texts, widths

lines = texts.map(lambda text: text.replace("\n", " "))


def rows_of(line: str, cells: int) -> list[str]:
    starts = [*break_line(line, cells), len(line)]
    return [line[a:b] for a, b in pairwise(starts)]


def test_a_row_ends_behind_the_last_word_that_fits() -> None:
    assert rows_of("the quick brown fox", 10) == ["the quick ", "brown fox"]


def test_a_space_may_hang_over_the_edge() -> None:
    assert rows_of("hello world", 5) == ["hello ", "world"]


def test_the_caret_behind_a_hanging_space_gets_a_row_of_its_own() -> None:
    assert rows_of("hello ", 5) == ["hello ", ""]


def test_a_word_longer_than_a_row_is_folded() -> None:
    assert rows_of("aaaaaaaa b", 3) == ["aaa", "aaa", "aa ", "b"]


def test_chinese_and_japanese_are_broken_between_characters() -> None:
    assert rows_of("日本語と日本", 5) == ["日本", "語と", "日本"]


def test_a_no_break_space_holds_two_words_together() -> None:
    assert rows_of("I am 12\u00a0years", 10) == ["I am ", "12\u00a0years"]


def test_a_family_is_never_torn_apart() -> None:
    assert rows_of("ab👩‍👩‍👧👩‍👩‍👧", 3) == ["ab", "👩‍👩‍👧", "👩‍👩‍👧"]


@given(lines, widths)
def test_rows_are_the_whole_line_and_fit(line: str, cells: int) -> None:
    rows = rows_of(line, cells)
    assert "".join(rows) == line
    for row in rows:
        fits = width(row.removesuffix(" ")) <= cells
        assert fits or len(list(clusters(row))) == 1


@given(lines, widths)
def test_rows_begin_at_boundaries(line: str, cells: int) -> None:
    boundaries = {0, len(line)} | {end for _, end in clusters(line)}
    assert set(break_line(line, cells)) <= boundaries


@given(st.text("ab cd  ", max_size=60), widths)
def test_the_short_way_for_plain_text_breaks_as_the_long_way(line: str, cells: int) -> None:
    for start in break_line(line, cells):
        assert next_row(line, start, cells) == _next_row_of_clusters(line, start, cells)


@given(st.data(), lines, widths)
def test_breaking_again_gives_what_breaking_gives(
    data: st.DataObject, line: str, cells: int
) -> None:
    splice = data.draw(splices(len(line)))
    splice = type(splice)(splice.start, splice.end, splice.text.replace("\n", ""))
    after = splice.apply(line)
    settled = splice.start + len(splice.text)
    rows, same = break_line_again(
        after, cells, break_line(line, cells), splice.start, settled, splice.length_change
    )
    assert rows == break_line(after, cells)
    assert [r - splice.length_change for r in rows[same:]] == break_line(line, cells)[
        len(break_line(line, cells)) - len(rows[same:]) :
    ]
