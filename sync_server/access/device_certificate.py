"""The certificate by which a person lets a further computer of theirs write as them."""

from __future__ import annotations

from dataclasses import replace

from sync_server.access.errors import Foreign
from sync_server.access.fields import confirmed_key, confirming, jti_of, names, number_field
from sync_server.access.keys import PublicKey, SigningKey
from sync_server.access.proof import Certificate, Seat
from sync_server.access.tokens import Kind, read, sign
from sync_server.protocol.ids import DocumentId, format_document_id


def issue_device_certificate(
    seat_key: SigningKey,
    contract: DocumentId,
    invitation_public: PublicKey,
    jti: str,
    expires: int,
) -> str:
    """A certificate by the seat's key for the owner of the invitation key."""
    payload = device_certificate_payload(contract, invitation_public, jti, expires)
    return sign(Kind.DEVICE_CERTIFICATE, payload, seat_key)


def device_certificate_payload(
    contract: DocumentId, invitation: PublicKey, jti: str, expires: int
) -> dict[str, object]:
    """The payload's fields in the order in which they are signed."""
    return {
        "cnf": confirming(invitation),
        "exp": expires,
        "iss": format_document_id(contract),
        "jti": jti,
    }


def read_device_certificate(token: str, seat: Seat, certified: Certificate) -> Certificate:
    """What a device's certificate by this seat says, with the seat's role and name.

    `certified` is how the seat was given. Raises ProofError; Forged where it was another seat.
    """
    payload = read(token, Kind.DEVICE_CERTIFICATE, seat.key)
    if not names(payload.get("iss"), certified.contract):
        raise Foreign("the device was invited to another contract")
    return replace(
        certified,
        invitation=confirmed_key(payload),
        jti=jti_of(payload),
        expires=number_field(payload, "exp"),
        replaces=None,
    )
