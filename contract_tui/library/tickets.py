"""Whoever was invited into a room or a renewed contract: kept until they have come in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

import cbor2

from contract_tui.library.keepsakes import TICKET, Keepsakes
from sync_server.access.errors import AccessError
from sync_server.access.invitation import Invitation, parse_invitation
from sync_server.access.proof import Role

FORM = 1


@dataclass(slots=True)
class Ticket:
    """Somebody who was invited into the room."""

    name: str
    role: Role
    jti: str
    link: str
    relay: str
    """Where the code is good; empty where nobody was asked for one."""
    made: float
    """Seconds since 1970."""
    code: str = ""
    """Empty until the relay has given one."""
    expires: float = 0
    """Seconds since 1970, of the code."""
    trouble: str = ""
    """Why there is no code, in one sentence."""

    @classmethod
    def of(cls, invitation: Invitation, relay: str, made: float) -> Ticket:
        """The ticket of somebody who was just invited."""
        certified = invitation.certified
        return cls(certified.name, certified.role, certified.jti, invitation.link(), relay, made)

    def at(self, relay: str) -> Ticket:
        """The same invitation for a room at this address, without a code if it is another one."""
        if relay == self.relay:
            return self
        invitation = parse_invitation(self.link)
        relays = (relay, *(url for url in invitation.relays if url not in (relay, self.relay)))
        return Ticket.of(dataclasses.replace(invitation, relays=relays), relay, self.made)


class Tickets:
    """The tickets of one contract, on the disk; every method may raise LibraryError."""

    def __init__(self, keepsakes: Keepsakes) -> None:
        self._keepsakes = keepsakes

    def all(self, relay: str, now: float) -> list[Ticket]:
        """Those that are good at `now`, in seconds since 1970, for a room at this address."""
        return [ticket.at(relay) for ticket in self.kept(now)]

    def kept(self, now: float) -> list[Ticket]:
        """Those that are good at `now`, as they were kept; the others are let go."""
        found: list[Ticket] = []
        over: list[bytes] = []
        for name, data in self._keepsakes.all(TICKET).items():
            ticket = _read(data, now)
            if ticket is None:
                over.append(name)
            else:
                found.append(ticket)
        if over:
            self._keepsakes.change(TICKET, {}, over)
        return sorted(found, key=lambda ticket: ticket.made)

    def keep(self, ticket: Ticket) -> None:
        """Keep a ticket as it is now."""
        fields = [FORM, ticket.link, ticket.relay, ticket.made, ticket.code, ticket.expires]
        self._keepsakes.put(TICKET, {ticket.jti.encode(): cbor2.dumps(fields)})

    def drop(self, tickets: Iterable[Ticket]) -> None:
        """Let go of tickets that were used."""
        self._keepsakes.change(TICKET, {}, [ticket.jti.encode() for ticket in tickets])


def _read(data: bytes, now: float) -> Ticket | None:
    """A ticket as it was kept; None where its invitation is over or cannot be read."""
    try:
        match cbor2.loads(data):
            case [1, str(link), str(relay), float(made), str(code), int() | float() as expires]:
                invitation = parse_invitation(link)
                if invitation.certified.expires <= now:
                    return None
                ticket = Ticket.of(invitation, relay, made)
                ticket.code, ticket.expires = code, expires
                return ticket
    except (cbor2.CBORDecodeError, ValueError, RecursionError, AccessError):
        pass
    return None
