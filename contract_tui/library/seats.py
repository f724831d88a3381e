"""New contracts, invitations and the taking of seats, on a person's first computer or a further."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import TITLE_LIMIT
from contract_tui.language import _
from contract_tui.library.errors import (
    AlreadyThere,
    NoSeatYet,
    NotTheFirst,
    NotTheHolder,
    SessionError,
)
from contract_tui.library.journal import Appearance
from contract_tui.library.keepsakes import HOLDER, SEAL
from contract_tui.library.library import Entry, Library, OwnSeat
from contract_tui.library.world import World
from sync_server.access.devices import accept, invite_device, verify_device
from sync_server.access.errors import Expired
from sync_server.access.holder import declare_holder
from sync_server.access.invitation import Invitation, invite, parse_invitation
from sync_server.access.keys import SigningKey, contract_id, new_actor, to_base64url
from sync_server.access.proof import Role, SeatId, is_name
from sync_server.access.seal import seal
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor, DocumentId

DAY = 24 * 60 * 60
VALID_DAYS = 30
Begin = Callable[[Actor, str, int], Contract]
"""Writes a new contract: as an actor, for a public key in base64url, at seconds since 1970."""


class BadName(SessionError):
    """A name that cannot stand in a certificate."""


class BadTitle(SessionError):
    """A title that nobody could type into a contract."""


def new_contract(
    library: Library,
    title: str,
    name: str,
    role: Role,
    relays: Iterable[str] = (),
    world: World | None = None,
) -> DocumentId:
    """Make a contract whose key, and first seat, belong to this person; raises SessionError."""
    if len(title) > TITLE_LIMIT:
        said = _("a title has at most {most} characters: this one has {n}")
        raise BadTitle(said.format(most=TITLE_LIMIT, n=len(title)))

    def begin(actor: Actor, public_key: str, now: int) -> Contract:
        return Contract.create(actor, public_key, title, now)

    return found_contract(library, begin, name, role, relays, world or World())


def found_contract(
    library: Library, begin: Begin, name: str, role: Role, relays: Iterable[str], world: World
) -> DocumentId:
    """Keep what `begin` writes as a contract whose key, and first seat, belong to this person."""
    governing = SigningKey(world.entropy(32))
    contract = contract_id(governing.public)
    invitation = _invite(governing, role, name, (), world, days=1)
    own = _claim(invitation, world)
    actor = new_actor(own.seat.key, world.entropy(8))
    now = int(world.clock())
    document = begin(actor, governing.public.text, now)
    holds = declare_holder(governing, own.seat.id, now)
    document.add_seat(own.seat, own.proof, holds)
    changes = parse_changes(document.changes_since())
    with library.together():
        journal = library.add(contract, relays=relays, key=governing, seat=own)
        keepsakes = library.keepsakes(contract)
        keepsakes.put(HOLDER, {b"": holds.encode()})
        sealed = seal(own.key, contract, actor, changes[-1].hash)
        keepsakes.put(SEAL, {sealed.actor + sealed.hash: sealed.to_bytes()})
        journal.append(changes, Appearance(document.title, now, document.heads))
    return contract


def invite_to(
    library: Library,
    entry: Entry,
    role: Role,
    name: str,
    *,
    relays: Iterable[str] = (),
    days: int = VALID_DAYS,
    world: World | None = None,
    replaces: SeatId | None = None,
) -> Invitation:
    """Invite one person to one role; raises NotTheHolder or BadName.

    `replaces` is the seat that this person lost and gets another one for.
    """
    key = contract_key(library, entry)
    library.add_relays(entry.id, relays)
    known = tuple(library.shared(entry.id))
    return _invite(key, role, name, known, world or World(), days, replaces)


def invite_me(
    library: Library,
    entry: Entry,
    relays: Iterable[str] = (),
    days: int = VALID_DAYS,
    world: World | None = None,
) -> Invitation:
    """Invite a further computer of one's own; raises NoSeatYet or NotTheFirst."""
    own = library.own_seat(entry.id)
    if own is None:
        raise NoSeatYet
    if own.key.public != own.seat.key:
        raise NotTheFirst(_("further computers are invited on the one where you joined first"))
    library.add_relays(entry.id, relays)
    world = world or World()
    return invite_device(
        own.key,
        own.proof,
        key=SigningKey(world.entropy(32)),
        jti=to_base64url(world.entropy(12)),
        expires=int(world.clock()) + days * DAY,
        relays=tuple(library.shared(entry.id)),
    )


def contract_key(library: Library, entry: Entry) -> SigningKey:
    """The key that governs a contract; raises NotTheHolder where it is on another computer."""
    key = library.contract_key(entry.id)
    if key is None:
        said = _(
            "only whoever holds the key of this contract can do that: contract-tui key {contract}"
            " says who it is"
        )
        raise NotTheHolder(said.format(contract=entry.text_id))
    return key


def join(library: Library, link: str, world: World | None = None) -> DocumentId:
    """Take the seat that an invitation offers, or enter a further computer of one's own.

    Raises AccessError or SessionError.
    """
    world = world or World()
    invitation = parse_invitation(link)
    if world.clock() >= invitation.certified.expires:
        raise Expired(_("the invitation has expired: ask for a new one"))
    contract = invitation.contract
    present = {entry.id: entry for entry in library.entries()}
    if contract in present and present[contract].seat:
        said = _("you have a seat in this contract already: {contract}")
        raise AlreadyThere(said.format(contract=present[contract].text_id))
    own = _claim(invitation, world)
    if contract in present:
        library.take_seat(contract, own, invitation.relays)
    else:
        library.add(contract, relays=invitation.relays, seat=own)
    return contract


def _invite(
    key: SigningKey,
    role: Role,
    name: str,
    relays: tuple[str, ...],
    world: World,
    days: int,
    replaces: SeatId | None = None,
) -> Invitation:
    if not is_name(name):
        raise BadName(_("a name is one line of at most 60 characters"))
    return invite(
        key,
        role,
        name,
        key=SigningKey(world.entropy(32)),
        jti=to_base64url(world.entropy(12)),
        expires=int(world.clock()) + days * DAY,
        relays=relays,
        replaces=replaces,
    )


def _claim(invitation: Invitation, world: World) -> OwnSeat:
    """A seat with a key made here, which never leaves this computer."""
    key = SigningKey(world.entropy(32))
    proof = accept(invitation, key)
    device = verify_device(proof, invitation.contract, int(world.clock()))
    return OwnSeat(device.seat, key, proof)
