"""The command that makes a room: a relay inside this program, for the computers around it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import time
from argparse import Namespace
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from contract_tui.commands.consent import settle_ways
from contract_tui.commands.console import open_library, relays, use_registration_key
from contract_tui.commands.customary import settled
from contract_tui.commands.receiving import free_port, listening, receiving
from contract_tui.commands.sharing import share
from contract_tui.commands.succeeding import succeed
from contract_tui.commands.terminal import exit_on_signals, painting, require_terminal
from contract_tui.guests.serving import Listening
from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble, NoSeatYet, SessionError
from contract_tui.library.hosting import keep
from contract_tui.library.library import Entry, Library
from contract_tui.library.settings import room_address
from contract_tui.session.session import Session
from sync_server.hub.records import KNOWN
from sync_server.relay.datadir import DataDirectory
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import StoredRecord

if TYPE_CHECKING:
    from contract_tui.ui.hosting.door import Door
    from contract_tui.ui.room import Hosting
    from sync_server.access.standby import Standby

PORT = 3030
LOOPBACK = "127.0.0.1"
FAR = ("192.0.2.1", 9)
"""An address of nobody (RFC 5737): the way there begins at the address that others see."""


class TwoPlaces(SessionError):
    """A room is at a relay in this program or at another one."""


def host(options: Namespace) -> int:
    """Share a contract with the people around this computer, while the screen is open."""
    require_terminal()
    with open_library() as library:
        entry = library.resolve(options.contract)
        if entry.seat is None:
            raise NoSeatYet
        home = library.path.parent
        options = settled(home, options)
        address = options.address or own_address()
        guests = listening(options, address)
        if options.relay:
            return _meet_at(library, entry, options, guests)
        if options.keep:
            keep(home, vars(options))
        port = free_port(address, PORT) if options.port is None else options.port
        with painting():
            return asyncio.run(_host(library, entry, hosted(library, entry, address, port, guests)))


def own_address() -> str:
    """The address under which other computers reach this one; its loopback where none do.

    Nothing is sent to find out.
    """
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        trial.connect(FAR)
        return str(trial.getsockname()[0])
    with suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        addresses = (str(address[0]) for *_, address in found)
        return next((one for one in addresses if not one.startswith("127.")), LOOPBACK)
    return LOOPBACK


def _meet_at(library: Library, entry: Entry, options: Namespace, guests: Listening) -> int:
    """Make the room at a relay that others run, such as a school's; it goes on afterwards."""
    if options.address or options.port is not None:
        raise TwoPlaces(_("--address and --port are for a room without --relay: leave one away"))
    (url,) = relays([options.relay])
    use_registration_key(options.register_key_file)
    settle_ways(library, [url], allowed=options.allow_unencrypted)
    library.add_relays(entry.id, [url])
    if options.keep:
        keep(library.path.parent, vars(options))
    with painting():
        return asyncio.run(_host(library, entry, elsewhere(library, entry, url, guests)))


async def _host(library: Library, entry: Entry, room: AbstractAsyncContextManager[Hosting]) -> int:
    """Run the program until somebody leaves, or the relay in it has stopped."""
    from contract_tui.ui.app import ContractApp

    async with room as made:
        app = ContractApp(library, entry.id, hosting=made)
        exit_on_signals(app)
        if made.stopped is not None:
            made.stopped.add_done_callback(lambda _: app.exit(return_code=1))
        await app.run_async()
        if made.stopped is not None and made.stopped.done():
            made.stopped.result()
        return app.return_code or 0


@asynccontextmanager
async def elsewhere(
    library: Library,
    entry: Entry,
    url: str,
    guests: Listening,
    back: Collection[Standby] = (),
) -> AsyncIterator[Hosting]:
    """A room at a relay of others; `back` are guests of a host whose computer died."""
    from contract_tui.ui.room import Hosting

    async with receiving(library, entry, url, guests, back=back) as door:
        yield Hosting(url, tuple, stays=True, door=door)
    await _take_in(library, entry, url, door)


@asynccontextmanager
async def hosted(
    library: Library,
    entry: Entry,
    address: str,
    port: int,
    guests: Listening,
    back: Collection[Standby] | None = None,
) -> AsyncIterator[Hosting]:
    """A room with a relay of its own, and a door for guests; RelayError or CannotListen.

    `back` are guests of a host whose computer died, and in whose place this is opened.
    """
    from contract_tui.ui.room import Hosting

    succeeds = back is not None
    async with _serving(library, entry, address, port, succeeds=succeeds) as relay:
        url = room_address(relay.url)
        library.add_relays(entry.id, [url])
        library.confirm_unencrypted(url)  # the way to it does not leave this computer
        try:
            async with receiving(library, entry, url, guests, back=back or ()) as door:
                unheard = partial(relay.unheard, entry.id)
                yield Hosting(url, unheard, door=door, stopped=relay.stopped)
            await _take_in(library, entry, url, door)
        finally:
            # In another network, another computer may have the address.
            library.forget_relay(entry.id, url)


async def _take_in(library: Library, entry: Entry, url: str, door: Door) -> None:
    """Bring into the host's own library what guests wrote while the screen was closing."""
    if not any(seat.is_in for seat in door.seats()):
        return
    session = await Session.open(library, entry.id, relays=[url])
    try:
        with suppress(LinkTrouble):  # it is in the guests' libraries, and comes with the next room
            await share(session, [url])
    finally:
        await session.close()


@asynccontextmanager
async def _serving(
    library: Library, entry: Entry, address: str, port: int, *, succeeds: bool = False
) -> AsyncIterator[Relay]:
    """A relay for one contract, which keeps it beside the library; raises RelayError."""
    logging.getLogger("sync_server").addHandler(logging.NullHandler())  # the screen is not a log
    directory = DataDirectory(library.room(entry.id), power_safe=True)
    try:
        store = directory.store
        if not store.records(entry.id):
            known = StoredRecord(entry.id, KNOWN, b"", str(int(time.time())).encode())
            store.put_records([known])
        if succeeds:
            succeed(library.journal(entry.id), entry.id, store)
        async with Relay.serve(_settings(address, port), store) as relay:
            yield relay
    finally:
        directory.close()


def _settings(address: str, port: int) -> Settings:
    # Nobody knows the key: other contracts than this one are not taken.
    return Settings(host=address, port=port, register_key=secrets.token_urlsafe())
