"""Three people, one contract, live."""

import threading

from tests.contract_tui.household import Person
from tests.journeys.table import Relay, Table, leave
from tests.journeys.terminal import BACKSPACE, END, ENTER, HOME, Terminal

SENTENCES = {
    "Ana": "I care about tidepools.",
    "Ben": "You asked who eats whom.",
    "Cleo": "She reads maps at dinner.",
}


def together(screens: list[Terminal], sentences: list[str]) -> None:
    """Let everybody type at the same time."""
    typists = [
        threading.Thread(target=screen.type_slowly, args=(sentence,))
        for screen, sentence in zip(screens, sentences, strict=True)
    ]
    for typist in typists:
        typist.start()
    for typist in typists:
        typist.join()


def test_three_type_at_once_into_one_section_and_end_equal(table: Table, relay: Relay) -> None:
    with table.everyone() as screens:
        together(screens, list(SENTENCES.values()))
        for screen in screens:
            for sentence in SENTENCES.values():
                screen.wait_for(sentence)
        for screen in screens:
            screen.wait_for("shared with everyone")
        leave(screens)
    texts = table.texts()
    assert texts[1:] == texts[:-1]
    assert all(sentence in texts[0] for sentence in SENTENCES.values())


def test_a_screen_that_is_killed_opens_again_with_every_word(table: Table, relay: Relay) -> None:
    with table.everyone() as screens:
        ana, ben, cleo = screens
        ben.type_slowly("Ben wrote this before ")
        ben.wait_for("Ben wrote this before")
        ben.kill()
        assert "Ben wrote this before" in table.text("Ben")
        ana.wait_for("Ben wrote this before")
        ana.type_slowly("and Ana after. ")
        cleo.wait_for("and Ana after.")
        with table.sit("Ben") as again:
            again.wait_for("Ben wrote this before")
            again.wait_for("and Ana after.")
            again.wait_for("shared with everyone")
            again.type_slowly("Back. ")
            ana.wait_for("Back.")
            leave([ana, again, cleo])
    texts = table.texts()
    assert texts[1:] == texts[:-1]


def test_the_relay_is_killed_and_restarted_under_them_and_nothing_is_missing(
    table: Table, relay: Relay
) -> None:
    with table.everyone() as screens:
        for number in range(3):
            typing = threading.Thread(
                target=together, args=(screens, [f"{name}{number} " for name in SENTENCES])
            )
            typing.start()
            relay.kill()
            relay.start()
            typing.join()
        for screen in screens:
            for name in SENTENCES:
                screen.wait_for(f"{name}2 ")
            screen.wait_for("shared with everyone")
        leave(screens)
    texts = table.texts()
    assert texts[1:] == texts[:-1]
    for name in SENTENCES:
        assert all(f"{name}{number}" in texts[0] for number in range(3))


def test_what_was_written_alone_is_shared_when_the_relay_comes_back(
    table: Table, relay: Relay
) -> None:
    relay.kill()
    for name, sentence in SENTENCES.items():
        Person(table.homes[name]).run("write", table.contract, "interests", sentence)
    with table.sit("Ana") as ana:
        ana.wait_for("working alone")
        relay.start()
        with table.sit("Ben"), table.sit("Cleo"):
            for sentence in SENTENCES.values():
                ana.wait_for(sentence)
            ana.wait_for("shared with everyone")
    shown = table.text("Ana")
    assert all(sentence in shown for sentence in SENTENCES.values())


def test_keys_of_one_burst_keep_their_order(table: Table) -> None:
    with table.sit("Ana") as ana:
        ana.wait_for("Structure wanted")
        ana.type("abc" + BACKSPACE + "d")
        ana.wait_for("abd")
        ana.type(ENTER + "hello" + HOME + "X" + END + "Y")
        ana.wait_for("XhelloY")
        ana.type(ENTER + "".join(chr(97 + number % 26) for number in range(60)) + "!")
        ana.wait_for("efgh!")
        leave([ana])
    shown = table.text("Ana")
    assert "abd\nXhelloY\nabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh!\n" in shown
