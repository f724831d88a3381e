"""The command that begins a contract anew: today's words, the same people, and no past."""

from __future__ import annotations

import asyncio
import sys
import time
from argparse import Namespace
from collections.abc import Sequence

from contract_tui.commands.consent import NotConfirmed, agrees
from contract_tui.commands.console import open_library, say, use_registration_key
from contract_tui.commands.looking import look, roster
from contract_tui.commands.meeting import BRIEF, answers, meet
from contract_tui.commands.removing import known_people
from contract_tui.contract.items import terms
from contract_tui.contract.membership.seats import Roster, SeatEntry
from contract_tui.library import holding, renewing
from contract_tui.library.errors import LinkTrouble, NotASeat, SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.standings import REVOKED, remember, standing
from contract_tui.session.session import Session
from contract_tui.session.writing.renewals import Anew, anew, remember_renewal
from sync_server.access.invitation import Invitation
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id


class BegunAlready(SessionError):
    """Somebody else has begun the contract anew."""


class NothingThere(SessionError):
    """Nothing of the contract has arrived, so there are no words to begin with."""


def renew(options: Namespace) -> int:
    """Begin a contract anew, or go on with that; prints the invitations and the new one's id."""
    use_registration_key(options.register_key_file)
    with open_library() as library:
        entry = _old(library, options.contract)
        renewing.writer(library, entry)
        people = known_people(library, entry)
        others = _others(library, entry, people)
        begun = renewing.begun(library, entry)
        if begun is None or options.again:
            begun = _begin(library, entry, people, others, options)
        else:
            say(f"You have begun “{entry.name}” anew already; this goes on with it.")
        invitations = renewing.expect(library, begun, others, roster(library, begun))
        asyncio.run(_share(library, begun, invitations if options.code else ()))
        asyncio.run(_state(library, entry, begun, anyway=options.again))
        if not options.code:
            _print_links(begun, invitations)
        _say_the_rest(library, entry, begun, people)
        if invitations:
            say("Show these invitations again, for whoever has not joined, with")
            say(f"    contract-tui renew {entry.text_id}")
    print(begun.text_id)
    return 0


def _old(library: Library, wanted: str) -> Entry:
    """The contract that is meant, also where the one begun in its place has the same title."""
    fits = library.meant(wanted.strip())
    old = [one for one in fits if renewing.begun(library, one) in fits]
    return old[0] if len(fits) == 2 and len(old) == 1 else library.resolve(wanted)


def _others(library: Library, entry: Entry, people: Roster) -> list[SeatEntry]:
    """Everybody else who takes part; raises NotASeat where this person does not any more."""
    own = renewing.writer(library, entry)
    gone = holding.revocations(library, entry).prefixes
    mine = {own.device.prefix, bytes.fromhex(own.seat.id)}
    if standing(library, entry) == REVOKED or not gone.isdisjoint(mine):
        raise NotASeat("you no longer take part in this contract: ask whoever invited you")
    return renewing.others(people, own.seat.id, gone)


def _begin(
    library: Library, entry: Entry, people: Roster, others: Sequence[SeatEntry], options: Namespace
) -> Entry:
    """Make the new contract, once the person has agreed."""
    replica = look(library, entry)
    if not len(replica.graph):
        raise NothingThere("there are no words here yet to begin with")
    replica.contract.vouch(people.proofs.values())
    said = anew(library, entry, replica.contract)
    if said is not None and not options.again:
        raise BegunAlready(_already(said))
    say(_consequences(library, entry, others))
    if not options.yes and not agrees("Begin anew?"):
        raise NotConfirmed("nothing was changed")
    return library.entry(renewing.begin(library, entry, replica.contract, others))


def _already(said: Anew) -> str:
    """Who has begun it, and how to get there."""
    new = format_document_id(said.contract)
    if said.by:
        return (
            f"{said.by} has begun this contract anew already, as {new}: ask for your invitation,"
            " or begin another one with --again"
        )
    return (
        f"you have begun this contract anew already on another computer of yours: run contract-tui"
        f" invite {new} --me there, and join with that here; or begin another one with --again"
    )


def _consequences(library: Library, entry: Entry, others: Sequence[SeatEntry]) -> str:
    me = renewing.writer(library, entry).seat
    names = ", ".join(terms.with_role(one.name, one.role) for one in others)
    words = [
        f"This begins “{entry.name}” anew:",
        "a new contract with today’s words, without their past.",
        "",
        "Along goes all that stands: the title, the sections, goals, what helps, promises,",
        "reflections and notes, how much structure is wanted, and when to look again.",
        f"An invitation each is made for {names}." if others else "Nobody else takes part yet.",
        "",
        "Behind stay who wrote what and when, all earlier words, what was taken away, the",
        "kept versions, the agreements and the seals. What somebody has covered is",
        "gone for good in the new one. All words stand under your name there.",
    ]
    student = next((one for one in others if one.role is Role.STUDENT), None)
    if student is not None and me.role is not Role.STUDENT:
        words += [
            f"It would be kinder if {student.name} did this: the words are theirs, and what is",
            f"{student.name}’s alone to write will be marked as written by you.",
        ]
    words += [
        "",
        "This old contract stays until each of you erases it. Everybody is asked to.",
    ]
    return "\n".join(words)


async def _share(library: Library, begun: Entry, for_codes: Sequence[Invitation]) -> None:
    """Bring the new contract to its relays, and have them keep codes for these invitations."""
    session = await Session.open(library, begun.id)
    try:
        outcomes = await meet(session, every=True, patience=BRIEF)
        for one in outcomes:
            if not one.is_done:
                say(f"not shared yet: {one.trouble} — run contract-tui sync {begun.text_id}")
        for invitation in for_codes:
            await _print_code(session, invitation)
        session.save()
    finally:
        await session.close()


async def _print_code(session: Session, invitation: Invitation) -> None:
    """Print a short code, or the link where no relay keeps one."""
    who = invitation.certified
    try:
        given = await session.short_code(invitation.link())
    except LinkTrouble as trouble:
        say(f"no code for {who.name}: {str(trouble).removesuffix(': send the link')}; the link:")
        print(invitation.link())
        return
    until = time.strftime("%H:%M", time.localtime(given.expires))
    say(f"for {terms.with_role(who.name, who.role)}, once, until {until}:")
    say(f"    contract-tui join {given.code} --relay {given.relay}")
    print(given.code)


async def _state(library: Library, entry: Entry, begun: Entry, *, anyway: bool) -> None:
    """Say in the old contract, once or `anyway`, that it was begun anew, and tell its relays."""
    session = await Session.open(library, entry.id)
    try:
        if anyway or session.contract.renewed is None:
            session.pen.state_renewed(begun.id)
        outcomes = await meet(session, every=True, patience=BRIEF)
        session.save()
        told = answers(session)
        remember(library, entry, told)
        remember_renewal(library, entry, session.contract)
        for one in outcomes:
            if not (one.is_done or told.get(one.url) is RefusalKind.ERASED):
                say(f"not told yet: {one.trouble} — run contract-tui sync {entry.text_id}")
        said = anew(library, entry, session.contract)
        if said is not None and said.contract != begun.id:
            say(said.sentence())
    finally:
        await session.close()


def _print_links(begun: Entry, invitations: Sequence[Invitation]) -> None:
    if invitations and not begun.relays:
        say("the new contract knows no relay yet. In one room, everybody comes in with")
        say(f"    contract-tui host {begun.text_id}")
    for invitation in invitations:
        who = invitation.certified
        until = time.strftime("%Y-%m-%d", time.localtime(who.expires))
        say(f"for {terms.with_role(who.name, who.role)} only, until {until}:")
        sys.stderr.flush()
        print(invitation.link(), flush=True)


def _say_the_rest(library: Library, entry: Entry, begun: Entry, people: Roster) -> None:
    """What is left to do for this person."""
    own = renewing.writer(library, entry)
    if len(holding.known_devices(people, own.seat.id)) > 1:
        say(f"your own other computers: contract-tui invite {begun.text_id} --me")
    everywhere = " --everywhere" if entry.holder and entry.relays else ""
    say("Once everybody has joined, each of you erases the old contract; you do it with")
    say(f"    contract-tui erase {entry.text_id}{everywhere}")
