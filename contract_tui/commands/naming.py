"""The command that keeps a version under a name: keep."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from contract_tui.commands.console import open_library, say
from contract_tui.commands.looking import look
from contract_tui.commands.versions import find_version, today
from contract_tui.contract.heads import write_heads
from contract_tui.contract.values import Heads
from contract_tui.language import _
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.library.world import World
from contract_tui.session.session import Session


class NothingToKeep(SessionError):
    """Nothing of the contract has arrived yet."""


def keep(options: Namespace) -> int:
    """Give a version of a contract a name that everybody in it can use; print its heads."""
    with open_library() as library:
        entry = library.resolve(options.contract)
        heads = _heads(library, entry, options.at)
        asyncio.run(_keep(library, entry, options.name, heads))
    say(_("saved here"))
    print(write_heads(heads))
    return 0


def _heads(library: Library, entry: Entry, version: str | None) -> Heads:
    """The version that is meant; as the contract stands by default."""
    replica = look(library, entry)
    if not replica.has_begun:
        raise NothingToKeep(_("there is no version to be kept yet"))
    if version is None:
        return replica.contract.heads
    history = replica.history()
    return history.heads(find_version(history, replica.contract, version, today()))


async def _keep(library: Library, entry: Entry, name: str, heads: Heads) -> None:
    session = await Session.open(library, entry.id, world=World(online=False))
    try:
        session.pen.keep_version(name, heads)
        session.save()
    finally:
        await session.close()
