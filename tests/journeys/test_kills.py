"""What a power cut may cost: nothing that anybody else has seen. Long runs, part of `make soak`."""

import asyncio
import os
import random
import threading
import time
from pathlib import Path
from uuid import UUID

import pytest

from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, DocumentId
from tests.histories import Typing, history
from tests.journeys.table import PEOPLE, Relay, Table, leave
from tests.journeys.terminal import Terminal
from tests.programs import relay_program
from tests.seats import Seat

pytestmark = pytest.mark.soak

KILLS = int(os.environ.get("KILLS", "300"))
"""The whole budget is 1,000: `make soak KILLS=1000`."""
ROUND_KEYS = 400


async def one_kill(data: Path, number: int, chance: random.Random) -> tuple[int, int]:
    """Kill the relay under a typist; returns how many keys another saw, and how many are lost."""
    document = DocumentId(UUID(int=number + 1, version=4).bytes)
    past = history(1)
    keys = Typing(Actor(chance.randbytes(16)), past).keys(ROUND_KEYS)
    async with relay_program(data, "--fast") as relay:
        typist, watcher = (
            await Seat.take(relay.url, "typist"),
            await Seat.take(relay.url, "watcher"),
        )
        for seat in (typist, watcher):
            await seat.open(document, past)
            await seat.in_step()
        typing = asyncio.create_task(press_all(typist, keys))
        await watcher.has(keys[0].hash)
        await asyncio.sleep(chance.uniform(0, 0.15))
        await relay.kill()
    typing.cancel()
    await asyncio.gather(typing, typist.leave(), watcher.leave(), return_exceptions=True)

    async with relay_program(data, "--fast") as again:
        newcomer = await Seat.take(again.url, "newcomer")
        await newcomer.open(document, [])
        await newcomer.in_step()
        lost = [change for change in watcher.arrived if change not in newcomer]
        await newcomer.leave()
    return len(watcher.arrived), len(lost)


async def press_all(typist: Seat, keys: list[Change]) -> None:
    for key in keys:
        await typist.press(key)
        await asyncio.sleep(0.002)


async def test_no_delivered_key_is_lost_when_the_relay_is_killed(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    seen = lost = 0
    for number in range(KILLS):
        round_seen, round_lost = await one_kill(tmp_path, number, chance)
        seen += round_seen
        lost += round_lost
    print(f"\n{KILLS} kills, {seen} keys seen by another, {lost} of them lost")
    assert seen > KILLS
    assert lost == 0


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
