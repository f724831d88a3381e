import asyncio
import gc
from collections.abc import Callable
from itertools import count

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.history import History
from contract_tui.session.copies.remembering import as_it_stands, catch_up, read_history, recall
from contract_tui.session.copies.replica import Replica
from tests.contract_tui.contract.people import actor
from tests.contract_tui.contract.poison import ignored, panicking
from tests.contract_tui.session.fooled import Fooled
from tests.contract_tui.session.shelf import Shelf, opened, write


def type_(replica: Replica, words: str) -> None:
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, words)))


def now(told: History) -> str:
    return told.past.chronicles[INTERESTS].text(told.past.until(len(told.past)))


async def test_a_history_is_read_while_other_things_go_on(shelf: Shelf) -> None:
    replica = await opened(shelf)
    for word in range(100):
        type_(replica, f"{word} ")
    meanwhile: list[int] = []
    told: list[tuple[int, int]] = []
    clock = count().__next__  # every look at it is a second later

    async def live() -> None:
        while True:
            meanwhile.append(len(told))
            await asyncio.sleep(0)

    living = asyncio.create_task(live())
    read = await read_history(replica, lambda done, total: told.append((done, total)), clock)
    living.cancel()
    assert len(set(meanwhile)) > 3
    assert told == sorted(told)
    assert {total for _, total in told} == {told[0][1]}
    assert 0 <= told[0][0] < told[-1][0] <= told[-1][1]
    assert now(read) == replica.contract.text(INTERESTS).text
    assert read.turns == replica.history().turns


async def test_what_is_written_while_it_is_read_belongs_to_it(shelf: Shelf) -> None:
    replica = await opened(shelf)
    for word in range(50):
        type_(replica, f"{word} ")
    reading = asyncio.create_task(read_history(replica, clock=count().__next__))
    for word in range(3):
        await asyncio.sleep(0)
        assert not reading.done()
        type_(replica, f"late {word} ")
    read = await reading
    assert now(read).startswith("late 2 late 1 late 0 49 ")
    assert read.newest == replica.contract.heads


async def test_a_history_goes_on_with_the_contract(shelf: Shelf) -> None:
    replica = await opened(shelf)
    type_(replica, "one ")
    read = await read_history(replica)
    assert catch_up(read, replica)
    assert now(read) == "one "
    type_(replica, "two ")
    assert catch_up(read, replica)
    assert now(read) == "two one "


async def test_a_contract_that_was_mended_has_another_history(shelf: Shelf) -> None:
    replica = await opened(shelf)
    type_(replica, "one ")
    read = await read_history(replica)
    replica.mend()
    assert not catch_up(read, replica)
    assert now(await read_history(replica)) == "one "


@pytest.mark.parametrize("poison", [panicking, ignored])
async def test_what_is_set_aside_is_not_in_the_history(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, poison: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    replica = await opened(shelf)
    type_(replica, "mine ")
    read = await read_history(replica)
    twin = Contract.open(replica.contract.changes_since(), actor("x"))
    bad, on_top = write(twin, "hm "), write(twin, "hm ")
    with Fooled.by(bad.raw, poison(bad.raw)):
        replica.take([bad, on_top])
        assert replica.set_aside
        assert catch_up(read, replica) or not read.is_of(replica.contract)
        again = await read_history(replica)
        type_(replica, "still ")
        assert catch_up(again, replica)
    assert now(again) == "still mine " == replica.contract.text(INTERESTS).text
    assert len(again.past) == len(replica.graph) - 2
    assert again.told()[-1].added == ("still", "mine")


async def test_a_history_that_is_known_goes_on_instead_of_being_read_anew(shelf: Shelf) -> None:
    replica = await opened(shelf)
    type_(replica, "goats ")
    known = await recall(replica)
    type_(replica, "and cheese ")
    assert await recall(replica, known=known) is known
    assert now(known) == "and cheese goats "


async def test_a_past_that_is_open_answers_while_it_has_everything(shelf: Shelf) -> None:
    replica = await opened(shelf)
    type_(replica, "one ")
    unread = as_it_stands(replica)
    assert now(unread) == "one "
    read = await read_history(replica)
    assert as_it_stands(replica) is read
    type_(replica, "two ")
    other = as_it_stands(replica)
    assert (now(other), now(read)) == ("two one ", "one ")
    assert catch_up(read, replica)
    assert as_it_stands(replica) is read
    del read
    gc.collect()
    assert replica.recalled() is None
