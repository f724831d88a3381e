"""A room that is opened from the workshop: it stays until the program ends.

Where a host's computer has died, it takes that one's place, for the guests who asked for it.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Collection
from contextlib import AsyncExitStack

from contract_tui.commands.console import relays, use_registration_key
from contract_tui.commands.customary import as_kept
from contract_tui.commands.hosting import PORT, elsewhere, hosted, own_address
from contract_tui.commands.receiving import free_port, listening
from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.settings import is_sheltered, room_address
from contract_tui.ui.room import Hosting
from sync_server.access.standby import Standby
from sync_server.protocol.ids import DocumentId
from sync_server.relay.errors import RelayError
from sync_server.storage.errors import StorageError


class NoRoom(SessionError):
    """A relay could not be started, or may not be spoken to."""


def room_here(library: Library) -> str:
    """The address of a room that would be opened here; empty where it is not certain yet."""
    try:
        kept = as_kept(library.path.parent)
    except SessionError:  # it is said when somebody wants a room
        return ""
    address, wanted = kept.address or own_address(), kept.port or PORT
    return room_address(f"ws://{address}:{wanted}") if free_port(address, wanted) else ""


async def open_room(
    stack: AsyncExitStack,
    library: Library,
    contract: DocumentId,
    back: Collection[Standby] | None = None,
    relay: str = "",
    *,
    plain: bool = False,
) -> Hosting:
    """Open a room as it was kept, which closes with `stack`; raises SessionError.

    `back` are guests of a host whose computer died, None where this takes nobody's place; with a
    `relay` that others run, the room is there. With `plain` the way of browsers is not encrypted.
    """
    opened: asyncio.Future[Hosting] = asyncio.get_running_loop().create_future()
    ended = asyncio.Event()
    kept = as_kept(library.path.parent)
    address = kept.address or own_address()
    entry, guests = library.entry(contract), listening(kept, address, plain=plain)
    if back is None and kept.relay:
        relay = _of_others(library, contract, kept)
    if relay:
        room = elsewhere(library, entry, relay, guests, back or ())
    else:
        port = free_port(address, PORT) if kept.port is None else kept.port
        room = hosted(library, entry, address, port, guests, back)

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


def _of_others(library: Library, contract: DocumentId, kept: Namespace) -> str:
    """Return the relay of others at which one meets, once it may be spoken to.

    Whoever takes a host's place does not meet there: it would not take the words that their author
    could not seal any more.
    """
    use_registration_key(kept.register_key_file)
    (url,) = relays([kept.relay])
    if not (is_sheltered(url) or library.is_confirmed(url)):
        said = _(
            "the way to {relay} is not encrypted: contract-tui host --relay {relay} asks first"
        )
        raise NoRoom(said.format(relay=url))
    library.add_relays(contract, [url])
    return url
