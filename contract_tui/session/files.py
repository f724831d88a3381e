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


def export_contract(library: Library, entry: Entry, path: Path, *, replace: bool = False) -> int:
    """Write a contract with its whole history to a file; returns the number of changes."""
    changes = Graph().add(_read(library.journal(entry.id)))
    data = b"".join(change.raw for change in changes)
    if path.exists() and not replace:
        raise FileTrouble(f"{path} exists already: choose another name")
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
    return len(changes)


def import_contract(library: Library, path: Path, now: int) -> Imported:
    """Bring a contract in from a file; raises NotAContract or FileTrouble.

    A contract that is here already gains what it lacks. One that is new can be read; to write, its
    owner needs a seat, and thus an invitation.
    """
    changes, torn = read_file(path)
    contract = _identify(changes, path)
    present = contract in {entry.id for entry in library.entries()}
    with library.together():
        journal = library.journal(contract) if present else library.add(contract)
        graph = Graph()
        here = graph.add(_read(journal))
        added = graph.add(changes)
        if added:
            document = _open([*here, *added])
            journal.append(added, Appearance(document.title, now, graph.heads))
    return Imported(contract, len(added), not present, torn)


def read_file(path: Path) -> tuple[list[Change], bool]:
    """The changes in a file, dependencies first, and whether its end is missing."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileTrouble(f"{path} is too large for a contract")
        data = path.read_bytes()
    except OSError as error:
        raise FileTrouble(f"{path} cannot be read: {error.strerror}") from error
    whole = scan(data)
    end = whole[-1][1] if whole else 0
    try:
        changes, documents = split([data[:end]])
        for document in documents:
            changes += parse_changes(expand(document))
        entered = Graph().add(changes)
    except (BadChunk, ContractError) as error:
        raise NotAContract(f"{path} is not a learning contract: {error}") from error
    if not entered:
        raise NotAContract(f"{path} is not a learning contract")
    return entered, end < len(data)


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


def _read(journal: Journal) -> list[Change]:
    """Everything that is whole on the disk."""
    raws: list[bytes] = []
    while journal.length < journal.stored():
        raws += [stored.raw for stored in journal.read(1000)]
    return parse_changes(raws)
