from pathlib import Path

import pytest

from contract_tui.guests.environment import Place, environment, preferred
from contract_tui.guests.frames import Size

PLACE = Place("a contract", "ws://127.0.0.1:3030/room", "ab" * 8)


def test_a_program_is_told_what_it_needs_and_nothing_else_of_the_host() -> None:
    host = {
        "PATH": "/bin",
        "HOME": "/home/ana",
        "CONTRACT_TUI_REGISTRATION_KEY": "secret",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "LD_PRELOAD": "x.so",
        "TEXTUAL_LOG": "log",
    }
    told = environment(host, Path("/guest"), PLACE, Size(60, 20), "light", "es")
    assert told["PATH"] == "/bin"
    assert told["CONTRACT_TUI_HOME"] == "/guest"
    assert (told["COLUMNS"], told["ROWS"]) == ("60", "20")
    assert told["LANGUAGE"] == "es"
    assert told["CONTRACT_TUI_GUEST_LOOK"] == "light"
    assert not set(told) & (set(host) - {"PATH"})


def test_a_look_that_we_do_not_have_is_the_usual_one() -> None:
    told = environment({}, Path("/guest"), PLACE, Size(60, 20), "../light", "")
    assert told["CONTRACT_TUI_GUEST_LOOK"] == "dark"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es_MX:es:en"),
        ("en;q=0.1, de", "de:en"),
        ("", ""),
        ("*", ""),
        ("../../x, en", "en"),
        ("en;q=many, es", "es:en"),
        ("a" * 5000, ""),
        (",".join(["en"] * 100), ":".join(["en"] * 8)),
    ],
)
def test_languages_come_in_the_order_in_which_they_are_liked(accepted: str, expected: str) -> None:
    assert preferred(accepted) == expected
