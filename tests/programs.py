"""The project's own programs, as processes."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
PATIENCE = 60.0


@dataclass(slots=True)
class RelayProgram:
    """A running `sync-server`."""

    process: Process
    url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def pid(self) -> int:
        return self.process.pid

    async def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """End it as a service does, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


async def start_relay(
    data: Path, *options: str, port: int = 0, closed: bool = False
) -> RelayProgram:
    """Start `sync-server`, open to all unless `closed`, and return it once it listens."""
    command = [str(BIN / "sync-server"), "--port", str(port), "--data", str(data)]
    command += options if closed else ("--open", *options)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
    beginning, _, url = line.decode().strip().partition("listening on ")
    assert beginning == "", f"sync-server said {line!r}"
    return RelayProgram(process, url)


@asynccontextmanager
async def relay_program(
    data: Path, *options: str, port: int = 0, closed: bool = False
) -> AsyncIterator[RelayProgram]:
    """Run `sync-server`, open to all unless `closed`, for as long as the block lasts."""
    relay = await start_relay(data, *options, port=port, closed=closed)
    try:
        yield relay
    finally:
        if relay.process.returncode is None:
            await relay.kill()


def in_library(home: Path) -> dict[str, str]:
    """Return an environment in which `contract-tui` uses the library in `home`."""
    return {**os.environ, "CONTRACT_TUI_HOME": str(home)}


def run(home: Path, *arguments: str, text: str | None = None) -> str:
    """Run `contract-tui` to its end and return what it printed; it must succeed."""
    ended = attempt(home, arguments, text=text)
    assert ended.returncode == 0, f"{arguments}: {ended.stderr}"
    return ended.stdout


def attempt(
    home: Path, arguments: Sequence[str], text: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run `contract-tui` to its end, however that is."""
    environment: Mapping[str, str] = {**in_library(home), **more}
    return subprocess.run(
        [str(BIN / "contract-tui"), *arguments],
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def last_line(printed: str) -> str:
    """Return the id or link that a command prints last."""
    return printed.strip().splitlines()[-1]
