"""Hundreds with a seat each at a closed relay, who come back as the program does."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from contract_tui.session.link.dialling import waiting_time
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor
from tests.histories import Typing
from tests.programs import start_relay
from tests.seats import Seat
from tests.storm.conference import ROLES, empty_text
from tests.sync_server.relay.guests import Holder, Person

_BUSY = 20
"""Connections that one process opens at a time; in truth each has a process of its own."""


@dataclass(eq=False, slots=True)
class Regular:
    """One person with one program, open all the time."""

    name: str
    person: Person
    has: list[Change]
    """What is on this person's disk."""
    seat: Seat | None = None
    connections: int = 0
    """How often the relay has let them in."""
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def stay(self, url: str, busy: asyncio.Semaphore) -> None:
        """Be connected, and connect again, until cancelled."""
        loop = asyncio.get_running_loop()
        failures, last = 0, loop.time()
        while True:
            try:
                async with busy:
                    await self._connect(url)
                failures = 0
                assert self.seat
                await self.seat.ended()
                last = loop.time()
            except (OSError, WebSocketException, EOFError):
                self.seat = None
            await asyncio.sleep(waiting_time(failures, loop.time() - last, random.random()))
            failures += 1

    async def agrees(self, connection: int, last: Change) -> None:
        """Wait until one has a change on one's so many-eth connection, or a later one."""
        async with self.news:
            await self.news.wait_for(lambda: self.seat and self.connections >= connection)
        assert self.seat
        await self.seat.has(last.hash)

    async def _connect(self, url: str) -> None:
        seat = await Seat.take(url, self.name, self.person.header(url))
        await seat.open(self.person.contract, self.has)
        async with self.news:
            self.seat = seat
            self.connections += 1
            self.news.notify_all()


class Room:
    """Three regulars of one contract."""

    def __init__(self, number: int) -> None:
        holder = Holder()
        people = {name: holder.seat(name, role) for name, role in ROLES.items()}
        author = Actor(people["student"].actor())
        self.past = empty_text(author)
        """What all of them have in the end."""
        self._typing = Typing(author, self.past)
        self.regulars = [
            Regular(f"{name}-{number}", person, self.past if name == "student" else [])
            for name, person in people.items()
        ]

    def write_alone(self) -> None:
        """Let the first write something that only their own disk has; the others know the rest."""
        for regular in self.regulars:
            regular.has = list(self.past)
        self.past += self._typing.keys(1)
        self.regulars[0].has = list(self.past)

    async def agrees(self, connection: int) -> None:
        """Wait until all three have everything, on their so many-eth connection or a later one."""
        for regular in self.regulars:
            await regular.agrees(connection, self.past[-1])


@asynccontextmanager
async def crowd(url: str, rooms: int) -> AsyncIterator[list[Room]]:
    """Let three stay in each of so many rooms; all have everything when it begins."""
    every = [Room(number) for number in range(rooms)]
    busy = asyncio.Semaphore(_BUSY)
    staying = [
        asyncio.create_task(regular.stay(url, busy)) for room in every for regular in room.regulars
    ]
    try:
        await agreed(every, 1)
        yield every
    finally:
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
        for room in every:
            for regular in room.regulars:
                if regular.seat:
                    await regular.seat.leave()


@asynccontextmanager
async def bereft(data: Path, rooms: int) -> AsyncIterator[list[Room]]:
    """Rooms whose relay was killed; each has written alone since, and the relay runs again."""
    relay = await start_relay(data, closed=True)
    port = relay.port
    try:
        async with crowd(relay.url, rooms) as everybody:
            await relay.kill()
            for room in everybody:
                room.write_alone()
            relay = await start_relay(data, port=port, closed=True)
            yield everybody
    finally:
        if relay.process.returncode is None:
            await relay.kill()


async def agreed(rooms: list[Room], connection: int) -> None:
    """Wait until everybody in every room has everything on their so many-eth connection."""
    await asyncio.gather(*(room.agrees(connection) for room in rooms))
