"""Devices: the computers of one person, who is one author to everybody else.

The first device's key is the seat's key. It certifies further devices, each with a key of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sync_server.access.device_certificate import (
    issue_device_certificate,
    read_device_certificate,
)
from sync_server.access.errors import BadKey, Expired, Foreign, Malformed
from sync_server.access.fields import confirmed_key, jti_of, number_field
from sync_server.access.invitation import Invitation
from sync_server.access.keys import PublicKey, SigningKey, device_prefix
from sync_server.access.proof import (
    Certificate,
    Proof,
    Seat,
    claim,
    claim_payload,
    possession,
    read_claim,
    read_proof,
    seat_id,
)
from sync_server.access.tokens import Kind, peek, sign
from sync_server.protocol.ids import DocumentId

REMEMBERED = 1024
"""Proofs that were found good: everybody shows theirs anew when a relay was away for a moment."""


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
class Claim:
    """One invitation, spent for one key; whoever spends it for another key is refused."""

    jti: str
    """A device's begins with its seat, so that no seat can spend the invitation of another."""
    key: PublicKey
    expires: int
    """Seconds since 1970; a claim that nobody has taken by then comes too late."""


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
    def claims(self) -> tuple[Claim, ...]:
        """The one-time invitations that this proof spends: the seat's, and a further device's.

        Read without checking any signature: ask a proof that `verify_device` has taken. Raises
        Malformed.
        """
        certificate = peek(self.proof.certificate, Kind.CERTIFICATE)
        seat = confirmed_key(peek(self.proof.claim, Kind.CLAIM))
        first = Claim(jti_of(certificate), seat, number_field(certificate, "exp"))
        if self.certificate is None or self.claim is None:
            return (first,)
        certificate = peek(self.certificate, Kind.DEVICE_CERTIFICATE)
        key = confirmed_key(peek(self.claim, Kind.DEVICE_CLAIM))
        jti = f"{seat_id(seat)}/{jti_of(certificate)}"
        return (first, Claim(jti, key, number_field(certificate, "exp")))

    @property
    def jtis(self) -> tuple[str, ...]:
        """The names of the invitations that this proof spends; as for `claims`."""
        return tuple(claim_.jti for claim_ in self.claims)


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
    certified, seat = read_proof(proof)
    if seat.key != seat_key.public:
        raise BadKey("further devices are invited on the computer where the seat was taken")
    contract = certified.contract
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

    `now` as for `verify_proof`, and for the newest claim alone: a seat's invitation may well have
    expired before the seat adds a device. Who remembers claims judges each that is new to them by
    `DeviceProof.claims`, or a late claim to a seat could come in behind a fresh device.
    """
    invited, device = _examined(proof)
    if invited.contract != contract:
        raise Foreign("the invitation is for another contract")
    if now is not None and now >= invited.expires:
        raise Expired("the invitation has expired: ask for a new one")
    return device


@lru_cache(REMEMBERED)
def _examined(proof: DeviceProof) -> tuple[Certificate, Device]:
    """The newest invitation of a proof, and the device that took it."""
    given, seat = read_proof(proof.proof)
    if proof.certificate is None or proof.claim is None:
        return given, Device(seat, seat.key)
    invited = read_device_certificate(proof.certificate, seat, given)
    key = read_claim(proof.claim, Kind.DEVICE_CLAIM, proof.certificate, invited)
    return invited, Device(seat, key)
