"""A room that is opened from the workshop: it stays until the program ends."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from contextlib import AsyncExitStack

from contract_tui.commands.hosting import PORT, hosted, own_address
from contract_tui.commands.receiving import free_port, listening
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.ui.room import Hosting
from sync_server.protocol.ids import DocumentId
from sync_server.relay.errors import RelayError

BY_DEFAULT = Namespace(guests_port=None, guests_address=None, tls_cert=None, tls_key=None)


class NoRoom(SessionError):
    """A relay could not be started."""


async def open_room(stack: AsyncExitStack, library: Library, contract: DocumentId) -> Hosting:
    """Open a room, which closes with `stack`; raises SessionError."""
    opened: asyncio.Future[Hosting] = asyncio.get_running_loop().create_future()
    ended = asyncio.Event()
    address = own_address()
    room = hosted(
        library,
        library.entry(contract),
        address,
        free_port(address, PORT),
        listening(BY_DEFAULT, address),
    )

    async def keep() -> None:  # what is opened has to be closed in the same task
        try:
            async with room as hosting:
                opened.set_result(hosting)
                await ended.wait()
        except (SessionError, RelayError) as error:
            if opened.done():
                raise
            opened.set_exception(NoRoom(str(error)))

    task = asyncio.create_task(keep(), name="room")

    async def close() -> None:
        ended.set()
        await task

    stack.push_async_callback(close)
    return await opened
