"""What the holder of a contract's key can do: take out, replace, back up, and hand over."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tui.contract.membership.seats import Roster, SeatEntry
from contract_tui.language import _
from contract_tui.library.errors import (
    NoSeatYet,
    NotASeat,
    NotTheHolder,
    SessionError,
    WrongKey,
)
from contract_tui.library.keepsakes import HOLDER, REVOCATIONS
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import VALID_DAYS, contract_key, invite_to
from contract_tui.library.world import World
from sync_server.access.backup import paper, read_paper
from sync_server.access.errors import ProofError
from sync_server.access.holder import declare_holder
from sync_server.access.invitation import Invitation
from sync_server.access.keys import contract_id
from sync_server.access.proof import SeatId, is_seat_id
from sync_server.access.revocation import Revocations, read_revocations
from sync_server.access.revocation import revoke as sign_list


class TakesOutItself(SessionError):
    """Whoever takes out their own computer could not undo it."""


def revocations(library: Library, entry: Entry) -> Revocations:
    """The newest list of what is taken out, as far as it is known here; raises LibraryError."""
    kept = library.keepsakes(entry.id).get(REVOCATIONS)
    if kept is not None:
        try:
            return read_revocations(kept.decode(), entry.id)
        except (ProofError, UnicodeDecodeError):
            pass
    return Revocations(0, frozenset())


def revoke(library: Library, entry: Entry, devices: Iterable[str]) -> Revocations:
    """Take out seats, or single computers, by the 16 letters of their ids.

    It is kept here, and told to each relay that the contract is next shared with. Whoever takes
    out a seat takes out all its computers. Raises NotTheHolder, NotASeat or TakesOutItself.
    """
    prefixes = _prefixes(devices)
    own = library.own_seat(entry.id)
    if own is not None and not prefixes.isdisjoint({own.device.prefix, bytes.fromhex(own.seat.id)}):
        raise TakesOutItself(_("this would take out your own seat: hand over the key first"))
    return _sign(library, entry, revocations(library, entry).prefixes | prefixes)


def reinstate(library: Library, entry: Entry, devices: Iterable[str]) -> Revocations:
    """Let seats or computers take part again; raises NotTheHolder or NotASeat."""
    return _sign(library, entry, revocations(library, entry).prefixes - _prefixes(devices))


def replace_seat(
    library: Library,
    entry: Entry,
    lost: SeatEntry,
    relays: Iterable[str] = (),
    days: int = VALID_DAYS,
    world: World | None = None,
) -> Invitation:
    """Invite a person anew whose seat is lost, and take the lost one out.

    To everybody else it is the same person as before. Raises NotTheHolder or NotASeat.
    """
    if lost.role is None:
        raise NotASeat(_("nobody is known to have this seat: invite the person instead"))
    with library.together():
        revoke(library, entry, [lost.id])
        return invite_to(
            library,
            entry,
            lost.role,
            lost.name,
            relays=relays,
            days=days,
            world=world,
            replaces=lost.id,
        )


def paper_backup(library: Library, entry: Entry) -> str:
    """The contract's key to be printed: whoever reads it governs the contract; NotTheHolder."""
    return paper(contract_key(library, entry))


def take_key(library: Library, entry: Entry, text: str, world: World | None = None) -> None:
    """Take the contract's key from paper, and say in the contract that this person has it now.

    Raises BadPaper for a mistyped one, WrongKey or NoSeatYet.
    """
    key = read_paper(text)
    if contract_id(key.public) != entry.id:
        raise WrongKey(_("this is the key of another contract"))
    own = library.own_seat(entry.id)
    if own is None:
        raise NoSeatYet
    token = declare_holder(key, own.seat.id, int((world or World()).clock()))
    with library.together():
        library.keep_contract_key(entry.id, key)
        library.keepsakes(entry.id).put(HOLDER, {b"": token.encode()})


def give_up_key(library: Library, entry: Entry) -> None:
    """Forget the contract's key on this computer, after it was handed over; raises NotTheHolder."""
    contract_key(library, entry)
    library.keep_contract_key(entry.id, None)


def find_seat(roster: Roster, text: str) -> SeatEntry:
    """The seat of this name or id, or beginning of an id; raises NotASeat."""
    wanted = text.strip().casefold()
    seats = list(roster.seats.values())
    named = [one for one in seats if one.name.casefold() == wanted and not one.replaced_by]
    begun = [one for one in seats if wanted and one.id.startswith(wanted)]
    found = named or begun
    if not found:
        said = _("nobody here is called “{name}”, and no seat’s id begins so")
        raise NotASeat(said.format(name=text))
    if len(found) > 1:
        ids = ", ".join(f"{one.id} ({one.name})" for one in found)
        raise NotASeat(_("“{name}” fits several seats: {ids}").format(name=text, ids=ids))
    return found[0]


def _prefixes(devices: Iterable[str]) -> frozenset[bytes]:
    named = list(devices)
    if not named or not all(is_seat_id(one) for one in named):
        raise NotASeat(_("a seat or a computer is named by the 16 letters of its id"))
    return frozenset(map(bytes.fromhex, named))


def _sign(library: Library, entry: Entry, prefixes: frozenset[bytes]) -> Revocations:
    key = library.contract_key(entry.id)
    if key is None:
        raise NotTheHolder(_("only whoever holds the key of this contract can take somebody out"))
    number = revocations(library, entry).number + 1
    token = sign_list(key, number, prefixes)
    library.keepsakes(entry.id).put(REVOCATIONS, {b"": token.encode()})
    return Revocations(number, prefixes)


def known_devices(roster: Roster, seat: SeatId) -> list[SeatId]:
    """The computers of a seat: the first, then the further ones, by their ids."""
    return [seat, *(device for device, of in roster.devices.items() if of == seat)]
