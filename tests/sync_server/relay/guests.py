"""People with seats: keys, proofs and credentials as their programs make them."""

import itertools
import os
import time
from dataclasses import dataclass, field

from sync_server.access.credential import HEADER_LIFETIME, issue_credential
from sync_server.access.devices import DeviceProof, accept, invite_device
from sync_server.access.invitation import Invitation, invite
from sync_server.access.keys import SigningKey, contract_id, new_actor
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId

WEEK = 7 * 24 * 60 * 60
_numbers = itertools.count()


def new_key() -> SigningKey:
    return SigningKey(os.urandom(32))


def now() -> int:
    return int(time.time())


@dataclass(frozen=True)
class Holder:
    """Whoever holds a contract's key."""

    key: SigningKey = field(default_factory=new_key)

    @property
    def contract(self) -> DocumentId:
        return contract_id(self.key.public)

    def invite(
        self, name: str = "Ada", role: Role = Role.STUDENT, expires: int | None = None
    ) -> Invitation:
        return invite(
            self.key,
            role,
            name,
            key=new_key(),
            jti=f"invitation-{next(_numbers)}",
            expires=now() + WEEK if expires is None else expires,
            relays=(),
        )

    def seat(self, name: str = "Ada", role: Role = Role.STUDENT) -> "Person":
        return Person.take(self.invite(name, role))


@dataclass(frozen=True)
class Person:
    """One device of somebody with a seat."""

    contract: DocumentId
    key: SigningKey
    proof: DeviceProof

    @classmethod
    def take(cls, invitation: Invitation) -> "Person":
        key = new_key()
        return cls(invitation.contract, key, accept(invitation, key))

    def invite_device(self, expires: int | None = None) -> Invitation:
        return invite_device(
            self.key,
            self.proof.proof,
            key=new_key(),
            jti=f"device-{next(_numbers)}",
            expires=now() + WEEK if expires is None else expires,
            relays=(),
        )

    def credential(
        self, audience: str, at: int | None = None, lifetime: int = HEADER_LIFETIME
    ) -> str:
        jti = f"credential-{next(_numbers)}"
        at = now() if at is None else at
        return issue_credential(self.key, self.proof, self.contract, audience, jti, at, lifetime)

    def actor(self) -> bytes:
        """A new one, as at each start of the program."""
        return new_actor(self.key.public, os.urandom(8))

    def header(self, audience: str) -> dict[str, str]:
        """What a program of ours sends along."""
        return {"Authorization": f"Bearer {self.credential(audience)}"}
