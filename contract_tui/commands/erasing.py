"""The command that erases a contract: from this computer, or from the relays as well."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace

from contract_tui.commands.consent import NotConfirmed, settle_ways
from contract_tui.commands.console import open_library, say
from contract_tui.history.naming import in_words
from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble, SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import contract_key
from contract_tui.library.world import World
from contract_tui.session.link.standings import ERASED, refusing, remember


class NotEverywhere(SessionError):
    """Some relay still has the contract, which only its key can change."""


def erase(options: Namespace) -> int:
    """Remove a contract from this computer, after asking, and if wanted from its relays first."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        if options.everywhere:
            contract_key(library, entry)
            settle_ways(library, (), entry.relays, allowed=options.allow_unencrypted)
        say(_consequences(entry, everywhere=options.everywhere))
        if library.drafts(entry.id).places():
            say(_("Your drafts for it, which only you can see, will be gone too."))
        if not options.yes:
            _confirm(entry)
        if options.everywhere and entry.relays:
            asyncio.run(_order(library, entry))
        library.erase(entry.id)
    say(_("erased"))
    return 0


async def _order(library: Library, entry: Entry) -> None:
    """Have every relay erase it; raises NotEverywhere while one has not, as its key is needed."""
    from contract_tui.commands.meeting import answers
    from contract_tui.session.link.asking import erase as order
    from contract_tui.session.session import Session

    key = contract_key(library, entry)
    session = await Session.open(library, entry.id)
    done: list[str] = []
    trouble = ""
    try:
        try:
            done = await order(session.links, session.listen, key, World())
        except LinkTrouble as error:
            trouble = str(error)
        remember(library, entry, answers(session))
    finally:
        await session.close()
    for url in done:
        say(_("erased at {relay}, which takes it no more").format(relay=url))
    erased = {url for url, kind in refusing(library, entry).items() if kind == ERASED}
    left = [url for url in entry.relays if url not in erased.union(done)]
    if left and not done:
        raise NotEverywhere(_("nothing was erased, here neither: {reason}").format(reason=trouble))
    if left:
        raise NotEverywhere(
            _(
                "it may still be at {relays}: your copy and its key are kept for another"
                " try, or erase without --everywhere"
            ).format(relays=in_words(left))
        )


def _consequences(entry: Entry, *, everywhere: bool) -> str:
    this = _("This erases “{title}”, its history and its keys from this computer.")
    words = [this.format(title=entry.name)]
    if everywhere and entry.relays:
        words += [
            _("Its relays are told to erase it too, and never take it again."),
            _("It cannot erase the copies on other people’s computers, in files and in backups."),
        ]
    else:
        words.append(
            _("It cannot erase the copies on other people’s computers, on relays and in files.")
        )
    if entry.holder:
        words.append(_("The key to invite people will be gone, unless you have it on paper."))
    if entry.unshared:
        words.append(_("Some of it has not been shared yet, and will be lost."))
    return "\n".join(words)


def _confirm(entry: Entry) -> None:
    title = entry.title.strip()
    if title and title == entry.name:
        say(_("Type “{title}” or its id to erase it:").format(title=title))
    else:
        say(_("Type {id} to erase it:").format(id=entry.text_id))
    if sys.stdin.readline().strip() not in {title, entry.text_id} - {""}:
        raise NotConfirmed(_("nothing was erased"))
