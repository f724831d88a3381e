"""The storm: everything hostile that there is, in turn, thrown by several at once."""

import asyncio
import itertools
import multiprocessing
import os
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from sync_server.protocol.codec import encode
from sync_server.protocol.messages import Join, PeerMetadata, Request
from sync_server.protocol.sync_message import Have, SyncMessage
from tests.storm.arsenal import ME, RELAY, Arsenal
from tests.storm.bad_bytes import BAD_BYTES, KNOCKS, UNFINISHED
from tests.storm.bad_changes import BAD_CHANGES
from tests.storm.bad_frames import BAD_FRAMES, Frames

ATTACKERS = 4
PATIENCE = 60.0
"""Seconds that an attacker waits for what the relay makes of a blow."""
_OBSERVED: dict[str, Frames] = {
    "change by an observer": lambda arsenal: [arsenal.upload(arsenal.written[0].raw)]
}
KINDS = (*BAD_FRAMES, *BAD_CHANGES, *_OBSERVED, *BAD_BYTES, *KNOCKS)


@dataclass(slots=True)
class Damage:
    """What was thrown, and what came of it."""

    frames: Counter[str] = field(default_factory=Counter)
    """Frames thrown, by kind."""
    ended: Counter[str] = field(default_factory=Counter)
    """Connections that the relay ended, by the kind of what was thrown last."""
    unanswered: Counter[str] = field(default_factory=Counter)
    """After which the attacker was kept waiting."""


class Attacker:
    """A hostile program: comes in where it may, and comes back when it is thrown out."""

    def __init__(self, arsenal: Arsenal, damage: Damage) -> None:
        self._arsenal = arsenal
        self._damage = damage
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._passes = {
            observing: arsenal.pass_for(arsenal.observer if observing else arsenal.member)
            for observing in (False, True)
        }

    async def strike(self, kind: str) -> None:
        """Throw one kind, and wait for what the relay makes of it."""
        try:
            async with asyncio.timeout(PATIENCE):
                if kind in KNOCKS:
                    await self._knock(kind)
                else:
                    await self._intrude(kind)
        except TimeoutError:
            self._damage.unanswered[kind] += 1
            await self.leave()
        except (ConnectionClosed, ConnectionError, InvalidHandshake, EOFError):
            self._damage.ended[kind] += 1
            await self.leave()

    async def leave(self) -> None:
        """Break off the connection without a word."""
        if self._socket and self._reader:
            self._socket.transport.abort()
            await self._reader
        self._socket = None

    async def _intrude(self, kind: str) -> None:
        arsenal = self._arsenal
        if kind in _OBSERVED:
            await self.leave()
        socket = await self._inside(kind in _OBSERVED)
        if kind in BAD_BYTES:
            self._damage.frames[kind] += 1
            socket.transport.write(BAD_BYTES[kind](arsenal))
            if kind == "torn frame":
                await self.leave()
                return
        else:
            make = BAD_FRAMES.get(kind) or BAD_CHANGES.get(kind) or _OBSERVED[kind]
            for frame in make(arsenal):
                self._damage.frames[kind] += 1
                await socket.send(frame)
        for _ in range(2):  # the first may be answered before what was read with it is judged
            await (await socket.ping())

    async def _inside(self, observing: bool) -> ClientConnection:
        if self._socket is None:
            arsenal = self._arsenal
            url = arsenal.url + self._passes[observing]
            socket = await connect(url, compression=None, max_size=None, ping_interval=None)
            self._socket = socket
            self._reader = asyncio.create_task(_ignore(socket))
            await socket.send(encode(Join(ME, peer_metadata=PeerMetadata(learning_contract=1))))
            nothing = SyncMessage((), (), (Have(()),)).encode()
            await socket.send(encode(Request(ME, RELAY, arsenal.contract, nothing)))
        return self._socket

    async def _knock(self, kind: str) -> None:
        where = urlsplit(self._arsenal.url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        try:
            self._damage.frames[kind] += 1
            writer.write(KNOCKS[kind](self._arsenal))
            if kind not in UNFINISHED:
                assert b" 101 " not in await reader.readline(), f"{kind}: let in"
        finally:
            writer.transport.abort()


async def _ignore(socket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for _ in socket:
            pass


async def _storm(arsenal: Arsenal, frames: int, pace: float) -> Damage:
    damage = Damage()
    kinds = itertools.cycle(KINDS)
    due = itertools.count()
    began = asyncio.get_running_loop().time()

    async def attack() -> None:
        attacker = Attacker(arsenal, damage)
        while damage.frames.total() < frames or len(damage.frames) < len(KINDS):
            if pace:
                late = asyncio.get_running_loop().time() - began
                await asyncio.sleep(max(0.0, next(due) / pace - late))
            await attacker.strike(next(kinds))
        await attacker.leave()

    async with asyncio.TaskGroup() as group:
        for _ in range(ATTACKERS):
            group.create_task(attack())
    return damage


def storm(arsenal: Arsenal, frames: int, pace: float = 0.0) -> Damage:
    """Throw so many frames, each kind at least once; `pace` blows a second, or as fast as it goes.

    Attackers have computers of their own; where they share this one, the others come first.
    """
    os.nice(10)
    return asyncio.run(_storm(arsenal, frames, pace))


@asynccontextmanager
async def raging(
    arsenal: Arsenal, frames: int, pace: float = 0.0
) -> AsyncIterator[asyncio.Future[Damage]]:
    """Let a storm rage in a process of its own; the future tells when it is over."""
    context = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        yield loop.run_in_executor(pool, storm, arsenal, frames, pace)
