"""Credentials: what a device shows a relay to be let in to one contract.

A short-lived token by the device's key that carries the device's whole proof, so that a relay
needs no list of people. It names the relay for which it was made, and nobody else can use it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sync_server.access.audience import audience_of as audience_of
from sync_server.access.devices import Device, DeviceProof, verify_device
from sync_server.access.errors import Expired, Malformed, NotYetValid, Overlong, WrongAudience
from sync_server.access.fields import Payload, jti_of, number_field, text_field
from sync_server.access.keys import SigningKey
from sync_server.access.tokens import Kind, peek, read, sign
from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import DocumentId, format_document_id, parse_document_id

HEADER_LIFETIME = 300
"""Seconds that a credential in the `Authorization` header may be valid; it is used once."""
PARAMETER_LIFETIME = 24 * 60 * 60
"""Seconds that one in the `access` parameter may be valid; it can be used again until then."""
LEEWAY = 5
"""Seconds by which the device's clock may be ahead."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A checked credential: this device asks to be let in to this contract at this relay."""

    contract: DocumentId
    device: Device
    proof: DeviceProof
    audience: str
    jti: str
    """Unique per credential of this device; a relay that lets it in once remembers it."""
    issued: int
    """Seconds since 1970, by the device's clock."""
    expires: int
    """Seconds since 1970."""


def issue_credential(
    device_key: SigningKey,
    proof: DeviceProof,
    contract: DocumentId,
    audience: str,
    jti: str,
    now: int,
    lifetime: int,
) -> str:
    """A credential for the relay of that audience, valid from `now` for `lifetime` seconds."""
    payload = {
        "aud": audience,
        "exp": now + lifetime,
        "iat": now,
        "iss": format_document_id(contract),
        "jti": jti,
        "proof": proof.text,
    }
    return sign(Kind.CREDENTIAL, payload, device_key)


def read_credential(token: str, now: int, audiences: Collection[str], longest: int) -> Credential:
    """Check a credential as the relay of these audiences; raises ProofError.

    `longest` is the lifetime in seconds that is accepted. What costs little is checked first, so
    that nobody makes a relay verify signatures in vain. Whether the credential was used before,
    and whether its device was revoked, is for the relay to remember.
    """
    said = peek(token, Kind.CREDENTIAL)
    audience = _audience(said, audiences)
    issued, expires = _window(said, now, longest)
    contract = _contract(said)
    proof = DeviceProof.from_text(text_field(said, "proof"))
    jti = jti_of(said)
    device = verify_device(proof, contract)
    read(token, Kind.CREDENTIAL, device.key)
    return Credential(contract, device, proof, audience, jti, issued, expires)


def _audience(said: Payload, audiences: Collection[str]) -> str:
    audience = text_field(said, "aud")
    if audience not in audiences:
        raise WrongAudience("this credential was made for another relay")
    return audience


def _window(said: Payload, now: int, longest: int) -> tuple[int, int]:
    """When the credential was issued and when it expires, if that is around now."""
    issued, expires = number_field(said, "iat"), number_field(said, "exp")
    if now >= expires:
        raise Expired("this credential has expired: check this computer's clock and try again")
    if issued > now + LEEWAY:
        raise NotYetValid("this credential is not valid yet: check this computer's clock")
    if expires - issued > longest:
        raise Overlong(f"this credential is valid for longer than {longest} seconds")
    return issued, expires


def _contract(said: Payload) -> DocumentId:
    try:
        return parse_document_id(text_field(said, "iss"))
    except BadDocumentId as error:
        raise Malformed("this credential names no contract") from error
