"""One library with one contract, and several programs that have it open."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import seats
from contract_tui.library.journal import Appearance, Journal
from contract_tui.library.library import Library
from contract_tui.session.copies.opening import load
from contract_tui.session.copies.replica import Replica
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

    def another(self) -> Library:
        """The library as another program has it open."""
        library = Library(self.home)
        self.programs.append(library)
        return library

    def program(self) -> tuple[Journal, Contract]:
        """Another program: its own connection, its own actor."""
        library = self.another()
        journal = library.journal(self.contract)
        raws = [one.raw for one in journal.read(1000)]
        return journal, Contract.open(raws, Actor(bytes([len(self.programs)]) * 16))

    def close(self) -> None:
        for library in self.programs:
            library.close()


def write(contract: Contract, text: str) -> Change:
    (change,) = parse_changes([contract.splice(INTERESTS, Splice(0, 0, text))])
    return change


def append(journal: Journal, contract: Contract, *changes: Change, at: int = 7) -> None:
    journal.append(changes, Appearance(contract.title, at, contract.heads))


def all_raws(shelf: Shelf) -> list[bytes]:
    journal = shelf.library.journal(shelf.contract)
    return [one.raw for one in journal.read(1000)]


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


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Another program is writing, and does not come to an end."""
    connection = sqlite3.connect(home / "library.sqlite3", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


async def opened(shelf: Shelf, library: Library | None = None) -> Replica:
    actor = Actor(bytes([99]) * 16)
    return await load((library or shelf.library).journal(shelf.contract), shelf.contract, actor)
