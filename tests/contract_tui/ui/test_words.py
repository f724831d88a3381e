"""Times in words, and questions for whoever asks them."""

from __future__ import annotations

import pytest

from contract_tui.contract.schema import INTERESTS, TITLE, PartId, StructureChoice
from contract_tui.ui import words

NOW = 1_763_733_600.0
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "changed just now"),
        (-500, "changed just now"),
        (70, "changed 1 minute ago"),
        (HOUR - 1, "changed 59 minutes ago"),
        (2 * HOUR, "changed 2 hours ago"),
        (DAY, "changed yesterday"),
        (5 * DAY, "changed 5 days ago"),
        (60 * DAY, "changed on 22 September 2025"),
    ],
)
def test_how_long_ago(seconds: float, said: str) -> None:
    assert words.ago(NOW - seconds, NOW) == said


def test_a_contract_that_has_not_arrived_says_so() -> None:
    assert words.ago(0, NOW) == "nothing has arrived yet"


def test_the_student_is_asked_and_the_others_are_given_a_question() -> None:
    assert "What are you into?" in words.prompt(INTERESTS, student=True, student_name="Maya")
    assert words.prompt(INTERESTS, student=False, student_name="Maya").startswith(
        "Maya begins here"
    )
    assert words.prompt(INTERESTS, student=False, student_name="").startswith("The student begins")
    assert words.prompt(TITLE, student=False, student_name="Maya") == words.UNTITLED_PROMPT
    assert words.prompt(PartId("more"), student=True, student_name="") == words.OTHER_STUDENT_PROMPT


def test_every_choice_has_its_words_and_their_order_is_no_ladder() -> None:
    assert set(words.CHOICES) == set(StructureChoice) - {StructureChoice.NOT_CHOSEN}
    ladder = [choice for choice in StructureChoice if choice]
    assert list(words.CHOICES) not in (ladder, ladder[::-1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("this code is mistyped", "This code is mistyped."),
        ("Please say who.", "Please say who."),
        ("ws://s:1 does not answer", "ws://s:1 does not answer."),
        ("it looks like ws://school.example:3030", "It looks like ws://school.example:3030"),
    ],
)
def test_what_went_wrong_is_a_whole_sentence(text: str, said: str) -> None:
    assert words.sentence(text) == said
