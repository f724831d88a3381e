"""Certificates and claims in few bytes, for links.

A token says much which follows from a few fields. A link carries those and the signature, and
reading it writes the same token again; a changed field gives a token whose signature fails.
"""

from __future__ import annotations

from sync_server.access.device_certificate import device_certificate_payload
from sync_server.access.errors import DamagedLink
from sync_server.access.fields import LATEST, text_field
from sync_server.access.keys import PublicKey, contract_id, from_base64url, to_base64url
from sync_server.access.proof import (
    Certificate,
    Proof,
    Role,
    SeatId,
    certificate_payload,
    claim_payload,
    read_certificate,
    read_proof,
)
from sync_server.access.tokens import Kind, peek, read_by_contract, signature_of, with_signature
from sync_server.protocol.ids import DocumentId


def pack_certificate(token: str) -> list[object]:
    """The fields of a seat's certificate; raises ProofError."""
    certified = read_certificate(token)
    public = read_by_contract(token, Kind.CERTIFICATE)[0]
    replaced = [bytes.fromhex(certified.replaces)] if certified.replaces else []
    return [
        public.raw,
        signature_of(token),
        list(Role).index(certified.role),
        certified.name,
        _packed(certified.jti),
        certified.expires,
        *replaced,
    ]


def unpack_certificate(fields: object, invitation: PublicKey) -> str:
    """The certificate for this invitation key; raises AccessError."""
    match fields:
        case [
            bytes(public),
            bytes(signature),
            int(role),
            str(name),
            (bytes() | str()) as jti,
            int(expires),
            *replaced,
        ] if 0 <= role < len(Role) and 0 <= expires <= LATEST:
            pass
        case _:
            raise damaged()
    contract_key = PublicKey(public)
    certified = Certificate(
        contract_id(contract_key),
        list(Role)[role],
        name,
        invitation,
        _unpacked(jti),
        expires,
        _seat(replaced),
    )
    payload = certificate_payload(certified)
    return with_signature(Kind.CERTIFICATE, payload, contract_key, signature)


def pack_proof(proof: Proof) -> list[object]:
    """The fields of a seat's proof; raises ProofError."""
    certified, seat = read_proof(proof)
    shown = from_base64url(text_field(peek(proof.claim, Kind.CLAIM), "pop"))
    return [
        pack_certificate(proof.certificate),
        certified.invitation.raw,
        seat.key.raw,
        shown,
        signature_of(proof.claim),
    ]


def unpack_proof(fields: object) -> Proof:
    """The proof of a seat; raises AccessError."""
    match fields:
        case [list(certificate), bytes(invitation), bytes(public), bytes(shown), bytes(signature)]:
            pass
        case _:
            raise damaged()
    invitation_key = PublicKey(invitation)
    token = unpack_certificate(certificate, invitation_key)
    certified = read_certificate(token)
    payload = claim_payload(certified.contract, certified.jti, PublicKey(public), shown)
    return Proof(token, with_signature(Kind.CLAIM, payload, invitation_key, signature))


def pack_device_certificate(token: str, certified: Certificate) -> list[object]:
    """The fields of a device's certificate; raises ProofError."""
    return [signature_of(token), _packed(certified.jti), certified.expires]


def unpack_device_certificate(
    fields: object, contract: DocumentId, seat: PublicKey, invitation: PublicKey
) -> str:
    """The certificate by this seat for this invitation key; raises AccessError."""
    match fields:
        case [bytes(signature), (bytes() | str()) as jti, int(expires)] if 0 <= expires <= LATEST:
            payload = device_certificate_payload(contract, invitation, _unpacked(jti), expires)
            return with_signature(Kind.DEVICE_CERTIFICATE, payload, seat, signature)
    raise damaged()


def damaged() -> DamagedLink:
    """What is said of fields that no program of ours has written."""
    return DamagedLink("this invitation is damaged: copy the whole link again")


def _packed(jti: str) -> bytes | str:
    """Most are base64url of chance, which takes a quarter less as bytes."""
    try:
        return from_base64url(jti)
    except ValueError:
        return jti


def _unpacked(jti: bytes | str) -> str:
    return jti if isinstance(jti, str) else to_base64url(jti)


def _seat(replaced: list[object]) -> SeatId | None:
    match replaced:
        case []:
            return None
        case [bytes(prefix)]:
            return SeatId(prefix.hex())
    raise damaged()
