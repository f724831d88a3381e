"""A library that an older program has filled, or a carried file, with changes that harm."""

from collections.abc import Callable

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import quarantine
from contract_tui.library.quarantine import Quarantine
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.chunk import (
    Change,
    Limits,
    parse_chunk,
)
from sync_server.protocol.errors import BadChunk
from tests.contract_tui.contract.people import actor, new_contract
from tests.contract_tui.contract.poison import BOMB, POISONS, on_top_of, panicking
from tests.contract_tui.session.fooled import Fooled
from tests.contract_tui.session.shelf import Shelf, append, opened, write

STRANGER = actor("x")
SENTENCE = (
    "A change of unknown origin could not be read and was set aside. Everything else is here."
)


def honest_past(contract: Contract) -> list[Change]:
    """What the stranger wrote before they did harm."""
    change = write(Contract.open(contract.changes_since(), STRANGER), "past ")
    contract.apply([change])
    return [change]


def harmful(contract: Contract, poison: Callable[[bytes], bytes]) -> Change:
    """What a stranger made of a change on top of what is in a contract."""
    stranger = Contract.open(contract.changes_since(), STRANGER)
    raw = poison(write(stranger, "hm ").raw)
    _, change, _ = parse_chunk(raw, limits=Limits(operations=1 << 40))
    assert isinstance(change, Change)
    return change


def text(replica: Replica) -> str:
    return replica.contract.text(INTERESTS).text


def test_the_bomb_is_one() -> None:
    contract = new_contract()
    assert harmful(contract, BOMB).ops == 1 << 31
    with pytest.raises(BadChunk, match="operations"):
        parse_chunk(harmful(contract, BOMB).raw)


@pytest.mark.parametrize("poison", [*POISONS, BOMB])
async def test_a_stored_change_that_harms_is_set_aside_and_the_rest_opens(
    shelf: Shelf, poison: Callable[[bytes], bytes]
) -> None:
    journal, contract = shelf.program()
    append(journal, contract, *honest_past(contract), write(contract, "before "))
    bad = harmful(contract, poison)
    append(journal, contract, bad, write(contract, "after "))
    for _ in range(2):
        replica = await opened(shelf)
        assert text(replica) == "after before past "
        assert replica.set_aside == [SENTENCE]
        assert bad.hash in replica.graph
        assert list(Quarantine(journal.keepsakes).accused) == [bad.hash]
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "own ")))
    assert text(await opened(shelf)) == "own after before past "


async def test_what_was_made_on_top_of_it_is_kept_and_not_shown(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    bad = harmful(contract, panicking)
    before = write(contract, "before ")
    built = on_top_of(bad, write(contract, "on top "))
    append(journal, contract, bad, before, built)
    for _ in range(2):
        replica = await opened(shelf)
        assert text(replica) == "before "
        assert built.hash in replica.graph
        assert replica.set_aside == [
            "A change of unknown origin could not be read and was set aside, and a change made on "
            "top of it waits with it. Everything else is here."
        ]


async def test_a_newer_program_that_can_read_it_shows_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    journal, contract = shelf.program()
    odd, later = write(contract, "odd "), write(contract, "later ")
    append(journal, contract, odd, later)
    with Fooled.by(odd.raw, panicking(odd.raw)):
        assert text(await opened(shelf)) == ""
    assert text(await opened(shelf)) == ""
    monkeypatch.setattr(quarantine, "_program", lambda: b"99.0")
    replica = await opened(shelf)
    assert text(replica) == "later odd "
    assert replica.set_aside == []
    assert not Quarantine(journal.keepsakes).accused


async def test_a_newer_program_that_cannot_read_it_either_leaves_it_aside(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, contract = shelf.program()
    append(journal, contract, harmful(contract, panicking))
    await opened(shelf)
    monkeypatch.setattr(quarantine, "_program", lambda: b"99.0")
    assert (await opened(shelf)).set_aside == [SENTENCE]
    assert not Quarantine(journal.keepsakes).is_due
