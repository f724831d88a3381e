"""The command that invites: a person, a further computer of one's own, or somebody anew."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from contract_tui.commands import qr
from contract_tui.commands.consent import settle_ways
from contract_tui.commands.console import open_library, relays, say, use_registration_key
from contract_tui.language import _
from contract_tui.library import seats
from contract_tui.library.errors import LinkTrouble, SessionError
from contract_tui.library.library import Entry, Library
from sync_server.access.invitation import Invitation
from sync_server.access.proof import Role

if TYPE_CHECKING:
    from contract_tui.session.link.asking import ShortCode

OWN_DAYS = 2
"""Days for which a link to one's own next computer is good: whoever has it can write as oneself."""


class NoRelay(SessionError):
    """Nobody keeps a short code for a contract that is shared nowhere."""


class NoCode(SessionError):
    """The relay keeps no short code."""


def invite(options: Namespace) -> int:
    """Print the link, or a short code, with which one person takes one seat."""
    named = relays(options.relay)
    use_registration_key(options.register_key_file)
    with open_library() as library:
        entry = library.resolve(options.contract)
        known = (*named, *entry.relays)
        if options.code and not known:
            raise NoRelay(
                _("a short code is kept by a relay, and this contract knows none: --relay")
            )
        invitation = _invite(library, entry, options, named)
        if options.code:
            settle_ways(library, named, entry.relays, allowed=options.allow_unencrypted)
            return _print_code(library, entry, invitation, named)
    _explain(invitation)
    _show(invitation, wanted=options.qr)
    print(invitation.link())
    return 0


def _invite(library: Library, entry: Entry, options: Namespace, named: Sequence[str]) -> Invitation:
    settle_ways(library, named, allowed=options.allow_unencrypted)
    if options.me:
        return seats.invite_me(library, entry, named, options.expires or OWN_DAYS)
    days = options.expires or seats.VALID_DAYS
    if options.replaces:
        return _replace(library, entry, options, named, days)
    role = Role(options.role)
    return seats.invite_to(library, entry, role, options.name, relays=named, days=days)


def _replace(
    library: Library, entry: Entry, options: Namespace, named: Sequence[str], days: int
) -> Invitation:
    """Invite a person anew, and see to it at once that their lost computer stays outside."""
    from contract_tui.commands.removing import known_people, tell
    from contract_tui.library.holding import find_seat, replace_seat

    seats.contract_key(library, entry)
    found = find_seat(known_people(library, entry), options.replaces)
    lost = dataclasses.replace(
        found,
        name=options.name or found.name,
        role=Role(options.role) if options.role else found.role,
    )
    invitation = replace_seat(library, entry, lost, named, days)
    gone = _("whoever has the old computer of {name} no longer takes part")
    say(gone.format(name=found.name))
    tell(library, entry)
    return invitation


def _explain(invitation: Invitation) -> None:
    """Say who may have this, and for how long."""
    certified = invitation.certified
    until = time.strftime("%Y-%m-%d", time.localtime(certified.expires))
    if not invitation.relays:
        say(_("this contract knows no relay yet: invite again with --relay URL once there is one"))
    if invitation.for_device:
        said = _("for your own next computer only, until {day}: whoever has this can write as you")
    else:
        said = _("for {name} only, until {day}: whoever has this link can take the seat")
    say(said.format(name=certified.name, day=until))


def _show(invitation: Invitation, *, wanted: bool) -> None:
    """Show the link as a QR code, where there is a window to show it in."""
    window = qr.window() if wanted else None
    if window is None:
        return
    picture = qr.draw(invitation.link())
    if picture.fits(*window):
        say("\n".join(picture.lines))
    else:
        rows = len(picture.lines) + qr.LINES_BESIDE
        said = _("as a QR code it needs a window of {columns} columns and {lines} lines")
        say(said.format(columns=picture.columns, lines=rows))


def _print_code(
    library: Library, entry: Entry, invitation: Invitation, named: Sequence[str]
) -> int:
    """Let a relay keep the link, and print what to say to the other person."""
    try:
        given = asyncio.run(_ask_code(library, entry, invitation.link(), named))
    except LinkTrouble as trouble:
        words = str(trouble).removesuffix(_(": send the link"))
        said = _("{reason}: invite without --code to get a link")
        raise NoCode(said.format(reason=words)) from trouble
    until = time.strftime("%H:%M", time.localtime(given.expires))
    if invitation.for_device:
        said = _("on your other computer, once, until {time}:")
    else:
        said = _("for {name}, once, until {time}:")
    say(said.format(name=invitation.certified.name, time=until))
    say(f"    contract-tui join {given.code} --relay {given.relay}")
    print(given.code)
    return 0


async def _ask_code(library: Library, entry: Entry, link: str, named: Sequence[str]) -> ShortCode:
    from contract_tui.commands.meeting import BRIEF, meet
    from contract_tui.session.session import Session

    session = await Session.open(library, entry.id, relays=named)
    try:
        # Whoever joins by the code should find the contract there.
        outcomes = await meet(session, named, every=False, patience=BRIEF)
        if not any(one.talk for one in session.links):
            raise LinkTrouble("; ".join(filter(None, (one.trouble for one in outcomes))))
        given = await session.short_code(link, relays=named)
        session.save()
        return given
    finally:
        await session.close()
