"""When a person is asked before something goes out unencrypted, and what each answer means."""

import io
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest

from contract_tui.commands.consent import NotConfirmed, NotEncrypted, agrees, settle_ways
from contract_tui.language import speech
from contract_tui.library.library import Library

SCHOOL, CAFE = "ws://school.example:3030", "ws://cafe.example"
SAFE = ("wss://relay.example", "ws://127.0.0.1:3030", "ws://localhost:3030", "ws://[::1]:3030")


class Terminal(io.StringIO):
    """Somebody who answers at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path) as found:
        yield found


def sit_down(monkeypatch: pytest.MonkeyPatch, answer: str) -> Terminal:
    """Be at a terminal and answer; returns what is read there."""
    shown = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    monkeypatch.setattr("sys.stderr", shown)
    return shown


def test_nobody_is_asked_about_a_safe_way(library: Library) -> None:
    settle_ways(library, SAFE, SAFE, allowed=False)
    settle_ways(library, (), (), allowed=False)


def test_who_is_not_there_is_told_what_to_add(library: Library) -> None:
    with pytest.raises(NotEncrypted, match="--allow-unencrypted if you trust it") as refused:
        settle_ways(library, [SCHOOL, *SAFE], allowed=False)
    assert SCHOOL in str(refused.value)
    assert not library.is_confirmed(SCHOOL)


def test_an_address_that_is_allowed_is_remembered(library: Library) -> None:
    settle_ways(library, [SCHOOL], [CAFE], allowed=True)
    assert library.is_confirmed(SCHOOL)
    assert library.is_confirmed(CAFE)
    settle_ways(library, [SCHOOL, CAFE], allowed=False)


def test_who_says_yes_is_asked_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = sit_down(monkeypatch, "Y\n")
    settle_ways(library, [SCHOOL, SCHOOL, CAFE], allowed=False)
    assert shown.getvalue().count(f"The way to {SCHOOL} and {CAFE} is not encrypted") == 1
    assert "could read" in shown.getvalue()
    settle_ways(library, [SCHOOL, CAFE], allowed=False)


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "perhaps\n"])
def test_whatever_is_not_yes_is_no(
    library: Library, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    sit_down(monkeypatch, answer)
    with pytest.raises(NotConfirmed):
        settle_ways(library, [SCHOOL], allowed=False)
    assert not library.is_confirmed(SCHOOL)


def test_one_safe_way_among_those_known_is_enough(library: Library) -> None:
    settle_ways(library, (), [SCHOOL, "wss://relay.example"], allowed=False)
    assert not library.is_confirmed(SCHOOL)
    with pytest.raises(NotEncrypted):
        settle_ways(library, (), [SCHOOL, CAFE], allowed=False)


def test_an_address_that_is_named_counts_whatever_else_is_known(library: Library) -> None:
    with pytest.raises(NotEncrypted, match="cafe"):
        settle_ways(library, [CAFE], SAFE, allowed=False)


def test_a_question_waits_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = sit_down(monkeypatch, "yes\n")
    assert agrees("Take out?")
    assert shown.getvalue() == "Take out? [y/N] "
    assert not agrees("Again?"), "nobody is there any more"


class Interrupted:
    """Somebody who presses Ctrl+C."""

    def readline(self) -> str:
        raise KeyboardInterrupt


def test_ctrl_c_is_no_answer_and_leaves_a_clean_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = sit_down(monkeypatch, "")
    monkeypatch.setattr("sys.stdin", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        agrees("Begin anew?")
    assert shown.getvalue() == "Begin anew? [y/N] \n"


class Spanish(NullTranslations):
    """A language with a word of its own for yes."""

    def pgettext(self, context: str, message: str) -> str:
        return "s sí" if message == "y yes" else message


@pytest.mark.parametrize(
    ("answer", "is_yes"), [("Sí\n", True), ("s\n", True), ("yes\n", True), ("n\n", False)]
)
def test_yes_is_understood_in_the_language_of_the_question_and_in_english(
    answer: str, is_yes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(monkeypatch, answer)
    try:
        speech.use(Spanish())  # type: ignore[arg-type]  # a catalogue as far as one word goes
        assert agrees("¿Sacar del contrato?") is is_yes
    finally:
        speech.use(None)
