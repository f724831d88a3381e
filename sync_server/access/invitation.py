"""Invitation links: everything that one person needs to take one seat.

A link is `learning-contract:` and base64url of a CBOR array with a checksum of four bytes behind.
The certificate is a token that says much which follows from a few fields; the link carries the
fields and its signature, and reading a link writes the same token again: three lines in a terminal
instead of eight.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import cbor2

from sync_server.access.errors import AccessError, DamagedLink, NewerLink, NotALink
from sync_server.access.keys import (
    PublicKey,
    SigningKey,
    contract_id,
    from_base64url,
    to_base64url,
)
from sync_server.access.proof import (
    Certificate,
    Role,
    certificate_header,
    certificate_payload,
    issue_certificate,
    read_certificate,
)
from sync_server.protocol.ids import DocumentId

SCHEME = "learning-contract:"
FORM = 1
CHECKSUM_SIZE = 4
MOST_RELAYS = 8
LONGEST_LINK = 8192
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person's way into one contract. Whoever holds it can take the seat."""

    contract: DocumentId
    certificate: str
    key: SigningKey = field(repr=False)
    """The one-time invitation key, which the certificate names."""
    relays: tuple[str, ...]

    @property
    def certified(self) -> Certificate:
        """What the certificate says, checked; raises ProofError."""
        return read_certificate(self.certificate)

    def link(self) -> str:
        """The invitation in one line that shells and chats leave alone."""
        certified = self.certified
        header, _, rest = self.certificate.partition(".")
        fields = [
            FORM,
            PublicKey.from_text(_public_text(header)).raw,
            from_base64url(rest.rpartition(".")[2]),
            self.key.seed,
            list(Role).index(certified.role),
            certified.name,
            certified.jti,
            certified.expires,
            list(self.relays),
        ]
        if _rebuild(fields).certificate != self.certificate:
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
) -> Invitation:
    """An invitation by the contract's holder; `key` and `jti` are fresh.

    `expires` is in seconds since 1970.
    """
    certificate = issue_certificate(contract_key, role, name, key.public, jti, expires)
    return Invitation(read_certificate(certificate).contract, certificate, key, relays)


def parse_invitation(text: str) -> Invitation:
    """The invitation that a link carries; raises LinkError or ProofError.

    White space is dropped, since a terminal breaks a long line when it is copied.
    """
    link = SPACE.sub("", text)
    if not link.lower().startswith(SCHEME) or len(link) > LONGEST_LINK:
        raise NotALink(f"this is not an invitation: it should begin with {SCHEME}")
    try:
        packed = from_base64url(link[len(SCHEME) :])
    except ValueError as error:
        raise _damaged() from error
    body, checksum = packed[:-CHECKSUM_SIZE], packed[-CHECKSUM_SIZE:]
    if checksum != _checksum(body):
        raise _damaged()
    return _unpack(body)


def _unpack(body: bytes) -> Invitation:
    try:
        fields = cbor2.loads(body)
    except (cbor2.CBORDecodeError, ValueError, RecursionError) as error:
        raise _damaged() from error
    if isinstance(fields, list) and fields and isinstance(fields[0], int) and fields[0] > FORM:
        raise NewerLink("this invitation was made by a newer version: update contract-tui first")
    invitation = _rebuild(fields)
    if invitation.certified.invitation != invitation.key.public:
        raise DamagedLink("this invitation's key is not the one that was invited")
    return invitation


def _rebuild(fields: object) -> Invitation:
    """The invitation with its certificate written again from its fields; raises AccessError."""
    match fields:
        case [
            1,
            bytes(public),
            bytes(signature),
            bytes(seed),
            int(role),
            str(name),
            str(jti),
            int(expires),
            [*relays],
        ] if 0 <= role < len(Role) and len(relays) <= MOST_RELAYS:
            pass
        case _:
            raise _damaged()
    key, contract_key = SigningKey(seed), PublicKey(public)
    contract = contract_id(contract_key)
    payload = certificate_payload(contract, list(Role)[role], name, key.public, jti, expires)
    parts = [
        _segment(certificate_header(contract_key)),
        _segment(payload),
        to_base64url(signature),
    ]
    return Invitation(contract, ".".join(parts), key, tuple(str(relay) for relay in relays))


def _segment(fields: Mapping[str, object]) -> str:
    """One part of a token, spelt as PyJWT spells it."""
    return to_base64url(json.dumps(fields, separators=(",", ":")).encode())


def _public_text(header: str) -> str:
    return str(json.loads(from_base64url(header))["jwk"]["x"])


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(SCHEME.encode() + body).digest()[:CHECKSUM_SIZE]


def _damaged() -> DamagedLink:
    return DamagedLink("this invitation is damaged: copy the whole link again")
