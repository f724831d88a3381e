"""Keys that arrive all at once, through a real terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.terminal import BACKSPACE, DOWN, END, HOME, LEFT, RIGHT, TAB, Terminal

pytestmark = pytest.mark.journey


@contextmanager
def typing_into(what: str) -> Iterator[Terminal]:
    command = [sys.executable, "-m", "tests.contract_tui.ui.burst", what]
    with Terminal(command, {**os.environ, "PYTHONPATH": str(Path.cwd())}, 60, 12) as terminal:
        terminal.wait_for("type" if what == "editor" else "ype")
        yield terminal


def test_no_key_overtakes_another_in_an_editor() -> None:
    words = [f"w{number}{BACKSPACE}{number}!{LEFT}?{END} " for number in range(20)]
    with typing_into("editor") as terminal:
        terminal.type(f"abc{BACKSPACE}d{HOME}X{END}Y\r" + "".join(words))
        expected = [f"w{str(number)[:-1]}{number}?!" for number in range(20)]
        terminal.wait_until(lambda text: expected[-1] in text, "the last word")
        shown = " ".join(terminal.text.split())
        assert shown.startswith("XabdY " + " ".join(expected))


def test_what_is_typed_behind_a_change_of_focus_goes_to_the_new_place() -> None:
    with typing_into("editor") as terminal:
        terminal.type(f"first{TAB}second{LEFT}{LEFT}{BACKSPACE}_")
        terminal.wait_for("sec_nd")
        rows = [row.strip() for row in terminal.text.split("\n")]
        assert (rows[0], rows[5]) == ("first", "sec_nd")


def test_a_paste_in_the_middle_of_typing_keeps_its_place() -> None:
    with typing_into("editor") as terminal:
        terminal.type(f"<\x1b[200~pasted\r\ntwice\x1b[201~>{DOWN}!")
        terminal.wait_for("twice>!")
        assert "<pasted" in terminal.text


def test_no_key_overtakes_another_in_an_input() -> None:
    with typing_into("ours") as terminal:
        terminal.type(f"abc{BACKSPACE}d{HOME}X{END}Y")
        terminal.wait_for("XabdY")


def test_a_question_is_answered_with_every_key_before_the_enter() -> None:
    with typing_into("question") as terminal:
        terminal.type("2027-03-14\r")
        terminal.wait_for("answered: 2027-03-14")


def test_a_choice_is_made_before_the_keys_behind_it_go_elsewhere() -> None:
    with typing_into("choice") as terminal:
        terminal.type(f"{RIGHT}{RIGHT}{TAB}because")
        terminal.wait_for("because")
        assert "◉ three" in terminal.text
