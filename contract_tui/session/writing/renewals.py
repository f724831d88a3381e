"""What a person is told of a contract that was begun anew, without its past."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_tui.language import _
from contract_tui.library.errors import LibraryError
from contract_tui.library.library import Entry, Library
from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import DocumentId, format_document_id, parse_document_id

if TYPE_CHECKING:
    from contract_tui.contract.contract import Contract
    from contract_tui.contract.renewal import Renewed

IN_THE_LIST = _("erase this one in the list of contracts")
_BEGUN_TWICE = _(
    "{name} has begun this contract anew as well, as {contract}; you began {mine}. Agree which of "
    "the two you keep, and erase the other."
)
_BEGUN_TWICE_BY_YOU = _(
    "You have begun this contract anew as well, as {contract}; you began {mine}. Agree which of "
    "the two you keep, and erase the other."
)
_BEGUN_HERE = _(
    "You have begun this contract anew, without its past. Hand everybody their invitation; once "
    "they have joined, {erase}."
)
_GOES_ON = _(
    "This contract goes on anew, without its past, as {name} has begun it: you have that one too. "
    "Write there, and {erase}."
)
_GOES_ON_BY_YOU = _(
    "This contract goes on anew, without its past, as you have begun it: you have that one too. "
    "Write there, and {erase}."
)
_BEGUN_ELSEWHERE = _(
    "You have begun this contract anew on another computer of yours, without its past. Make an "
    "invitation for this computer there, with contract-tui invite {contract} --me; join, then "
    "{erase}."
)
_BEGUN = _(
    "{name} has begun this contract anew, without its past. Ask for your invitation, join, then "
    "{erase}."
)
# At most 64 columns.
_BEGUN_IN_BRIEF = _("begun anew by {name}: ask for your invitation, then erase this copy")


@dataclass(frozen=True, slots=True)
class Anew:
    """A contract that takes the place of another, as one person sees it."""

    contract: DocumentId
    by: str
    """The name of whoever began it; empty where this person did, on whichever computer."""
    mine: DocumentId | None
    """What this person has begun in place of the same one, if they have it."""
    is_here: bool
    """Whether it is on this computer."""

    def sentence(self, erase: str = IN_THE_LIST) -> str:
        """What to do now; `erase` says how to erase the old contract."""
        return self._words.format(
            name=self.by,
            contract=format_document_id(self.contract),
            mine=format_document_id(self.mine) if self.mine else "",
            erase=erase,
        )

    @property
    def _words(self) -> str:
        if self.mine is not None and self.mine != self.contract:
            return _BEGUN_TWICE if self.by else _BEGUN_TWICE_BY_YOU
        if self.mine is not None:
            return _BEGUN_HERE
        if self.is_here:
            return _GOES_ON if self.by else _GOES_ON_BY_YOU
        return _BEGUN if self.by else _BEGUN_ELSEWHERE

    @property
    def in_brief(self) -> str:
        """The same for a line of a list."""
        if self.mine == self.contract:
            # At most 76 columns.
            return _("begun anew by you: once everybody has joined, erase this copy")
        if self.mine is not None or self.is_here:
            # At most 76 columns.
            return _("goes on anew without its past; this copy can be erased")
        if not self.by:
            # At most 76 columns.
            return _("begun anew on another computer of yours: join that one, then erase this copy")
        return _BEGUN_IN_BRIEF.format(name=self.by)


class RenewalNews:
    """Tells of it while a contract is open, and keeps it for the list."""

    def __init__(self, library: Library, entry: Entry) -> None:
        self._library = library
        self._entry = entry
        self._seen: Renewed | None = None
        self._told: list[str] = []

    def tell(self, contract: Contract) -> list[str]:
        """What there is to say, which is looked up anew only when the contract says another."""
        if contract.renewed != self._seen:
            self._seen = contract.renewed
            with suppress(LibraryError):
                remember_renewal(self._library, self._entry, contract)
                found = anew(self._library, self._entry, contract)
                self._told = [found.sentence()] if found else []
        return self._told


def anew(library: Library, entry: Entry, contract: Contract) -> Anew | None:
    """Return what an open contract says of being begun anew; raises LibraryError."""
    said = contract.renewed
    return _seen(library, entry, said.contract, _by(library, entry, contract)) if said else None


def remember_renewal(library: Library, entry: Entry, contract: Contract) -> None:
    """Keep what a contract says, so that a list can say it; raises LibraryError."""
    from contract_tui.library.keepsakes import RENEWED

    said = contract.renewed
    if said is None:
        return
    words = f"{format_document_id(said.contract)} {_by(library, entry, contract)}".encode()
    keepsakes = library.keepsakes(entry.id)
    if keepsakes.get(RENEWED) != words:
        keepsakes.put(RENEWED, {b"": words})


def remembered(library: Library, entry: Entry, entries: Collection[Entry]) -> Anew | None:
    """What a contract was last known to say, among all contracts here; raises LibraryError."""
    if not entry.relays and len(entries) == 1:
        return None  # nobody can have begun it anew, and finding out takes time
    from contract_tui.library.keepsakes import RENEWED

    kept = (library.keepsakes(entry.id).get(RENEWED) or b"").decode("utf-8", "replace")
    identity, _, name = kept.partition(" ")
    try:
        return _seen(library, entry, parse_document_id(identity), name)
    except BadDocumentId:
        return None


def _by(library: Library, entry: Entry, contract: Contract) -> str:
    """Who has begun it, by name; empty for this person."""
    own, said = library.own_seat(entry.id), contract.renewed
    author = contract.author(said.by) if said else None
    if own and author and contract.roster.person(own.seat.id).id == author.id:
        return ""
    return author.name if author else ""


def _seen(library: Library, entry: Entry, contract: DocumentId, by: str) -> Anew:
    from contract_tui.library.keepsakes import RENEWAL

    here = {one.id for one in library.entries()}
    begun = library.keepsakes(entry.id).get(RENEWAL)
    mine = DocumentId(begun) if begun in here and begun is not None else None
    return Anew(contract, by, mine, contract in here)
