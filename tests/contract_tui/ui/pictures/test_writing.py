"""A picture is the same when it is read again, and a theme changes nothing but colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.contract_tui.ui.pictures.picture import Group, Look, Picture, look_of
from tests.contract_tui.ui.pictures.writing import Differ, picture_of, text_of

COLOURS = st.sampled_from(["#000000", "#e3e6ea", "#1b6b47"])
STYLES = st.builds(Style, color=COLOURS, bgcolor=COLOURS, bold=st.booleans())
WORDS = st.lists(st.sampled_from(["goats", "  ", "== 80x24", "-- looks --", "海", "|"]), max_size=4)
WIDTH = 60


def look(words: list[list[str]], styles: list[Style]) -> Look:
    """Rows of words, each word in the next style."""
    rows = []
    for row in words:
        segments = [Segment(word, styles[at % len(styles)]) for at, word in enumerate(row)]
        rows.append(Strip(segments).adjust_cell_length(WIDTH, styles[0]))
    return look_of(rows)


@given(
    st.lists(WORDS, min_size=1, max_size=5),
    st.lists(st.lists(STYLES, min_size=1, max_size=4), min_size=2, max_size=2),
)
def test_what_is_read_again_is_the_same(words: list[list[str]], styles: list[list[Style]]) -> None:
    size = WIDTH, len(words)
    dark, light = (look(words, some) for some in styles)
    groups = (Group(size, ("dark", "light"), (dark, light)), Group(size, ("high",), (dark,)))
    picture = Picture(("a.Screen", "“What?”"), groups)
    assert picture_of(text_of(picture)) == picture


def test_a_theme_that_says_something_else_is_found() -> None:
    plain = [Style(color="#000000", bgcolor="#ffffff")]
    looks = look([["goats"]], plain), look([["sheep"]], plain)
    with pytest.raises(Differ, match="light says 'sheep', not 'goats'"):
        text_of(Picture(("a.Screen",), (Group((WIDTH, 1), ("dark", "light"), looks),)))


def test_a_blank_looks_like_what_stands_before_it_unless_something_is_seen_there() -> None:
    ground = Style(color="#000000", bgcolor="#ffffff")
    bold, line = ground + Style(bold=True), ground + Style(underline=True)
    (row,) = look_of([Strip([Segment("goats", bold), Segment("  ", ground), Segment("  ", line)])])
    assert row.runs == (
        (7, "bold #000000 on #ffffff"),
        (2, "underline #000000 on #ffffff"),
    )
    assert row.text == "goats"
