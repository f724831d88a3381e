"""How words of the past are painted."""

from __future__ import annotations

from itertools import accumulate

import pytest
from rich.style import Style

from contract_tui.history.comparison import Mark
from contract_tui.ui.ink import make_stranger_ink
from contract_tui.ui.widgets.editor.layout import Layout
from contract_tui.ui.widgets.editor.scene import Look
from contract_tui.ui.widgets.past_scene import PastScene, Stretch
from tests.contract_tui.ui.stage import BACKGROUND, FOREGROUND, PARENT, TEACHER

PLAIN = Style()
LOOK = Look(PLAIN, PLAIN, PLAIN, PLAIN)


def painted(stretches: list[Stretch], *, authors: bool = False) -> list[tuple[str, list[Style]]]:
    """The rows of a text, each with its margin, and the style of every character."""
    text = "".join(one.text for one in stretches)
    starts = list(accumulate((len(one.text) for one in stretches), initial=0))
    layout = Layout(text, 30)
    scene = PastScene(text, lambda *_: (), (), (0, 0), None, LOOK, stretches, starts, authors)
    rows = [scene.paint(layout.row(y), 36) for y in range(layout.height)]
    return [
        (row.text.rstrip(), [one.style or PLAIN for one in row for _ in one.text]) for row in rows
    ]


def style_of(row: tuple[str, list[Style]], words: str) -> Style:
    return row[1][row[0].index(words)]


def test_what_came_is_underlined_in_the_ink_of_who_wrote_it() -> None:
    (row,) = painted([Stretch("I like ", Mark.KEPT, PARENT), Stretch("goats", Mark.ADDED, TEACHER)])
    assert row[0] == "T+ I like goats"
    assert style_of(row, "goats") == Style(color=TEACHER.color, underline=True)
    assert style_of(row, "I like") == PLAIN


def test_what_went_is_struck_through_in_the_ink_of_who_took_it() -> None:
    (row,) = painted([Stretch("cats", Mark.REMOVED, PARENT), Stretch("goats", Mark.ADDED, TEACHER)])
    assert row[0] == "P- catsgoats"
    assert style_of(row, "cats") == Style(color=PARENT.color, strike=True)


def test_the_spaces_around_words_are_not_underlined() -> None:
    (row,) = painted([Stretch("I", Mark.KEPT, PARENT), Stretch(" too ", Mark.ADDED, TEACHER)])
    assert style_of(row, " too") == PLAIN
    assert style_of(row, "too").underline


def test_every_row_in_which_a_change_begins_says_whose_it_is() -> None:
    rows = painted(
        [
            Stretch("One.\n", Mark.KEPT, PARENT),
            Stretch("Two.\n", Mark.ADDED, TEACHER),
            Stretch("Three.", Mark.REMOVED, PARENT),
        ]
    )
    assert [row[0] for row in rows] == ["   One.", "T+ Two.", "P- Three."]


def test_an_empty_line_that_came_is_marked_too() -> None:
    rows = painted([Stretch("\n", Mark.ADDED, TEACHER), Stretch("One.", Mark.KEPT, PARENT)])
    assert [row[0] for row in rows] == ["T+", "   One."]


def test_a_change_over_several_rows_is_marked_where_its_words_begin() -> None:
    rows = painted([Stretch("One.", Mark.KEPT, PARENT), Stretch("\nTwo.", Mark.ADDED, TEACHER)])
    assert [row[0] for row in rows] == ["   One.", "T+ Two."]


def test_who_wrote_what_did_not_change_is_shown_if_wished() -> None:
    (row,) = painted([Stretch("I like goats", Mark.KEPT, PARENT)], authors=True)
    assert row[0] == "P  I like goats"
    assert style_of(row, "I like") == Style(color=PARENT.color)


def test_what_is_in_doubt_looks_like_nobodys() -> None:
    ink = make_stranger_ink(BACKGROUND, FOREGROUND, "T")
    (row,) = painted([Stretch("goats", Mark.ADDED, ink)])
    assert row[0] == "T?+goats"
    assert style_of(row, "goats").italic


@pytest.mark.parametrize("fate", [Mark.KEPT, Mark.ADDED])
def test_what_is_of_no_concern_is_paler(fate: Mark) -> None:
    (row,) = painted([Stretch("goats", fate, TEACHER, pale=True)])
    assert style_of(row, "goats").dim
