"""Rooms of three that type through a relay, in a process of their own, where the clock is too."""

import asyncio
import gc
import itertools
import multiprocessing
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import psutil
from websockets.asyncio.client import connect

from benchmarks.relays import Running
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, DocumentId
from tests.histories import Typing, beginning
from tests.seats import Seat, room
from tests.storm.conference import ROLES, empty_text
from tests.sync_server.relay.guests import Holder

_KEY_FRAME, _THANKS = 200, 80
"""Bytes of a key on its way, and of its acknowledgement."""
_WARMING = 3
"""Keys in each room before the clock starts."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many type, and how quickly."""

    rooms: int
    rate: float
    """Keys a second in each room, all by the same person."""
    seconds: float

    @property
    def keys(self) -> int:
        """In each room."""
        return max(2, round(self.rate * self.seconds))


@dataclass(frozen=True, slots=True)
class Typed:
    """How the keys went through a relay."""

    latencies: list[float]
    """Milliseconds from each key to the later of the other two."""
    cpu: float
    """Milliseconds of the relay's CPU for each key."""


@dataclass(frozen=True, slots=True)
class Table:
    """One room, ready to type so many keys, and to wait for the last."""

    press: Callable[[int], Awaitable[float]]
    """Presses a key, by its number; returns when."""
    arrived: Callable[[int], Awaitable[float]]
    """Waits for a key; returns when the later of the other two had it."""


Sitting = Callable[[str, int, int, AsyncExitStack], Awaitable[Table]]
"""Sits three down: at a relay's address, in the so many-eth room, with so many keys to press."""


async def open_room(url: str, number: int, keys: int, leaving: AsyncExitStack) -> Table:
    """Three on a relay that lets everybody in."""
    document = DocumentId(UUID(int=os.getpid() << 32 | number, version=4).bytes)
    past = list(beginning())
    typing = Typing(Actor(os.urandom(16)), past).keys(keys)
    return _table(await leaving.enter_async_context(room(url, document, past)), typing)


async def closed_room(url: str, number: int, keys: int, leaving: AsyncExitStack) -> Table:  # noqa: ARG001 - every contract has another key
    """Three with credentials on a relay that lets in only those invited."""
    holder = Holder()
    people = {name: holder.seat(name, role) for name, role in ROLES.items()}
    author = Actor(people["student"].actor())
    past = empty_text(author)
    seats: list[Seat] = []
    for name, person in people.items():
        seat = await Seat.take(url, name, person.header(url))
        leaving.push_async_callback(seat.leave)
        await seat.open(holder.contract, [] if seats else past)
        await seat.has(past[-1].hash)
        seats.append(seat)
    return _table(seats, Typing(author, past).keys(keys))


def _table(seats: Sequence[Seat], keys: Sequence[Change]) -> Table:
    typist, *others = seats

    async def arrived(number: int) -> float:
        key = keys[number].hash
        for other in others:
            await other.has(key)
        return max(other.arrived[key] for other in others)

    return Table(lambda number: typist.press(keys[number]), arrived)


async def bare_room(url: str, number: int, keys: int, leaving: AsyncExitStack) -> Table:
    """Three at a server that passes frames of the same size on, and nothing else."""
    address = f"{url}/{os.getpid()}-{number}"
    sockets = [
        await leaving.enter_async_context(connect(address, compression=None)) for _ in range(3)
    ]
    loop = asyncio.get_running_loop()
    seen: list[list[asyncio.Future[float]]] = [
        [loop.create_future() for _ in range(keys)] for _ in range(2)
    ]

    async def listen(who: int) -> None:
        numbers = itertools.count()
        async for frame in sockets[who]:
            if len(frame) == _KEY_FRAME and who:
                seen[who - 1][next(numbers)].set_result(time.perf_counter())
                await sockets[who].send(bytes(_THANKS))

    for who in range(3):
        task = asyncio.create_task(listen(who))
        leaving.callback(task.cancel)

    async def press(_: int) -> float:
        at = time.perf_counter()
        await sockets[0].send(bytes(_KEY_FRAME))
        return at

    async def arrived(number: int) -> float:
        return max([await listener[number] for listener in seen])

    return Table(press, arrived)


async def _type(table: Table, numbers: range, rate: float, first: float) -> list[float]:
    """Press keys at a rate, the first at its time; returns the latencies."""
    pressed: list[float] = []
    for at, number in enumerate(numbers):
        await asyncio.sleep(max(0.0, first + at / rate - time.perf_counter()))
        pressed.append(await table.press(number))
    return [
        (await table.arrived(number) - at) * 1000
        for number, at in zip(numbers, pressed, strict=True)
    ]


async def _all_type(tables: Sequence[Table], numbers: range, rate: float) -> list[float]:
    """Let every room type, none in step with another."""
    began = time.perf_counter()
    starts = (began + number / rate / len(tables) for number in range(len(tables)))
    typing = (
        _type(table, numbers, rate, first) for table, first in zip(tables, starts, strict=True)
    )
    return [latency for room in await asyncio.gather(*typing) for latency in room]


async def _typed(url: str, pid: int, load: Load, sitting: Sitting) -> Typed:
    relay = Running(url, psutil.Process(pid))
    keys = load.keys + _WARMING
    async with AsyncExitStack() as leaving:
        tables = [await sitting(url, number, keys, leaving) for number in range(load.rooms)]
        await _all_type(tables, range(_WARMING), load.rate)
        await relay.quiet()
        gc.collect()
        gc.freeze()  # or the clock stands still now and then to look through all clients
        before = relay.cpu()
        latencies = await _all_type(tables, range(_WARMING, keys), load.rate)
        cpu = relay.cpu() - before
    return Typed(latencies, cpu * 1000 / (load.rooms * load.keys))


def typed(url: str, pid: int, load: Load, sitting: Sitting) -> Typed:
    """Let rooms type through the relay with this address and process."""
    return asyncio.run(_typed(url, pid, load, sitting))


@asynccontextmanager
async def clients() -> AsyncIterator[Callable[[Running, Load, Sitting], Awaitable[Typed]]]:
    """A process for those who type."""
    context = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=context) as pool:

        def run(relay: Running, load: Load, sitting: Sitting) -> Awaitable[Typed]:
            return loop.run_in_executor(pool, typed, relay.url, relay.process.pid, load, sitting)

        yield run
