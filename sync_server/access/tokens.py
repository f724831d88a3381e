"""Signed tokens: JSON Web Tokens (RFC 7519) by Ed25519 (RFC 8037), each of one kind.

The kind stands in the header as `typ`, and every reader demands its own, so that no token can be
used for another purpose than it was signed for (RFC 8725, section 3.11). A header has the fields
of its kind and no other; times and audiences are the caller's to judge.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from sync_server.access.errors import Foreign, Forged, Malformed, WrongKind
from sync_server.access.fields import Payload, jwk_of, names, read_jwk
from sync_server.access.keys import (
    PublicKey,
    SigningKey,
    contract_id,
    from_base64url,
    to_base64url,
)
from sync_server.protocol.ids import DocumentId, format_document_id

if TYPE_CHECKING:
    from jwt import PyJWS

ALGORITHM = "EdDSA"
LONGEST_TOKEN = 4096


class Kind(StrEnum):
    """What a token is for, as its header says it."""

    CERTIFICATE = "lc-certificate+jwt"
    CLAIM = "lc-claim+jwt"
    DEVICE_CERTIFICATE = "lc-device-certificate+jwt"
    DEVICE_CLAIM = "lc-device-claim+jwt"
    CREDENTIAL = "lc-credential+jwt"
    REVOCATIONS = "lc-revocations+jwt"
    HOLDER = "lc-holder+jwt"
    ORDER = "lc-order+jwt"
    VOUCHER = "lc-voucher+jwt"
    ANSWER = "lc-answer+jwt"

    @property
    def by_contract(self) -> bool:
        """Whether the contract's key signs it; such a token carries that key in its header."""
        return self in BY_CONTRACT

    @property
    def longest(self) -> int:
        """The most characters that a reader looks at."""
        return LONGEST.get(self, LONGEST_TOKEN)


BY_CONTRACT = frozenset({Kind.CERTIFICATE, Kind.REVOCATIONS, Kind.HOLDER, Kind.ORDER, Kind.VOUCHER})
LONGEST = {Kind.CREDENTIAL: 8000, Kind.REVOCATIONS: 40_000, Kind.ANSWER: 40_000}
"""A credential has to fit into one line of an HTTP header, of which servers read 8 KiB."""


def header_of(kind: Kind, public: PublicKey) -> dict[str, object]:
    """The header of a token that this key signs: a function of both, so no link repeats it."""
    header: dict[str, object] = {"alg": ALGORITHM, "typ": kind.value}
    if kind.by_contract:
        header |= {"jwk": jwk_of(public), "kid": format_document_id(contract_id(public))}
    return header


def sign(kind: Kind, payload: Payload, key: SigningKey) -> str:
    """A token of this kind; the same key and payload give the same token each time."""
    return _jws().encode(
        _spelt(payload), key.loaded(), ALGORITHM, header_of(kind, key.public), sort_headers=True
    )


def with_signature(kind: Kind, payload: Payload, public: PublicKey, signature: bytes) -> str:
    """The token that `sign` made, from its signature; whether it fits is for a reader to see."""
    header = json.dumps(header_of(kind, public), separators=(",", ":"), sort_keys=True).encode()
    return ".".join(map(to_base64url, (header, _spelt(payload), signature)))


def signature_of(token: str) -> bytes:
    """The signature at the end of a token; raises Malformed."""
    try:
        return from_base64url(token.rpartition(".")[2])
    except ValueError as error:
        raise _unreadable() from error


def read(token: str, kind: Kind, signer: PublicKey) -> Payload:
    """What `signer` signed in a token of this kind; raises Malformed or Forged."""
    from jwt import InvalidSignatureError, PyJWTError

    _parts(token, kind)
    try:
        payload = _jws().decode(token, signer.loaded(), algorithms=[ALGORITHM])
    except InvalidSignatureError as error:
        raise Forged("the signature does not belong to the key that the token names") from error
    except (PyJWTError, ValueError, RecursionError) as error:
        raise _unreadable() from error
    return _object(payload)


def read_by_contract(token: str, kind: Kind) -> tuple[PublicKey, DocumentId, Payload]:
    """Read a token that the contract's key signed: that key, its contract and the payload.

    Raises Malformed, Forged, or Foreign where the token names another contract than its key's.
    """
    header, _ = _parts(token, kind)
    public = read_jwk(header.get("jwk"))
    payload = read(token, kind, public)
    contract = contract_id(public)
    if not (names(payload.get("iss"), contract) and names(header.get("kid"), contract)):
        raise Foreign("this was signed by the key of another contract")
    return public, contract, payload


def peek(token: str, kind: Kind) -> Payload:
    """What a token says, before anybody can know who signed it; raises Malformed."""
    return _object(_parts(token, kind)[1])


def _spelt(payload: Payload) -> bytes:
    return json.dumps(payload, separators=(",", ":")).encode()


@cache
def _jws() -> PyJWS:
    """PyJWT's reader and writer of signed bytes; imported here to keep the start quick."""
    from jwt import PyJWS

    return PyJWS()


def _parts(token: str, kind: Kind) -> tuple[Payload, bytes]:
    """The header and the payload of a token of this kind, its signature not yet checked."""
    if len(token) > kind.longest:
        raise Malformed("the token is too long")
    try:
        first, payload, _ = map(from_base64url, token.split("."))
    except ValueError as error:
        raise _unreadable() from error
    header = _object(first)
    if header.get("alg") != ALGORITHM:
        raise Malformed("the token is not signed in the one way that counts here")
    if header.get("typ") != kind.value:
        raise WrongKind("the token was made for another purpose")
    if header.keys() != _fields(kind):
        raise Malformed("the token's header has other fields than it should")
    return header, payload


def _fields(kind: Kind) -> frozenset[str]:
    return frozenset({"alg", "typ", "jwk", "kid"} if kind.by_contract else {"alg", "typ"})


def _object(text: bytes) -> Payload:
    """A JSON object whose fields each occur once; raises Malformed."""
    try:
        value = json.loads(text.decode(), object_pairs_hook=_once, parse_constant=_refuse)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(value, dict):
        raise Malformed("the token does not consist of named fields")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """RFC 7519, section 4: a field that occurs twice could be read in two ways."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Malformed("the token says something twice")
    return fields


def _refuse(_: str) -> NoReturn:
    raise _unreadable()


def _unreadable() -> Malformed:
    return Malformed("the token is unreadable")
