"""Devices: the computers of one person, who is one author to everybody else.

The first device's key is the seat's key. It certifies further devices, each with a key of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync_server.access.device_certificate import (
    issue_device_certificate,
    read_device_certificate,
)
from sync_server.access.errors import BadKey, Expired, Malformed
from sync_server.access.invitation import Invitation
from sync_server.access.keys import PublicKey, SigningKey, device_prefix
from sync_server.access.proof import (
    Proof,
    Seat,
    claim,
    claim_payload,
    possession,
    read_certificate,
    read_claim,
    verify_proof,
)
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId


@dataclass(frozen=True, slots=True)
class Device:
    """One computer of a person, and the seat as which it writes."""

    seat: Seat
    key: PublicKey

    @property
    def prefix(self) -> bytes:
        """The 8 bytes with which every actor of this device begins."""
        return device_prefix(self.key)


@dataclass(frozen=True, slots=True)
class DeviceProof:
    """What shows anyone whose device a key is: the seat's proof, and for a further device its own.

    Either both tokens of a further device are there or neither.
    """

    proof: Proof
    certificate: str | None = None
    claim: str | None = None

    def __post_init__(self) -> None:
        if (self.certificate is None) != (self.claim is None):
            raise Malformed("a further device has a certificate and a claim")

    @property
    def text(self) -> str:
        """The two or four tokens in one line."""
        if self.certificate is None or self.claim is None:
            return self.proof.text
        return "~".join((self.proof.text, self.certificate, self.claim))

    @classmethod
    def from_text(cls, text: str) -> DeviceProof:
        """The proof that `text` wrote; raises Malformed."""
        match text.split("~", 4):
            case [certificate, claim_]:
                return cls(Proof(certificate, claim_))
            case [certificate, claim_, device, device_claim]:
                return cls(Proof(certificate, claim_), device, device_claim)
        raise Malformed("a device's proof consists of two or four tokens")

    @property
    def jtis(self) -> tuple[str, ...]:
        """The one-time invitations that this proof spends, each once in a contract's life.

        A device's begins with its seat, so that no seat can spend the invitation of another.
        Raises ProofError.
        """
        certified = read_certificate(self.proof.certificate)
        if self.certificate is None:
            return (certified.jti,)
        seat = verify_proof(self.proof, certified.contract)
        device = read_device_certificate(self.certificate, self.proof)
        return (certified.jti, f"{seat.id}/{device.jti}")


def invite_device(
    seat_key: SigningKey,
    proof: Proof,
    *,
    key: SigningKey,
    jti: str,
    expires: int,
    relays: tuple[str, ...],
) -> Invitation:
    """An invitation for a further computer of one's own; `key` and `jti` are fresh.

    `expires` is in seconds since 1970. Raises ProofError or BadKey.
    """
    contract = read_certificate(proof.certificate).contract
    if verify_proof(proof, contract).key != seat_key.public:
        raise BadKey("further devices are invited on the computer where the seat was taken")
    certificate = issue_device_certificate(seat_key, contract, key.public, jti, expires)
    return Invitation(contract, certificate, key, relays, proof)


def accept(invitation: Invitation, device_key: SigningKey) -> DeviceProof:
    """Take what an invitation offers, a seat or a further device of one; raises ProofError."""
    if invitation.proof is None:
        token = claim(invitation.key, invitation.certificate, device_key)
        return DeviceProof(Proof(invitation.certificate, token))
    certified = invitation.certified
    payload = claim_payload(
        certified.contract,
        certified.jti,
        device_key.public,
        possession(device_key, invitation.certificate),
    )
    token = sign(Kind.DEVICE_CLAIM, payload, invitation.key)
    return DeviceProof(invitation.proof, invitation.certificate, token)


def verify_device(proof: DeviceProof, contract: DocumentId, now: int | None = None) -> Device:
    """The device that the proof proves in the contract; raises ProofError.

    `now` as for `verify_proof`: whoever first takes the device's own claim passes it. The seat's
    claim was taken earlier, and its invitation may have expired since.
    """
    if proof.certificate is None or proof.claim is None:
        seat = verify_proof(proof.proof, contract, now)
        return Device(seat, seat.key)
    seat = verify_proof(proof.proof, contract)
    certified = read_device_certificate(proof.certificate, proof.proof)
    if now is not None and now >= certified.expires:
        raise Expired("the invitation of this device has expired: make a new one")
    return Device(seat, read_claim(proof.claim, Kind.DEVICE_CLAIM, proof.certificate, certified))
