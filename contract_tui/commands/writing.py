"""The command that writes without a screen."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace

from contract_tui.commands.console import open_library, say
from contract_tui.commands.parts import find_part
from contract_tui.contract.schema import limit
from contract_tui.contract.text.rewrite import minimal_splices
from contract_tui.contract.text.splice import clean
from contract_tui.language import _
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.library.world import World
from contract_tui.session.session import Session


class TooLong(SessionError):
    """More than a person may type into a part."""


def write(options: Namespace) -> int:
    """Replace a section's text by the smallest splices at word boundaries that do it."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        text = clean(options.text if options.text != "-" else _standard_input())
        changes = asyncio.run(_write(library, entry, options.section, text))
    say(_("nothing changed") if not changes else _("saved here"))
    return 0


def _standard_input() -> str:
    """Everything that is piped in, without the line end that ends every pipe."""
    return sys.stdin.read().removesuffix("\n")


async def _write(library: Library, entry: Entry, section: str, text: str) -> int:
    session = await Session.open(library, entry.id, world=World(online=False))
    try:
        part = find_part(session.contract, section)
        old = session.contract.text(part).text
        if len(text) > max(limit(part), len(old)):
            said = _("{n} characters are too many: at most {most} fit here")
            raise TooLong(said.format(n=len(text), most=limit(part)))
        splices = minimal_splices(old, text)
        for splice in splices:
            session.edit(part, splice)
        session.save()
        return len(splices)
    finally:
        await session.close()
