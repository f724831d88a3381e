"""The guests' programs that run on this computer: one for each seat, and not too many."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from contract_tui.guests import words
from contract_tui.guests.book import Guest, GuestBook
from contract_tui.guests.environment import Place, environment
from contract_tui.guests.errors import HouseFull
from contract_tui.guests.frames import Size
from contract_tui.guests.program import COMMAND, Program
from contract_tui.guests.window import Goodbye, Window

MOST = 8
"""Programs at one time: each takes about 60 MB and a share of this computer."""
LINGERING = 120.0
"""Seconds for which a program waits for a guest who dropped out, as they left it."""


class House:
    """Starts, keeps and ends the guests' programs."""

    def __init__(
        self,
        book: GuestBook,
        place: Place,
        on_change: Callable[[], None] = lambda: None,
        *,
        most: int = MOST,
        lingering: float = LINGERING,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._book = book
        self._place = place
        self._on_change = on_change
        self._most = most
        self._lingering = lingering
        self._command = command
        self._programs: dict[str, Program] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._stopping: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._is_closed = False

    @property
    def here(self) -> frozenset[str]:
        """The ids of the guests who look at their program now."""
        return frozenset(id_ for id_, one in self._programs.items() if one.is_watched)

    @property
    def running(self) -> dict[str, Program]:
        """The programs, by the ids of their guests."""
        return dict(self._programs)

    def require_room(self, guest: Guest) -> None:
        """Refuse a guest for whom no program can be started; raises HouseFull."""
        is_full = guest.id not in self._programs and len(self.here) >= self._most
        if self._is_closed or is_full:
            raise HouseFull(words.FULL)

    async def enter(
        self, guest: Guest, window: Window, size: Size, look: str, languages: str
    ) -> Program:
        """Show a guest's program in this window; raises HouseFull or OSError."""
        async with self._turn:
            program = self._programs.get(guest.id)
            if program is not None and not program.is_running:
                await program.ended()
                program = None
            if program is None:
                self.require_room(guest)
                await self._make_room()
                program = await self._start(guest, size, look, languages)
            if waiting := self._waiting.pop(guest.id, None):
                waiting.cancel()
            program.show_in(window, size)
        self._on_change()
        return program

    def leave(self, guest: Guest, window: Window) -> None:
        """A window is gone; its program waits for a while."""
        program = self._programs.get(guest.id)
        if program is None or not program.leave(window):
            return
        loop = asyncio.get_running_loop()
        self._waiting[guest.id] = loop.call_later(self._lingering, self._give_up, program)
        self._on_change()

    async def dismiss(self, guest: Guest) -> None:
        """Let a guest's program save and end, as the host no longer expects them."""
        async with self._turn:
            if program := self._programs.get(guest.id):
                await program.stop(Goodbye.FELL)

    async def close(self) -> None:
        """Let all programs save and end; nobody comes in any more."""
        self._is_closed = True
        async with self._turn:
            for waiting in self._waiting.values():
                waiting.cancel()
            ending = [program.stop(Goodbye.HOST_LEAVES) for program in self._programs.values()]
            await asyncio.gather(*ending, *self._stopping)

    async def _make_room(self) -> None:
        """End the program that nobody has looked at for longest, where there are too many."""
        while len(self._programs) >= self._most and self._waiting:
            oldest = next(iter(self._waiting))
            self._waiting.pop(oldest).cancel()
            if program := self._programs.get(oldest):
                await program.stop(Goodbye.LEFT)

    async def _start(self, guest: Guest, size: Size, look: str, languages: str) -> Program:
        home = self._book.home(guest)
        told = environment(os.environ, home, self._place, size, look, languages)

        def end() -> None:
            if waiting := self._waiting.pop(guest.id, None):
                waiting.cancel()
            if self._programs.get(guest.id) is program:
                del self._programs[guest.id]
                self._on_change()

        program = await Program.start(home, told, end, self._command)
        self._programs[guest.id] = program
        return program

    def _give_up(self, program: Program) -> None:
        task = asyncio.create_task(program.stop(Goodbye.LEFT), name="a guest stayed away")
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)
