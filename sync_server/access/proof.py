"""Seats and their proof: a certificate by the contract's key, and a claim by whoever was invited.

Both are tokens. The certificate carries the contract's public key in its header, and the
contract's id is a hash of that key: so a proof checks against the id alone, offline and for ever.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from sync_server.access.errors import Expired, Foreign, Forged, Malformed
from sync_server.access.fields import (
    Payload,
    confirmed_key,
    confirming,
    jti_of,
    names,
    number_field,
    text_field,
)
from sync_server.access.keys import (
    PublicKey,
    SigningKey,
    contract_id,
    from_base64url,
    to_base64url,
)
from sync_server.access.seat import Role, Seat, SeatId, is_seat_id, seat_id
from sync_server.access.tokens import Kind, read, read_by_contract, sign
from sync_server.protocol.ids import DocumentId, format_document_id

__all__ = [
    "Certificate",
    "Proof",
    "Role",
    "Seat",
    "SeatId",
    "certificate_payload",
    "claim",
    "claim_payload",
    "is_name",
    "is_seat_id",
    "issue_certificate",
    "possession",
    "read_certificate",
    "read_claim",
    "read_proof",
    "seat_id",
    "verify_proof",
]

LONGEST_NAME = 60
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
REFUSED_CHARACTERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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
    replaces: SeatId | None = None
    """The lost seat whose person is given this one instead."""


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


def issue_certificate(
    contract_key: SigningKey,
    role: Role,
    name: str,
    invitation_public: PublicKey,
    jti: str,
    expires: int,
    replaces: SeatId | None = None,
) -> str:
    """A certificate for the owner of the invitation key; `expires` in seconds since 1970."""
    contract = contract_id(contract_key.public)
    certified = Certificate(contract, role, name, invitation_public, jti, expires, replaces)
    return sign(Kind.CERTIFICATE, certificate_payload(certified), contract_key)


def certificate_payload(certified: Certificate) -> dict[str, object]:
    """The payload's fields in the order in which they are signed."""
    payload: dict[str, object] = {
        "cnf": confirming(certified.invitation),
        "exp": certified.expires,
        "iss": format_document_id(certified.contract),
        "jti": certified.jti,
        "name": certified.name,
        "role": certified.role.value,
    }
    return payload | ({"replaces": certified.replaces} if certified.replaces else {})


def claim(invitation_key: SigningKey, certificate: str, seat_key: SigningKey) -> str:
    """A claim to the invited seat by the holder of both keys; raises ProofError."""
    certified = read_certificate(certificate)
    payload = claim_payload(
        certified.contract, certified.jti, seat_key.public, possession(seat_key, certificate)
    )
    return sign(Kind.CLAIM, payload, invitation_key)


def claim_payload(
    contract: DocumentId, jti: str, public: PublicKey, possession: bytes
) -> dict[str, object]:
    """The fields of a claim to a seat or for a device, in the order in which they are signed."""
    return {
        "cnf": confirming(public),
        "iss": format_document_id(contract),
        "jti": jti,
        "pop": to_base64url(possession),
    }


def possession(key: SigningKey, certificate: str) -> bytes:
    """The signature by which a key's owner agrees to be what the certificate says.

    Without it, somebody who is invited could claim their seat for another person's key, and that
    person would seem to have their role.
    """
    return key.sign(_possession(certificate))


def read_certificate(certificate: str) -> Certificate:
    """Check a certificate against the contract that it names; raises ProofError."""
    _, contract, payload = read_by_contract(certificate, Kind.CERTIFICATE)
    return Certificate(
        contract,
        _role(payload.get("role")),
        _name(payload),
        confirmed_key(payload),
        jti_of(payload),
        number_field(payload, "exp"),
        _replaces(payload.get("replaces")),
    )


def read_claim(token: str, kind: Kind, certificate: str, certified: Certificate) -> PublicKey:
    """The key for which the certificate's invitation was claimed; raises ProofError."""
    payload = read(token, kind, certified.invitation)
    if payload.get("jti") != certified.jti or not names(payload.get("iss"), certified.contract):
        raise Foreign("the claim belongs to another invitation")
    key = confirmed_key(payload)
    try:
        signature = from_base64url(text_field(payload, "pop"))
    except ValueError as error:
        raise Malformed("the claim does not show that its key takes part") from error
    if not key.verify(signature, _possession(certificate)):
        raise Forged("the claim was made for the key of somebody who did not take part")
    return key


def read_proof(proof: Proof) -> tuple[Certificate, Seat]:
    """The seat that the proof proves in the contract that it names, and how it was given.

    Raises ProofError.
    """
    certified = read_certificate(proof.certificate)
    key = read_claim(proof.claim, Kind.CLAIM, proof.certificate, certified)
    return certified, Seat(seat_id(key), certified.role, certified.name, key)


def verify_proof(proof: Proof, contract: DocumentId, now: int | None = None) -> Seat:
    """The seat that the proof proves in the contract; raises ProofError.

    Whoever first takes a claim passes `now` (seconds since 1970) to refuse one that comes too
    late; a proof taken in time stays valid for ever.
    """
    certified, seat = read_proof(proof)
    if certified.contract != contract:
        raise Foreign("the invitation is for another contract")
    if now is not None and now >= certified.expires:
        raise Expired("the invitation has expired: ask for a new one")
    return seat


def _possession(certificate: str) -> bytes:
    return b"learning-contract claim 1\0" + hashlib.sha256(certificate.encode()).digest()


def _replaces(value: object) -> SeatId | None:
    if value is None or is_seat_id(value):
        return None if value is None else SeatId(str(value))
    raise Malformed("the certificate replaces something that is no seat")


def _role(value: object) -> Role:
    if isinstance(value, str) and value in list(Role):
        return Role(value)
    raise Malformed("the certificate names no role that this program knows")


def _name(payload: Payload) -> str:
    name = text_field(payload, "name")
    if not is_name(name):
        raise Malformed("the certificate's name is not one line of at most 60 characters")
    return name
