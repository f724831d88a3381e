"""Who sits in a contract and on which computers they write, as far as it can be proven."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from typing import NamedTuple

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Odd, Value
from contract_tui.contract.opening.check import readable
from contract_tui.contract.schema import SEATS_MAP
from contract_tui.language import _, gettext_noop, told
from contract_tui.language.lists import both
from sync_server.access.devices import Device, DeviceProof, verify_device
from sync_server.access.errors import AccessError
from sync_server.access.holder import Holder, read_holder
from sync_server.access.proof import Role, Seat, SeatId, read_certificate
from sync_server.protocol.ids import Actor, DocumentId

PREFIX_SIZE = 8
UNTRANSLATED_UNKNOWN = gettext_noop("of unknown origin")
"""What other programs are told."""
UNKNOWN_NAME = _(UNTRANSLATED_UNKNOWN)
NAMED = "name:"
"""In front of a name that stands for a person who has no seat in a contract, or none yet."""
_NOT_PROVEN = _("The seat “{seat}” is not proven: {reason}.")
_TAKEN_TWICE = _("The invitation for “{name}” was taken twice, by {people}: ask who is who.")
_HOLDER_NOT_PROVEN = _("Who holds the contract’s key is not proven: {reason}.")
_ANOTHER_THAN_CERTIFIED = {
    "name": _("The seat of “{name}” gives another name than it was certified."),
    "role": _("The seat of “{name}” gives another role than it was certified."),
}


@dataclass(frozen=True, slots=True)
class SeatEntry:
    """A seat as the contract lists it."""

    id: SeatId
    name: str
    """As certified; a neutral word for a seat that proves nothing."""
    role: Role | None
    """None for a seat that proves nothing."""
    seat: Seat | None
    """The proven seat with its key."""
    replaced_by: SeatId | None = None
    """The seat that the same person was given for this one, which they lost."""
    holds: bool = False
    """Whether this person holds the key that governs the contract."""

    @property
    def proven(self) -> bool:
        """Whether the contract's holder gave this seat to this key."""
        return self.seat is not None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody in a contract, with their computers."""

    seats: Mapping[SeatId, SeatEntry] = field(default_factory=dict)
    devices: Mapping[SeatId, SeatId] = field(default_factory=dict)
    """The seat of each further computer, by the hex of the prefix of its actors."""
    proofs: Mapping[SeatId, str] = field(default_factory=dict)
    """What proves each computer, by the hex of its prefix; the first one has its seat's."""
    listed: frozenset[SeatId] = frozenset()
    """The computers that the contract itself lists with their proof, by prefix."""
    held: Holder | None = None
    """The newest statement of who has the key that governs the contract."""

    @property
    def holder(self) -> SeatEntry | None:
        """Who holds the key that governs the contract; None where nobody known is said to."""
        return self.seats.get(self.held.seat) if self.held else None

    def person(self, device: SeatId) -> SeatEntry:
        """Whoever writes on a computer, by their latest seat; a neutral entry for strangers.

        Also whoever is meant where a contract that was begun anew names somebody of the old one.
        """
        if device.startswith(NAMED):
            return self._named(device)
        seat = self.devices.get(device, device)
        seen = {seat}
        entry = self.seats.get(seat) or unknown(seat)
        while (later := entry.replaced_by) in self.seats and later not in seen:
            assert later is not None
            seen.add(later)
            entry = self.seats[later]
        return entry

    def _named(self, said: SeatId) -> SeatEntry:
        """Whoever has a name, once they have come in."""
        name = said.removeprefix(NAMED)
        found = {self.person(one.id).id for one in self.seats.values() if one.name == name}
        if len(found) == 1:
            return self.seats[found.pop()]
        return SeatEntry(said, readable(name), None, None)


class _Proven(NamedTuple):
    device: Device
    jtis: tuple[str, ...]
    replaces: SeatId | None

    @property
    def prefix(self) -> SeatId:
        return SeatId(self.device.prefix.hex())


def seat_of(actor: Actor) -> SeatId:
    """Return the hex of the prefix of a device that writes as an actor: a seat's first one's id."""
    return SeatId(actor[:PREFIX_SIZE].hex())


def unknown(seat: SeatId) -> SeatEntry:
    """Return what stands for somebody of whom nothing is proven."""
    return SeatEntry(seat, UNKNOWN_NAME, None, None)


def read_roster(
    document: CrdtDocument,
    contract: DocumentId | None,
    aside: list[str],
    vouched: Iterable[str] = (),
) -> Roster:
    """Read everybody; `vouched` are proofs that were kept elsewhere and count as well.

    What is wrong with an entry is added to `aside` in words.
    """
    strangers: dict[SeatId, SeatEntry] = {}
    proven: dict[SeatId, tuple[_Proven, str]] = {}
    holders: list[Holder] = []
    for key, fields in _entries(document):
        text = as_string(document, fields.get("proof", Odd.ABSENT))
        found = _proven(text, contract)
        if isinstance(found, str) or found.prefix != key or text is None:
            reason = found if isinstance(found, str) else _("its proof is another seat’s")
            aside.append(_NOT_PROVEN.format(seat=readable(key), reason=reason))
            strangers[key] = unknown(key)
            continue
        _compare(document, fields, found.device.seat, aside)
        proven[key] = found, text
        holders += _held(as_string(document, fields.get("holds", Odd.ABSENT)), contract, aside)
    listed = frozenset(proven)
    for text in vouched:
        found = _proven(text, contract)
        if not isinstance(found, str):
            proven.setdefault(found.prefix, (found, text))
    held = max(holders, key=lambda one: (one.at, one.seat), default=None)
    return replace(_roster(strangers, proven, held, aside), listed=listed)


def _roster(
    strangers: dict[SeatId, SeatEntry],
    proven: dict[SeatId, tuple[_Proven, str]],
    held: Holder | None,
    aside: list[str],
) -> Roster:
    """Put people together with their computers, their earlier seats and the contract's key."""
    seats = dict(strangers)
    devices: dict[SeatId, SeatId] = {}
    for prefix, (found, _text) in proven.items():
        seat = found.device.seat
        seats[seat.id] = SeatEntry(seat.id, seat.name, seat.role, seat)
        if prefix != seat.id:
            devices[prefix] = seat.id
            seats.pop(prefix, None)
    _name_contested([found for found, _ in proven.values()], aside)
    for found, _text in proven.values():
        lost, now = found.replaces, found.device.seat.id
        if lost in seats and lost != now:
            seats[lost] = replace(seats[lost], replaced_by=now)
    if held is not None and held.seat in seats:
        seats[held.seat] = replace(seats[held.seat], holds=True)
    proofs = {prefix: text for prefix, (_, text) in proven.items()}
    return Roster(seats, devices, proofs, held=held)


def _entries(document: CrdtDocument) -> Iterator[tuple[SeatId, Mapping[str, Value]]]:
    for key, value in document.items(SEATS_MAP).items():
        if isinstance(value, Branch) and value.kind is Kind.MAP:
            yield SeatId(key), document.items(value.object)


def _name_contested(everybody: Iterable[_Proven], aside: list[str]) -> None:
    """Name invitations that several took: only one of them was meant."""
    takers: dict[str, dict[SeatId, _Proven]] = {}
    for one in everybody:
        # The invitation of a further computer is its own; the seat's it shares with the first.
        taker = one.prefix if len(one.jtis) > 1 else one.device.seat.id
        takers.setdefault(one.jtis[-1], {})[taker] = one
    for rivals in takers.values():
        if len(rivals) > 1:
            name = next(iter(rivals.values())).device.seat.name
            takings = [f"“{name}” ({prefix})" for prefix in sorted(rivals)]
            aside.append(_TAKEN_TWICE.format(name=name, people=_all_of(takings)))


def _all_of(names: list[str]) -> str:
    """Return all of some names in words: who is meant must not stay among others."""
    return reduce(both, names)


def _held(text: str | None, contract: DocumentId | None, aside: list[str]) -> list[Holder]:
    """Read who holds the contract's key, as one seat's entry states it."""
    if text is None or contract is None:
        return []
    try:
        return [_holder(text, contract)]
    except AccessError as error:
        aside.append(_HOLDER_NOT_PROVEN.format(reason=told(error)))
        return []


@lru_cache(maxsize=64)
def _holder(text: str, contract: DocumentId) -> Holder:
    return read_holder(text, contract)


def _compare(
    document: CrdtDocument, fields: Mapping[str, Value], seat: Seat, aside: list[str]
) -> None:
    """Name what a seat says of itself beyond its certificate."""
    for field_, certified in (("name", seat.name), ("role", str(seat.role))):
        said = as_string(document, fields.get(field_, Odd.ABSENT))
        if said is not None and said != certified:
            aside.append(_ANOTHER_THAN_CERTIFIED[field_].format(name=seat.name))


@lru_cache(maxsize=256)
def _proven(text: str | None, contract: DocumentId | None) -> _Proven | str:
    """Return the device that a proof proves, or in words why it proves nothing."""
    if text is None:
        return _("it has no proof")
    if contract is None:
        return _("the contract does not say whose it is")
    try:
        proof = DeviceProof.from_text(text)
        device = verify_device(proof, contract)
        return _Proven(device, proof.jtis, read_certificate(proof.proof.certificate).replaces)
    except AccessError as error:
        return told(error)


def as_string(document: CrdtDocument, value: Value) -> str | None:
    """Return a string, whether it is stored as one or, as programs of others may, as a Text."""
    if isinstance(value, Branch) and value.kind is Kind.TEXT:
        return document.text(value.object)
    return value if isinstance(value, str) else None
