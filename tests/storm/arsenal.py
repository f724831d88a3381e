"""What an attacker has to throw with: seats of their own, and what they saw of others."""

import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync_server.access.keys import PublicKey
from sync_server.access.proof import Role
from sync_server.access.voucher import vouch
from sync_server.protocol.chunk import Change
from sync_server.protocol.codec import encode
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId, PeerId
from sync_server.protocol.messages import Sync
from sync_server.protocol.sync_message import Have, SyncMessage
from tests.histories import Typing
from tests.sync_server.relay.guests import Holder, Person

ME, RELAY = PeerId("mallory"), PeerId("relay")
HOUR = 60 * 60
_WRITTEN = 20


@dataclass(frozen=True)
class Arsenal:
    """Everything that is needed for a blow."""

    url: str
    member: Person
    """Has a seat in the contract that is attacked, and means no good."""
    observer: Person
    stranger: Person
    """Has a seat in another contract, which they made themselves."""
    victim: PeerId
    past: Sequence[Change]
    """What everybody in the contract has; the first of it is the victim's."""
    used: str
    """A credential of somebody else's that was used already."""
    governing: PublicKey
    """The contract's key, which everybody knows."""
    voucher: str
    """An honest one, for the first of the past: everybody in the contract is told of it."""
    written: Sequence[Change]
    """Honest work of the member's that nobody has seen."""
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    @classmethod
    def gather(
        cls, url: str, holder: Holder, victim: PeerId, past: Sequence[Change], used: str
    ) -> "Arsenal":
        """Get what an attacker in a contract can get."""
        member = holder.seat("Mallory", Role.TEACHER)
        return cls(
            url,
            member,
            holder.seat("Olga", Role.OBSERVER),
            Holder().seat("Eve"),
            victim,
            tuple(past),
            used,
            holder.key.public,
            vouch(holder.key, past[0].actor, past[0].hash),
            tuple(Typing(Actor(member.actor()), list(past)).keys(_WRITTEN)),
        )

    @property
    def contract(self) -> DocumentId:
        """The one that is attacked."""
        return self.member.contract

    @property
    def head(self) -> Change:
        """Something that everybody has."""
        return self.past[-1]

    def noise(self, count: int) -> bytes:
        """So many of no meaning."""
        return self.chance.randbytes(count)

    def hash(self) -> ChangeHash:
        """The name of a change that nobody ever made."""
        return ChangeHash(self.noise(32))

    def actor(self) -> Actor:
        """A new one of the member's own device."""
        return Actor(self.member.actor())

    def pass_for(self, person: Person) -> str:
        """The path with a credential that may be shown again and again."""
        return f"/?access={person.credential(self.url, int(time.time()), HOUR)}"

    def frame(self, data: bytes, sender: PeerId = ME, document: DocumentId | None = None) -> bytes:
        """A sync message as a frame."""
        return encode(Sync(sender, RELAY, document or self.contract, data))

    def upload(self, *raws: bytes) -> bytes:
        """A frame with changes, or with what is to be taken for them."""
        message = SyncMessage((self.hash(),), (), (Have(()),), raws)
        return self.frame(message.encode())


def name() -> PeerId:
    """A name that nobody else on the relay has."""
    return PeerId(f"{ME}-{os.urandom(4).hex()}")
