"""What a note is about, and how its words come between others."""

import pytest

from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.ui.notes.asking import fitted, meant


@pytest.mark.parametrize(
    ("text", "said", "result"),
    [
        ("I like cats|.", "and dogs", "I like cats and dogs."),
        ("I like |cats.", "all", "I like all cats."),
        ("|", "Because", "Because"),
        ("I like cats|.", ", and dogs", "I like cats, and dogs."),
        ("I like\n|", "cats", "I like\ncats"),
    ],
)
def test_words_are_parted_from_those_beside_them(text: str, said: str, result: str) -> None:
    at, whole = text.index("|"), text.replace("|", "")
    assert fitted(whole, at, at, said).apply(whole) == result


def test_what_replaces_words_is_put_in_as_it_is() -> None:
    assert fitted("I like cats.", 7, 11, "dogs") == Splice(7, 11, "dogs")
    assert fitted("I like cats.", 6, 11, "") == Splice(6, 11, "")


def test_without_a_selection_a_note_is_about_the_goal_where_it_says_what_it_is() -> None:
    assert meant(PartId("goals/aa/what")) == "goals/aa"
    assert meant(PartId("goals/aa/evidence")) == "goals/aa/evidence"
    assert meant(INTERESTS) == INTERESTS
