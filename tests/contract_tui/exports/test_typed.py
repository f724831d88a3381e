"""What is said below words that somebody was asked to type for the student."""

from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.reading import Typed
from contract_tui.exports.blocks import Caution, Line
from contract_tui.exports.typed import typed


def passage(words: str, confirmation: Confirmation = Confirmation.CONFIRMED) -> Typed:
    return Typed(words, "Jonas", 0, confirmation, "Maya")


def test_it_is_said_once_of_several_passages_of_which_the_same_is_so() -> None:
    assert list(typed([passage("bees"), passage("honey\nand wax")])) == [
        Line("“bees”, “honey and wax”: typed by Jonas, confirmed by Maya")
    ]


def test_what_the_student_says_is_not_theirs_stands_out() -> None:
    found = list(typed([passage("bees"), passage("wax", Confirmation.NOT_MINE)]))
    assert found[1:] == [Caution("“wax”: typed by Jonas, not Maya’s words")]


def test_a_long_passage_is_quoted_by_where_it_begins_and_ends() -> None:
    (line,) = typed([passage("Bees are what I like, " + "and honey " * 40 + "most of all, truly.")])
    assert line.text == (
        "“Bees are what I like, and honey and honey and … honey most of all, truly.”: "
        "typed by Jonas, confirmed by Maya"
    )
    (unbroken,) = typed([passage("字" * 200)])
    assert "…" in unbroken.text
