"""What is proven about one contract: its devices, what they sealed, and what was taken back.

A relay believes nobody about who wrote what. A change is its author's if it comes from the author's
own device, or if a seal of that device covers it; and a device is somebody's if its proof says so.
What is kept here is kept in the store too, and passed on to everybody in the contract.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from sync_server.access.devices import Device, DeviceProof, verify_device
from sync_server.access.errors import AccessError, Foreign, Malformed, ProofError, Used
from sync_server.access.keys import DEVICE_PREFIX_SIZE, PublicKey, device_prefix
from sync_server.access.revocation import Revocations, read_revocations
from sync_server.access.seal import Seal
from sync_server.hub.contests import Contests, contest
from sync_server.hub.records import CLAIM, CONTESTED, REVOCATIONS, SEAL
from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph, HeaderLike
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from sync_server.storage.port import StoredRecord

MOST_EARLY = 20_000
"""Seals kept that came before the change that they seal."""
MOST_COMPUTERS = 64
"""Computers of one seat, which certifies them itself and has no end of keys."""
PAGE = (64, 256)
"""Proofs and seals in one message."""

Page = tuple[tuple[str, ...], tuple[bytes, ...]]
"""Proofs and seals."""


class Custody:
    """The proofs, seals and revocations of one contract, each checked before it is believed."""

    __slots__ = (
        "_claims",
        "_computers",
        "_contract",
        "_devices",
        "_early",
        "_fresh",
        "_graph",
        "_proofs",
        "_revocations",
        "_seals",
        "contests",
        "revoking",
    )

    def __init__(self, contract: DocumentId, graph: Graph) -> None:
        """Know nothing yet."""
        self.revoking: str | None = None
        """The newest list of what is revoked, as it was signed."""
        self.contests = Contests()
        """Who tried to take a seat that was taken."""
        self._contract = contract
        self._graph = graph
        self._claims: dict[str, PublicKey] = {}
        self._devices: dict[bytes, Device] = {}
        self._computers: Counter[PublicKey] = Counter()
        """How many devices are known, by their seat's key."""
        self._proofs: dict[bytes, str] = {}
        self._seals: dict[Actor, tuple[int, bytes]] = {}
        """The newest of each actor, behind the number of the change that it seals."""
        self._fresh: list[ChangeHash] = []
        self._early: dict[tuple[Actor, ChangeHash], Seal] = {}
        self._revocations = Revocations(-1, frozenset())

    def __len__(self) -> int:
        return len(self._proofs) + len(self._seals) + (self.revoking is not None)

    def restore(self, records: Iterable[StoredRecord]) -> None:
        """Take what the store has kept; what is damaged there is passed over."""
        later: list[StoredRecord] = []
        for record in records:
            try:
                if record.kind == CLAIM:
                    self.take_proof(record.data.decode())
                elif record.kind == REVOCATIONS:
                    self.take_revocations(record.data.decode())
                elif record.kind == CONTESTED:
                    self.contests.take(record)
                elif record.kind == SEAL:
                    later.append(record)
            except (AccessError, ValueError):
                continue
        for record in later:
            self._restore_seal(record.data)

    # Devices

    def learn(self, device: Device, proof: DeviceProof) -> list[StoredRecord]:
        """Believe a proof that was verified; returns what is new to the store.

        Raises Used if one of its invitations was claimed for another key before, AccessError if its
        seat has too many devices.
        """
        claims = proof.claims
        for claim in claims:
            if self._claims.get(claim.jti, claim.key) != claim.key:
                self.contests.find(contest(self._contract, claim.jti, device.seat))
                raise Used("this invitation was claimed by somebody else before")
        if device.prefix not in self._devices and (
            self._computers[device.seat.key] >= MOST_COMPUTERS
        ):
            raise AccessError("this seat has too many computers: ask for a new one")
        texts = [DeviceProof(proof.proof).text, proof.text]  # the first device's is in all others
        self._believe(Device(device.seat, device.seat.key), texts[0])
        self._believe(device, texts[1])
        fresh = [claim for claim in claims if claim.jti not in self._claims]
        self._claims.update((claim.jti, claim.key) for claim in fresh)
        return [
            self._record(CLAIM, claim.jti.encode(), text.encode())
            for claim, text in zip(claims, texts, strict=False)
            if claim in fresh
        ]

    def take_proof(self, text: str) -> list[StoredRecord]:
        """Verify and believe a proof; returns what is new to the store; raises ProofError."""
        proof = DeviceProof.from_text(text)
        if text in self._proofs.values():
            return []
        return self.learn(verify_device(proof, self._contract), proof)

    def is_revoked(self, device: Device) -> bool:
        """Whether a device, or the whole seat, was taken back."""
        revoked = self._revocations.prefixes
        return device.prefix in revoked or device_prefix(device.seat.key) in revoked

    def take_revocations(self, token: str) -> list[StoredRecord]:
        """Verify a list of what is revoked; returns what is new; raises ProofError."""
        if token == self.revoking:
            return []
        read = read_revocations(token, self._contract)
        if read.number <= self._revocations.number:
            return []
        self._revocations, self.revoking = read, token
        return [self._record(REVOCATIONS, b"", token.encode())]

    # Seals

    def take_seal(self, data: bytes) -> list[StoredRecord]:
        """Verify a seal; returns what is new to the store; raises ProofError.

        A seal whose change is not here waits for it, and only then is kept.
        """
        seal = Seal.from_bytes(data)
        if not self._is_news(seal):
            return []
        device = self._devices.get(seal.actor[:DEVICE_PREFIX_SIZE])
        if device is None or not device.seat.role.writes or device.key != seal.public:
            raise Foreign("a seal of a device without a proof")
        if not seal.verifies(self._contract):
            raise Malformed("a seal that its device did not make")
        position = self._graph.positions.get(seal.hash)
        if position is not None:
            return self._keep(seal, self._graph.header(position))
        self._early[seal.actor, seal.hash] = seal
        self._fresh.append(seal.hash)
        if len(self._early) > MOST_EARLY:
            del self._early[next(iter(self._early))]
        return []

    def take_fresh(self) -> list[ChangeHash]:
        """Take out which changes were sealed since this was asked last, and are not here."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def seals(self, change: Change) -> bool:
        """Whether a change that is not in the graph is sealed itself."""
        return (change.actor, change.hash) in self._early

    def entered(self, header: HeaderLike) -> list[StoredRecord]:
        """Note that a change has entered the graph; returns what is new to the store."""
        seal = self._early.pop((header.actor, header.hash), None) if self._early else None
        return self._keep(seal, header) if seal else []

    def pages(self) -> Iterator[Page]:
        """All proofs and seals, the newest of each actor, a message's worth at a time."""
        return pages(tuple(self._proofs.values()), tuple(seal for _, seal in self._seals.values()))

    def _believe(self, device: Device, text: str) -> None:
        known = self._devices.get(device.prefix)
        if known is None:
            self._computers[device.seat.key] += 1
        if known is None or (device.seat.role.writes and not known.seat.role.writes):
            self._devices[device.prefix] = device
            self._proofs[device.prefix] = text

    def _is_news(self, seal: Seal) -> bool:
        position = self._graph.positions.get(seal.hash)
        if position is None:
            return (seal.actor, seal.hash) not in self._early
        return self._graph.header(position).seq > self._seals.get(seal.actor, (0, b""))[0]

    def _keep(self, seal: Seal, header: HeaderLike) -> list[StoredRecord]:
        if header.actor != seal.actor or header.seq <= self._seals.get(seal.actor, (0, b""))[0]:
            return []
        data = seal.to_bytes()
        self._seals[seal.actor] = (header.seq, data)
        return [self._record(SEAL, seal.actor, data)]

    def _restore_seal(self, data: bytes) -> None:
        try:
            seal = Seal.from_bytes(data)
        except ProofError:
            return
        position = self._graph.positions.get(seal.hash)
        if position is not None:  # verified before it was kept
            self._keep(seal, self._graph.header(position))

    def _record(self, kind: str, name: bytes, data: bytes) -> StoredRecord:
        return StoredRecord(self._contract, kind, name, data)


def pages(proofs: tuple[str, ...], seals: tuple[bytes, ...]) -> Iterator[Page]:
    """Cut what there is to say into messages, proofs first."""
    most_proofs, most_seals = PAGE
    head = [proofs[at : at + most_proofs] for at in range(0, len(proofs), most_proofs)]
    tail = [seals[at : at + most_seals] for at in range(0, len(seals), most_seals)]
    front = max(0, len(head) - 1)  # no seal may come before the proof of its device
    return zip_longest(head, [()] * front + tail, fillvalue=())
