"""Contracts as files: taken away whole, and brought in again.

A file is what any Automerge program reads: one document, or changes one after the other. It holds
every keystroke and never a key.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import expand
from contract_tui.contract.errors import ContractError
from contract_tui.session.arranging import Arrangement
from contract_tui.session.errors import NotAContract, SessionError
from contract_tui.session.journal import Appearance, Journal
from contract_tui.session.library import Entry, Library
from sync_server.protocol.chunk import Change, parse_changes, scan, split
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId

LARGEST = 256 << 20
READER = Actor(bytes(16))
"""Never writes: a contract is only looked at here."""


class FileTrouble(SessionError):
    """A file cannot be read or written."""


class FileInTheWay(FileTrouble):
    """A file of this name exists and is not to be replaced."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What went into a file."""

    changes: int
    left_out: int
    """Changes on the disk that are damaged, lack one that they need, or contradict another."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came out of a file."""

    contract: DocumentId
    added: int
    """Changes that were not here before."""
    is_new: bool
    """Whether the contract was not here before."""
    torn: bool
    """Whether the end of the file was missing."""
    left_out: int = 0
    """Changes in the file that lack one that they need, or contradict another."""


def export_contract(
    library: Library, entry: Entry, path: Path, *, replace: bool = False
) -> Exported:
    """Write a contract with its whole history to a file; says how many changes that is."""
    journal = library.journal(entry.id)
    stored = _read(journal)
    changes = stored.fitting
    data = b"".join(change.raw for change in changes)
    if path.exists() and not replace:
        raise FileInTheWay(f"{path} exists already: choose another name")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise FileTrouble(f"{path} cannot be written: {error.strerror}") from error
    return Exported(len(changes), journal.lost + len(stored.left_over))


def import_contract(library: Library, path: Path, now: int) -> Imported:
    """Bring a contract in from a file; raises NotAContract or FileTrouble.

    A contract that is here already gains what it lacks. One that is new can be read; to write, its
    owner needs a seat, and thus an invitation.
    """
    file = read_file(path)
    contract = _identify(file.changes, path)
    present = contract in {entry.id for entry in library.entries()}
    with library.together():
        journal = library.journal(contract) if present else library.add(contract)
        graph, here = Graph(validate=True), _read(journal)
        graph.add(here.fitting, trusted=True)
        try:
            added = graph.add(file.changes)
        except BadChunk as error:
            raise NotAContract(f"{path} does not fit the contract that is here: {error}") from error
        if added:
            document = _open([*here.fitting, *added])
            journal.append(added, Appearance(document.title, now, graph.heads))
    return Imported(contract, len(added), not present, file.torn, file.left_out)


@dataclass(frozen=True, slots=True)
class File:
    """What a file holds."""

    changes: list[Change]
    """Dependencies first."""
    torn: bool
    """Whether the end is missing."""
    left_out: int
    """Changes that lack one that they need, or contradict another."""


def read_file(path: Path) -> File:
    """Read the changes in a file; raises NotAContract or FileTrouble."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileTrouble(f"{path} is too large for a contract")
        data = path.read_bytes()
    except OSError as error:
        raise FileTrouble(f"{path} cannot be read: {error.strerror}") from error
    whole = scan(data)
    end = whole[-1][1] if whole else 0
    arrangement = Arrangement()
    try:
        changes, documents = split([data[:end]])
        for document in documents:
            changes += parse_changes(expand(document))
    except (BadChunk, ContractError) as error:
        raise NotAContract(f"{path} is not a learning contract: {error}") from error
    arrangement.take(changes)
    if not arrangement.fitting:
        raise NotAContract(f"{path} is not a learning contract")
    return File(arrangement.fitting, end < len(data), len(arrangement.left_over))


def _identify(changes: list[Change], path: Path) -> DocumentId:
    try:
        contract = _open(changes).id
    except ContractError as error:
        raise NotAContract(f"{path} is not a learning contract: {error}") from error
    if contract is None:
        raise NotAContract(f"{path} is not a learning contract: it does not say whose it is")
    return contract


def _open(changes: list[Change]) -> Contract:
    return Contract.open([change.raw for change in changes], READER)


def _read(journal: Journal) -> Arrangement:
    """Everything that is whole on the disk."""
    arrangement = Arrangement()
    while journal.length < journal.stored():
        for stored in journal.read(1000):
            arrangement.take(parse_changes([stored.raw]))
    return arrangement
