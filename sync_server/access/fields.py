"""The fields of a token's payload: how each is written, and read from somebody unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from sync_server.access.errors import BadKey, Malformed
from sync_server.access.keys import PublicKey
from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import DocumentId, parse_document_id

Payload: TypeAlias = Mapping[str, object]

JTI = re.compile(r"[!-~]{1,64}")
"""One word in ASCII: it is kept as a name and may stand in a log."""
LATEST = 2**53 - 1
"""The largest whole number that JSON of every language carries (RFC 8259, section 6)."""


def jwk_of(key: PublicKey) -> dict[str, str]:
    """A public key as RFC 8037, section 2, writes it."""
    return {"crv": "Ed25519", "kty": "OKP", "x": key.text}


def confirming(key: PublicKey) -> dict[str, object]:
    """The `cnf` of a token that is about a key (RFC 7800, section 3.2)."""
    return {"jwk": jwk_of(key)}


def names(text: object, contract: DocumentId) -> bool:
    """Whether a field names this contract."""
    try:
        return isinstance(text, str) and parse_document_id(text) == contract
    except BadDocumentId:
        return False


def read_jwk(jwk: object) -> PublicKey:
    """The Ed25519 key that a field carries, and nothing beside it; raises Malformed."""
    if not isinstance(jwk, dict) or jwk.keys() != {"kty", "crv", "x"}:
        raise Malformed("the token carries no public key")
    if jwk["kty"] != "OKP" or jwk["crv"] != "Ed25519" or not isinstance(jwk["x"], str):
        raise Malformed("the token carries no Ed25519 key")
    try:
        return PublicKey.from_text(jwk["x"])
    except BadKey as error:
        raise Malformed("the token carries a damaged key") from error


def confirmed_key(payload: Payload) -> PublicKey:
    """The key that a token is about (RFC 7800, section 3.2); raises Malformed."""
    match payload.get("cnf"):
        case {"jwk": jwk}:
            return read_jwk(jwk)
    raise Malformed("the token confirms no key")


def text_field(payload: Payload, field: str) -> str:
    """A field that is text and not empty; raises Malformed."""
    value = payload.get(field)
    if isinstance(value, str) and value.strip():
        return value
    raise Malformed(f"the token's {field} is missing")


def jti_of(payload: Payload) -> str:
    """What makes a token the only one of its kind; raises Malformed."""
    jti = text_field(payload, "jti")
    if not JTI.fullmatch(jti):
        raise Malformed("the token's jti is not one short word")
    return jti


def number_field(payload: Payload, field: str) -> int:
    """A field that is a whole number from 0, such as seconds since 1970; raises Malformed."""
    value = payload.get(field)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LATEST:
        return value
    raise Malformed(f"the token's {field} is not a whole number")
