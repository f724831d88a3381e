"""What a power cut may cost: nothing that anybody else has seen. Long runs, part of `make soak`."""

import random
import threading
import time

import pytest

from tests.journeys.table import PEOPLE, Relay, Table, leave
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.soak


def test_three_screens_lose_nothing_while_the_relay_is_killed_again_and_again(
    table: Table, relay: Relay
) -> None:
    chance = random.Random(4)
    rounds = 12
    with table.everyone() as screens:
        typists = [
            threading.Thread(target=type_rounds, args=(screen, name, rounds))
            for screen, name in zip(screens, PEOPLE, strict=True)
        ]
        for typist in typists:
            typist.start()
        while any(typist.is_alive() for typist in typists):
            time.sleep(chance.uniform(0.2, 2))
            relay.kill()
            relay.start()
        for screen in screens:
            screen.wait_until(lambda text: text.count(f".{rounds - 1}") >= 3, "the last words")
            screen.wait_for("shared with everyone")
        leave(screens)
    texts = table.texts()
    assert texts[1:] == texts[:-1]
    for name in PEOPLE:
        assert all(f"{name}.{number} " in texts[0] for number in range(rounds))


def type_rounds(screen: Terminal, name: str, rounds: int) -> None:
    for number in range(rounds):
        screen.type_slowly(f"{name}.{number} ", seconds=0.15)


def test_a_program_that_is_killed_keeps_every_key_that_it_showed(
    table: Table, relay: Relay
) -> None:
    chance = random.Random(9)
    expected = ""
    for number in range(10):
        with table.sit("Ana") as screen:
            screen.wait_for("Structure wanted")
            word = f"{number}{'abcdefghijklmnopqrstuvwxyz'[: chance.randrange(3, 20)]}."
            screen.type(word)
            screen.wait_for(word)
            screen.type("~")
            screen.kill()
        expected = word + expected
        written = table.text("Ana").replace("~", "")
        assert expected in written
