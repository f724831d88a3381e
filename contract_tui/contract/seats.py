"""Who sits in a contract, as far as it can be proven."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from contract_tui.contract.check import readable
from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Odd, Value
from contract_tui.contract.schema import SEATS_MAP
from sync_server.access.errors import AccessError
from sync_server.access.proof import Proof, Role, Seat, SeatId, verify_proof
from sync_server.protocol.ids import Actor, DocumentId

PREFIX_SIZE = 8
UNKNOWN_NAME = "Unknown"


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

    @property
    def proven(self) -> bool:
        """Whether the contract's holder gave this seat to this key."""
        return self.seat is not None


def seat_of(actor: Actor) -> SeatId:
    """Return the seat whose device writes under an actor."""
    return SeatId(actor[:PREFIX_SIZE].hex())


def unknown(seat: SeatId) -> SeatEntry:
    """Return what stands for somebody of whom nothing is proven."""
    return SeatEntry(seat, UNKNOWN_NAME, None, None)


def read_seats(
    document: CrdtDocument, contract: DocumentId | None, aside: list[str]
) -> Mapping[SeatId, SeatEntry]:
    """Read every seat; what is wrong with one is added to `aside` in words."""
    return {entry.id: entry for entry in _entries(document, contract, aside)}


def _entries(
    document: CrdtDocument, contract: DocumentId | None, aside: list[str]
) -> Iterator[SeatEntry]:
    for key, value in document.items(SEATS_MAP).items():
        seat = SeatId(key)
        if not isinstance(value, Branch) or value.kind is not Kind.MAP:
            continue
        fields = document.items(value.object)
        proven = _proven(as_string(document, fields.get("proof", Odd.ABSENT)), contract)
        if isinstance(proven, str) or proven.id != seat:
            reason = proven if isinstance(proven, str) else "its proof is another seat's"
            aside.append(f"The seat “{readable(seat)}” is not proven: {reason}.")
            yield unknown(seat)
            continue
        _compare(document, fields, proven, aside)
        yield SeatEntry(seat, proven.name, proven.role, proven)


def _compare(
    document: CrdtDocument, fields: Mapping[str, Value], seat: Seat, aside: list[str]
) -> None:
    """Name what a seat says of itself beyond its certificate."""
    for field, certified in (("name", seat.name), ("role", str(seat.role))):
        said = as_string(document, fields.get(field, Odd.ABSENT))
        if said is not None and said != certified:
            aside.append(f"The seat of “{seat.name}” gives another {field} than it was certified.")


@lru_cache(maxsize=256)
def _proven(proof: str | None, contract: DocumentId | None) -> Seat | str:
    """Return the seat that a proof proves, or in words why it proves nothing."""
    if proof is None:
        return "it has no proof"
    if contract is None:
        return "the contract does not say whose it is"
    try:
        return verify_proof(Proof.from_text(proof), contract)
    except AccessError as error:
        return str(error)


def as_string(document: CrdtDocument, value: Value) -> str | None:
    """Return a string, whether it is stored as one or, as programs of others may, as a Text."""
    if isinstance(value, Branch) and value.kind is Kind.TEXT:
        return document.text(value.object)
    return value if isinstance(value, str) else None
