"""Hosts that die in the middle of conferences, and others who take their place, guests and all.

The relay is the host's. Eve is a guest: her key lies on Tom's computer, so that her program, the
relay and everything on its disk go with the host. Whoever takes over opens a relay of their own,
and seats her anew if her program had asked them to stand by.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from contract_tui.commands.succeeding import succeed
from contract_tui.contract.conference.standby import standing_by
from contract_tui.library.library import OwnSeat
from sync_server.access.keys import SigningKey
from sync_server.access.proof import SeatId
from sync_server.access.standby import Standby, check_standby, seat_anew
from sync_server.protocol.ids import ChangeHash
from tests.simulation.author import Author, own_seat
from tests.simulation.deeds import NONE, Letters
from tests.simulation.meetings import SealedMeetingTable, SealedMember
from tests.simulation.person import CONTRACT
from tests.simulation.sealed import EVE

HOST = "Tom"
STANDING_BY = ("Heidi", "Pia")
ENOUGH = 200
"""Rounds in which two who have a relay to themselves have everything of each other."""


class Seated(SealedMember):
    """Somebody at the table; Eve's computer is Tom's."""

    def seat(self, name: str) -> OwnSeat:
        own = super().seat(name)
        return replace(own, host=own_seat(HOST).device.prefix.hex()) if name == EVE else own


class Returned(SealedMember):
    """Eve, once more, on the computer of whoever took over."""

    def __init__(self, standby: Standby, taker: OwnSeat, clock: Callable[[], float]) -> None:
        self._standby, self._taker = standby, taker
        super().__init__(_at(taker.seat.name), clock)

    def seat(self, name: str) -> OwnSeat:
        key = SigningKey(name.encode().ljust(32, b"."))
        proof = seat_anew(self._standby, self._taker.key, key)
        return OwnSeat(self._standby.seat, key, proof, self._taker.device.prefix.hex())


class TakeoverTable(SealedMeetingTable):
    """A conference whose hosts die."""

    def host_dies(self, name: str) -> None:
        """The host's computer, its relay and its guests are gone; somebody takes their place."""
        taker = self.people[name]
        if not taker.is_running or not taker.replica.is_saved:
            return
        for gone in (HOST, *(one for one in self.people if one.startswith(EVE))):
            self.kill(gone)
        before = set(taker.replica.graph.hashes)
        self.disk.full = False
        self.lose_everything()
        succeed(taker._journal(), CONTRACT, self.disk)
        assert before <= self.disk.hashes(CONTRACT)
        self.start_relay()
        if self._seat_guest(name):
            self._go_on(name, before)

    def _seat_guest(self, name: str) -> bool:
        """Whether Eve comes in again: somebody asked this computer to stand by, in time."""
        if _at(name) in self.people:
            self.start(_at(name))
            return True
        taker = _member(self.people[name])
        if (standby := self._standby(taker)) is None:
            return False
        self.people[_at(name)] = Returned(standby, taker.own, lambda: self.now)
        return True

    def _standby(self, taker: SealedMember) -> Standby | None:
        current, roster = taker.meeting, taker.replica.contract.roster
        for one in standing_by(current, roster, CONTRACT) if current else ():
            if one.computer == taker.own.key.public:
                check_standby(one, one.computer, one.conference, int(taker.wall()))
                return one
        return None

    def _go_on(self, name: str, before: set[ChangeHash]) -> None:
        """Before anybody else is back, Eve has all that whoever took over had."""
        for person in self.people.values():
            self.fill_disk(person.name, full=False)
        for one in (name, _at(name)):
            self.connect(one)
        for _ in range(ENOUGH):
            if not self.exchange():
                break
        eve = _member(self.people[_at(name)])
        assert before <= set(eve.replica.graph.hashes)

    def check_peace(self) -> None:
        super().check_peace()
        eve = own_seat(EVE).seat.id
        for contract in self._contracts():
            for person in map(_member, self.people.values()):
                device = SeatId(person.own.device.prefix.hex())
                if person.own.seat.id == eve and device in contract.roster.listed:
                    assert contract.roster.person(device).id == eve


def ask_to_stand_by(member: Author, _: int, __: int) -> Letters:
    """A guest's program asks the others to stand by, once a conference goes on."""
    there = _member(member)
    current, known = there.meeting, there.replica.contract.roster.proofs
    if there.name == EVE and current is not None:
        given = {
            one.computer for one in standing_by(current, there.replica.contract.roster, CONTRACT)
        }
        for name in STANDING_BY:
            device = own_seat(name, there.role(name)).device
            computer = SeatId(device.prefix.hex())
            if computer in known and device.key not in given:
                there.conferring.standby._certify(there.own, current, computer, device.key)
    return NONE


def _at(name: str) -> str:
    return f"{EVE} at {name}"


def _member(person: object) -> SealedMember:
    assert isinstance(person, SealedMember)
    return person
