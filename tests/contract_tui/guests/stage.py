"""A door for guests with a parrot behind it, and a browser that is only a client."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from contract_tui.guests.book import Guest, GuestBook
from contract_tui.guests.environment import Place
from contract_tui.guests.serving import Guests, Listening
from contract_tui.library.errors import NotTheHolder
from sync_server.access.proof import Role

PARROT = (sys.executable, "-P", "-S", str(Path(__file__).with_name("parrot.py")))
PLACE = Place("a contract", "ws://127.0.0.1:1/room", "00" * 8)
PATIENCE = 30.0
_WOKEN: WeakKeyDictionary[Guests, asyncio.Event] = WeakKeyDictionary()


def certify(role: Role, name: str) -> str:
    """What stands for an invitation here."""
    if name == "Nobody":
        raise NotTheHolder("only whoever holds the key of this contract can do that")
    return f"invitation of {name}, {role}"


def book(folder: Path) -> GuestBook:
    return GuestBook(folder / "guests", certify)


@asynccontextmanager
async def door(
    folder: Path, most: int = 8, lingering: float = 60.0, unknown_last: float = 20.0
) -> AsyncIterator[Guests]:
    listening = Listening(most=most, lingering=lingering, unknown_last=unknown_last, command=PARROT)
    woken = asyncio.Event()
    async with Guests.serve(book(folder), PLACE, listening, woken.set) as guests:
        _WOKEN[guests] = woken
        yield guests


async def until(guests: Guests, holds: Callable[[], bool]) -> None:
    """Wait for something of which the host is woken."""
    async with asyncio.timeout(PATIENCE):
        while not holds():
            _WOKEN[guests].clear()
            await _WOKEN[guests].wait()


@dataclass
class Visitor:
    """A browser with cookies of its own."""

    http: ClientSession
    url: str

    async def come_in(self, guests: Guests, guest: Guest, name: str = "Cleo") -> str:
        """Take a seat; returns its path."""
        async with self.http.post(
            guests.address(guest),
            data={"name": name},
            headers={"Origin": self.url},
            allow_redirects=False,
        ) as answer:
            assert answer.status == 303, await answer.text()
            return answer.headers["Location"]

    @asynccontextmanager
    async def window(
        self, seat: str, size: str = "?width=80&height=24", look: str = "dark"
    ) -> AsyncIterator["Pane"]:
        """Look at the program of a seat."""
        headers = {"Origin": self.url, "Accept-Language": "es-MX,es;q=0.9,en;q=0.8"}
        address = f"{self.url}{seat}live/{look}{size}"
        async with self.http.ws_connect(address, headers=headers) as socket:
            yield Pane(socket)

    async def status(self, path: str, **headers: str) -> int:
        async with self.http.get(self.url + path, headers=headers) as answer:
            return answer.status


class Pane:
    """What such a window is told."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.seen = b""
        self.told: list[list[object]] = []

    async def type(self, words: str) -> None:
        await self.socket.send_str(json.dumps(["stdin", words]))

    async def wait_for(self, words: str) -> str:
        """Wait until these words are painted; returns all that was."""
        async with asyncio.timeout(PATIENCE):
            while words.encode() not in self.seen:
                assert await self._receive(), f"closed before {words!r}: {self.seen!r}"
        return self.seen.decode()

    async def wait_until_told(self, kind: str) -> object:
        """Wait until the page is told something beside the terminal."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for one, said in self.told:
                    if one == kind:
                        return said
                assert await self._receive(), f"closed before {kind!r}"

    async def closed(self) -> int | None:
        """Wait until the window is closed; returns why."""
        async with asyncio.timeout(PATIENCE):
            while await self._receive():
                pass
        return self.socket.close_code

    async def _receive(self) -> bool:
        message = await self.socket.receive()
        if message.type is WSMsgType.BINARY:
            self.seen += message.data
        elif message.type is WSMsgType.TEXT:
            self.told.append(json.loads(message.data))
        else:
            return False
        return True


@asynccontextmanager
async def visitor(guests: Guests) -> AsyncIterator[Visitor]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        yield Visitor(http, guests.url)
