"""Contracts as files: taken away whole, and brought in again.

A file is what any Automerge program reads: one document, or changes one after the other. It holds
every keystroke and never a key.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import expand
from contract_tui.contract.errors import ContractError
from contract_tui.language import _
from contract_tui.library.arranging import Arrangement
from contract_tui.library.carrying import carry, parcels, unload
from contract_tui.library.custody import Custodian
from contract_tui.library.errors import NotAContract, SessionError
from contract_tui.library.foreign import note_foreign
from contract_tui.library.journal import Appearance, Journal
from contract_tui.library.library import Entry, Library
from contract_tui.library.parcels import Parcel
from contract_tui.library.quarantine import Quarantine
from sync_server.protocol.chunk import MAGIC, Change, Kind, Limits, parse_changes, parse_chunk
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from sync_server.protocol.leb import uleb

LARGEST = 256 << 20
GENEROUS = Limits(operations=1 << 62, predecessors=1 << 62)
"""Enough to tell who made a change that claims too much."""
_TO_SIZE = 9
"""Bytes of a chunk before its size."""
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
    """Changes on the disk that cannot be read, lack one that they need, or contradict another."""


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
    quarantine = Quarantine(journal.keepsakes)
    changes = [change for change in stored.fitting if not quarantine.takes(change)]
    data = b"".join(change.raw for change in changes)
    data += carry(parcels(library, entry.id), *_end(changes))
    write_file(path, data, replace=replace)
    return Exported(len(changes), journal.lost + journal.whole - len(changes))


def write_file(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file in one step; raises FileInTheWay or FileTrouble."""
    if path.exists() and not replace:
        raise FileInTheWay(_("{file} exists already: choose another name").format(file=path))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise FileTrouble(
            _("{file} cannot be written: {reason}").format(file=path, reason=error.strerror)
        ) from error


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
            said = _("{file} does not fit the contract that is here: {reason}")
            raise NotAContract(said.format(file=path, reason=error)) from error
        if added:
            document = _open([*here.fitting, *added])
            journal.append(added, Appearance(document.title, now, graph.heads))
        _keep_custody(library, contract, graph, added, file.parcels)
        _set_aside(Quarantine(journal.keepsakes), file, graph)
    return Imported(contract, len(added), not present, file.torn, file.left_out)


@dataclass(frozen=True, slots=True)
class File:
    """What a file holds."""

    changes: list[Change]
    """Dependencies first."""
    torn: bool
    """Whether the end is missing."""
    refused: list[Change]
    """Changes that cannot be read, or contradict others."""
    waiting: list[Change]
    """Changes that lack one that they need."""
    unreadable: int
    """Pieces of which not even the author can be told."""
    parcels: tuple[Parcel, ...]
    """What shows who wrote what."""

    @property
    def left_out(self) -> int:
        """How many changes are not used."""
        return len(self.refused) + len(self.waiting) + self.unreadable


def _set_aside(quarantine: Quarantine, file: File, graph: Graph) -> None:
    """Keep what a file brought that cannot be read, and what was made on top of it."""
    for change in file.refused:
        if change.hash not in graph:
            quarantine.put(change.hash, change.actor, change.raw)
    for change in file.waiting:
        if change.hash not in graph and quarantine.takes(change):
            quarantine.wait(change)


def read_file(path: Path) -> File:
    """Read the changes in a file; raises NotAContract or FileTrouble."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileTrouble(_("{file} is too large for a contract").format(file=path))
        data = path.read_bytes()
    except OSError as error:
        raise FileTrouble(
            _("{file} cannot be read: {reason}").format(file=path, reason=error.strerror)
        ) from error
    arrangement = Arrangement(validate=True)
    changes, bombs, unreadable, end = _pieces(data)
    changes, carried = unload(changes)
    arrangement.take(changes)
    if not arrangement.fitting:
        raise NotAContract(_("{file} is not a learning contract").format(file=path))
    refused = [*arrangement.refused, *bombs]
    names = {change.hash for change in refused}
    waiting = [change for change in arrangement.left_over if change.hash not in names]
    return File(arrangement.fitting, end < len(data), refused, waiting, unreadable, tuple(carried))


def _pieces(data: bytes) -> tuple[list[Change], list[Change], int, int]:
    """The changes in a file; those that claim too much; what is unreadable; where it is torn."""
    changes: list[Change] = []
    bombs: list[Change] = []
    unreadable = at = 0
    while at < len(data):
        start = at
        try:
            kind, content, at = parse_chunk(data, start)
            if isinstance(content, Change):
                changes.append(content)
            elif kind is Kind.DOCUMENT:
                changes += parse_changes(expand(data[start:at]))
            else:
                unreadable += 1
        except (BadChunk, ContractError):
            if (end := _end_of(data, start)) is None:
                break
            at = end
            try:
                bombs += parse_changes([data[start:end]], GENEROUS)
            except BadChunk:
                unreadable += 1
    return changes, bombs, unreadable, at


def _end_of(data: bytes, start: int) -> int | None:
    """Where the chunk at an offset ends, whatever it holds; None where the file is torn."""
    if not data.startswith(MAGIC, start):
        return None
    try:
        size, begin = uleb(data, start + _TO_SIZE)
    except BadChunk:
        return None
    return begin + size if begin + size <= len(data) else None


def _identify(changes: list[Change], path: Path) -> DocumentId:
    try:
        contract = _open(changes).id
    except ContractError as error:
        raise NotAContract(
            _("{file} is not a learning contract: {reason}").format(file=path, reason=error)
        ) from error
    if contract is None:
        said = _("{file} is not a learning contract: it does not say whose it is")
        raise NotAContract(said.format(file=path))
    return contract


def _open(changes: list[Change]) -> Contract:
    return Contract.open([change.raw for change in changes], READER)


def _end(changes: list[Change]) -> tuple[list[ChangeHash], int]:
    """The heads of some changes, and the highest operation in them."""
    needed = {dep for change in changes for dep in change.deps}
    heads = [change.hash for change in changes if change.hash not in needed]
    return heads, max((change.max_op for change in changes), default=0)


def _keep_custody(
    library: Library,
    contract: DocumentId,
    graph: Graph,
    added: list[Change],
    carried: tuple[Parcel, ...],
) -> None:
    """Keep what shows who wrote what, and note what came in the name of this very computer."""
    keepsakes = library.keepsakes(contract)
    custodian = Custodian(contract, keepsakes, lambda: graph, lambda: None)
    for parcel in carried:
        custodian.hear(parcel)
    if own := library.own_seat(contract):
        note_foreign(keepsakes, own.device.prefix, added)


def _read(journal: Journal) -> Arrangement:
    """Everything that is whole on the disk."""
    arrangement = Arrangement()
    while journal.length < journal.stored():
        for stored in journal.read(1000):
            with suppress(BadChunk):  # what claims too much is set aside when it is opened
                arrangement.take(parse_changes([stored.raw]))
    return arrangement
