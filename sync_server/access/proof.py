"""Seats and their proof: a certificate by the contract's key, and a claim by whoever was invited.

Both are JSON Web Tokens (RFC 7519) signed with Ed25519 (RFC 8037). The certificate carries the
contract's public key in its header, and the contract's id is a hash of that key: so a proof
checks against the id alone, offline and for ever.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from sync_server.access.errors import BadKey, Expired, Foreign, Forged, Malformed
from sync_server.access.keys import (
    PublicKey,
    SigningKey,
    contract_id,
    device_prefix,
    from_base64url,
)
from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import DocumentId, format_document_id, parse_document_id

if TYPE_CHECKING:
    from jwt.types import Options

SeatId = NewType("SeatId", str)
ALGORITHM = "EdDSA"
LONGEST_TOKEN = 4096
UNCHECKED: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}
"""What PyJWT would judge by its own clock or rules; here the caller judges."""
LONGEST_NAME = 60
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
REFUSED_CHARACTERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Role(StrEnum):
    """What somebody is in a contract."""

    STUDENT = "student"
    TEACHER = "teacher"
    PARENT = "parent"
    OBSERVER = "observer"

    @property
    def writes(self) -> bool:
        """Observers read along; everybody else writes."""
        return self is not Role.OBSERVER


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in one contract, on one device."""

    id: SeatId
    role: Role
    name: str
    key: PublicKey


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows anyone that a seat was given by the contract's holder to a key's owner."""

    certificate: str
    claim: str

    @property
    def text(self) -> str:
        """Both tokens in one line, as the contract keeps them."""
        return f"{self.certificate}~{self.claim}"

    @classmethod
    def from_text(cls, text: str) -> Proof:
        """The proof that `text` wrote; raises Malformed."""
        certificate, tilde, claim_ = text.partition("~")
        if not tilde:
            raise Malformed("a proof consists of a certificate and a claim")
        return cls(certificate, claim_)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A checked certificate: this contract's holder invites one person to one role."""

    contract: DocumentId
    role: Role
    name: str
    invitation: PublicKey
    jti: str
    """Unique per invitation: a claim names it, and the first claim wins."""
    expires: int
    """Seconds since 1970; the claim has to be made before."""


def is_name(name: str) -> bool:
    """Whether a display name is one plain line of at most 60 characters.

    Emoji joined by invisible characters are fine; what turns the direction of the text around
    it is not, because it could make one name look like another.
    """
    return (
        0 < len(name.strip()) <= len(name) <= LONGEST_NAME
        and not any(unicodedata.category(c) in REFUSED_CATEGORIES for c in name)
        and REFUSED_CHARACTERS.isdisjoint(name)
    )


def seat_id(key: PublicKey) -> SeatId:
    """The name of a seat: the hex of the prefix of its actors."""
    return SeatId(device_prefix(key).hex())


def issue_certificate(
    contract_key: SigningKey,
    role: Role,
    name: str,
    invitation_public: PublicKey,
    jti: str,
    expires: int,
) -> str:
    """A certificate for the owner of the invitation key; `expires` in seconds since 1970."""
    public = contract_key.public
    payload = certificate_payload(contract_id(public), role, name, invitation_public, jti, expires)
    return _encode(payload, contract_key, certificate_header(public))


def certificate_header(contract_public: PublicKey) -> dict[str, object]:
    """The header's fields; a function of the key, so that a link need not repeat them."""
    kid = format_document_id(contract_id(contract_public))
    return {"alg": ALGORITHM, "jwk": _jwk(contract_public), "kid": kid, "typ": "JWT"}


def certificate_payload(
    contract: DocumentId, role: Role, name: str, invitation: PublicKey, jti: str, expires: int
) -> dict[str, object]:
    """The payload's fields in the order in which they are signed."""
    return {
        "cnf": {"jwk": _jwk(invitation)},
        "exp": expires,
        "iss": format_document_id(contract),
        "jti": jti,
        "name": name,
        "role": role.value,
    }


def claim(invitation_key: SigningKey, certificate: str, seat_public: PublicKey) -> str:
    """A claim to the invited seat by the holder of `seat_public`; raises ProofError."""
    certified = read_certificate(certificate)
    payload: dict[str, object] = {
        "cnf": {"jwk": _jwk(seat_public)},
        "iss": format_document_id(certified.contract),
        "jti": certified.jti,
    }
    return _encode(payload, invitation_key, {"alg": ALGORITHM, "typ": "JWT"})


def read_certificate(certificate: str) -> Certificate:
    """Check a certificate against the contract that it names; raises ProofError."""
    header = _header(certificate)
    public = _key_of(header.get("jwk"))
    payload = _decode(certificate, public)
    contract = contract_id(public)
    if not (_names(payload.get("iss"), contract) and _names(header.get("kid"), contract)):
        raise Foreign("the certificate is signed by the key of another contract")
    return Certificate(
        contract,
        _role(payload.get("role")),
        _name(payload.get("name")),
        _confirmed_key(payload),
        _text(payload.get("jti"), "jti"),
        _seconds(payload.get("exp")),
    )


def verify_proof(proof: Proof, contract: DocumentId, now: int | None = None) -> Seat:
    """The seat that the proof proves in the contract; raises ProofError.

    Whoever first takes a claim passes `now` (seconds since 1970) to refuse one that comes too
    late; a proof taken in time stays valid for ever.
    """
    certified = read_certificate(proof.certificate)
    if certified.contract != contract:
        raise Foreign("the invitation is for another contract")
    if now is not None and now >= certified.expires:
        raise Expired("the invitation has expired: ask for a new one")
    payload = _decode(proof.claim, certified.invitation)
    if payload.get("jti") != certified.jti or not _names(payload.get("iss"), contract):
        raise Foreign("the claim belongs to another invitation")
    key = _confirmed_key(payload)
    return Seat(seat_id(key), certified.role, certified.name, key)


def _jwk(key: PublicKey) -> dict[str, str]:
    """RFC 8037, section 2."""
    return {"crv": "Ed25519", "kty": "OKP", "x": key.text}


def _encode(payload: Mapping[str, object], key: SigningKey, header: dict[str, object]) -> str:
    import jwt

    return jwt.encode(dict(payload), key.loaded(), ALGORITHM, header, sort_headers=True)


def _header(token: str) -> Mapping[str, object]:
    """A token's header, before its signature can be checked."""
    if len(token) > LONGEST_TOKEN:
        raise Malformed("the token is too long")
    try:
        header = json.loads(from_base64url(token.partition(".")[0]))
    except (ValueError, RecursionError) as error:
        raise Malformed("the token is unreadable") from error
    if not isinstance(header, dict):
        raise Malformed("the token's header is not an object")
    return header


def _decode(token: str, key: PublicKey) -> Mapping[str, object]:
    """The payload of a token signed by the key; expiry and audience are the caller's to judge."""
    import jwt

    if len(token) > LONGEST_TOKEN:
        raise Malformed("the token is too long")
    try:
        payload = jwt.decode(token, key.loaded(), algorithms=[ALGORITHM], options=UNCHECKED)
    except jwt.InvalidSignatureError as error:
        raise Forged("the signature does not belong to the key that the token names") from error
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Malformed("the token is unreadable") from error
    return dict(payload)


def _key_of(jwk: object) -> PublicKey:
    if not isinstance(jwk, dict) or jwk.keys() != {"kty", "crv", "x"}:
        raise Malformed("the token carries no public key")
    if jwk["kty"] != "OKP" or jwk["crv"] != "Ed25519" or not isinstance(jwk["x"], str):
        raise Malformed("the token carries no Ed25519 key")
    try:
        return PublicKey.from_text(jwk["x"])
    except BadKey as error:
        raise Malformed("the token carries a damaged key") from error


def _confirmed_key(payload: Mapping[str, object]) -> PublicKey:
    """The key that the token is about (RFC 7800, section 3.2)."""
    match payload.get("cnf"):
        case {"jwk": jwk}:
            return _key_of(jwk)
    raise Malformed("the token confirms no key")


def _names(text: object, contract: DocumentId) -> bool:
    try:
        return isinstance(text, str) and parse_document_id(text) == contract
    except BadDocumentId:
        return False


def _role(value: object) -> Role:
    if isinstance(value, str) and value in list(Role):
        return Role(value)
    raise Malformed("the certificate names no role that this program knows")


def _name(value: object) -> str:
    name = _text(value, "name")
    if not is_name(name):
        raise Malformed("the certificate's name is not one line of at most 60 characters")
    return name


def _text(value: object, field: str) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise Malformed(f"the token's {field} is missing")


def _seconds(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Malformed("the certificate has no last day")
