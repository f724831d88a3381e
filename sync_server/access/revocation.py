"""Revocations: the devices that the holder of the contract's key has taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync_server.access.errors import AccessError, Foreign, Malformed
from sync_server.access.fields import Payload, number_field
from sync_server.access.keys import DEVICE_PREFIX_SIZE, SigningKey, contract_id
from sync_server.access.proof import is_seat_id
from sync_server.access.tokens import Kind, read_by_contract, sign
from sync_server.protocol.ids import DocumentId, format_document_id

MOST_REVOKED = 1024


@dataclass(frozen=True, slots=True)
class Revocations:
    """A complete list of what is revoked; of two lists the larger number wins."""

    number: int
    """Rises by one with each list that the holder makes."""
    prefixes: frozenset[bytes]
    """Of the devices' actors, 8 bytes each; the first device's is its seat's."""


def revoke(contract_key: SigningKey, number: int, prefixes: Iterable[bytes]) -> str:
    """The complete list of revoked devices, signed; raises AccessError beyond 1,024 of them."""
    revoked = sorted({prefix.hex() for prefix in prefixes})
    if len(revoked) > MOST_REVOKED or any(len(p) != 2 * DEVICE_PREFIX_SIZE for p in revoked):
        raise AccessError(
            "a list revokes at most {most} devices, by 8 bytes each", most=MOST_REVOKED
        )
    payload: Payload = {
        "iss": format_document_id(contract_id(contract_key.public)),
        "number": number,
        "revoked": revoked,
    }
    return sign(Kind.REVOCATIONS, payload, contract_key)


def read_revocations(token: str, contract: DocumentId) -> Revocations:
    """The list that the contract's key signed; raises ProofError."""
    _, named, payload = read_by_contract(token, Kind.REVOCATIONS)
    if named != contract:
        raise Foreign("these revocations are of another contract")
    revoked = payload.get("revoked")
    if not isinstance(revoked, list) or len(revoked) > MOST_REVOKED:
        raise Malformed("the list of revoked devices is missing or too long")
    if not all(map(is_seat_id, revoked)):
        raise Malformed("the list of revoked devices names something that is no device")
    return Revocations(number_field(payload, "number"), frozenset(map(bytes.fromhex, revoked)))
