"""What is told of words from right to left: in the order of reading, with no mark among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contract_tui.household import Person

FIRST, LATER = "אני אוהבת ציפורים ו-3 עזים", "אני אוהבת מאוד ציפורים ו-3 עזים, like Bear"
MARKS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns words around where it is obeyed."""


@pytest.fixture
def maya(tmp_path: Path) -> Person:
    person = Person(tmp_path / "maya")
    person.contract = person.run("new", "חוזה", "--name", "מאיה", "--role", "student").strip()
    person.run("write", person.contract, "interests", FIRST)
    return person


def heads(person: Person) -> str:
    """The newest version, by its changes."""
    turns = json.loads(person.run("history", person.contract, "--json"))["turns"]
    return ",".join(turns[-1]["heads"])


def test_what_is_shown_and_told_of_the_past_has_no_mark_of_direction(maya: Person) -> None:
    for command in (
        ("show", maya.contract),
        ("show", maya.contract, "--format", "markdown"),
        ("show", maya.contract, "--format", "html"),
        ("history", maya.contract),
    ):
        printed = maya.run(*command)
        assert FIRST in printed
        assert not MARKS & set(printed)


def test_what_changed_is_told_in_whole_words_where_they_stand(maya: Person) -> None:
    before = heads(maya)
    maya.run("write", maya.contract, "interests", LATER)
    told = maya.run("diff", maya.contract, before, heads(maya))
    assert "אני אוהבת [מאיה wrote “מאוד ”]ציפורים ו-3 עזים[מאיה wrote “, like Bear”]" in told
    assert not MARKS & set(told)
