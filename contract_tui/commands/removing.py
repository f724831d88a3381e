"""Commands about computers: devices lists them, revoke takes them out."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from contract_tui.commands.consent import NotConfirmed, agrees
from contract_tui.commands.console import open_library, say
from contract_tui.commands.looking import roster
from contract_tui.commands.meeting import share_quietly
from contract_tui.contract.items import terms
from contract_tui.contract.membership.seats import Roster
from contract_tui.language import _, pgettext
from contract_tui.library import holding
from contract_tui.library.errors import NotASeat
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import contract_key
from contract_tui.ui.cells import padded
from contract_tui.ui.graphemes import width
from sync_server.access.proof import SeatId

_THIS_ONE, _FURTHER = _("this computer"), pgettext("a computer", "further")
_TAKEN_OUT = pgettext("a computer", "taken out")
_CONSEQUENCES = _(
    "This takes {who} out of “{title}”. What was written stays, and so do the\n"
    "copies that exist; new words neither reach this person nor come from them."
)


def devices(options: Namespace) -> int:
    """List everybody's computers, one's own first."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        people = roster(library, entry)
        own = library.own_seat(entry.id)
        revoked = holding.revocations(library, entry).prefixes
    this = SeatId(own.device.prefix.hex()) if own else None
    mine = own.seat.id if own else None
    roles = max(map(width, terms.ROLES.values()))
    column = max(map(width, (_THIS_ONE, _FURTHER, _TAKEN_OUT)))
    for seat in sorted(people.seats.values(), key=lambda one: (one.id != mine, one.name)):
        for number, device in enumerate(holding.known_devices(people, seat.id)):
            words = _THIS_ONE if device == this else "" if number == 0 else _FURTHER
            if not revoked.isdisjoint((bytes.fromhex(device), bytes.fromhex(seat.id))):
                words = _TAKEN_OUT
            role = terms.ROLES[seat.role] if seat.role else _("nobody knows who")
            row = padded(role, roles), padded(words, column), seat.name
            print(device, *row, sep="  ")
    return 0


def revoke(options: Namespace) -> int:
    """Take somebody, or one computer, out of a contract, and tell the relays at once."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        contract_key(library, entry)
        device, who = _find(known_people(library, entry), options)
        if options.undo:
            holding.reinstate(library, entry, [device])
            say(_("{who} may take part again").format(who=who))
        else:
            say(_CONSEQUENCES.format(who=who, title=entry.name))
            if not options.yes and not agrees(_("Take out?")):
                raise NotConfirmed(_("nothing was changed"))
            holding.revoke(library, entry, [device])
            say(_("{who} no longer takes part").format(who=who))
        tell(library, entry)
    return 0


def tell(library: Library, entry: Entry) -> None:
    """Tell every relay at once, and say which ones do not know yet."""
    if not entry.relays:
        return
    outcomes = asyncio.run(share_quietly(library, entry.id, every=True))
    if waiting := [one.url for one in outcomes if not one.is_done]:
        said = _("not told yet: {relays} — run contract-tui sync {contract}")
        say(said.format(relays=", ".join(waiting), contract=entry.text_id))


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
        role = terms.ROLES[seat.role] if seat.role else _("unknown")
        return seat.id, terms.WITH_ROLE.format(name=seat.name, role=role)
    wanted = options.who.strip().casefold()
    found = [one for one in people.devices if wanted and one.startswith(wanted)]
    if len(found) == 1:
        name = people.person(found[0]).name
        return found[0], _("the computer {id} of {name}").format(id=found[0], name=name)
    if any(seat.startswith(wanted) for seat in people.seats if wanted):
        raise NotASeat(
            _("this is the person’s first computer, which stands for all: leave --device")
        )
    said = _("no further computer’s id is “{id}”: contract-tui devices lists them")
    raise NotASeat(said.format(id=options.who))
