"""The same conference at a closed relay, with a fourth who is taken out: proofs, seals, custody.

Real, beside what is real in any conference: who is believed and what waits for a seal (`hub`), what
each keeps of the others' proofs and seals, and what a program seals when it starts.
"""

from collections.abc import Callable, Sequence

from contract_tui.contract.opening.aside import Aside
from contract_tui.library.custody import Custodian
from contract_tui.library.foreign import foreign
from contract_tui.library.keepsakes import Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.library.parcels import Outbox, Parcel
from contract_tui.session.link.conversation import Heard
from contract_tui.session.signing.sealing import DELAY, MOST_UNSEALED, Sealer
from contract_tui.session.signing.vouching import behind
from sync_server.access.revocation import revoke
from sync_server.access.seal import Seal, seal
from sync_server.access.voucher import vouch
from sync_server.hub.guest import Guest
from sync_server.hub.records import REVOCATIONS, SEAL
from sync_server.hub.turn import revoked
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.messages import Custody, Notice
from sync_server.storage.port import StoredChange, StoredRecord
from sync_server.storage.sqlite import SqliteStore
from tests.simulation.author import own_seat
from tests.simulation.conference import NAMES, REFUSALS, Conference
from tests.simulation.person import CONTRACT, CONTRACT_KEY, PARTS, PLACE, Person, at_once
from tests.simulation.relay import Death, Disk, Relay

EVE = "Eve"
"""Whose computer is taken out one day, or lost for ever."""


class SealedPerson(Person):
    """Somebody with a seat, whose program seals what they write and keeps what others sealed."""

    guest: Guest

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self.notices: list[str] = []
        """Kinds of what relays have said."""
        self.custodian: Custodian
        self._outbox: Outbox | None = None
        self._newest: tuple[Actor, ChangeHash] | None = None
        """The latest own change without a seal, …"""
        self._count = 0
        """… of so many."""
        super().__init__(name, clock)

    def start(self) -> None:
        super().start()
        own = self.sits()
        self.guest = Guest(CONTRACT, own.device, own.shown)
        keepsakes = Keepsakes(self.disk, SqliteStore(self.disk), CONTRACT, PLACE)
        self.custodian = Custodian(CONTRACT, keepsakes, lambda: self.replica.graph, lambda: None)
        self.custodian.prove([own.shown.text])
        actor = self.replica.contract.actor
        sealer = Sealer(own, CONTRACT, actor, self.custodian.keep_own)
        elsewhere = foreign(keepsakes)
        at_once(sealer.catch_up(self.replica.graph, self.custodian.sealed, elsewhere))

    def sits(self) -> OwnSeat:
        """In which seat."""
        return own_seat(self.name)

    def die(self) -> None:
        super().die()
        self._outbox, self._newest, self._count = None, None, 0

    def keep(self, write: Callable[[], object]) -> None:
        before = len(self.replica.graph)
        super().keep(write)
        graph, me = self.replica.graph, self.replica.contract.actor
        for position in range(before, len(graph)):
            header = graph.header(position)
            if header.actor == me:
                self._newest = me, header.hash
                self._count += 1
        if self._count >= MOST_UNSEALED:
            self.seal()

    def seal(self) -> None:
        """Sign for what was written since the last time."""
        if self._newest is not None:
            self.custodian.keep_own(self.sign(*self._newest))
        self._newest, self._count = None, 0

    def sign(self, actor: Actor, change: ChangeHash) -> Seal:
        return seal(self.key, CONTRACT, actor, change)

    def wait(self, seconds: float) -> None:
        if seconds >= DELAY:
            self.seal()
        super().wait(seconds)

    def connect(self, number: int) -> bytes:
        if self._outbox is not None:
            self.custodian.close(self._outbox)
        self._outbox = self.custodian.open()
        return super().connect(number)

    def speak(self, *, ack: bool) -> list[bytes]:
        return [*self._entrust(), *super().speak(ack=ack)]

    def attend(self, heard: Heard) -> None:
        match heard:
            case Custody():
                parcel = Parcel(heard.proofs, heard.seals, heard.revocations, heard.vouchers)
                self.custodian.hear(parcel, self._outbox)
            case Notice():
                self.notices.append(heard.kind)
            case _:
                super().attend(heard)
                self.custodian.settle()

    def take_out(self, other: Person) -> None:
        """Sign that another's computer may not come in any more, as holder of the key."""
        assert other.guest is not None
        token = revoke(CONTRACT_KEY, 1, [other.guest.device.prefix])
        self.custodian.revoke(token)

    def _entrust(self) -> list[bytes]:
        frames: list[bytes] = []
        while self.conversation and self.conversation.speaks_ours and self._outbox:
            parcel = self._outbox.take()
            if parcel is None:
                break
            parts = parcel.proofs, parcel.seals, parcel.revocations, parcel.vouchers
            frame = self.conversation.entrust(*parts)
            frames += [frame] if frame else []
        return frames


class SealedDisk(Disk):
    """Sees to it that nothing of whoever was taken out comes onto it afterwards."""

    def __init__(self, power_safe: bool, eve: SealedPerson) -> None:
        super().__init__(power_safe)
        self._eve = eve

    @property
    def has_taken_out(self) -> bool:
        return bool(self.records(CONTRACT, (REVOCATIONS,)))

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        prefix = self._eve.guest.device.prefix
        assert not self.has_taken_out or not any(one.actor.startswith(prefix) for one in batch)
        super().append(batch, records)


class SealedConference(Conference):
    """Three who stay and one who is taken out or lost, at a relay that believes nobody."""

    names = (*NAMES, EVE)
    refusals = REFUSALS | {str(revoked())}
    people: dict[str, SealedPerson]  # type: ignore[assignment]  # each is one of these
    disk: SealedDisk

    def __init__(
        self,
        power_safe: bool = True,
        relay: type[Relay] = Relay,
        person: type[SealedPerson] = SealedPerson,
    ) -> None:
        self.eve_is_out = False
        self.eve_is_lost = False
        super().__init__(power_safe, relay, person)

    def make_disk(self, power_safe: bool) -> Disk:
        return SealedDisk(power_safe, self.people[EVE])

    @property
    def within(self) -> dict[str, Person]:
        return {
            name: person
            for name, person in self.people.items()
            if not (name == EVE and self.eve_is_out)
        }

    def take_out_eve(self) -> None:
        """Heidi, who holds the contract's key, takes Eve's computer out."""
        if self.people["Heidi"].is_running:
            self.people["Heidi"].take_out(self.people[EVE])
            self.eve_is_out = True
            self.speak("Heidi", ack=False)
            self.carry_up("Heidi")

    def lose_eve(self) -> None:
        """Eve's computer is lost, with all that she wrote and did not send, and did not seal."""
        self.kill(EVE)
        self.eve_is_lost = self.eve_is_out = True
        self._promise_no_more_than_there_is()

    def start(self, name: str) -> None:
        if not (name == EVE and self.eve_is_lost):
            super().start(name)

    def lose_everything(self) -> None:
        """The relay is killed, and set up anew with an empty disk; nothing of it is promised."""
        self.keeps_all = False
        self.kill_relay(Death.BEFORE_STORING, 0, power=False)
        self.disk.wipe()
        if self.eve_is_lost:
            self._promise_no_more_than_there_is()

    def _promise_no_more_than_there_is(self) -> None:
        """What was nowhere but at a relay and on a computer that both are lost is lost."""
        kept = [person.on_disk() for person in self.within.values()]
        self.promised &= self.disk.hashes(CONTRACT).union(*kept)

    def vouch(self) -> None:
        """Everybody gives Heidi a file with what they have, and she vouches for Eve's in it."""
        heidi, eve = self.people["Heidi"], self.people[EVE]
        for name, person in self.within.items():
            self.fill_disk(name, full=False)
            self.start(name)
            graph = person.replica.graph
            heidi.take(parse_changes(graph.raws(range(len(graph)))))
        heidi.custodian.settle()
        work = behind(heidi.replica.graph, heidi.custodian.admitted, Aside())
        hers = [one for one in work if one.actor.startswith(eve.guest.device.prefix)]
        tokens = [vouch(CONTRACT_KEY, one.actor, one.newest) for one in hers]
        heidi.custodian.hear(Parcel(vouchers=tuple(tokens)))

    def calm(self, rounds: int = 4_000) -> None:
        if self.eve_is_lost:
            self.vouch()
        super().calm(rounds)
        if self.disk.has_taken_out:
            self._knock()
            super().calm(rounds)

    def _knock(self) -> None:
        """Eve tries to bring in more, to people who have come to rest without."""
        self.fill_disk(EVE, full=False)
        self.start(EVE)
        self.connect(EVE)
        self.edit(EVE, PARTS[0], 0)
        for _ in range(20):
            self.exchange()
        assert not self.people[EVE].shows_shared

    def is_at_rest(self) -> bool:
        return super().is_at_rest() and not self.unsealed()

    def unsealed(self) -> set[Actor]:
        """The actors of those within some of whose changes the relay could not prove to others."""
        records = self.disk.records(CONTRACT, (SEAL,))
        sealed = {Seal.from_bytes(record.data).hash for record in records}
        latest: dict[Actor, ChangeHash] = {}
        for header in self.disk.load(CONTRACT):
            latest[header.actor] = header.hash
        prefixes = tuple(
            person.guest.device.prefix for person in self.within.values() if person.guest
        )
        return {
            actor
            for actor, change in latest.items()
            if actor.startswith(prefixes) and change not in sealed
        }

    def check_peace(self) -> None:
        super().check_peace()
        assert self.relay is not None
        assert self.relay.hub.waiting == 0, "withheld for ever"
        assert not self.relay.hub.counters.invalid
