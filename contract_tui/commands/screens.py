"""Commands that open a screen: open, and no command at all."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, AsyncExitStack, nullcontext
from typing import TYPE_CHECKING

from contract_tui.commands.console import open_library
from contract_tui.commands.terminal import exit_on_signals, painting, require_terminal
from contract_tui.library.library import Library
from contract_tui.library.settings import REHEARSAL, library_home

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection
    from pathlib import Path

    from contract_tui.ui.room import Hosting
    from sync_server.access.standby import Standby
    from sync_server.protocol.ids import DocumentId


def library(_: Namespace | None = None) -> int:
    """Show every contract on this computer."""
    return _run(None)


def open_(options: Namespace) -> int:
    """Show one contract."""
    from contract_tui.commands.consent import settle_ways
    from contract_tui.commands.console import relays, use_registration_key

    known = relays(options.relay)
    use_registration_key(options.register_key_file)
    with open_library() as found:
        entry = found.resolve(options.contract)
        if known or options.allow_unencrypted:
            require_terminal()
            settle_ways(found, known, entry.relays, allowed=options.allow_unencrypted)
        found.add_relays(entry.id, known)
    return _run(entry.id)


def _playing(home: Path) -> AbstractContextManager[None]:
    """What keeps the library of a rehearsal there while it is open."""
    if not home.parent.name.startswith(REHEARSAL):
        return nullcontext()
    from contract_tui.commands.playground import playing

    return playing(home)


def _run(contract: DocumentId | None) -> int:
    require_terminal()
    home = library_home()
    with _playing(home), Library(home) as found, painting():
        return asyncio.run(_show(found, contract))


async def _show(found: Library, contract: DocumentId | None) -> int:
    """Run the program; a room that is opened in it closes after it."""
    from contract_tui.ui.app import ContractApp

    async with AsyncExitStack() as rooms:

        def room_here() -> str:
            from contract_tui.commands.hosting_here import room_here

            return room_here(found)

        async def host_here(
            chosen: DocumentId, back: Collection[Standby] | None, relay: str, plain: bool
        ) -> Hosting:
            from contract_tui.commands.hosting_here import open_room

            hosting = await open_room(rooms, found, chosen, back, relay, plain=plain)
            exit_on_signals(app)
            return hosting

        app = ContractApp(found, contract, host_here=host_here, room_here=room_here)
        await app.run_async()
    return app.return_code or 0
