"""A relay that is restarted under three hundred live connections."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from contract_tui.session.dialling import waiting_time
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.sync_server.relay.client import Client
from tests.sync_server.relay.guests import Holder, Person
from tests.sync_server.relay.writing import Copy

ROOMS = 100
PATIENCE = 60.0
"""Seconds; how long it takes is for the benchmarks to say."""


class Visitor:
    """Somebody whose program comes back by itself, as ours does, until it is stopped."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.copy = Copy(person.contract)
        self.copy.words.set_actor(person.actor())
        self.came = asyncio.Event()
        self.client: Client | None = None
        self.failures = 0

    async def come_and_go(self, url: str) -> None:
        loop, left_at = asyncio.get_running_loop(), 0.0
        while True:
            try:
                await self._stay(url)
                self.failures, left_at = 0, loop.time()
            except (OSError, WebSocketException):
                pass
            pause = waiting_time(self.failures, loop.time() - left_at, random.random())
            self.failures += 1
            await asyncio.sleep(pause)

    async def _stay(self, url: str) -> None:
        headers = self.person.header(url)
        name = self.person.proof.claims[0].jti
        async with Client.connect(url, name, speaks=True, additional_headers=headers) as client:
            await client.open(self.person.contract, self.copy)
            self.client = client
            self.came.set()
            try:
                await client.socket.wait_closed()
            finally:
                self.client = None

    async def reads(self, text: str) -> None:
        """Wait until the relay and this copy are known to say the same."""
        while not await self._reads(await self.arrives(), text):
            pass

    async def _reads(self, client: Client, text: str) -> bool:
        def there() -> bool:
            return self.copy.sync.in_step and self.copy.text == text

        await client.until(lambda: client.closed or there())
        if client.closed and self.client is client:
            self.client = None
        return not client.closed

    async def arrives(self) -> Client:
        """Wait until there is a connection."""
        while self.client is None:
            self.came.clear()
            await self.came.wait()
        return self.client


async def all_read(visitors: Iterable[Visitor], text: str, seconds: float) -> float:
    """Wait until everybody is there and reads this; returns the seconds it took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(seconds):
        await asyncio.gather(*(visitor.reads(text) for visitor in visitors))
    return loop.time() - began


@asynccontextmanager
async def coming_and_going(visitors: Sequence[Visitor], url: str) -> AsyncIterator[None]:
    """Let everybody stay, and come back when they are cut off."""
    staying = [asyncio.create_task(visitor.come_and_go(url)) for visitor in visitors]
    try:
        yield
    finally:
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)


@pytest.mark.soak
async def test_everybody_is_back_in_step_soon_after_a_restart(tmp_path: Path) -> None:
    holders = [Holder() for _ in range(ROOMS)]
    rooms = [[Visitor(holder.seat(name)) for name in "abc"] for holder in holders]
    visitors = [visitor for room in rooms for visitor in room]
    async with AsyncExitStack() as stack:
        async with Relay.serve(Settings(port=0, data=tmp_path)) as relay:
            await stack.enter_async_context(coming_and_going(visitors, relay.url))
            port = relay.port
            for room in rooms:
                client = await room[0].arrives()
                room[0].copy.write("hello")
                await client.push(room[0].person.contract)
            await all_read(visitors, "hello", PATIENCE)
        for room in rooms:
            room[1].copy.write(" meanwhile")
        async with Relay.serve(Settings(port=port, data=tmp_path)) as relay:
            took = await all_read(visitors, "hello meanwhile", PATIENCE)
            print(f"300 connections were back after {took:.1f} s")
            assert not relay._hub.counters.rests
