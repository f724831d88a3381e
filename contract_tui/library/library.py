"""The library: every contract of one person on this computer, with their keys.

One SQLite file that several programs of the person may use at once. Nothing in it ever leaves
this computer except the changes of a contract, and those only to the relays that it names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from contract_tui.language import _
from contract_tui.library.database import (
    FILE_NAME,
    hurrying,
    open_database,
    reporting,
    transaction,
)
from contract_tui.library.entry import Entry as Entry
from contract_tui.library.entry import hashes, read_entries, seat_from
from contract_tui.library.errors import AlreadyThere, AmbiguousContract, NoSuchContract
from sync_server.access.keys import SigningKey
from sync_server.access.seat import Seat
from sync_server.protocol.ids import (
    URL_SCHEME,
    ChangeHash,
    DocumentId,
    format_document_id,
)

if TYPE_CHECKING:
    from contract_tui.library.drafts import Drafts
    from contract_tui.library.journal import Journal
    from contract_tui.library.keepsakes import Keepsakes
    from contract_tui.library.summaries import Summaries
    from sync_server.access.devices import Device, DeviceProof
    from sync_server.access.proof import Proof
    from sync_server.storage.sqlite import SqliteStore

ROOMS = "rooms"
GUESTS = "guests"


@dataclass(frozen=True)
class OwnSeat:
    """The person's own seat, and the private key of this computer.

    The key is the seat's own where the seat was taken here.
    """

    seat: Seat
    key: SigningKey
    shown: DeviceProof
    """What proves this computer to others."""
    host: str = ""
    """The computer of somebody else that this is, by its prefix in hex; empty: one's own."""

    @property
    def proof(self) -> Proof:
        """What proves the seat."""
        return self.shown.proof

    @cached_property
    def device(self) -> Device:
        """The computer that this is, as others see it; its public key is worked out once."""
        from sync_server.access.devices import Device

        return Device(self.seat, self.key.public)


class Library:
    """The contracts, keys and changes under one directory; every method may raise LibraryError."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE_NAME
        self._connection = open_database(home)

    def close(self) -> None:
        """Release the file; closing twice is harmless."""
        self._connection.close()

    @cached_property
    def _store(self) -> SqliteStore:
        """Where changes and keepsakes are; a list of contracts is shown without."""
        from sync_server.storage.sqlite import SqliteStore

        with reporting(self.path):
            return SqliteStore(self._connection)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def entries(self) -> list[Entry]:
        """Every contract, the latest changed first."""
        with reporting(self.path):
            return read_entries(self._connection)

    def entry(self, contract: DocumentId) -> Entry:
        """One contract; raises NoSuchContract."""
        for entry in self.entries():
            if entry.id == contract:
                return entry
        said = _("there is no contract {id} here")
        raise NoSuchContract(said.format(id=format_document_id(contract)))

    def resolve(self, text: str) -> Entry:
        """The contract of this id, unique beginning of an id, or title.

        Raises NoSuchContract or AmbiguousContract, which names the candidates.
        """
        wanted = text.strip()
        found = self.meant(wanted)
        if not found:
            said = _("no contract here has the id or title “{wanted}”")
            raise NoSuchContract(said.format(wanted=wanted))
        if len(found) > 1:
            names = ", ".join(f"{e.text_id} ({e.name})" for e in found)
            said = _("“{wanted}” fits several contracts, say which by its id: {names}")
            raise AmbiguousContract(said.format(wanted=wanted, names=names))
        return found[0]

    def meant(self, wanted: str) -> list[Entry]:
        """Every contract that `resolve` could take a text for."""
        beginning = wanted.removeprefix(URL_SCHEME)
        entries = self.entries()
        exact = [e for e in entries if e.text_id == beginning]
        titled = [e for e in entries if wanted and e.title.strip().casefold() == wanted.casefold()]
        begun = [e for e in entries if beginning and e.text_id.startswith(beginning)]
        return exact or titled or begun

    def add(
        self,
        contract: DocumentId,
        *,
        relays: Iterable[str] = (),
        key: SigningKey | None = None,
        seat: OwnSeat | None = None,
    ) -> Journal:
        """Enter a contract that has no changes yet; raises AlreadyThere."""
        with reporting(self.path), transaction(self._connection):
            seed = key.seed if key else None
            try:
                self._connection.execute(
                    "INSERT INTO contract VALUES (?, '', 0, x'', ?)", (contract, seed)
                )
            except sqlite3.IntegrityError as error:
                raise AlreadyThere(_("this contract is on this computer already")) from error
            if seat:
                self._put_seat(contract, seat)
            self._put_relays(contract, relays)
        return self.journal(contract)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Whatever is done inside is kept as a whole or not at all."""
        with reporting(self.path), transaction(self._connection):
            yield

    def take_seat(self, contract: DocumentId, seat: OwnSeat, relays: Iterable[str]) -> None:
        """Give a contract that is here, so far read only, a seat of one's own."""
        with reporting(self.path), transaction(self._connection):
            self._put_seat(contract, seat)
            self._put_relays(contract, relays)

    def give_up_seat(self, contract: DocumentId) -> None:
        """Forget a seat of this person's that is of no use; the contract can still be read."""
        with reporting(self.path), transaction(self._connection):
            self._connection.execute("DELETE FROM seat WHERE contract = ?", (contract,))

    def add_relays(self, contract: DocumentId, relays: Iterable[str]) -> None:
        """Remember more relays for a contract."""
        with reporting(self.path), transaction(self._connection):
            self._put_relays(contract, relays)

    def forget_relay(self, contract: DocumentId, url: str) -> None:
        """Neither try a relay of a contract any more, nor trust the way there."""
        from sync_server.access.audience import audience_of

        with reporting(self.path), transaction(self._connection):
            self._connection.execute(
                "DELETE FROM relay WHERE contract = ? AND url = ?", (contract, url)
            )
            self._connection.execute("DELETE FROM confirmed WHERE address = ?", (audience_of(url),))

    def room(self, contract: DocumentId) -> Path:
        """Where a relay inside this program keeps a contract that is shared in a room."""
        return self.path.parent / ROOMS / format_document_id(contract)

    def guests(self, contract: DocumentId) -> Path:
        """Where the libraries are of those who take part from a browser, on this computer."""
        return self.path.parent / GUESTS / format_document_id(contract)

    def journal(self, contract: DocumentId) -> Journal:
        """The stored changes of a contract."""
        from contract_tui.library.journal import Journal

        return Journal(self._connection, self._store, contract, self.path)

    def summaries(self) -> Summaries:
        """What the list of contracts says of each."""
        from contract_tui.library.summaries import Summaries

        return Summaries(self._connection, self.path)

    def drafts(self, contract: DocumentId) -> Drafts:
        """What this person writes for themselves first."""
        from contract_tui.library.drafts import Drafts

        return Drafts(self._connection, contract, self.path)

    def keepsakes(self, contract: DocumentId) -> Keepsakes:
        """What is kept of a contract beside its changes."""
        from contract_tui.library.keepsakes import Keepsakes

        return Keepsakes(self._connection, self._store, contract, self.path)

    def confirm_unencrypted(self, url: str) -> None:
        """Remember that this person trusts the network on the way to a relay."""
        from sync_server.access.audience import audience_of

        with reporting(self.path), transaction(self._connection):
            self._connection.execute(
                "INSERT OR IGNORE INTO confirmed VALUES (?)", (audience_of(url),)
            )

    def is_confirmed(self, url: str) -> bool:
        """Whether this person trusts the network on the way to a relay."""
        from sync_server.access.audience import audience_of

        query = "SELECT 1 FROM confirmed WHERE address = ?"
        with reporting(self.path):
            return self._connection.execute(query, (audience_of(url),)).fetchone() is not None

    def own_seat(self, contract: DocumentId) -> OwnSeat | None:
        """The person's own seat and its key, where they have one."""
        from contract_tui.library.keepsakes import HOST
        from sync_server.access.devices import DeviceProof

        query = "SELECT key, public, role, name, proof FROM seat WHERE contract = ?"
        with reporting(self.path):
            row = self._connection.execute(query, (contract,)).fetchone()
        if row is None:
            return None
        key, public, role, name, proof = row
        host = (self.keepsakes(contract).get(HOST) or b"").hex()
        seat = seat_from(public, role, name)
        return OwnSeat(seat, SigningKey(key), DeviceProof.from_text(proof), host)

    def contract_key(self, contract: DocumentId) -> SigningKey | None:
        """The key that governs a contract, where it is kept here."""
        with reporting(self.path):
            row = self._connection.execute(
                "SELECT key FROM contract WHERE id = ?", (contract,)
            ).fetchone()
        return SigningKey(row[0]) if row and row[0] else None

    def keep_contract_key(self, contract: DocumentId, key: SigningKey | None) -> None:
        """Keep the key that governs a contract, or with None forget it."""
        with reporting(self.path), transaction(self._connection):
            self._connection.execute(
                "UPDATE contract SET key = ? WHERE id = ?", (key.seed if key else None, contract)
            )

    def shared(self, contract: DocumentId) -> dict[str, tuple[ChangeHash, ...]]:
        """The heads that each relay of a contract was last known to have."""
        with reporting(self.path):
            rows = self._connection.execute(
                "SELECT url, shared FROM relay WHERE contract = ? ORDER BY rowid",
                (contract,),
            ).fetchall()
        return {url: hashes(shared) for url, shared in rows}

    def remember_shared(self, contract: DocumentId, url: str, heads: Sequence[ChangeHash]) -> None:
        """Note the heads that a relay has acknowledged; never keeps a screen waiting."""
        with reporting(self.path), hurrying(self._connection):
            self._connection.execute(
                "UPDATE relay SET shared = ? WHERE contract = ? AND url = ?",
                (b"".join(heads), contract, url),
            )

    def erase(self, contract: DocumentId) -> None:
        """Remove a contract, its changes and its keys from this computer, and overwrite them."""
        from shutil import rmtree

        with reporting(self.path):
            with transaction(self._connection):
                self._store.erase(contract)
                self._connection.execute("DELETE FROM contract WHERE id = ?", (contract,))
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for kept in (self.room(contract), self.guests(contract)):
            rmtree(kept, ignore_errors=True)

    def _put_seat(self, contract: DocumentId, own: OwnSeat) -> None:
        seat = own.seat
        self._connection.execute(
            "INSERT OR REPLACE INTO seat VALUES (?, ?, ?, ?, ?, ?)",
            (contract, own.key.seed, seat.key.raw, seat.role, seat.name, own.shown.text),
        )

    def _put_relays(self, contract: DocumentId, relays: Iterable[str]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO relay VALUES (?, ?, x'')", [(contract, url) for url in relays]
        )
