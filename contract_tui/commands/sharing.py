"""The command that exchanges everything with the relays and ends."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Collection
from contextlib import suppress

from contract_tui.commands.consent import settle_ways
from contract_tui.commands.console import count, open_library, relays, say, use_registration_key
from contract_tui.commands.meeting import Patience, answers, meet
from contract_tui.language import _
from contract_tui.library.errors import LibraryError, LinkTrouble, SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.session.link.standings import remember
from contract_tui.session.session import Session
from contract_tui.session.writing.renewals import anew

PATIENCE = Patience()


class NoRelay(SessionError):
    """The contract is shared nowhere."""


def sync(options: Namespace) -> int:
    """Exchange everything with the relays asked for, or else with one of those that are known."""
    asked = relays(options.relay)
    use_registration_key(options.register_key_file)
    with open_library() as library:
        entry = library.resolve(options.contract)
        settle_ways(library, asked, entry.relays, allowed=options.allow_unencrypted)
        before, after, notices = asyncio.run(_exchange(library, entry, asked))
    for notice in notices:
        say(notice)
    said = _("shared with everyone: {changes}, {n} of them new here")
    say(said.format(changes=count(after), n=after - before))
    return 0


async def _exchange(
    library: Library, entry: Entry, asked: Collection[str]
) -> tuple[int, int, list[str]]:
    session = await Session.open(library, entry.id, relays=asked)
    try:
        if not session.links:
            said = _("this contract knows no relay: contract-tui sync {contract} --relay URL")
            raise NoRelay(said.format(contract=entry.text_id))
        before, told = session.size, session.notices
        try:
            await share(session, asked)
        except LinkTrouble:
            _say_what_is_kept_back(session, told)
            raise
        session.save()
        renewed = anew(library, entry, session.contract)
        if renewed is not None:
            told.append(renewed.sentence())
        news = [one for one in session.notices if one not in told]
        if renewed is not None:
            erase = _("erase this one: contract-tui erase {contract}")
            news.append(renewed.sentence(erase.format(contract=entry.text_id)))
        return before, session.size, news
    finally:
        with suppress(LibraryError):
            remember(library, entry, answers(session))
        await session.close()


def _say_what_is_kept_back(session: Session, told: Collection[str]) -> None:
    """What a relay does not take, and what helps: without that nobody could do anything."""
    if any(link.keeps_back for link in session.links):
        for notice in session.notices:
            if notice not in told:
                say(notice)


async def share(session: Session, asked: Collection[str]) -> None:
    """Return when every relay asked for, or any, has everything and so have we.

    Raises LinkTrouble with what is wrong with each.
    """
    outcomes = await meet(session, asked, every=bool(asked), patience=PATIENCE)
    enough = all if asked else any
    if not enough(outcome.is_done for outcome in outcomes):
        raise LinkTrouble("; ".join(filter(None, (one.trouble for one in outcomes))))
