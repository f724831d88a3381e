"""The relay killed in the middle of a sentence, again and again, and what was lost by it."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from sync_server.protocol.ids import DocumentId
from tests.programs import RelayProgram, start_relay
from tests.sync_server.hub.writing import Copy
from tests.sync_server.relay.client import Client

_FIRST_LETTER = 0x4E00
_ROUNDS_PER_DOCUMENT = 25
_LONGEST = 0.15
"""Seconds after the first delivered key at which the relay is dead at the latest."""
_PAUSE = 0.002
"""Seconds between two keys."""


@dataclass(slots=True)
class Toll:
    """What so many kills have cost."""

    kills: int = 0
    delivered: int = 0
    """Keys that had reached another person when the relay died."""
    missing: int = 0
    """Those of them that a newcomer did not find afterwards."""
    repeated: int = 0
    """Keys that a newcomer found twice."""

    def count(self, before: str, seen: str, found: str) -> None:
        """Every key is a letter of its own, so that each can be looked for."""
        self.kills += 1
        self.delivered += len(seen) - len(before)
        self.missing += len(set(seen) - set(found)) + (not found.startswith(seen))
        self.repeated += len(found) - len(set(found))


class Sentence:
    """A document, and the two who have it open: one types, the other watches."""

    def __init__(self, chance: random.Random) -> None:
        self.document = DocumentId(chance.randbytes(16))
        self._chance = chance
        self._typed = 0
        self._copies = Copy(self.document), Copy(self.document)

    @property
    def seen(self) -> str:
        """What the watcher has on the screen."""
        return self._copies[1].text

    async def until_killed(self, relay: RelayProgram) -> str:
        """Type on, kill the relay at some moment; returns what the other had seen by then."""
        async with (
            Client.connect(relay.url, "typist") as typist,
            Client.connect(relay.url, "watcher") as watcher,
        ):
            await watcher.open(self.document, self._copies[1])
            await typist.open(self.document, self._copies[0])
            typing = asyncio.create_task(self._type(typist))
            before = len(self.seen)
            await watcher.until(lambda: len(self.seen) > before)
            await asyncio.sleep(self._chance.uniform(0, _LONGEST))
            relay.process.kill()
            seen = self.seen
            typing.cancel()
            with suppress(asyncio.CancelledError, ConnectionClosed):
                await typing
        await relay.process.wait()
        return seen

    async def read_by_a_newcomer(self, relay: RelayProgram, least: int) -> str:
        """What somebody without a copy finds, once it is so long or has stopped growing."""
        async with Client.connect(relay.url, "newcomer") as newcomer:
            copy = await newcomer.open(self.document)
            with suppress(TimeoutError):
                await newcomer.until(lambda: len(copy.text) >= least)
            return copy.text

    async def _type(self, typist: Client) -> None:
        while True:
            letter = chr(_FIRST_LETTER + self._typed)
            self._typed += 1
            await typist.write(self.document, letter)
            await asyncio.sleep(_PAUSE)


async def tolls(data: Path, rounds: int, *options: str) -> AsyncIterator[Toll]:
    """Kill a relay so often, each time on the data that the last one left; tells after each."""
    chance = random.Random(rounds)
    toll = Toll()
    relay = await start_relay(data, *options)
    try:
        for number in range(rounds):
            if number % _ROUNDS_PER_DOCUMENT == 0:
                sentence = Sentence(chance)
            before = sentence.seen
            seen = await sentence.until_killed(relay)
            relay = await start_relay(data, *options)
            toll.count(before, seen, await sentence.read_by_a_newcomer(relay, len(seen)))
            yield toll
    finally:
        if relay.process.returncode is None:
            await relay.kill()
