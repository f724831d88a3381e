"""The three of them, their relay and the network between: every step by hand, then peace."""

import itertools
from collections.abc import Iterator

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from sync_server.hub.effects import ConnectionId
from sync_server.protocol.ids import Actor, ChangeHash
from tests.simulation.person import CONTRACT, PARTS, Person
from tests.simulation.relay import Death, Died, Disk, Relay, Wire

NAMES = ("Heidi", "Tom", "Pia")
REFUSALS = {"the relay cannot store changes now", "no join within the time for it"}
"""What a relay may say to a program that does everything right."""


class Conference:
    """Every method is one thing that can happen, whenever it makes sense, else nothing happens."""

    names: tuple[str, ...] = NAMES
    refusals = REFUSALS

    def __init__(
        self,
        power_safe: bool = True,
        relay: type[Relay] = Relay,
        person: type[Person] = Person,
    ) -> None:
        self.now = 1000.0
        self.people = {name: person(name, lambda: self.now) for name in self.names}
        self.disk = self.make_disk(power_safe)
        self.relay: Relay | None = relay(self.disk)
        self.promised: set[ChangeHash] = set()
        """What somebody saw as shared with everyone."""
        self.keeps_all = power_safe
        """Whether the relay's disk never loses anything."""
        self._make_relay = relay
        self._wires: dict[str, Wire] = {}
        self._numbers = itertools.count(1)
        self.people["Heidi"].begin()

    def make_disk(self, power_safe: bool) -> Disk:
        return Disk(power_safe)

    @property
    def within(self) -> dict[str, Person]:
        """Those who may take part."""
        return self.people

    def close(self) -> None:
        for person in self.people.values():
            person.close()

    # What people do

    def edit(self, name: str, part: PartId, number: int) -> None:
        if (person := self.people[name]).is_running:
            person.edit(part, number)

    def undo(self, name: str, part: PartId) -> None:
        if (person := self.people[name]).is_running:
            person.undo(part)

    def speak(self, name: str, *, ack: bool) -> int:
        """Put on the wire what the program has to say; returns how many frames."""
        person, wire = self.people[name], self._wires.get(name)
        frames = person.speak(ack=ack) if wire else []
        if wire:
            wire.up.extend(frames)
        return len(frames)

    def kill(self, name: str, arriving: int = 0) -> None:
        """End somebody's program; some of what it sent may still arrive."""
        person = self.people[name]
        if not person.is_running:
            return
        self.cut(name, arriving, 0)
        person.die()

    def start(self, name: str) -> None:
        if not self.people[name].is_running:
            self.people[name].start()

    def fill_disk(self, name: str, *, full: bool) -> None:
        self.people[name].fill_disk(full)

    # What the network does

    def connect(self, name: str) -> None:
        person = self.people[name]
        if self.relay is None or name in self._wires or not person.is_running:
            return
        number = next(self._numbers)
        wire = self._wires[name] = self.relay.connect(ConnectionId(number), self.now, person.guest)
        wire.up.append(person.connect(number))

    def carry_up(self, name: str, count: int = 1) -> int:
        """Bring frames to the relay; returns how many."""
        wire = self._wires.get(name)
        carried = 0
        while self.relay and wire and wire.up and not wire.closed and carried < count:
            if wire.held:
                break
            self.relay.receive(wire, wire.up.popleft(), self.now)
            carried += 1
        return carried

    def carry_down(self, name: str, count: int = 1) -> int:
        """Bring frames to somebody; returns how many."""
        wire, person = self._wires.get(name), self.people[name]
        carried = 0
        while wire and wire.down and person.conversation and carried < count:
            person.hear(wire.down.popleft())
            carried += 1
        if wire and (person.conversation is None or (wire.closed and not wire.down)):
            self._hang_up(name)
        return carried

    def repeat(self, name: str) -> None:
        """Let the first frame on its way, up and down, be there twice."""
        if wire := self._wires.get(name):
            if person_has_joined(self.people[name]):
                wire.up.extend(list(wire.up)[:1])
            wire.down.extend(list(wire.down)[:1])

    def cut(self, name: str, up: int, down: int) -> None:
        """Break a connection; so many frames still arrive on either side."""
        self.carry_up(name, up)
        self.carry_down(name, down)
        self._hang_up(name)

    def _hang_up(self, name: str) -> None:
        wire = self._wires.pop(name, None)
        if wire and self.relay and not wire.closed:
            self.relay.disconnect(wire, self.now)
        self.people[name].conversation = None

    # What the relay does

    def turn(self) -> bool:
        return self.relay.turn(self.now) if self.relay else False

    def kill_relay(self, death: Death, arriving: int, *, power: bool) -> None:
        """End the relay at some point of its work; some of what it sent may still arrive."""
        if self.relay is None:
            return
        try:
            self.relay.turn(self.now, death)
        except Died:
            self.relay = None
        if power:
            self.disk.cut_power()
        for name, wire in list(self._wires.items()):
            wire.closed = True
            while len(wire.down) > arriving:
                wire.down.pop()
            self.carry_down(name, 0)

    def start_relay(self) -> None:
        if self.relay is None:
            self.relay = self._make_relay(self.disk)

    def fill_relay_disk(self, *, full: bool) -> None:
        self.disk.full = full

    # Time

    def wait(self, seconds: float) -> None:
        self.now += seconds
        for name, person in self.people.items():
            if person.is_running:
                person.wait(seconds)
                self.speak(name, ack=True)

    def calm(self, rounds: int = 4_000) -> None:
        """Let nothing fail any more until everybody has everything.

        The relay takes two changes a round here, and a large upload may be there ten times.
        """
        self.disk.full = False
        for _ in range(rounds):
            self.start_relay()
            for name in self.within:
                self.fill_disk(name, full=False)
                self.start(name)
                self.connect(name)
            if self.exchange():
                continue
            if self.is_at_rest():
                return
            self.wait(1.0 if self.relay and self.relay.hub.wake_at else 3.0)
        raise AssertionError("they do not come to rest")

    def exchange(self) -> bool:
        """One round of everything; tells whether anything happened."""
        busy = [self.speak(name, ack=True) + self.carry_up(name, 100) for name in self.people]
        busy.append(self.turn())
        busy += [self.carry_down(name, 100) for name in self.people]
        return any(busy)

    def is_at_rest(self) -> bool:
        """Whether everybody has everything, and knows it."""
        heads = {person.replica.graph.heads for person in self.within.values()}
        return len(heads) == 1 and all(person.shows_shared for person in self.within.values())

    # What must be so

    def check_promises(self) -> None:
        """Whoever sees "shared with everyone" can rely on it: the relay's disk has it all.

        And nobody tells the relay what a crash of the own computer could still take back.
        """
        for person in self.people.values():
            if person.shows_shared:
                here = set(person.replica.graph.hashes)
                assert not self.keeps_all or here <= self.disk.hashes(CONTRACT)
                self.promised |= here
            if person.is_running and not person.replica.is_saved:
                assert not person.only_in_memory() & self.disk.hashes(CONTRACT)
            assert set(person.refusals) <= self.refusals

    def check_peace(self) -> None:
        """All have the same, in memory and on disk; nothing is missing and nothing was made up."""
        kept = self.disk.hashes(CONTRACT)
        written = {change for person in self.within.values() for change in person.written}
        assert self.promised <= kept
        assert written <= kept
        for person in self.within.values():
            assert set(person.replica.graph.hashes) == kept
            assert person.on_disk() == kept
        raws = self.disk.raws(CONTRACT, 0, len(kept) - 1)
        newcomer = Contract.open(raws, Actor(bytes(16)), CONTRACT)
        for contract in (newcomer, *self._contracts()):
            assert contract.heads == newcomer.heads
            for part in PARTS:
                assert contract.text(part).text == newcomer.text(part).text
                assert contract.text(part).ids == newcomer.text(part).ids

    def _contracts(self) -> Iterator[Contract]:
        return (person.replica.contract for person in self.within.values())


def person_has_joined(person: Person) -> bool:
    return person.conversation is not None and person.conversation.is_welcome
