import sqlite3
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.splice import Splice
from contract_tui.session import seats
from contract_tui.session.errors import LibraryFull
from contract_tui.session.journal import Appearance, Journal
from contract_tui.session.library import Library
from contract_tui.session.opening import load
from contract_tui.session.replica import Replica
from sync_server.access.proof import Role
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor, DocumentId


class Shelf:
    """One library with one contract, and programs that have it open."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.library = Library(home)
        self.contract = seats.new_contract(self.library, "My year", "Heidi", Role.STUDENT)
        self.programs = [self.library]

    def program(self) -> tuple[Journal, Contract]:
        """Another program: its own connection, its own actor."""
        library = Library(self.home)
        self.programs.append(library)
        journal = library.journal(self.contract)
        raws = [one.raw for one in journal.read(1000)]
        return journal, Contract.open(raws, Actor(bytes([len(self.programs)]) * 16))

    def close(self) -> None:
        for library in self.programs:
            library.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def write(contract: Contract, text: str) -> Change:
    (change,) = parse_changes([contract.splice(INTERESTS, Splice(0, 0, text))])
    return change


def append(journal: Journal, contract: Contract, *changes: Change, at: int = 7) -> None:
    journal.append(changes, Appearance(contract.title, at, contract.heads))


def all_raws(shelf: Shelf) -> list[bytes]:
    journal = shelf.library.journal(shelf.contract)
    return [one.raw for one in journal.read(1000)]


def test_what_is_appended_is_read_in_order(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    before = journal.length
    changes = [write(contract, text) for text in ("a", "b", "c")]
    append(journal, contract, *changes)
    assert journal.length == journal.stored() == before + 3
    assert all_raws(shelf)[before:] == [change.raw for change in changes]
    assert journal.raws([changes[2].hash, changes[0].hash, changes[1].hash]) == [
        changes[i].raw for i in (2, 0, 1)
    ]


def test_the_list_shows_what_was_appended_last(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "a"), at=12345)
    entry = shelf.library.entry(shelf.contract)
    assert (entry.title, entry.changed_at) == ("My year", 12345)


def test_two_programs_append_without_losing_or_repeating_anything(shelf: Shelf) -> None:
    first, contract_1 = shelf.program()
    second, contract_2 = shelf.program()
    mine = [write(contract_1, "a"), write(contract_1, "b")]
    theirs = [write(contract_2, "x")]
    append(first, contract_1, mine[0])
    append(second, contract_2, *theirs)
    append(first, contract_1, mine[1])
    assert first.news() == [theirs[0].raw]
    assert second.news() == [mine[0].raw, mine[1].raw]
    assert first.news() == second.news() == []
    # The same change may reach both programs through a relay.
    contract_2.apply([change.raw for change in mine])
    append(second, contract_2, *mine)
    raws = all_raws(shelf)
    assert len(raws) == len(set(raws))
    merged = Contract.open(raws, Actor(bytes(16)))
    assert sorted(merged.text(INTERESTS).text) == ["a", "b", "x"]
    assert not merged.set_aside


def test_there_is_no_news_when_nobody_else_wrote(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "a"))
    assert journal.news() == []


def test_a_failed_append_leaves_the_journal_as_it_was(shelf: Shelf) -> None:
    journal, contract = shelf.program()
    change = write(contract, "a" * 3000)
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")
    stored = journal.stored()
    with pytest.raises(LibraryFull):
        append(journal, contract, *[change, *(write(contract, "b" * 900) for _ in range(200))])
    assert journal.stored() == journal.length == stored
    assert change.hash not in journal
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    append(journal, contract, change)
    assert journal.stored() == stored + 1


def damage(home: Path, contract: DocumentId, position: int, assignment: str) -> None:
    connection = sqlite3.connect(home / "library.sqlite3")
    with connection:
        connection.execute(
            f"UPDATE change SET {assignment} WHERE document = ? AND position = ?",
            (contract, position),
        )
    connection.close()


def lose(home: Path, contract: DocumentId, position: int) -> None:
    connection = sqlite3.connect(home / "library.sqlite3")
    with connection:
        connection.execute(
            "DELETE FROM change WHERE document = ? AND position = ?", (contract, position)
        )
    connection.close()


async def opened(shelf: Shelf) -> Replica:
    actor = Actor(bytes([99]) * 16)
    return await load(shelf.library.journal(shelf.contract), shelf.contract, actor)


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


async def test_a_replica_keeps_in_memory_what_the_disk_refuses(shelf: Shelf) -> None:
    replica = await opened(shelf)
    shelf.library._connection.execute("PRAGMA query_only = ON")
    replica.record(replica.contract.splice(INTERESTS, Splice(0, 0, "not lost")))
    assert (replica.unsaved, replica.is_saved) == (1, False)
    assert "cannot be written" in replica.trouble
    assert not replica.retry()
    shelf.library._connection.execute("PRAGMA query_only = OFF")
    assert replica.retry()
    assert replica.trouble == ""
    again = await opened(shelf)
    assert again.contract.text(INTERESTS).text == "not lost"
