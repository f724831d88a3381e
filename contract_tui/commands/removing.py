"""Commands about computers: devices lists them, revoke takes them out."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from contract_tui.commands.consent import NotConfirmed, agrees
from contract_tui.commands.console import open_library, say
from contract_tui.commands.looking import roster
from contract_tui.commands.meeting import share_quietly
from contract_tui.contract.membership.seats import Roster
from contract_tui.library import holding
from contract_tui.library.errors import NotASeat
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import contract_key
from sync_server.access.proof import SeatId


def devices(options: Namespace) -> int:
    """List everybody's computers, one's own first."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        people = roster(library, entry)
        own = library.own_seat(entry.id)
        revoked = holding.revocations(library, entry).prefixes
    this = SeatId(own.device.prefix.hex()) if own else None
    mine = own.seat.id if own else None
    for seat in sorted(people.seats.values(), key=lambda one: (one.id != mine, one.name)):
        for number, device in enumerate(holding.known_devices(people, seat.id)):
            words = "this computer" if device == this else "" if number == 0 else "further"
            if not revoked.isdisjoint((bytes.fromhex(device), bytes.fromhex(seat.id))):
                words = "taken out"
            role = seat.role or "nobody knows who"
            print(f"{device}  {role:8}  {words:13}  {seat.name}")
    return 0


def revoke(options: Namespace) -> int:
    """Take somebody, or one computer, out of a contract, and tell the relays at once."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        contract_key(library, entry)
        device, who = _find(known_people(library, entry), options)
        if options.undo:
            holding.reinstate(library, entry, [device])
            say(f"{who} may take part again")
        else:
            say(f"This takes {who} out of “{entry.name}”. What was written stays, and so do the")
            say("copies that exist; new words neither reach this person nor come from them.")
            if not options.yes and not agrees("Take out?"):
                raise NotConfirmed("nothing was changed")
            holding.revoke(library, entry, [device])
            say(f"{who} no longer takes part")
        tell(library, entry)
    return 0


def tell(library: Library, entry: Entry) -> None:
    """Tell every relay at once, and say which ones do not know yet."""
    if not entry.relays:
        return
    outcomes = asyncio.run(share_quietly(library, entry.id, every=True))
    if waiting := [one.url for one in outcomes if not one.is_done]:
        say(f"not told yet: {', '.join(waiting)} — run contract-tui sync {entry.text_id}")


def known_people(library: Library, entry: Entry) -> Roster:
    """Everybody in the contract, and whoever was taken out, as a relay knows it if one answers.

    Of two lists that were made without each other only one would count.
    """
    if entry.relays:
        asyncio.run(share_quietly(library, entry.id))
    return roster(library, entry)


def _find(people: Roster, options: Namespace) -> tuple[SeatId, str]:
    """The id to take out, and whose it is in words."""
    if not options.device:
        seat = holding.find_seat(people, options.who)
        return seat.id, f"{seat.name} ({seat.role or 'unknown'})"
    wanted = options.who.strip().casefold()
    found = [one for one in people.devices if wanted and one.startswith(wanted)]
    if len(found) == 1:
        return found[0], f"the computer {found[0]} of {people.person(found[0]).name}"
    if any(seat.startswith(wanted) for seat in people.seats if wanted):
        raise NotASeat("this is the person’s first computer, which stands for all: leave --device")
    raise NotASeat(f"no further computer’s id is “{options.who}”: contract-tui devices lists them")
