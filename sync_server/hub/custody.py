"""What is proven about one contract: its devices, what they sealed, and what was taken back.

A relay believes nobody about who wrote what. A change is its author's if it comes from the author's
own device, or if a seal of that device covers it; and a device is somebody's if its proof says so.
What nobody sealed can belong to the contract all the same, if the contract's key vouches for it.
What is kept here is kept in the store too, and passed on to everybody in the contract.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from sync_server.access.devices import Device, DeviceProof, verify_device
from sync_server.access.errors import AccessError, Foreign, Malformed, ProofError, Used
from sync_server.access.keys import DEVICE_PREFIX_SIZE, PublicKey, device_prefix
from sync_server.access.revocation import Revocations, read_revocations
from sync_server.access.seal import Seal
from sync_server.access.voucher import MOST_VOUCHERS, read_voucher
from sync_server.hub.contests import Contests, contest
from sync_server.hub.covering import Covering
from sync_server.hub.pages import Page, pages
from sync_server.hub.records import CLAIM, CONTESTED, REVOCATIONS, SEAL, VOUCHER
from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph, HeaderLike
from sync_server.protocol.ids import ChangeHash, DocumentId
from sync_server.storage.port import StoredRecord

MOST_EARLY = 20_000
"""Seals kept that came before the change that they seal."""
MOST_COMPUTERS = 64
"""Computers of one seat, which certifies them itself and has no end of keys."""


class Custody:
    """The proofs, seals, vouchers and revocations of one contract, each checked first."""

    __slots__ = (
        "_claims",
        "_computers",
        "_contract",
        "_devices",
        "_graph",
        "_proofs",
        "_revocations",
        "_seals",
        "_vouchers",
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
        self._seals = Covering(contract, SEAL, graph, most_early=MOST_EARLY)
        self._vouchers = Covering(contract, VOUCHER, graph, MOST_VOUCHERS, MOST_VOUCHERS)
        self._revocations = Revocations(-1, frozenset())

    def __len__(self) -> int:
        covering = len(self._seals) + len(self._vouchers)
        return len(self._proofs) + covering + (self.revoking is not None)

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
                elif record.kind == VOUCHER:
                    self.take_voucher(record.data.decode())
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

    # Seals and vouchers

    def take_seal(self, data: bytes) -> list[StoredRecord]:
        """Verify a seal; returns what is new to the store; raises ProofError.

        A seal whose change is not here waits for it, and only then is kept.
        """
        seal = Seal.from_bytes(data)
        if not self._seals.is_news(seal.actor, seal.hash):
            return []
        device = self._devices.get(seal.actor[:DEVICE_PREFIX_SIZE])
        if device is None or not device.seat.role.writes or device.key != seal.public:
            raise Foreign("a seal of a device without a proof")
        if not seal.verifies(self._contract):
            raise Malformed("a seal that its device did not make")
        return self._seals.take(seal.actor, seal.hash, data)

    def take_voucher(self, token: str) -> list[StoredRecord]:
        """Verify a voucher, and keep it as a seal is kept; raises ProofError.

        The key that governs the contract is asked, and nobody else: neither whose the change is nor
        who brings it matters.
        """
        voucher = read_voucher(token, self._contract)
        if not self._vouchers.is_news(voucher.actor, voucher.hash):
            return []
        return self._vouchers.take(voucher.actor, voucher.hash, token.encode())

    def take_fresh(self) -> list[ChangeHash]:
        """Take out which changes were covered since this was asked last, and are not here."""
        return [*self._seals.take_fresh(), *self._vouchers.take_fresh()]

    def covers(self, change: Change) -> bool:
        """Whether a change that is not in the graph is itself sealed, or vouched for."""
        return change in self._seals or change in self._vouchers

    def entered(self, header: HeaderLike) -> list[StoredRecord]:
        """Note that a change has entered the graph; returns what is new to the store."""
        return [*self._seals.entered(header), *self._vouchers.entered(header)]

    def pages(self) -> Iterator[Page]:
        """All proofs, vouchers and seals, the newest of each actor, a message's worth at a time."""
        vouchers = tuple(token.decode() for token in self._vouchers.newest)
        return pages(tuple(self._proofs.values()), tuple(self._seals.newest), vouchers)

    def _believe(self, device: Device, text: str) -> None:
        known = self._devices.get(device.prefix)
        if known is None:
            self._computers[device.seat.key] += 1
        if known is None or (device.seat.role.writes and not known.seat.role.writes):
            self._devices[device.prefix] = device
            self._proofs[device.prefix] = text

    def _restore_seal(self, data: bytes) -> None:
        try:
            seal = Seal.from_bytes(data)
        except ProofError:
            return
        if seal.hash in self._graph:  # verified before it was kept
            self._seals.take(seal.actor, seal.hash, data)

    def _record(self, kind: str, name: bytes, data: bytes) -> StoredRecord:
        return StoredRecord(self._contract, kind, name, data)
