"""The command by which the holder of a contract's key admits what its author never sealed."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contract_tui.commands.consent import NotConfirmed, agrees, settle_ways
from contract_tui.commands.console import open_library, say
from contract_tui.commands.deeds import told
from contract_tui.commands.looking import roster
from contract_tui.commands.meeting import BRIEF, meet, share_quietly
from contract_tui.contract.contract import Contract
from contract_tui.contract.deeds import Deeds, deeds
from contract_tui.contract.headings import headings, thing_heading
from contract_tui.contract.items import paths, terms
from contract_tui.contract.membership.seats import Roster, SeatEntry, seat_of
from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.library import holding
from contract_tui.library.coverage import PATIENCE
from contract_tui.library.errors import NotTheHolder
from contract_tui.library.library import Entry, Library
from contract_tui.session.copies.replica import Replica
from contract_tui.session.looking import look
from contract_tui.session.session import Session
from contract_tui.session.signing.vouching import Unsealed, admit, still, unsealed
from sync_server.access.proof import SeatId

WAIT = PATIENCE
"""Seconds that authors who are here have to seal what they wrote just now."""
_NOTHING_WAITS = _(
    "Nothing waits: everything here is sealed, or vouched for. If a relay keeps\n"
    "something back from somebody else, import a file here that they exported."
)
_NEVER_SEALED = _(
    "In “{title}” there is something that its author’s computer never sealed.\n"
    "A relay that does not have it takes it from nobody else, nor what was written\n"
    "on top of it, unless you vouch that it belongs to this contract. Whose it is\n"
    "stays in doubt."
)
_MAY_COME = _(
    "If {name} can still open the contract on the computer that it was written"
    " on, that is better: then it is shown to be theirs."
)
_IS_HERE = _(
    "{name} is here now: ask. If {name} can still open the contract on the computer that it"
    " was written on, that is better: then it is shown to be theirs."
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is unsealed, and who could still do something about it."""

    replica: Replica
    work: Sequence[Unsealed]
    here: frozenset[SeatId]
    """Who has the contract open just now."""


def vouch(options: Namespace) -> int:
    """Show what nobody sealed, ask, and vouch for it if the holder of the key says so."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        _check_holder(library, entry, roster(library, entry))
        settle_ways(library, (), entry.relays, allowed=options.allow_unencrypted)
        found = asyncio.run(_look(library, entry))
        if not found.work:
            say(_NOTHING_WAITS)
            return 0
        agreed = _ask(library, entry, roster(library, entry), found)
        if not agreed:
            raise NotConfirmed(_("nothing was vouched for"))
        admit(library, entry, found.replica, agreed)
        say(_("vouched for: relays take it now, with what was written on top of it"))
        _share(library, entry)
    return 0


def _share(library: Library, entry: Entry) -> None:
    """Meet every relay at once, and say which ones do not have everything."""
    if not entry.relays:
        return
    outcomes = asyncio.run(share_quietly(library, entry.id, every=True))
    if waiting := [one.url for one in outcomes if not one.is_done]:
        said = _(
            "not everything is shared yet with {relays}: contract-tui sync {contract} says why"
        )
        say(said.format(relays=", ".join(waiting), contract=entry.text_id))


def _check_holder(library: Library, entry: Entry, people: Roster) -> None:
    """Raise NotTheHolder, saying who that is, where the key is not on this computer."""
    if library.contract_key(entry.id) is not None:
        return
    holder = people.holder
    if holder is None:
        raise NotTheHolder(_("only whoever holds the key of this contract can vouch for its past"))
    if entry.seat is not None and entry.seat.id == holder.id:
        raise NotTheHolder(
            _(
                "only whoever holds the key of this contract can vouch for its past: do it on the"
                " computer that has the key"
            )
        )
    raise NotTheHolder(
        _("only whoever holds the key of this contract can vouch for its past: ask {name}").format(
            name=terms.with_role(holder.name, holder.role)
        )
    )


# What there is


async def _look(library: Library, entry: Entry) -> _Found:
    """What is unsealed, after the latest has come and whoever is here had time to seal theirs."""
    session = await Session.open(library, entry.id)
    try:
        await meet(session, every=False, patience=BRIEF)
        replica = await look(library, entry)
        work = unsealed(library, entry, replica)
        if work and any(link.is_heard for link in session.links):
            said = _("Waiting {n} seconds, as whoever is here may still seal what they wrote …")
            say(said.format(n=round(WAIT)))
            work = await _left_unsealed(library, entry, session, replica, work)
        here = frozenset(one.seat for one in session.people if one.here and not one.me)
    finally:
        await session.close()
    return _Found(replica, work, here)


async def _left_unsealed(
    library: Library, entry: Entry, session: Session, replica: Replica, work: list[Unsealed]
) -> list[Unsealed]:
    """What is unsealed still after a while, or nothing as soon as nothing is."""
    woken = asyncio.Event()
    leave = session.listen(woken.set)
    try:
        async with asyncio.timeout(WAIT):
            while work:
                await woken.wait()
                woken.clear()
                work = still(work, unsealed(library, entry, replica))
    except TimeoutError:
        work = still(work, unsealed(library, entry, replica))
    finally:
        leave()
    return work


# What a person is shown, and asked


def _ask(library: Library, entry: Entry, people: Roster, found: _Found) -> list[Unsealed]:
    """Show what is unsealed, one author after the other; returns what the holder vouches for."""
    say(_NEVER_SEALED.format(title=entry.name))
    names = _headings(found.replica.contract)
    revoked = holding.revocations(library, entry).prefixes
    agreed: list[Unsealed] = []
    for seat, work in _by_person(people, found.work).items():
        say("")
        author = people.person(seat)
        is_me = entry.seat is not None and people.person(entry.seat.id).id == author.id
        done = _deeds(found.replica, work)
        for line in told(author, done, names, is_me=is_me):
            say(line)
        prefixes = {one.actor[:8] for one in work} | {bytes.fromhex(author.id)}
        say(_advice(author, found, is_me=is_me, is_out=not revoked.isdisjoint(prefixes)))
        if agrees(_("Does this belong to the contract’s past?")):
            agreed += work
    return agreed


def _headings(contract: Contract) -> Mapping[PartId, str]:
    """What every part, thing and section is called."""
    found = headings(contract)
    for section in contract.sections:
        named = f"“{section.heading}”"
        found[section.part] = found[PartId(paths.item(paths.SECTIONS, section.part))] = named
    found |= {PartId(thing.id): thing_heading(contract, thing) for thing in contract.items}
    return found


def _by_person(people: Roster, work: Iterable[Unsealed]) -> Mapping[SeatId, list[Unsealed]]:
    """The same, by the seat of whoever it is said to be by; strangers each by themselves."""
    found: dict[SeatId, list[Unsealed]] = {}
    for one in work:
        found.setdefault(people.person(seat_of(one.actor)).id, []).append(one)
    return found


def _deeds(replica: Replica, work: Iterable[Unsealed]) -> Deeds:
    graph = replica.graph
    places = sorted(place for one in work for place in one.places)
    return deeds(replica.contract, graph.raws(places), lambda: graph.raws(range(len(graph))))


def _advice(author: SeatEntry, found: _Found, *, is_me: bool, is_out: bool) -> str:
    """What would be better than to vouch."""
    if author.role is None:
        return _("Nothing shows who that is: vouch for it only if you know how it came here.")
    if is_me:
        return _("If it was another computer of yours, open the contract there: that is better.")
    if is_out:
        out = _("{name} was taken out: vouch for it only if it is known to all of you.")
        return out.format(name=author.name)
    return (_IS_HERE if author.id in found.here else _MAY_COME).format(name=author.name)
