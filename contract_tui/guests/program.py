"""A guest's program: a process of its own, which outlives a window that drops out for a while.

It is started without a shell, with an environment of its own and in a session of its own, so that
a key at the host's terminal does not end it. It ends when this process lets go of its input.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from contract_tui.guests.downloads import Downloads
from contract_tui.guests.frames import Size
from contract_tui.guests.packets import (
    HEAD_SIZE,
    PRELUDE,
    BadPacket,
    Kind,
    meta,
    packet,
    read_head,
    read_meta,
    read_piece,
)
from contract_tui.guests.window import Goodbye, Window

COMMAND = (sys.executable, "-P", "-m", "contract_tui.commands.guest")
TROUBLE = "trouble.txt"
"""What a guest's program complains of; it holds nothing of what was written."""
LAST_WORDS = 5.0
"""Seconds in which a program saves and says goodbye."""
INSISTENCE = 2.0
"""Seconds after which one that was told to end is ended."""


class Program:
    """One guest's running program, and the window that looks at it, if any."""

    def __init__(self, process: Process, on_end: Callable[[], None]) -> None:
        self._process = process
        self._window: Window | None = None
        self.downloads = Downloads(self._write)
        self._is_leaving = False
        self._is_refused = False
        self._is_new = True
        self._on_end = on_end
        self._reading = asyncio.create_task(self._read(), name="guest's program")

    @classmethod
    async def start(
        cls,
        home: Path,
        environment: Mapping[str, str],
        on_end: Callable[[], None],
        command: tuple[str, ...] = COMMAND,
    ) -> Program:
        """Start the program of a guest in their folder; raises OSError."""
        trouble = os.open(home / TROUBLE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=trouble,
                cwd=home,
                env=environment,
                start_new_session=True,
            )
        finally:
            os.close(trouble)
        return cls(process, on_end)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether a window can look at it."""
        return not self._reading.done() and not self._is_leaving

    @property
    def is_watched(self) -> bool:
        """Whether a window looks at it."""
        return self._window is not None

    def show_in(self, window: Window, size: Size) -> None:
        """Let this window look at it, and no other."""
        if self._window is not None:
            self._window.close(Goodbye.MOVED)
        self._window = window
        if not self._is_new:  # it was told the size when it started, and paints all of it
            self._write(meta({"type": "show", "width": size.width, "height": size.height}))
        self._is_new = False

    def leave(self, window: Window) -> bool:
        """A window has gone; returns whether it was the one that looks."""
        if self._window is not window:
            return False
        self._window = None
        self.looking(here=False)
        return True

    async def type(self, data: bytes) -> None:
        """Hand on what was typed, no faster than the program takes it."""
        self._write(packet(Kind.DATA, data))
        with suppress(ConnectionError):
            await self._input.drain()

    def resize(self, size: Size) -> None:
        """The window has another size."""
        self._write(meta({"type": "resize", "width": size.width, "height": size.height}))

    def looking(self, *, here: bool) -> None:
        """Somebody looks at the page, or away."""
        self._write(meta({"type": "focus" if here else "blur"}))

    async def stop(self, goodbye: Goodbye) -> None:
        """Let it save the last words and end; whatever does not end is ended."""
        self._is_leaving = True
        self._write(meta({"type": "quit"}))
        if not await self._ends_within(LAST_WORDS):
            self._signal(signal.SIGTERM)
            if not await self._ends_within(INSISTENCE):
                self._signal(signal.SIGKILL)
                await self._process.wait()
        await self.ended()
        if self._window is not None:
            window, self._window = self._window, None
            window.close(goodbye)

    async def ended(self) -> None:
        """Wait until it has ended."""
        await asyncio.wait([self._reading])

    async def _ends_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._process.wait()
                return True
        return False

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    async def _read(self) -> None:
        """Hand on what the program says until it ends, whether somebody looks or not."""
        goodbye = Goodbye.FELL
        try:
            goodbye = await self._follow()
        except (BadPacket, asyncio.IncompleteReadError, ConnectionError, ValueError):
            pass
        finally:
            self._signal_if_running()
            self.downloads.end()
        await self._process.wait()
        if self._window is not None and not self._is_leaving:
            window, self._window = self._window, None
            window.close(goodbye)
        self._on_end()

    async def _follow(self) -> Goodbye:
        output = self._process.stdout
        assert output is not None
        while await output.readline() != PRELUDE:
            if output.at_eof():
                return Goodbye.FELL
        goodbye = Goodbye.FELL
        while True:
            try:
                kind, size = read_head(await output.readexactly(HEAD_SIZE))
            except asyncio.IncompleteReadError:
                return goodbye
            goodbye = self._take(kind, await output.readexactly(size)) or goodbye

    def _take(self, kind: Kind, payload: bytes) -> Goodbye | None:
        """Hand a packet on; returns how it ends, where the packet says so."""
        if kind is Kind.DATA:
            if self._window is not None:
                self._window.paint(payload)
        elif kind is Kind.FILE:
            self.downloads.take(read_piece(payload))
        else:
            return self._heed(read_meta(payload))
        return None

    def _heed(self, said: Mapping[str, object]) -> Goodbye | None:
        match said:
            case {"type": "exit"}:
                return Goodbye.REFUSED if self._is_refused else Goodbye.LEFT
            case {"type": "refused", "words": str(words)}:
                self._is_refused = True
                self._tell("say", words)
                return Goodbye.REFUSED
            case {"type": "deliver_file_start", "key": str(key), "path": str(path)}:
                offered = self.downloads.offer(key, path, str(said.get("mime_type", "")))
                self._tell("file", {"key": key, "name": offered.name})
        return None

    def _tell(self, kind: str, said: object) -> None:
        if self._window is not None:
            self._window.tell(kind, said)

    def _signal_if_running(self) -> None:
        """A program that cannot be understood any more is ended."""
        if self._process.returncode is None and not self._is_leaving:
            self._signal(signal.SIGTERM)

    def _write(self, data: bytes) -> None:
        if not self._input.is_closing():
            self._input.write(data)

    @property
    def _input(self) -> asyncio.StreamWriter:
        assert self._process.stdin is not None
        return self._process.stdin
