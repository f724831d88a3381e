"""A conference of three programs, from the key that begins it to the chapter that it becomes."""

import time

from tests.journeys.table import Relay, Table
from tests.journeys.terminal import ENTER, ESCAPE, TAB, UP, Terminal

F10, F12, CTRL_F, ALT_R = "\x1b[21~", "\x1b[24~", "\x06", "\x1br"
SIZES = {"Ana": (100, 32), "Ben": (80, 24), "Cleo": (120, 40)}
UNHURRIED = 1.0
"""Seconds after which an Enter counts as meant, where nothing else was pressed."""


def confirm(person: Terminal, question: str) -> None:
    """Say yes to what is asked, as somebody who reads it first."""
    person.wait_for(question)
    pressed = time.monotonic()

    def is_answered(shown: str) -> bool:
        nonlocal pressed
        if question in shown and time.monotonic() - pressed > UNHURRIED:
            pressed = time.monotonic()
            person.type(ENTER)
        return question not in shown

    person.wait_until(is_answered, f"an answer to {question}")


def test_three_people_confer_and_close_it_as_a_chapter(table: Table, relay: Relay) -> None:
    with table.everyone(SIZES) as screens:
        ana, ben, cleo = screens
        ana.wait_until(lambda shown: shown.count(" in Interests") == 2, "both of the others")
        ana.type(F10)
        ana.wait_for("With you: Ben and Cleo")
        ana.type(TAB + ENTER)
        ana.wait_for("1 of 7: Open")
        for person in (ben, cleo):
            person.wait_for("A conference is going on")
            person.type(F10)
            confirm(person, "Take part in the conference?")
            person.wait_for("1 of 7: Open")

        ben.type("Whales")
        ben.wait_for("What you typed becomes something you wonder about")
        ben.wait_for("Whales")
        ben.type(F12)
        for person in screens:
            person.wait_for("typed by Ben, not confirmed yet by Ana")
        ana.type(F12)
        confirm(ana, "Are these your words?")
        for person in screens:
            person.wait_for("typed by Ben, confirmed by Ana")

        cleo.type(F10)
        ana.wait_for("Cleo would like to go on")
        ana.type(F10)
        for person in screens:
            person.wait_for("2 of 7: Me and my work")

        ana.type(CTRL_F + "l")
        for person in (ben, cleo):
            person.wait_for("you follow Ana")
        ana.type(CTRL_F + "r")
        for person in (ben, cleo):
            person.wait_for("You read along")
        ana.type(ESCAPE)
        for person in (ben, cleo):
            person.wait_for("2 of 7: Me and my work")

        ana.type(CTRL_F + "e")
        ana.wait_for("Before everybody goes")
        ana.type(UP)
        confirm(ana, "Before everybody goes")
        for person in screens:
            person.wait_until(lambda shown: " of 7: " not in shown, "no band any more")
