"""Invitation links: everything that one person needs to take one seat, or add one computer.

A link is `learning-contract:` and base64url of a CBOR array with a checksum of four bytes behind:
three lines in a terminal, or a small QR code, where the certificate's token alone would be eight.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

import cbor2

from sync_server.access.compact import (
    damaged,
    pack_certificate,
    pack_device_certificate,
    pack_proof,
    unpack_certificate,
    unpack_device_certificate,
    unpack_proof,
)
from sync_server.access.device_certificate import read_device_certificate
from sync_server.access.errors import AccessError, DamagedLink, NewerLink, NotALink, OlderLink
from sync_server.access.keys import SigningKey, contract_id, from_base64url, to_base64url
from sync_server.access.proof import (
    Certificate,
    Proof,
    Role,
    SeatId,
    issue_certificate,
    read_certificate,
    read_proof,
)
from sync_server.protocol.ids import DocumentId

SCHEME = "learning-contract:"
FORM = 2
CHECKSUM_SIZE = 4
MOST_RELAYS = 8
LONGEST_LINK = 8192
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person's way into one contract. Whoever holds it can take the seat."""

    contract: DocumentId
    certificate: str
    """By the contract's key for a seat, by the seat's key for a further device."""
    key: SigningKey = field(repr=False)
    """The one-time invitation key, which the certificate names."""
    relays: tuple[str, ...]
    proof: Proof | None = None
    """The inviting seat's own, where a further device of that seat is invited."""

    @property
    def for_device(self) -> bool:
        """Whether this invites a further computer of a person who has a seat."""
        return self.proof is not None

    @property
    def certified(self) -> Certificate:
        """What the certificate says, checked; raises ProofError.

        Of a further device, role and name are those of its seat.
        """
        if self.proof is None:
            return read_certificate(self.certificate)
        certified, seat = read_proof(self.proof)
        return read_device_certificate(self.certificate, seat, certified)

    def link(self) -> str:
        """The invitation in one line that shells and chats leave alone, with eight relays at most.

        Raises AccessError for a certificate that another program has written.
        """
        fields: list[object] = [FORM, self.key.seed, list(self.relays[:MOST_RELAYS])]
        if self.proof is None:
            fields += [pack_certificate(self.certificate)]
        else:
            device = pack_device_certificate(self.certificate, self.certified)
            fields += [pack_proof(self.proof), device]
        rebuilt = _rebuild(fields)
        if (rebuilt.certificate, rebuilt.proof) != (self.certificate, self.proof):
            raise AccessError("this certificate was not written by this program")
        body = cbor2.dumps(fields)
        return SCHEME + to_base64url(body + _checksum(body))


def invite(
    contract_key: SigningKey,
    role: Role,
    name: str,
    *,
    key: SigningKey,
    jti: str,
    expires: int,
    relays: tuple[str, ...],
    replaces: SeatId | None = None,
) -> Invitation:
    """An invitation by the contract's holder; `key` and `jti` are fresh.

    `expires` is in seconds since 1970; `replaces` is the lost seat of the same person.
    """
    certificate = issue_certificate(contract_key, role, name, key.public, jti, expires, replaces)
    return Invitation(contract_id(contract_key.public), certificate, key, relays)


def parse_invitation(text: str) -> Invitation:
    """The invitation that a link carries; raises LinkError or ProofError.

    White space is dropped, since a terminal breaks a long line when it is copied.
    """
    link = SPACE.sub("", text)
    if not link.lower().startswith(SCHEME) or len(link) > LONGEST_LINK:
        raise NotALink("this is not an invitation: it should begin with {scheme}", scheme=SCHEME)
    try:
        packed = from_base64url(link[len(SCHEME) :])
    except ValueError as error:
        raise damaged() from error
    body, checksum = packed[:-CHECKSUM_SIZE], packed[-CHECKSUM_SIZE:]
    if checksum != _checksum(body):
        raise damaged()
    return _unpack(body)


def _unpack(body: bytes) -> Invitation:
    try:
        fields = cbor2.loads(body)
    except (cbor2.CBORDecodeError, ValueError, RecursionError) as error:
        raise damaged() from error
    match fields:
        case [int(form), *_] if form > FORM:
            raise NewerLink(
                "this invitation was made by a newer version: update contract-tui first"
            )
        case [int(form), *_] if form < FORM:
            raise OlderLink("this invitation was made by an older version: ask for a new one")
    invitation = _rebuild(fields)
    if invitation.certified.invitation != invitation.key.public:
        raise DamagedLink("this invitation's key is not the one that was invited")
    return invitation


def _rebuild(fields: object) -> Invitation:
    """The invitation with its tokens written again from their fields; raises AccessError."""
    match fields:
        case [2, bytes(seed), [*relays], certificate]:
            return _for_seat(certificate, SigningKey(seed), _addresses(relays))
        case [2, bytes(seed), [*relays], proof, device]:
            return _for_device(proof, device, SigningKey(seed), _addresses(relays))
    raise damaged()


def _addresses(relays: list[object]) -> tuple[str, ...]:
    addresses = tuple(relay for relay in relays if isinstance(relay, str))
    if len(addresses) != len(relays) or len(relays) > MOST_RELAYS:
        raise damaged()
    return addresses


def _for_seat(fields: object, key: SigningKey, relays: tuple[str, ...]) -> Invitation:
    token = unpack_certificate(fields, key.public)
    return Invitation(read_certificate(token).contract, token, key, relays)


def _for_device(
    fields: object, own: object, key: SigningKey, relays: tuple[str, ...]
) -> Invitation:
    proof = unpack_proof(fields)
    certified, seat = read_proof(proof)
    token = unpack_device_certificate(own, certified.contract, seat.key, key.public)
    return Invitation(certified.contract, token, key, relays, proof)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(SCHEME.encode() + body).digest()[:CHECKSUM_SIZE]
