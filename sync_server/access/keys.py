"""Ed25519 keys, and the names that follow from a public key."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sync_server.access.errors import BadKey
from sync_server.protocol.ids import Actor, DocumentId

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

KEY_SIZE = 32
CONTRACT_ID_SIZE = 16
DEVICE_PREFIX_SIZE = 8
ACTOR_RANDOM_SIZE = 8
LOW_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)
"""The points of order 1, 2, 4 and 8 without the sign of x, in every spelling.

The cryptography library takes them for keys, although a signature by them that fits one message
fits others, and can be made without a private key (RFC 8032, section 5.1.7, leaves it open).
"""


def to_base64url(data: bytes) -> str:
    """Bytes as base64url without padding (RFC 7515, section 2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Bytes of the one spelling `to_base64url` gives them; ValueError for any other."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text:
        raise ValueError("not canonical base64url")
    return data


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key: safe to show, and the source of names."""

    raw: bytes
    """32 bytes, RFC 8032."""

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_SIZE:
            raise BadKey("a public key is 32 bytes long")
        if self.raw[:-1] + bytes([self.raw[-1] & 0x7F]) in LOW_ORDER:
            raise BadKey("with this public key anybody could sign")

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """The key written by `text`; raises BadKey."""
        try:
            return cls(from_base64url(text))
        except BadKey:
            raise
        except ValueError as error:
            raise BadKey("this is not a public key") from error

    @property
    def text(self) -> str:
        """The key in base64url, as in a JWK's `x`."""
        return to_base64url(self.raw)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the key, 32 bytes: what contract ids and actors are cut from."""
        return hashlib.sha256(self.raw).digest()

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature over the message was made by this key's owner."""
        from cryptography.exceptions import InvalidSignature

        try:
            self.loaded().verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def loaded(self) -> Ed25519PublicKey:
        """The key as the cryptography library wants it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.raw)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, made from 32 random bytes; never leaves the computer that made it."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != KEY_SIZE:
            raise BadKey("a private key is 32 bytes long")

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.loaded().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over the message; the same each time."""
        return self.loaded().sign(message)

    def loaded(self) -> Ed25519PrivateKey:
        """The key as the cryptography library wants it; imported here to keep the start quick."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)


def contract_id(public: PublicKey) -> DocumentId:
    """The id of the contract that this key governs: nobody else can make a contract of that id.

    The start of the key's SHA-256, with the six bits of a UUID of version 4 (RFC 9562, section
    5.4) set in it: automerge-repo before version 2 refuses any other id.
    """
    start = bytearray(public.fingerprint[:CONTRACT_ID_SIZE])
    start[6] = start[6] & 0x0F | 0x40
    start[8] = start[8] & 0x3F | 0x80
    return DocumentId(bytes(start))


def device_prefix(public: PublicKey) -> bytes:
    """The 8 bytes with which every actor of this device begins, so that authors can be read off."""
    return public.fingerprint[:DEVICE_PREFIX_SIZE]


def new_actor(public: PublicKey, random: bytes) -> Actor:
    """An actor for one start of the program; `random` is 8 fresh bytes.

    A reused actor after a lost tail would make two changes of the same number, which no peer
    accepts, hence a new one at every start.
    """
    if len(random) != ACTOR_RANDOM_SIZE:
        raise ValueError("an actor needs 8 random bytes")
    return Actor(device_prefix(public) + random)
