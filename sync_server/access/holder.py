"""Who holds the contract's key: a public statement by that key, so that nobody has to guess."""

from __future__ import annotations

from dataclasses import dataclass

from sync_server.access.errors import Foreign, Malformed
from sync_server.access.fields import Payload, number_field
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import SeatId, is_seat_id
from sync_server.access.tokens import Kind, read_by_contract, sign
from sync_server.protocol.ids import DocumentId, format_document_id


@dataclass(frozen=True, slots=True)
class Holder:
    """A seat that holds the contract's key; of several statements the newest counts."""

    seat: SeatId
    at: int
    """Seconds since 1970."""


def declare_holder(contract_key: SigningKey, seat: SeatId, at: int) -> str:
    """State that the key is in the hands of this seat since `at`, in seconds since 1970."""
    payload: Payload = {
        "iat": at,
        "iss": format_document_id(contract_id(contract_key.public)),
        "sub": seat,
    }
    return sign(Kind.HOLDER, payload, contract_key)


def read_holder(token: str, contract: DocumentId) -> Holder:
    """What the contract's key states of its holder; raises ProofError."""
    _, named, payload = read_by_contract(token, Kind.HOLDER)
    if named != contract:
        raise Foreign("this says who holds the key of another contract")
    seat = payload.get("sub")
    if not is_seat_id(seat):
        raise Malformed("this names no seat that holds the key")
    return Holder(SeatId(str(seat)), number_field(payload, "iat"))
