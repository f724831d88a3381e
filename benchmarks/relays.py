"""The relays under measurement, each in a process of its own."""

import asyncio
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.interop.peers import npm_sync_server
from tests.programs import relay_program

NPM = "npm sync server"
BROADCAST = "bare broadcast"
TIDIES_AFTER = 11.0
"""Seconds: our relay makes its snapshot of a document that nobody has written in for ten."""


@dataclass(frozen=True, slots=True)
class Running:
    """A relay at work."""

    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Return the seconds of CPU that it and its ended children have used.

        The kernel's nanoseconds of each thread where it tells them: the usual ticks are 10 ms.
        """
        times = self.process.cpu_times()
        children = float(times.children_user + times.children_system)
        threads = list(Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"))
        if not threads:
            return children + float(times.user + times.system)
        return children + sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def memory(self) -> int:
        """Return the bytes that it holds in memory."""
        return int(self.process.memory_info().rss)

    async def settled(self) -> None:
        """Wait until it has tidied up what a long upload left to do."""
        await asyncio.sleep(TIDIES_AFTER)
        await self.quiet()

    async def quiet(self, patience: float = 20.0) -> None:
        """Wait until it has nothing to do in the background."""
        for _ in range(int(patience / 0.5)):
            before = self.cpu()
            await asyncio.sleep(0.5)
            if self.cpu() - before < 0.02 and not self.process.children():
                return


Start = Callable[[], AbstractAsyncContextManager[Running]]


@asynccontextmanager
async def ours(*options: str, closed: bool = False) -> AsyncIterator[Running]:
    """Our relay, with its data in a directory of its own."""
    with TemporaryDirectory() as folder:
        async with relay_program(Path(folder), *options, closed=closed) as relay:
            yield Running(relay.url, psutil.Process(relay.pid))


@asynccontextmanager
async def npm() -> AsyncIterator[Running]:
    """The sync server from npm."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    with TemporaryDirectory() as folder:
        async with npm_sync_server(Path(folder) / "data", port) as url:
            children = psutil.Process().children()
            node = next(child for child in children if _listens_on(child, port))
            yield Running(url, node)


@asynccontextmanager
async def bare_broadcast() -> AsyncIterator[Running]:
    """The floor that no relay gets under."""
    command = [sys.executable, "-m", "benchmarks.broadcast"]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    assert process.stdout is not None
    line = await process.stdout.readline()
    try:
        yield Running(line.decode().split()[-1], psutil.Process(process.pid))
    finally:
        process.kill()
        await process.wait()


def _listens_on(process: psutil.Process, port: int) -> bool:
    return any(connection.laddr.port == port for connection in process.net_connections())
