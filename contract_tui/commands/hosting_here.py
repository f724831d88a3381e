"""A room that is opened from the workshop: it stays until the program ends.

Where a host's computer has died, it takes that one's place, for the guests who asked for it.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Collection
from contextlib import AsyncExitStack

from contract_tui.commands.hosting import PORT, elsewhere, hosted, own_address
from contract_tui.commands.receiving import free_port, listening
from contract_tui.language import told
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.settings import room_address
from contract_tui.ui.room import Hosting
from sync_server.access.standby import Standby
from sync_server.protocol.ids import DocumentId
from sync_server.relay.errors import RelayError
from sync_server.storage.errors import StorageError

BY_DEFAULT = Namespace(guests_port=None, guests_address=None, tls_cert=None, tls_key=None)


def room_here() -> str:
    """The address of a room that would be opened here; empty where it is not certain yet."""
    address = own_address()
    return room_address(f"ws://{address}:{PORT}") if free_port(address, PORT) else ""


class NoRoom(SessionError):
    """A relay could not be started."""


async def open_room(
    stack: AsyncExitStack,
    library: Library,
    contract: DocumentId,
    back: Collection[Standby] | None = None,
    relay: str = "",
) -> Hosting:
    """Open a room, which closes with `stack`; raises SessionError.

    `back` are guests of a host whose computer died, None where this takes nobody's place; with a
    `relay` that others run, the room is there.
    """
    opened: asyncio.Future[Hosting] = asyncio.get_running_loop().create_future()
    ended = asyncio.Event()
    address = own_address()
    entry, guests = library.entry(contract), listening(BY_DEFAULT, address)
    if relay:
        room = elsewhere(library, entry, relay, guests, back or ())
    else:
        room = hosted(library, entry, address, free_port(address, PORT), guests, back)

    async def keep() -> None:  # what is opened has to be closed in the same task
        try:
            async with room as hosting:
                opened.set_result(hosting)
                await ended.wait()
        except (SessionError, RelayError, StorageError) as error:
            if opened.done():
                raise
            opened.set_exception(NoRoom(told(error)))

    task = asyncio.create_task(keep(), name="room")

    async def close() -> None:
        ended.set()
        await task

    stack.push_async_callback(close)
    return await opened
