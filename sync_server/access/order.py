"""Orders: what the holder of the contract's key tells one relay to do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sync_server.access.credential import LEEWAY
from sync_server.access.errors import Expired, Foreign, Malformed, NotYetValid, WrongAudience
from sync_server.access.fields import Payload, jti_of, number_field, text_field
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.tokens import Kind, read_by_contract, sign
from sync_server.protocol.ids import DocumentId, format_document_id

ORDER_LIFETIME = 300
"""Seconds; a relay remembers an order's `jti` for as long."""


class OrderKind(StrEnum):
    """What is ordered."""

    ERASE = "erase"
    """Erase the contract from the relay, and keep it out."""


@dataclass(frozen=True, slots=True)
class Order:
    """A checked order of the holder of the contract's key to this relay."""

    contract: DocumentId
    kind: OrderKind
    audience: str
    jti: str
    issued: int
    """Seconds since 1970, by the holder's clock."""

    @property
    def expires(self) -> int:
        """Seconds since 1970."""
        return self.issued + ORDER_LIFETIME


def order(contract_key: SigningKey, kind: str, audience: str, jti: str, now: int) -> str:
    """An order to the relay of that audience, valid for five minutes from `now`."""
    payload: Payload = {
        "aud": audience,
        "iat": now,
        "iss": format_document_id(contract_id(contract_key.public)),
        "jti": jti,
        "order": OrderKind(kind).value,
    }
    return sign(Kind.ORDER, payload, contract_key)


def read_order(token: str, contract: DocumentId, now: int, audiences: Collection[str]) -> Order:
    """Check an order about a contract as the relay of these audiences; raises ProofError."""
    _, named, payload = read_by_contract(token, Kind.ORDER)
    if named != contract:
        raise Foreign("this order is about another contract")
    audience = text_field(payload, "aud")
    if audience not in audiences:
        raise WrongAudience("this order was made for another relay")
    kind = payload.get("order")
    if not isinstance(kind, str) or kind not in list(OrderKind):
        raise Malformed("this order asks for something that this relay does not know")
    given = Order(
        contract, OrderKind(kind), audience, jti_of(payload), number_field(payload, "iat")
    )
    if now >= given.expires:
        raise Expired("this order has expired: check this computer's clock and try again")
    if given.issued > now + LEEWAY:
        raise NotYetValid("this order is not valid yet: check this computer's clock")
    return given
