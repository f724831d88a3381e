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
from contract_tui.language import _
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

_THIS_BEGINS = _(
    "This begins “{title}” anew:\na new contract with today’s words, without their past."
)
_ALONG = _(
    "Along goes all that stands: the title, the sections, goals, what helps, promises,\n"
    "reflections and notes, how much structure is wanted, and when to look again."
)
_INVITED = _("An invitation each is made for {names}.")
_BEHIND = _(
    "Behind stay who wrote what and when, all earlier words, what was taken away, the\n"
    "kept versions, the agreements and the seals. What somebody has covered is\n"
    "gone for good in the new one. All words stand under your name there."
)
_KINDER = _(
    "It would be kinder if {student} did this: the words are theirs, and what is\n"
    "{student}’s alone to write will be marked as written by you."
)


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
            said = _("You have begun “{title}” anew already; this goes on with it.")
            say(said.format(title=entry.name))
        invitations = renewing.expect(library, begun, others, roster(library, begun))
        asyncio.run(_share(library, begun, invitations if options.code else ()))
        asyncio.run(_state(library, entry, begun, anyway=options.again))
        if not options.code:
            _print_links(begun, invitations)
        _say_the_rest(library, entry, begun, people)
        if invitations:
            say(_("Show these invitations again, for whoever has not joined, with"))
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
        raise NotASeat(_("you no longer take part in this contract: ask whoever invited you"))
    return renewing.others(people, own.seat.id, gone)


def _begin(
    library: Library, entry: Entry, people: Roster, others: Sequence[SeatEntry], options: Namespace
) -> Entry:
    """Make the new contract, once the person has agreed."""
    replica = look(library, entry)
    if not len(replica.graph):
        raise NothingThere(_("there are no words here yet to begin with"))
    replica.contract.vouch(people.proofs.values())
    said = anew(library, entry, replica.contract)
    if said is not None and not options.again:
        raise BegunAlready(_already(said))
    say(_consequences(library, entry, others))
    if not options.yes and not agrees(_("Begin anew?")):
        raise NotConfirmed(_("nothing was changed"))
    return library.entry(renewing.begin(library, entry, replica.contract, others))


def _already(said: Anew) -> str:
    """Who has begun it, and how to get there."""
    new = format_document_id(said.contract)
    if said.by:
        return (
            _(
                "{name} has begun this contract anew already, as {contract}: ask for your"
                " invitation, or begin another one with --again"
            )
        ).format(name=said.by, contract=new)
    return _(
        "you have begun this contract anew already on another computer of yours: run contract-tui"
        " invite {contract} --me there, and join with that here; or begin another one with --again"
    ).format(contract=new)


def _consequences(library: Library, entry: Entry, others: Sequence[SeatEntry]) -> str:
    me = renewing.writer(library, entry).seat
    names = ", ".join(terms.with_role(one.name, one.role) for one in others)
    words = [_THIS_BEGINS.format(title=entry.name), "", _ALONG]
    words += [_INVITED.format(names=names) if others else _("Nobody else takes part yet.")]
    words += ["", _BEHIND]
    student = next((one for one in others if one.role is Role.STUDENT), None)
    if student is not None and me.role is not Role.STUDENT:
        words.append(_KINDER.format(student=student.name))
    words += ["", _("This old contract stays until each of you erases it. Everybody is asked to.")]
    return "\n".join(words)


async def _share(library: Library, begun: Entry, for_codes: Sequence[Invitation]) -> None:
    """Bring the new contract to its relays, and have them keep codes for these invitations."""
    session = await Session.open(library, begun.id)
    try:
        outcomes = await meet(session, every=True, patience=BRIEF)
        for one in outcomes:
            if not one.is_done:
                later = _("not shared yet: {reason} — run contract-tui sync {contract}")
                say(later.format(reason=one.trouble, contract=begun.text_id))
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
        reason = str(trouble).removesuffix(_(": send the link"))
        say(_("no code for {name}: {reason}; the link:").format(name=who.name, reason=reason))
        print(invitation.link())
        return
    until = time.strftime("%H:%M", time.localtime(given.expires))
    said = _("for {name}, once, until {time}:")
    say(said.format(name=terms.with_role(who.name, who.role), time=until))
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
                later = _("not told yet: {reason} — run contract-tui sync {contract}")
                say(later.format(reason=one.trouble, contract=entry.text_id))
        said = anew(library, entry, session.contract)
        if said is not None and said.contract != begun.id:
            say(said.sentence())
    finally:
        await session.close()


def _print_links(begun: Entry, invitations: Sequence[Invitation]) -> None:
    if invitations and not begun.relays:
        say(_("the new contract knows no relay yet. In one room, everybody comes in with"))
        say(f"    contract-tui host {begun.text_id}")
    for invitation in invitations:
        who = invitation.certified
        until = time.strftime("%Y-%m-%d", time.localtime(who.expires))
        said = _("for {name} only, until {day}:")
        say(said.format(name=terms.with_role(who.name, who.role), day=until))
        sys.stderr.flush()
        print(invitation.link(), flush=True)


def _say_the_rest(library: Library, entry: Entry, begun: Entry, people: Roster) -> None:
    """What is left to do for this person."""
    own = renewing.writer(library, entry)
    if len(holding.known_devices(people, own.seat.id)) > 1:
        said = _("your own other computers: contract-tui invite {contract} --me")
        say(said.format(contract=begun.text_id))
    everywhere = " --everywhere" if entry.holder and entry.relays else ""
    say(_("Once everybody has joined, each of you erases the old contract; you do it with"))
    say(f"    contract-tui erase {entry.text_id}{everywhere}")
