"""Seals: a device's signature over its own work, which anybody may carry to any relay.

A seal covers every change of its actor in the causal past of one change of that actor, itself
included: a change names its past by hash, so one signature is enough for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync_server.access.errors import BadKey, Malformed
from sync_server.access.keys import KEY_SIZE, PublicKey, SigningKey, device_prefix
from sync_server.protocol.ids import HASH_SIZE, Actor, ChangeHash, DocumentId

PURPOSE = b"learning-contract seal 1\0"
ACTOR_SIZE = 16
SIGNATURE_SIZE = 64
SEAL_SIZE = ACTOR_SIZE + HASH_SIZE + KEY_SIZE + SIGNATURE_SIZE


@dataclass(frozen=True, slots=True)
class Seal:
    """A device's word that a change, and what its actor did before, is its own."""

    actor: Actor
    hash: ChangeHash
    """A change of that actor."""
    public: PublicKey
    """The device's key; whether it has a seat is for its proof to show."""
    signature: bytes
    """64 bytes over purpose, contract, actor and hash."""

    def verifies(self, contract: DocumentId) -> bool:
        """Whether this device signed this, in this contract and as an actor of its own."""
        own = len(self.actor) == ACTOR_SIZE and self.actor.startswith(device_prefix(self.public))
        return own and self.public.verify(self.signature, _message(contract, self.actor, self.hash))

    def to_bytes(self) -> bytes:
        """144 bytes: actor, hash, key, signature."""
        return self.actor + self.hash + self.public.raw + self.signature

    @classmethod
    def from_bytes(cls, data: bytes) -> Seal:
        """The seal that `to_bytes` wrote, not yet verified; raises Malformed."""
        if len(data) != SEAL_SIZE:
            raise Malformed(f"a seal has {SEAL_SIZE} bytes")
        hash_at = ACTOR_SIZE + HASH_SIZE
        key_at = hash_at + KEY_SIZE
        try:
            public = PublicKey(data[hash_at:key_at])
        except BadKey as error:
            raise Malformed("the seal names a key that proves nothing") from error
        return cls(
            Actor(data[:ACTOR_SIZE]), ChangeHash(data[ACTOR_SIZE:hash_at]), public, data[key_at:]
        )


def seal(key: SigningKey, contract: DocumentId, actor: Actor, change: ChangeHash) -> Seal:
    """Seal an actor's work up to one of its changes; raises BadKey for another device's actor."""
    public = key.public
    if len(actor) != ACTOR_SIZE or not actor.startswith(device_prefix(public)):
        raise BadKey("a device seals only what it wrote itself")
    return Seal(actor, change, public, key.sign(_message(contract, actor, change)))


def _message(contract: DocumentId, actor: Actor, change: ChangeHash) -> bytes:
    return PURPOSE + contract + actor + change
