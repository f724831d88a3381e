"""Begins a contract anew: today's words without their past, for the same people."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from contract_tui.contract.anew import begin_anew
from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import Roster, SeatEntry
from contract_tui.language import _
from contract_tui.library.errors import NoSeatYet, ReadOnlySeat
from contract_tui.library.keepsakes import RENEWAL
from contract_tui.library.library import Entry, Library, OwnSeat
from contract_tui.library.seats import found_contract, invite_to
from contract_tui.library.settings import is_room
from contract_tui.library.tickets import Ticket, Tickets
from contract_tui.library.world import World
from sync_server.access.devices import DeviceProof
from sync_server.access.invitation import Invitation, parse_invitation
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import DocumentId


def writer(library: Library, entry: Entry) -> OwnSeat:
    """The seat of this person, who may write; raises NoSeatYet or ReadOnlySeat."""
    own = library.own_seat(entry.id)
    if own is None:
        raise NoSeatYet
    if not own.seat.role.writes:
        raise ReadOnlySeat(_("you are reading along: somebody who writes here can begin it anew"))
    return own


def others(roster: Roster, me: SeatId, gone: Collection[bytes]) -> list[SeatEntry]:
    """Everybody else who takes part today; `gone` are the seats that were taken out."""
    mine = roster.person(me).id
    found = [
        (_rank(one.role, one.name), one.id, one)
        for one in roster.seats.values()
        if one.role and not one.replaced_by and one.id != mine
        if bytes.fromhex(one.id) not in gone
    ]
    return [one for *_, one in sorted(found, key=lambda ranked: ranked[:2])]


def begun(library: Library, entry: Entry) -> Entry | None:
    """What this person has begun in place of a contract; None where that is not here."""
    kept = library.keepsakes(entry.id).get(RENEWAL)
    return next((one for one in library.entries() if one.id == kept), None)


def begin(
    library: Library,
    entry: Entry,
    old: Contract,
    people: Iterable[SeatEntry],
    world: World | None = None,
) -> DocumentId:
    """Make the new contract, its key and everybody's invitation, all of it or nothing.

    The same relays are to have it, but for those that last only as long as a room; this person's
    drafts are there too. Raises NoSeatYet or ReadOnlySeat.
    """
    world = world or World()
    me = writer(library, entry).seat
    relays = [url for url in entry.relays if not is_room(url)]
    with library.together():
        new = found_contract(
            library, lambda *made: begin_anew(old, *made), me.name, me.role, relays, world
        )
        library.keepsakes(entry.id).put(RENEWAL, {b"": new})
        library.drafts(entry.id).copy_to(library.drafts(new))
        expect(library, library.entry(new), people, Roster(), world)
    return new


def expect(
    library: Library,
    entry: Entry,
    people: Iterable[SeatEntry],
    roster: Roster,
    world: World | None = None,
) -> list[Invitation]:
    """The invitations of those who have not come in yet, made where somebody has none.

    `roster` is of the new contract. None are made where its key is on another computer.
    """
    world = world or World()
    now, kept = world.clock(), Tickets(library.keepsakes(entry.id))
    spent = {jti for proof in roster.proofs.values() for jti in DeviceProof.from_text(proof).jtis}
    pending = [ticket for ticket in kept.kept(now) if ticket.jti not in spent]
    there = {(one.name, one.role) for one in roster.seats.values()}
    there |= {(ticket.name, ticket.role) for ticket in pending}
    for one in people if entry.holder else ():
        if one.role and (one.name, one.role) not in there:
            invitation = invite_to(library, entry, one.role, one.name, world=world)
            pending.append(Ticket.of(invitation, "", now))
            kept.keep(pending[-1])
    pending.sort(key=lambda ticket: _rank(ticket.role, ticket.name))
    # A relay that was added since is of use to them as well.
    relays = tuple(library.shared(entry.id))
    links = [parse_invitation(ticket.link) for ticket in pending]
    return [dataclasses.replace(link, relays=relays) for link in links]


def _rank(role: Role, name: str) -> tuple[int, str]:
    """What people are sorted by: the student first."""
    return list(Role).index(role), name
