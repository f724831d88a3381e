"""What shows who wrote what, kept on every computer so that any of them can make a relay whole.

A relay takes somebody's work from another's hands only under that somebody's seal, and believes a
seal only of a device whose seat is proven. So everybody keeps everybody's proofs and seals, the
list of what is revoked, and hands all of it to each relay that may lack it. So it is with vouchers,
by which the contract's key admits what its author never sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import PROOF, REVOCATIONS, SEAL, Keepsakes
from contract_tui.library.parcels import Outbox, Parcel
from contract_tui.library.vouchers import Vouchers
from sync_server.access.devices import Device, DeviceProof, verify_device
from sync_server.access.errors import AccessError, Malformed, ProofError
from sync_server.access.keys import DEVICE_PREFIX_SIZE, device_prefix
from sync_server.access.revocation import Revocations, read_revocations
from sync_server.access.seal import Seal
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId

SPACING = 50
"""Of so many changes of one actor one seal is kept, and the newest: what a relay that takes a long
upload slice by slice needs to take each slice."""
MOST_PROOFS = 256
MOST_SEALS = 20_000
MOST_LOOSE = MOST_SEALS
"""Seals kept in memory whose change has not arrived yet: a newcomer hears all of them before."""


class Custodian:
    """Keeps the proofs, seals, vouchers and revocations of one contract."""

    def __init__(
        self,
        contract: DocumentId,
        keepsakes: Keepsakes,
        graph: Callable[[], Graph],
        on_change: Callable[[], None],
    ) -> None:
        self._contract = contract
        self._keepsakes = keepsakes
        self._graph = graph
        self._on_change = on_change
        self._devices: dict[bytes, Device] = {}
        self._proofs: dict[bytes, str] = {}
        self._seals: dict[Actor, dict[int, Seal]] = {}
        """By actor and by the number of the sealed change among the actor's."""
        self._loose: dict[ChangeHash, Seal] = {}
        self.sealing: set[bytes] = set()
        """The prefixes of the devices that have sealed something."""
        self._vouchers = Vouchers(contract, keepsakes, graph)
        self._outboxes: list[Outbox] = []
        self.revocations = Revocations(0, frozenset())
        self._token: str | None = None
        self._load()

    @property
    def proofs(self) -> Mapping[bytes, str]:
        """What proves each known device, by the prefix of its actors."""
        return self._proofs

    @property
    def token(self) -> str | None:
        """The list of what is revoked, as its holder signed it."""
        return self._token

    def is_revoked(self, prefix: bytes) -> bool:
        """Whether the contract's holder has taken a device out, or the whole seat."""
        device = self._devices.get(prefix)
        seat = bytes.fromhex(device.seat.id) if device else prefix
        return not self.revocations.prefixes.isdisjoint((prefix, seat))

    def sealed(self, actor: Actor) -> int:
        """The number of an actor's newest change under a seal; 0 for none."""
        return max(self._seals.get(actor, ()), default=0)

    def admitted(self, actor: Actor) -> int:
        """Up to which number an actor's changes are taken by relays, whoever brings them.

        They are covered by a seal of somebody who may write, or vouched for.
        """
        device = self._devices.get(actor[:DEVICE_PREFIX_SIZE])
        writes = device is not None and device.seat.role.writes
        return max(self.sealed(actor) if writes else 0, self._vouchers.number(actor))

    def open(self) -> Outbox:
        """An outbox for a new connection, with everything in it."""
        outbox = Outbox()
        seals = [one.to_bytes() for some in self._seals.values() for one in some.values()]
        proofs, vouchers = tuple(self._proofs.values()), tuple(self._vouchers.tokens)
        outbox.put(Parcel(proofs, tuple(seals), self._token, vouchers))
        self._outboxes.append(outbox)
        return outbox

    def close(self, outbox: Outbox) -> None:
        """The connection is over."""
        with suppress(ValueError):
            self._outboxes.remove(outbox)

    def hear(self, parcel: Parcel, outbox: Outbox | None = None) -> None:
        """Take in what a relay keeps, or a file; what proves nothing is passed over."""
        self.prove(parcel.proofs)
        if parcel.revocations:
            self.revoke(parcel.revocations)
        self._keep_seals(self._good_seals(parcel.seals))
        if vouchers := self._vouchers.keep(parcel.vouchers):
            self._tell(Parcel(vouchers=vouchers))
        if outbox is not None:
            outbox.heard(parcel)

    def prove(self, proofs: Iterable[str]) -> None:
        """Keep the proofs of devices; those that are known or prove nothing are passed over."""
        known = set(self._proofs.values())
        new: dict[bytes, str] = {}
        for text in proofs:
            if text in known or len(self._proofs) >= MOST_PROOFS:
                continue
            with suppress(AccessError):
                device = verify_device(DeviceProof.from_text(text), self._contract)
                if device.prefix not in self._proofs:
                    self._devices[device.prefix] = device
                    self._proofs[device.prefix] = new[device.prefix] = text
        if new:
            self._keep(PROOF, {prefix: text.encode() for prefix, text in new.items()})
            self._tell(Parcel(proofs=tuple(new.values())))

    def revoke(self, token: str) -> bool:
        """Keep a list of what is revoked if it is the newest; returns whether it is."""
        try:
            found = read_revocations(token, self._contract)
        except ProofError:
            return False
        if found.number <= self.revocations.number:
            return False
        self.revocations, self._token = found, token
        self._keep(REVOCATIONS, {b"": token.encode()})
        self._tell(Parcel(revocations=token))
        return True

    def refresh(self) -> None:
        """Take what another program of this person has sealed, revoked, or vouched for.

        What it wrote may go out over a connection of this one: so does the seal of it.
        """
        with suppress(LibraryError, UnicodeDecodeError):
            if self._keepsakes.changed_elsewhere():
                self._keep_seals(self._good_seals(self._keepsakes.all(SEAL).values()))
                token = self._keepsakes.get(REVOCATIONS)
                if token is not None:
                    self.revoke(token.decode())
                if vouchers := self._vouchers.load():
                    self._tell(Parcel(vouchers=vouchers))

    def keep_own(self, seal: Seal) -> None:
        """Keep a seal that was made here."""
        self._keep_seals([seal])

    def settle(self) -> None:
        """Look again at seals whose change may have arrived meanwhile."""
        if self._loose:
            loose, self._loose = self._loose, {}
            self._keep_seals(loose.values())

    def _load(self) -> None:
        with suppress(LibraryError):  # what cannot be read comes again from a relay
            for text in self._keepsakes.all(PROOF).values():
                with suppress(AccessError, UnicodeDecodeError):
                    proof = text.decode()
                    device = verify_device(DeviceProof.from_text(proof), self._contract)
                    self._devices[device.prefix] = device
                    self._proofs[device.prefix] = proof
            for data in self._keepsakes.all(SEAL).values():
                with suppress(Malformed):
                    self._place(Seal.from_bytes(data))
            self._vouchers.load()
            if (token := self._keepsakes.get(REVOCATIONS)) is not None:
                with suppress(ProofError, UnicodeDecodeError):
                    self.revocations = read_revocations(token.decode(), self._contract)
                    self._token = token.decode()

    def _good_seals(self, seals: Iterable[bytes]) -> list[Seal]:
        """The seals of proven devices that are not kept yet."""
        good: list[Seal] = []
        for data in seals:
            with suppress(Malformed):
                seal = Seal.from_bytes(data)
                device = self._devices.get(device_prefix(seal.public))
                known = seal.hash in self._loose or self._is_kept(seal)
                if device and device.key == seal.public and not known:
                    good += [seal] if seal.verifies(self._contract) else []
        return good

    def _is_kept(self, seal: Seal) -> bool:
        number = self._number(seal)
        return number > 0 and number in self._seals.get(seal.actor, ())

    def _number(self, seal: Seal) -> int:
        """The number of the sealed change among its actor's; 0 while it is not here."""
        graph = self._graph()
        position = graph.positions.get(seal.hash)
        if position is None:
            return 0
        header = graph.header(position)
        return header.seq if header.actor == seal.actor else -1

    def _keep_seals(self, seals: Iterable[Seal]) -> None:
        kept: dict[bytes, bytes] = {}
        gone: list[bytes] = []
        for seal in seals:
            if self._place(seal, gone):
                kept[_name(seal)] = seal.to_bytes()
        if not kept:
            return
        self._tell(Parcel(seals=tuple(kept.values())))
        for name in gone:
            kept.pop(name, None)
        with suppress(LibraryError):  # it comes again from a relay, or is made anew
            self._keepsakes.change(SEAL, kept, gone)

    def _place(self, seal: Seal, gone: list[bytes] | None = None) -> bool:
        """Put a seal among its actor's, in place of an older one that it makes needless."""
        number = self._number(seal)
        if number == 0:
            if len(self._loose) < MOST_LOOSE:
                self._loose[seal.hash] = seal
            return False
        mine = self._seals.setdefault(seal.actor, {})
        stretch = [one for one in mine if one // SPACING == number // SPACING]
        if number < 0 or any(one >= number for one in stretch):
            return False
        if sum(map(len, self._seals.values())) - len(stretch) >= MOST_SEALS:
            return False
        for one in stretch:
            removed = mine.pop(one)
            if gone is not None:
                gone.append(_name(removed))
        mine[number] = seal
        self.sealing.add(seal.actor[:DEVICE_PREFIX_SIZE])
        return True

    def _keep(self, kind: str, items: Mapping[bytes, bytes]) -> None:
        with suppress(LibraryError):  # it is in memory, and comes again from a relay
            self._keepsakes.put(kind, items)

    def _tell(self, parcel: Parcel) -> None:
        for outbox in self._outboxes:
            outbox.put(parcel)
        self._on_change()


def _name(seal: Seal) -> bytes:
    return seal.actor + seal.hash
