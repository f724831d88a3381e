"""A room with a relay in it: who is here, who is expected, and under which code."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from contract_tui.contract.membership.seats import Roster
from contract_tui.language import told
from contract_tui.library.errors import LibraryError, LinkTrouble
from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to
from contract_tui.library.tickets import Ticket, Tickets
from contract_tui.session.presence.presence import Person
from contract_tui.session.session import Session
from contract_tui.ui.hosting.door import Door, GuestSeat
from sync_server.access.devices import DeviceProof
from sync_server.access.proof import Role, SeatId

VALID_DAYS = 1
"""Days for which an invitation into a room is good."""
RENEWAL = 60
"""Seconds before its end at which a code is replaced: somebody may be typing it."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """The relay that the room is at: inside this program, unless another one was named."""

    url: str
    """The address under which the others reach it."""
    unheard: Callable[[], Collection[bytes]]
    """The computers that are connected and have something that is not here, by their prefixes."""
    stays: bool = False
    """Whether the relay goes on when this program ends."""
    door: Door | None = None
    """Where guests come in from a browser; None where none are let in."""
    stopped: Future[None] | None = None
    """Done once the relay inside this program has stopped by itself."""


class Room:
    """What the room's screen shows, and what can be done there."""

    def __init__(
        self, library: Library, session: Session, hosting: Hosting, clock: Callable[[], float]
    ) -> None:
        self.session = session
        self.hosting = hosting
        self._library = library
        self._clock = clock
        self._kept = Tickets(library.keepsakes(session.entry.id))
        self._tickets: list[Ticket] = []
        with suppress(LibraryError):  # they can be invited again
            self._tickets = self._kept.all(hosting.url, clock())
        self._spent: tuple[Roster | None, frozenset[str]] = None, frozenset()

    @property
    def can_invite(self) -> bool:
        """Whether the contract's key, which makes seats, is on this computer."""
        return self._library.contract_key(self.session.entry.id) is not None

    def invite(self, name: str, role: Role) -> Ticket:
        """Expect somebody; raises NotTheHolder, BadName or LibraryError."""
        url, entry = self.hosting.url, self.session.entry
        invitation = invite_to(self._library, entry, role, name, relays=[url], days=VALID_DAYS)
        ticket = Ticket.of(invitation, url, self._clock())
        self._tickets.append(ticket)
        self._kept.keep(ticket)
        return ticket

    @property
    def goes_on(self) -> bool:
        """Whether the others are cut off from nothing when this program ends."""
        return self.hosting.stays

    @property
    def expected(self) -> list[Ticket]:
        """Whoever was invited and has not taken their seat yet."""
        spent = self._spent_jtis()
        return [ticket for ticket in self._tickets if ticket.jti not in spent]

    async def give_codes(self) -> None:
        """Have the relay give a code to everybody who is expected and has none that lasts."""
        self._let_go()
        for ticket in self.expected:
            if ticket.code and self._clock() < ticket.expires - RENEWAL:
                continue
            try:
                answer = await self.session.short_code(ticket.link, relays=[self.hosting.url])
            except LinkTrouble as trouble:
                ticket.trouble = told(trouble)
            else:
                ticket.code, ticket.expires, ticket.trouble = answer.code, answer.expires, ""
                with suppress(LibraryError):  # it is good as long as this program runs
                    self._kept.keep(ticket)

    @property
    def others(self) -> list[Person]:
        """Everybody else with a seat that is proven."""
        return [one for one in self.session.people if not one.me and one.role is not None]

    @property
    def away(self) -> Sequence[Person]:
        """Whoever writes too and is not here now: their words may not be here either."""
        guests = {(one.name, one.role) for one in self._guests}
        return [
            one
            for one in self.others
            if not one.here
            and one.role is not Role.OBSERVER
            and (one.name, one.role) not in guests  # their words are on this computer
        ]

    @property
    def behind(self) -> list[Person]:
        """Whoever is connected and has words that are not here yet."""
        roster = self.session.contract.roster
        unheard = {roster.devices.get(seat, seat) for seat in self._unheard_seats()}
        latest = {roster.person(seat).id for seat in unheard}
        return [one for one in self.others if one.seat in latest and one not in self.away]

    @property
    def looking(self) -> list[str]:
        """The guests whose screens end with this program."""
        return [guest.name for guest in self._guests if guest.is_here]

    @property
    def _guests(self) -> Iterable[GuestSeat]:
        return self.hosting.door.seats() if self.hosting.door else ()

    def _let_go(self) -> None:
        """Forget whoever has come in."""
        expected = self.expected
        if gone := [ticket for ticket in self._tickets if ticket not in expected]:
            self._tickets = expected
            with suppress(LibraryError):
                self._kept.drop(gone)

    def _unheard_seats(self) -> list[SeatId]:
        return [SeatId(prefix.hex()) for prefix in self.hosting.unheard()]

    def _spent_jtis(self) -> frozenset[str]:
        """The invitations with which somebody has taken a seat."""
        roster = self.session.contract.roster
        if self._spent[0] is not roster:
            proofs = map(DeviceProof.from_text, roster.proofs.values())
            self._spent = roster, frozenset(jti for proof in proofs for jti in proof.jtis)
        return self._spent[1]
