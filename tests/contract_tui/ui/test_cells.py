import pytest

from contract_tui.ui.cells import clipped, padded, painted, wrapped
from contract_tui.ui.graphemes import width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("goats", "goats"),
        (" one\ntwo\t three ", "one two three"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("a\u202eb", "a·b"),
        ("ä 🐐 山", "ä 🐐 山"),
    ],
)
def test_nothing_that_is_painted_commands_the_terminal(text: str, shown: str) -> None:
    assert painted(text) == shown
    assert painted(shown) == shown


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("goats", 5, "goats"),
        ("goats", 4, "goa…"),
        ("two goats", 5, "two…"),
        ("山山山", 6, "山山山"),
        ("山山山", 5, "山山…"),
        ("山山山", 4, "山…"),
        ("🧑‍🌾🐐", 3, "🧑‍🌾…"),
        ("", 0, ""),
    ],
)
def test_what_does_not_fit_ends_in_an_ellipsis(text: str, cells: int, shown: str) -> None:
    assert clipped(text, cells) == shown


@pytest.mark.parametrize("text", ["", "goats", "many more goats", "山山山", "ä🐐"])
def test_a_column_is_exactly_as_wide_as_it_should_be(text: str) -> None:
    assert width(padded(text, 7)) == 7


def test_lines_break_between_words() -> None:
    assert list(wrapped("Conference of 14 March, Maya", 14)) == ["Conference of", "14 March, Maya"]
    assert list(wrapped("incomprehensibilities are", 8)) == ["incompr…", "are"]
    assert list(wrapped("", 8)) == [""]
