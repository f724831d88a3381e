"""Standby certificates: whose computer may seat a guest anew when the host's computer dies.

The key of a guest's seat lies on the host's computer. It certifies, for one conference and four
hours, that the owner of a further key, somebody else's computer at the table, may give this seat
another device. To everybody, older programs and relays included, that device's certificate is one
as for any further computer of a person; what it says beyond that is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync_server.access.device_certificate import (
    device_certificate_payload,
    read_device_certificate,
)
from sync_server.access.devices import DeviceProof
from sync_server.access.errors import BadKey, Expired, Foreign, Malformed, NotYetValid, Overlong
from sync_server.access.fields import Payload, number_field
from sync_server.access.keys import PublicKey, SigningKey
from sync_server.access.proof import Proof, Seat, claim_payload, possession, read_proof
from sync_server.access.seat import SeatId, is_seat_id, seat_id
from sync_server.access.tokens import Kind, peek, sign
from sync_server.protocol.ids import DocumentId

STANDBY_LIFETIME = 4 * 60 * 60
"""Seconds from its making in which a guest can be seated anew with it: a long afternoon."""
AHEAD = 60 * 60
"""Seconds by which the host's clock may be ahead: clocks on walls differ, and nobody waits for it.

To date one later is no gain to anybody: the host has the key of the seat itself.
"""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Standby:
    """A checked certificate: this computer may seat this guest anew, during this conference."""

    contract: DocumentId
    seat: Seat
    """The guest's."""
    proof: Proof
    """What proves that seat."""
    computer: PublicKey
    """Of whoever may seat the guest anew."""
    host: SeatId
    """The computer on which the guest's key is, by its prefix in hex."""
    conference: int
    """Its number in the contract."""
    issued: int
    """Seconds since 1970, by the clock of the host's computer."""
    expires: int
    jti: str
    token: str
    """The certificate itself."""


def issue_standby(
    guest_key: SigningKey,
    contract: DocumentId,
    computer: PublicKey,
    *,
    conference: int,
    host: SeatId,
    jti: str,
    now: int,
) -> str:
    """Certify by the guest's seat that a computer may seat them anew within four hours of `now`."""
    payload: Payload = {
        **device_certificate_payload(contract, computer, jti, now + STANDBY_LIFETIME),
        "conference": str(conference),
        "iat": now,
        "on": host,
    }
    return sign(Kind.DEVICE_CERTIFICATE, payload, guest_key)


def read_standby(token: str, proof: Proof, contract: DocumentId) -> Standby:
    """What a certificate by the seat of this proof says; raises ProofError.

    Malformed where it is one for a further computer of the person's own.
    """
    given, seat = read_proof(proof)
    if given.contract != contract:
        raise Foreign("the guest’s seat is in another contract")
    said = read_device_certificate(token, seat, given)
    payload = peek(token, Kind.DEVICE_CERTIFICATE)
    number, host = payload.get("conference"), payload.get("on")
    if not isinstance(number, str) or not _NUMBER.fullmatch(number) or not is_seat_id(host):
        raise Malformed("the certificate names no conference, or no host’s computer")
    issued = number_field(payload, "iat")
    if said.expires - issued > STANDBY_LIFETIME:
        raise Overlong("the certificate is valid for longer than four hours")
    return Standby(
        contract,
        seat,
        proof,
        said.invitation,
        SeatId(str(host)),
        int(number),
        issued,
        said.expires,
        said.jti,
        token,
    )


def check_standby(standby: Standby, computer: PublicKey, conference: int, now: int) -> None:
    """Refuse what is of no use on a computer, in a conference and at a time; raises ProofError."""
    if standby.computer != computer:
        raise Foreign("another computer was asked to stand by")
    if standby.conference != conference:
        raise Foreign("this was given for another conference")
    if standby.issued > now + AHEAD:
        raise NotYetValid("this is not valid yet: check this computer’s clock")
    if now >= standby.expires:
        raise Expired("this was valid for four hours, which are over")


def seat_anew(standby: Standby, computer_key: SigningKey, device_key: SigningKey) -> DeviceProof:
    """Give the guest's seat another device, with a fresh key of its own; raises BadKey.

    Ask `check_standby` first: of time and conference, this knows nothing.
    """
    if computer_key.public != standby.computer:
        raise BadKey("only the computer that stands by can seat a guest anew")
    pop = possession(device_key, standby.token)
    payload = claim_payload(standby.contract, standby.jti, device_key.public, pop)
    token = sign(Kind.DEVICE_CLAIM, payload, computer_key)
    return DeviceProof(standby.proof, standby.token, token)


def seated_by(proof: DeviceProof) -> SeatId | None:
    """The computer that seated this device in its host's place; None where its person did so.

    Asked of a proof that `verify_device` has taken.
    """
    if proof.certificate is None:
        return None
    try:
        given, _ = read_proof(proof.proof)
        return seat_id(read_standby(proof.certificate, proof.proof, given.contract).computer)
    except (Malformed, Overlong):
        return None
