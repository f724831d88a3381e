"""Who goes on if the host's computer dies: guests' seats ask others to stand by, one takes over.

A guest's key lies on the host's computer. There, the guest's own program certifies whoever says
that their computer could let guests in, once a conference goes on. What it writes is in the
contract, so that it is where it is needed when that computer is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, replace

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.standby import standing_by, write_key
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.library.library import OwnSeat
from contract_tui.library.world import World
from contract_tui.session.copies.replica import Replica
from contract_tui.session.presence.whispers import Whispers
from contract_tui.session.writing.pen import Pen
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError
from sync_server.access.keys import PublicKey, to_base64url
from sync_server.access.proof import SeatId
from sync_server.access.standby import Standby, check_standby, issue_standby
from sync_server.protocol.ids import DocumentId

PATIENCE = 5.0
"""Seconds for which a host may be away before somebody is told: it may be the network's hiccup."""
MOST_GIVEN = 4
"""Certificates for one computer in one sitting: who overwrites them is not answered for ever."""


@dataclass(frozen=True, slots=True)
class Takeover:
    """The host is gone, and this computer could go on in its place."""

    host: str
    """Whose computer it was."""
    guests: tuple[Standby, ...]
    """Who comes back into the same seat by a new code."""
    missing: tuple[str, ...]
    """The guests who cannot, by name: for them nobody was asked to stand by here."""
    kept: tuple[str, ...] = ()
    """Whose seats are here from when this computer was the host, by name."""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """Who else could take the host's place, by name, and the address of their room then."""


class StandingBy:
    """Gives certificates on a guest's screen, and elsewhere sees when they are needed."""

    def __init__(
        self,
        own: OwnSeat | None,
        replica: Replica,
        pen: Pen,
        whispers: Whispers,
        world: World,
        current: Callable[[], Conference | None],
    ) -> None:
        self._own = own
        self._replica = replica
        self._pen = pen
        self._whispers = whispers
        self._world = world
        self._current = current
        self._given: Counter[SeatId] = Counter()
        self._guests: set[SeatId] = set()
        """Who was here as a guest, by their seats."""
        self._room: Callable[[], str] | None = None
        self._rooms: dict[SeatId, str] = {}
        """Where others could take the host's place, by their seats."""
        self._host: SeatId | None = None
        self._gone_since: float | None = None
        if own is not None and own.host:
            whispers.be_together(replace(whispers.together, on=own.host))

    # What a screen says of its program

    def be_ready(self, room: Callable[[], str] = str) -> None:
        """Say that this computer could let guests in; `room` finds out where, once it is needed."""
        if self._own is not None and not self._own.host and self._pen.can_write:
            self._room = room
            self._say(on="", stands_by=self._own.device.prefix.hex())

    def be_host(self) -> None:
        """Say that this computer lets guests in; it takes nobody's place any more."""
        self._host = self._gone_since = None
        if self._own is not None:
            self._say(on=self._own.device.prefix.hex(), stands_by="")

    def _say(self, *, on: str, stands_by: str, at: str = "") -> None:
        together = replace(self._whispers.together, on=on, stands_by=stands_by, at=at)
        self._whispers.be_together(together)

    # What happens by itself

    def beat(self) -> None:
        """Look at who is here: give what is due, and notice when the host has gone."""
        if self._own is None or (current := self._current()) is None:
            return
        if self._own.host:
            self._give(self._own, current)
        elif self._whispers.together.stands_by:
            self._watch(self._own, current)

    @property
    def ready(self) -> frozenset[SeatId]:
        """Who is here with a computer that could go on in the host's place, by their seats."""
        return frozenset(one.seat for one in self._whispers if one.together.stands_by)

    @property
    def takeover(self) -> Takeover | None:
        """What this computer could do, if the host has been gone for a while."""
        own, current, host = self._own, self._current(), self._host
        if own is None or current is None or host is None or self._gone_since is None:
            return None
        if self._world.seconds() - self._gone_since < PATIENCE:
            return None
        usable = tuple(self._usable(own.key.public, current))
        lost = self._guests - {one.seat.id for one in usable} - {one.seat for one in self._whispers}
        kept = lost & set(self._kept(SeatId(own.device.prefix.hex())))
        others = sorted((self._person(seat).name, url) for seat, url in self._rooms.items())
        return Takeover(
            self._person(host).name,
            usable,
            self._names(lost - kept),
            self._names(kept),
            tuple(others),
        )

    # Giving

    def _give(self, own: OwnSeat, current: Conference) -> None:
        """Certify every computer that stands by and is not certified yet."""
        if own.key.public != own.seat.key or not self._pen.can_write:
            return  # the seat was taken elsewhere, and its key is there
        now = int(self._world.clock())
        known = {
            one.computer
            for one in self._given_in(current)
            if one.seat.id == own.seat.id and now < one.expires
        }
        for computer, key in self._ready():
            if key not in known and self._given[computer] < MOST_GIVEN:
                self._given[computer] += 1
                self._certify(own, current, computer, key)

    def _ready(self) -> Iterator[tuple[SeatId, PublicKey]]:
        """Yield the computers that say that they could let guests in, and are who they say."""
        roster = self._contract.roster
        for one in self._whispers:
            computer = SeatId(one.together.stands_by)
            proof = roster.proofs.get(computer)
            if proof is None or roster.devices.get(computer, computer) != one.seat:
                continue
            with suppress(AccessError):
                device = verify_device(DeviceProof.from_text(proof), self._id)
                if device.seat.role.writes:
                    yield computer, device.key

    def _certify(self, own: OwnSeat, current: Conference, computer: SeatId, key: PublicKey) -> None:
        token = issue_standby(
            own.key,
            self._id,
            key,
            conference=current.number,
            host=SeatId(own.host),
            jti=to_base64url(self._world.entropy(12)),
            now=int(self._world.clock()),
        )

        def write(_: int | None) -> bytes | None:
            there = self._current()
            if there is None or there.number != current.number:
                return None
            return self._contract.change(
                writing.stand_by(there, write_key(own.seat.id, computer), token)
            )

        self._pen.write(None, write)

    # Watching

    def _watch(self, own: OwnSeat, current: Conference) -> None:
        """Note who lets guests in, and since when nothing is heard of them."""
        mine = SeatId(own.device.prefix.hex())
        if self._room is not None:
            room, self._room = self._room, None
            self._say(on="", stands_by=mine, at=room())
        for given in self._given_in(current):
            if given.host != mine:
                self._guests.add(given.seat.id)
                self._host = self._host or given.host
        for one in self._whispers:
            if one.together.at and one.seat != own.seat.id:
                self._rooms[one.seat] = one.together.at
            if one.together.on and one.together.on != mine:
                host = SeatId(one.together.on)
                if self._person(host).id == self._contract.roster.person(one.seat).id:
                    self._host = host
                else:
                    self._guests.add(one.seat)
        if self._host is None or self._is_heard(self._host):
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self._world.seconds()

    def _is_heard(self, host: SeatId) -> bool:
        """Whether that computer, or a guest's program on it, says something."""
        return any(one.together.on == host for one in self._whispers)

    def _usable(self, computer: PublicKey, current: Conference) -> Iterator[Standby]:
        """Yield what this computer was given, for whoever is not here by another way."""
        now, here = int(self._world.clock()), {one.seat for one in self._whispers}
        for one in self._given_in(current):
            with suppress(AccessError):
                check_standby(one, computer, current.number, now)
                if one.seat.id not in here:
                    yield one

    def _kept(self, mine: SeatId) -> Iterator[SeatId]:
        """Yield the guests whose keys this computer had when they asked others to stand by."""
        for one in self._contract.conferences.all:
            given = standing_by(one, self._contract.roster, self._id)
            yield from (standby.seat.id for standby in given if standby.host == mine)

    def _names(self, seats: Set[SeatId]) -> tuple[str, ...]:
        return tuple(sorted(self._person(one).name for one in seats))

    def _person(self, computer: SeatId) -> SeatEntry:
        return self._contract.roster.person(computer)

    def _given_in(self, current: Conference) -> Iterator[Standby]:
        return standing_by(current, self._contract.roster, self._id)

    @property
    def _id(self) -> DocumentId:
        found = self._contract.id
        assert found is not None  # a seat is one of a contract
        return found

    @property
    def _contract(self) -> Contract:
        return self._replica.contract
