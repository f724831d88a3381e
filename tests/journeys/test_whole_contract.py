"""From an empty contract to one that all three agree to, onto paper, and to the word after."""

import re
from contextlib import closing
from pathlib import Path

import pypdfium2

from tests.journeys.table import Relay, Table, leave
from tests.journeys.terminal import END, ENTER, RIGHT, TAB, Terminal
from tests.programs import run

NEW_GOAL, GO_TO, ONE_MORE, NEXT_NOTE, NOTE = "\x0e", "\x07", "\x0f", "\x0c", "\x12"
"""Ctrl+N, Ctrl+G, Ctrl+O, Ctrl+L, Ctrl+R."""
SIZES = {"Ana": (100, 32), "Ben": (80, 24), "Cleo": (120, 40)}
AGREED = "Everybody agrees with this version."
PROMISES = (
    "I swim on Saturdays.",
    "I bring the tide tables.",
    "I come to the beach.",
    "I keep the glue.",
)


def begin_goal(ana: Terminal, what: str, matters: str, success: str) -> None:
    """Write what only the student writes."""
    ana.type(NEW_GOAL + what)
    ana.wait_for(f"▸ {what}")
    ana.type(TAB + matters + TAB + success)
    ana.wait_for(success)


def suggest(adult: Terminal, goal: str, said_there: str, words: str) -> None:
    """Type where only the student writes, behind what she says there, as an adult would."""
    adult.type(GO_TO)
    adult.type(key_of(adult, goal))
    adult.wait_for(said_there)
    adult.type(TAB + TAB + END + words)
    adult.wait_for("These words are Ana’s alone")
    adult.wait_for(words)
    adult.type(TAB + ENTER)
    adult.wait_for("Your note is beside the words now.")


def key_of(screen: Terminal, place: str) -> str:
    """Which key the menu of places shows for one of them."""
    row = re.compile(rf"│ [ ▸] (\w)  {place}")
    shown = screen.wait_until(lambda text: bool(row.search(text)), f"a key for {place}")
    (key,) = row.findall(shown)
    return str(key)


def answer(ana: Terminal, suggested: str, keys: str, said: str) -> None:
    """Answer the next note."""
    ana.type(NEXT_NOTE)
    ana.wait_for(suggested)
    ana.type(NOTE)
    ana.wait_for("What do you say?")
    ana.type(keys + TAB + ENTER)
    ana.wait_for(said)


def promise(person: Terminal, to: str, words: str) -> None:
    """Promise something to somebody, who is found with the arrows."""
    person.type(GO_TO + "p")
    person.wait_for("+ Add a promise")
    person.type(ONE_MORE)
    person.wait_for("A promise to")
    person.type(to + ENTER + words)
    person.wait_for(words)


def open_agreement(person: Terminal) -> None:
    person.type(GO_TO + "a")
    person.wait_for("do you say to")


def test_three_people_write_answer_promise_and_agree_and_then_a_word_changes(
    table: Table, relay: Relay, tmp_path: Path
) -> None:
    with table.everyone(SIZES) as screens:
        ana, ben, cleo = screens
        begin_goal(ana, "Swim to the buoy", "The sea is there.", "I touch it.")
        begin_goal(ana, "Build our harbour", "I live here.", "Grandma finds her house.")
        suggest(ben, "Swim to the buoy", "I touch it.", "With goggles.")
        suggest(cleo, "Build our harbour", "Grandma finds her house.", "We are proud.")
        answer(ana, "Cleo suggests", RIGHT + RIGHT + TAB + "It is for me.", "Your answer is beside")
        answer(ana, "Ben suggests", " " + TAB, "These words are yours now.")
        cleo.type(NEXT_NOTE)
        cleo.wait_for("It is for me.")

        for screen, to, words in zip((*screens, cleo), ("", "", "", RIGHT), PROMISES, strict=True):
            promise(screen, to, words)
        for screen in screens:
            for words in PROMISES:
                screen.wait_for(words)
            open_agreement(screen)
        for screen in screens:
            screen.type(TAB + ENTER)
        for screen in screens:
            screen.wait_for(AGREED)
            screen.wait_for("shared with everyone")
        for name, home in table.homes.items():
            assert AGREED in run(home, "verify", table.contract), name
        hang_up(table, tmp_path / "wall.pdf")

        ana.type(GO_TO + "1")
        ana.wait_for("Structure wanted")
        ana.type("Whales")
        for screen in (ben, cleo):
            screen.wait_for("Interests: “Whales” was added.")
            screen.wait_for("Ana agreed on")
        open_agreement(ana)
        ana.wait_for("Interests: “Whales” was added.")
        leave(screens)
    said = run(table.homes["Cleo"], "verify", table.contract)
    assert "The words have moved on since everybody’s last answer." in said


def hang_up(table: Table, paper: Path) -> None:
    """Print it as the student does; every word that somebody wrote is on one page."""
    run(table.homes["Ana"], "export", table.contract, str(paper))
    with closing(pypdfium2.PdfDocument(paper)) as pdf:
        assert len(pdf) == 1
        words = pdf[0].get_textpage().get_text_range()
    for one in (*PROMISES, "Swim to the buoy", "I touch it. With goggles.", AGREED):
        assert one in words
    assert "We are proud." not in words
