"""The stored changes of one contract, which several programs of one person may be appending to.

Two screens, or a screen and a command, can have one contract open: each writes as an actor of its
own, so their changes never contradict each other, and both may be kept. Who appends first looks,
in the same transaction, at what others appended since: nothing is overwritten and nothing is lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from contract_tui.language import _
from contract_tui.library.database import hurrying, reporting, transaction
from contract_tui.library.errors import ContractErased, LibraryDamaged
from contract_tui.library.keepsakes import Keepsakes
from sync_server.protocol.chunk import MAGIC, Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash, DocumentId
from sync_server.storage.port import StoredChange, StoredHeader
from sync_server.storage.sqlite import SqliteStore

_LENGTH = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE document = ?"
_TOUCH = "UPDATE contract SET title = ?, changed_at = ?, heads = ? WHERE id = ?"


class Appearance(NamedTuple):
    """What the list of contracts shows of a contract without opening it."""

    title: str
    changed_at: int
    """Seconds since 1970."""
    heads: Sequence[ChangeHash]


class Stored(NamedTuple):
    """One stored change that could be read whole."""

    position: int
    header: StoredHeader
    raw: bytes


class Journal:
    """Reads and appends the changes of one contract; every method may raise LibraryError."""

    def __init__(
        self, connection: sqlite3.Connection, store: SqliteStore, contract: DocumentId, place: Path
    ) -> None:
        self._connection = connection
        self._store = store
        self._contract = contract
        self._place = place
        self._positions: dict[ChangeHash, int] = {}
        self._unread: list[Stored] = []
        self._hurt: set[ChangeHash] = set()
        self._seen_version = -1
        self.length = 0
        """How many stored changes this program has read or written."""
        self.damaged = 0
        """How many stored rows could not be read and were set aside."""

    def __contains__(self, change: ChangeHash) -> bool:
        """Whether a change that has been read or appended is whole on the disk."""
        return change in self._positions

    @property
    def keepsakes(self) -> Keepsakes:
        """What is kept of the contract beside its changes."""
        return Keepsakes(self._connection, self._store, self._contract, self._place)

    @property
    def whole(self) -> int:
        """How many changes have been handed out or appended, each whole on the disk."""
        return len(self._positions) - len(self._unread)

    @property
    def lost(self) -> int:
        """How many damaged changes have not been stored again since."""
        return self.damaged - len(self._hurt & self._positions.keys())

    def stored(self) -> int:
        """How many changes are stored, by this and other programs."""
        with reporting(self._place):
            return int(self._connection.execute(_LENGTH, (self._contract,)).fetchone()[0])

    def read(self, count: int) -> list[Stored]:
        """The next `count` stored changes, without damaged ones; `length` says how far it got."""
        try:
            with reporting(self._place):
                found = self._whole_slice(self.length, count)
        except LibraryDamaged:
            found = self._read_singly(self.length, count)
        self.length += len(found)
        whole = [one for one in found if one is not None and _is_whole(one.header.hash, one.raw)]
        if len(whole) < len(found):
            sound = {one.position for one in whole}
            self._hurt |= {one.header.hash for one in found if one and one.position not in sound}
        self.damaged += len(found) - len(whole)
        self._positions.update((one.header.hash, one.position) for one in whole)
        return whole

    def rewind(self) -> None:
        """Begin to read again from the first change."""
        self._positions.clear()
        self._unread.clear()
        self._hurt.clear()
        self.length = self.damaged = 0

    def append(
        self, changes: Sequence[Change], appearance: Appearance, *, in_haste: bool = False
    ) -> None:
        """Keep the changes, dependencies first; when it returns, they are on the disk.

        What other programs appended meanwhile comes out of the next `news`. `in_haste` gives up at
        once where another program is writing.
        """
        pace = hurrying(self._connection) if in_haste else nullcontext()
        with reporting(self._place), pace, transaction(self._connection):
            self._touch(appearance)
            self._catch_up()
            placed: dict[ChangeHash, int] = {}
            rows: list[StoredChange] = []
            for change in changes:
                if change.hash not in self._positions:
                    placed[change.hash] = self.length + len(rows)
                    rows.append(self._row(change, placed))
            self._store.append(rows)
        self._positions.update(placed)
        self.length += len(rows)

    def news(self) -> list[bytes]:
        """The changes that other programs appended since the last call; cheap if there are none."""
        with reporting(self._place):
            # Changes only when another connection has written: https://sqlite.org/pragma.html
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._seen_version:
                self._catch_up()
                self._seen_version = version
        unread, self._unread = self._unread, []
        return [one.raw for one in unread]

    def raws(self, hashes: Sequence[ChangeHash]) -> list[bytes]:
        """The raw changes of these hashes, all of which have been read or appended."""
        with reporting(self._place):
            return [
                raw
                for first, last in _runs([self._positions[one] for one in hashes])
                for raw in self._store.raws(self._contract, first, last)
            ]

    def _catch_up(self) -> None:
        while self.stored() > self.length:
            self._unread += self.read(1000)

    def _whole_slice(self, first: int, count: int) -> list[Stored | None]:
        headers = self._store.load(self._contract, first, count)
        raws = self._store.raws(self._contract, first, first + len(headers) - 1)
        if len(headers) != len(raws):
            raise LibraryDamaged(_(_("changes are missing")))
        return list(map(Stored, range(first, first + len(headers)), headers, raws))

    def _read_singly(self, first: int, count: int) -> list[Stored | None]:
        """One change at a time, so that a damaged one costs itself alone."""
        found: list[Stored | None] = []
        for position in range(first, min(first + count, self.stored())):
            try:
                with reporting(self._place):
                    found += self._whole_slice(position, 1) or [None]
            except LibraryDamaged:
                found.append(None)
        return found

    def _row(self, change: Change, placed: dict[ChangeHash, int]) -> StoredChange:
        deps = [placed[h] if h in placed else self._positions[h] for h in change.deps]
        return StoredChange(
            self._contract,
            placed[change.hash],
            change.hash,
            tuple(deps),
            change.actor,
            change.seq,
            change.start_op,
            change.max_op,
            change.raw,
        )

    def _touch(self, appearance: Appearance) -> None:
        title, changed_at, heads = appearance
        row = (title, changed_at, b"".join(heads), self._contract)
        if self._connection.execute(_TOUCH, row).rowcount != 1:
            raise ContractErased(_(_("this contract has been erased from this computer")))


def _is_whole(name: ChangeHash, raw: bytes) -> bool:
    """Whether the bytes are those that were written: the hash covers all but the checksum."""
    if raw.startswith(MAGIC) and sha256(raw[8:]).digest() == name:
        return True
    try:
        (change,) = parse_changes([raw])  # a deflated change, or a damaged one
    except (BadChunk, ValueError):
        return False
    return change.hash == name


def _runs(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Positions as (first, last) of consecutive ones, in their order."""
    start = 0
    for end in range(1, len(positions) + 1):
        if end == len(positions) or positions[end] != positions[end - 1] + 1:
            yield positions[start], positions[end - 1]
            start = end
