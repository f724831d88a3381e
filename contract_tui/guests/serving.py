"""The socket at which guests' browsers arrive, for as long as the host is there."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from contract_tui.guests import words
from contract_tui.guests.book import Guest, GuestBook
from contract_tui.guests.connections import UNKNOWN_LASTS, Connection, Crowd
from contract_tui.guests.door import Door
from contract_tui.guests.environment import Place
from contract_tui.guests.errors import CannotListen
from contract_tui.guests.house import LINGERING, MOST, House
from contract_tui.guests.program import COMMAND
from contract_tui.language import _
from contract_tui.library.world import World


@dataclass(frozen=True, slots=True)
class Listening:
    """Where, and how, guests are listened for."""

    address: str = "127.0.0.1"
    port: int = 0
    """0: the system chooses one."""
    name: str = ""
    """What browsers call this computer; empty: by its address."""
    certificate: Path | None = None
    """A certificate and its chain in PEM; with it the way is encrypted."""
    key: Path | None = None
    most: int = MOST
    lingering: float = LINGERING
    unknown_last: float = UNKNOWN_LASTS
    command: tuple[str, ...] = COMMAND


class Guests:
    """The open door: who is expected, under which address, and who is here."""

    def __init__(self, book: GuestBook, house: House, url: str) -> None:
        self.book = book
        self.house = house
        self.url = url
        """Where it listens, as browsers write it."""

    def address(self, guest: Guest) -> str:
        """What a guest opens in their browser."""
        return f"{self.url}/j/{guest.code}"

    @property
    def here(self) -> list[Guest]:
        """The guests who look at their program now."""
        return [guest for guest in self.book.guests if guest.id in self.house.here]

    async def dismiss(self, guest: Guest) -> None:
        """Expect a guest no longer: their program ends, and what is kept for them here goes."""
        await self.house.dismiss(guest)
        self.book.forget(guest)

    @classmethod
    @asynccontextmanager
    async def serve(
        cls,
        book: GuestBook,
        place: Place,
        listening: Listening,
        on_change: Callable[[], None] = lambda: None,
        world: World | None = None,
    ) -> AsyncIterator[Guests]:
        """Open the door; at the end all guests' programs save and end. Raises CannotListen.

        The relay at `place` has to outlive this, so that last words arrive.
        """
        for name in ("aiohttp.server", "aiohttp.web"):
            logging.getLogger(name).addHandler(logging.NullHandler())  # the screen is not a log
        house = House(
            book,
            place,
            on_change,
            most=listening.most,
            lingering=listening.lingering,
            command=listening.command,
        )
        clock = (world or World()).clock
        door = Door(book, house, clock, is_secure=listening.certificate is not None)
        runner = web.AppRunner(door.app(), handle_signals=False)
        await runner.setup()
        try:
            server = await _listen(runner, listening)
            try:
                yield cls(book, house, _url(server, listening))
            finally:
                server.close()
                await house.close()
        finally:
            await runner.cleanup()


async def _listen(runner: web.AppRunner, listening: Listening) -> asyncio.Server:
    crowd = Crowd(listening.unknown_last)
    server = runner.server
    assert server is not None
    loop = asyncio.get_running_loop()
    try:
        return await loop.create_server(
            lambda: Connection(server, crowd),
            listening.address,
            listening.port,
            ssl=_encryption(listening),
        )
    except (OSError, OverflowError) as error:
        raise CannotListen(
            _(words.CANNOT_LISTEN).format(
                address=listening.address, port=listening.port, reason=_reason(error)
            )
        ) from error


def _reason(error: Exception) -> str:
    """Why the system refuses, in its own words: asyncio's would name the address once more."""
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.errno:
        return os.strerror(error.errno).lower() if error.errno > 0 else str(error.strerror).lower()
    return str(error).lower()


def _encryption(listening: Listening) -> ssl.SSLContext | None:
    if listening.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(listening.certificate, listening.key)
    return context


def _url(server: asyncio.Server, listening: Listening) -> str:
    port = int(server.sockets[0].getsockname()[1])
    scheme, usual = ("https", 443) if listening.certificate else ("http", 80)
    called = listening.name or listening.address
    host = f"[{called}]" if ":" in called else called
    return f"{scheme}://{host}" if port == usual else f"{scheme}://{host}:{port}"
