"""People with seats in one contract, as a closed relay knows them: keys, proofs, actors, seals."""

import itertools

from sync_server.access.devices import DeviceProof, accept, verify_device
from sync_server.access.invitation import invite
from sync_server.access.keys import SigningKey, contract_id, new_actor
from sync_server.access.proof import Role
from sync_server.access.revocation import revoke
from sync_server.access.seal import seal
from sync_server.hub.guest import Guest
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, DocumentId


def key(name: str) -> SigningKey:
    return SigningKey(name.encode().ljust(32, b".")[:32])


CONTRACT_KEY = key("contract")
CONTRACT = contract_id(CONTRACT_KEY.public)
EXPIRES = 2_000_000_000


class Person:
    """One person on one computer."""

    def __init__(
        self,
        name: str,
        role: Role,
        contract_key: SigningKey = CONTRACT_KEY,
        invitation: str | None = None,
    ) -> None:
        self.name = name
        self.key = key(name)
        self.contract: DocumentId = contract_id(contract_key.public)
        invited = invite(
            contract_key,
            role,
            name,
            key=key(f"for {invitation or name}"),
            jti=invitation or name,
            expires=EXPIRES,
            relays=(),
        )
        self.proof: DeviceProof = accept(invited, self.key)
        self.device = verify_device(self.proof, self.contract)
        self.guest = Guest(self.contract, self.device, self.proof)
        self._starts = itertools.count(1)

    def actor(self) -> Actor:
        """A new one, as at each start of the program."""
        return new_actor(self.key.public, next(self._starts).to_bytes(8, "big"))

    def wrote(self, change: Change) -> bool:
        return change.actor.startswith(self.device.prefix)

    def seal(self, change: Change) -> bytes:
        return seal(self.key, self.contract, change.actor, change.hash).to_bytes()


def company() -> tuple[Person, Person, Person]:
    """A student, a teacher and a parent."""
    return (
        Person("Heidi", Role.STUDENT),
        Person("Clara", Role.TEACHER),
        Person("Peter", Role.PARENT),
    )


def observer() -> Person:
    return Person("Otto", Role.OBSERVER)


def revocation(number: int, *people: Person) -> str:
    return revoke(CONTRACT_KEY, number, [person.device.prefix for person in people])
