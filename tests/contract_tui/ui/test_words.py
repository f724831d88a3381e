"""Times in words, and questions for whoever asks them."""

from __future__ import annotations

import pytest

from contract_tui.ui import words

NOW = 1_763_733_600.0
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "just now"),
        (-500, "just now"),
        (70, "1 minute ago"),
        (HOUR - 1, "59 minutes ago"),
        (2 * HOUR, "2 hours ago"),
        (DAY, "yesterday"),
        (5 * DAY, "5 days ago"),
        (60 * DAY, "22 September 2025"),
    ],
)
def test_how_long_ago(seconds: float, said: str) -> None:
    assert words.ago(NOW - seconds, NOW) == said


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
