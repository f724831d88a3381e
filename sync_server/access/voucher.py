"""Vouchers: the contract's key admits a past that its author never sealed.

A voucher covers what a seal of the author would: every change of its actor in the causal past of
one change of that actor, itself included. It says that this belongs to the contract's past, and
nothing about who wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync_server.access.errors import Foreign, Malformed
from sync_server.access.fields import Payload
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.tokens import Kind, read_by_contract, sign
from sync_server.protocol.ids import HASH_SIZE, Actor, ChangeHash, DocumentId, format_document_id

MOST_VOUCHERS = 512
"""Actors of one contract that are vouched for: each is one that no seal has ever covered whole."""
LONGEST_ACTOR = 64
"""Bytes; ours have 16, as those of all programs that we know."""
_HEX = re.compile(r"(?:[0-9a-f]{2})+")


@dataclass(frozen=True, slots=True)
class Voucher:
    """The word of the contract's key that a change, and what its actor did before, belongs here."""

    actor: Actor
    """In whose name it stands, of whatever device, with a seat or without."""
    hash: ChangeHash
    """A change of that actor."""


def vouch(contract_key: SigningKey, actor: Actor, change: ChangeHash) -> str:
    """Vouch for an actor's work up to one of its changes."""
    payload: Payload = {
        "actor": actor.hex(),
        "change": change.hex(),
        "iss": format_document_id(contract_id(contract_key.public)),
    }
    return sign(Kind.VOUCHER, payload, contract_key)


def read_voucher(token: str, contract: DocumentId) -> Voucher:
    """What the contract's key vouches for; raises ProofError."""
    _, named, payload = read_by_contract(token, Kind.VOUCHER)
    if named != contract:
        raise Foreign("this vouches for the past of another contract")
    actor, change = _octets(payload, "actor"), _octets(payload, "change")
    if len(actor) > LONGEST_ACTOR or len(change) != HASH_SIZE:
        raise Malformed("this vouches for something that is no change")
    return Voucher(Actor(actor), ChangeHash(change))


def _octets(payload: Payload, field: str) -> bytes:
    text = payload.get(field)
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise Malformed(f"the token's {field} is missing")
    return bytes.fromhex(text)
