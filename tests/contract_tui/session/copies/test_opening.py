import pytest
from automerge.core import ROOT, Document, ScalarType

from contract_tui.contract.schema import INTERESTS
from contract_tui.library.journal import Appearance
from contract_tui.session.copies.opening import load
from sync_server.access.constants import GENESIS_HASH
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor, DocumentId
from sync_server.protocol.orphans import Orphans
from tests.contract_tui.session.shelf import Shelf, append, damage, lose, opened, write


@pytest.mark.parametrize(
    "assignment",
    [
        "raw = zeroblob(length(raw))",
        "raw = substr(raw, 1, 40)",
        "raw = x''",
        "raw = x'856f4a83000000000100'",
        "hash = zeroblob(32)",
        "deps = x'ff'",
    ],
)
async def test_a_damaged_change_is_set_aside_and_the_rest_opens(
    shelf: Shelf, assignment: str
) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "kept "), write(contract, "hurt "))
    damage(shelf.home, shelf.contract, journal.length - 1, assignment)
    replica = await opened(shelf)
    assert replica.contract.text(INTERESTS).text == "kept "
    assert replica.contract.title == "My year"
    assert replica.damaged == 1


@pytest.mark.parametrize("assignment", ["deps = x'ffffffff'", "seq = seq + 5", "start_op = 1"])
async def test_what_follows_from_a_change_is_worked_out_again(
    shelf: Shelf, assignment: str
) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "kept "), write(contract, "too "))
    damage(shelf.home, shelf.contract, journal.length - 1, assignment)
    replica = await opened(shelf)
    assert replica.contract.text(INTERESTS).text == "too kept "
    assert replica.damaged == 0


async def test_what_builds_on_a_damaged_change_returns_with_it(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    changes = [write(contract, text) for text in ("a", "b", "c")]
    append(journal, contract, *changes)
    damage(shelf.home, shelf.contract, journal.length - 2, "raw = zeroblob(20)")
    replica = await opened(shelf)
    assert replica.contract.text(INTERESTS).text == "a"
    assert [one.hash for one in replica.take([changes[1]])] == [one.hash for one in changes[1:]]
    assert replica.contract.text(INTERESTS).text == "cba"
    assert replica.is_saved
    again = await opened(shelf)
    assert again.contract.text(INTERESTS).text == "cba"


async def test_a_row_that_is_missing_costs_no_more_than_itself(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "a"), write(contract, "b"))
    lose(shelf.home, shelf.contract, journal.length - 2)
    replica = await opened(shelf)
    assert replica.damaged == 1
    assert replica.contract.title == "My year"


async def test_the_first_change_is_known_and_its_loss_is_repaired(shelf: Shelf) -> None:
    damage(shelf.home, shelf.contract, 0, "raw = x'00'")
    replica = await opened(shelf)
    assert replica.contract.title == "My year"
    assert not replica.is_saved
    assert replica.retry()
    again = await opened(shelf)
    assert again.is_saved
    assert again.contract.heads == replica.contract.heads


def foreign() -> list[Change]:
    """A change that somebody's other program made of nothing."""
    document = Document(b"x" * 16)
    with document.transaction() as transaction:
        transaction.put(ROOT, "hello", ScalarType.Int, 1)
    return parse_changes([bytes(change.raw_bytes) for change in document.get_changes([])])


async def test_a_document_without_the_first_change_opens_with_it(shelf: Shelf) -> None:
    contract = DocumentId(b"c" * 16)
    journal = shelf.library.add(contract)
    journal.append(foreign(), Appearance("", 0, ()))
    replica = await load(shelf.library.journal(contract), contract, Actor(b"9" * 16))
    assert GENESIS_HASH in replica.graph
    assert replica.graph.heads == replica.contract.heads
    assert replica.retry()
    assert shelf.library.journal(contract).stored() == 2


async def test_what_waits_on_the_disk_is_counted_and_never_sent_away(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, contract = shelf.program()
    changes = [write(contract, text) for text in "abcde"]
    append(journal, contract, *changes)
    first = journal.length - len(changes)
    damage(shelf.home, shelf.contract, first, "raw = zeroblob(length(raw))")
    replica = await opened(shelf)
    assert (replica.damaged, replica.left_over) == (1, 4)
    replica.take([changes[0]])
    assert replica.left_over == 0
    monkeypatch.setattr(Orphans.__init__, "__defaults__", (1, 100))
    again = await opened(shelf)
    assert again.contract.text(INTERESTS).text == "edcba"
    assert (again.damaged, again.left_over) == (0, 0)
