"""Conferences of three that are typed in: with two guests in browsers, or with three programs."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from benchmarks.beginning import begin
from benchmarks.screens import PATIENCE, Screen, screen
from benchmarks.windows import LAPTOP, PHONE, Window
from contract_tui.guests.book import GuestBook
from contract_tui.library import seats
from contract_tui.library.library import Library
from sync_server.access.proof import Role
from tests.journeys.browser import Browser
from tests.journeys.table import free_port, lay
from tests.programs import BIN, in_library

PROGRAM = str(BIN / "contract-tui")
COLUMNS, ROWS = 120, 40
GUESTS = {"Ana": Role.STUDENT, "Cleo": Role.PARENT}
WIDTHS = LAPTOP, PHONE
"""Of their windows."""
LOOPBACK = "127.0.0.1"
MORE_LETTERS = "".join(chr(code) for code in range(0x48A, 0x4CA))
"""As `screens.LETTERS`, and none of them."""
_FIRST_LETTERS = "\u03b1\u03b2"
"""Alpha and beta: what each guest writes who has just come in."""
_WARMING = 3
"""Keys that do not count: browsers take their time over the first."""
_UNLIKE = 0.013
"""Seconds by which pauses differ, so that no key falls into step with what beats on a screen."""


class Seat(Protocol):
    """A keyboard and what is seen there; times are in seconds of the performance counter."""

    async def press(self, letter: str) -> float:
        """Press a key; returns when."""

    def shown(self, letter: str) -> Awaitable[float]:
        """Look out for a letter from now on; tells when it was there."""


class Desk:
    """A program in a terminal, read beside everything else that goes on."""

    def __init__(self, running: Screen) -> None:
        self.screen = running
        self._awaited: dict[bytes, asyncio.Future[float]] = {}
        self._before = b""
        asyncio.get_running_loop().add_reader(running.fileno(), self._read)

    async def press(self, letter: str) -> float:
        """Press a key, or several."""
        return self.screen.press(letter)

    def shown(self, letter: str) -> asyncio.Future[float]:
        """Look out for a letter, or for words."""
        seen: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._awaited[letter.encode()] = seen
        return seen

    def seen(self, words: str) -> Awaitable[float]:
        """Look out for words from now on."""
        return asyncio.ensure_future(asyncio.wait_for(self.shown(words), PATIENCE))

    async def step(self) -> None:
        """Press F10."""
        self.screen.press("\x1b[21~")

    async def next(self) -> None:
        """Press Tab."""
        self.screen.press("\t")

    async def confirm(self) -> None:
        """Press Enter."""
        self.screen.press("\r")

    def leave(self) -> None:
        """Read no more."""
        asyncio.get_running_loop().remove_reader(self.screen.fileno())

    def _read(self) -> None:
        try:
            window = self._before + self.screen.read()
        except EOFError as error:
            self.leave()
            for seen in self._awaited.values():
                seen.set_exception(error)
            return
        for mark in [mark for mark in self._awaited if mark in window]:
            seen = self._awaited.pop(mark)
            if not seen.done():
                seen.set_result(time.perf_counter())
        self._before = window[-max(map(len, self._awaited), default=1) :]


@dataclass(frozen=True, slots=True)
class Conference:
    """People in a conference, or before pages that have none; the first of them types."""

    seats: Sequence[Seat]
    entrances: Sequence[float] = ()
    """Seconds from opening an address until a first letter was on the host's screen."""
    host: psutil.Process | None = None
    """The program whose children are the guests' programs, if there are guests."""

    @property
    def guests(self) -> list[psutil.Process]:
        """The guests' programs."""
        return [] if self.host is None else list(self.host.children())


@dataclass(frozen=True, slots=True)
class Keystroke:
    """Milliseconds from a key to the screens."""

    own: float
    others: float
    """Until the later of the others."""
    last: float
    """Until the last seat: where there are browsers, the host's terminal."""


async def typed(conference: Conference, letters: str, pause: float) -> list[Keystroke]:
    """Press one letter after another, each when all have seen the last; raises TimeoutError.

    The letters were on no screen before, and the first few of them do not count.
    """
    typist, *_ = conference.seats
    keystrokes = []
    for number, letter in enumerate(letters):
        await asyncio.sleep(pause + _UNLIKE * (number % 5))
        looking = [seat.shown(letter) for seat in conference.seats]
        at = await typist.press(letter)
        async with asyncio.timeout(PATIENCE):
            own, *others = [(await seen - at) * 1000 for seen in looking]
        keystrokes.append(Keystroke(own, max(others), others[-1]))
    return keystrokes[_WARMING:]


async def typed_at_once(
    conferences: Sequence[Conference], letters: str, pause: float
) -> list[Keystroke]:
    """Type in every conference, none in step with another."""

    async def later(number: int, conference: Conference) -> list[Keystroke]:
        await asyncio.sleep(pause * number / len(conferences))
        return await typed(conference, letters, pause)

    typing = [later(number, one) for number, one in enumerate(conferences)]
    return [keystroke for one in await asyncio.gather(*typing) for keystroke in one]


@asynccontextmanager
async def in_browsers(folder: Path, browser: Browser) -> AsyncIterator[Conference]:
    """A teacher hosts in a terminal; the student types on a laptop, a parent has a phone."""
    contract, codes = _expecting(folder)
    port = free_port()
    command = [PROGRAM, "host", contract, "--address", LOOPBACK, "--port", "0"]
    command += ["--guests-port", str(port)]
    with screen(command, in_library(folder), COLUMNS, ROWS) as running:
        host = Desk(running)
        try:
            await _shown(host, "Around one table")
            opened = host.shown("Structure wanted")
            await host.press("\r")
            await asyncio.wait_for(opened, PATIENCE)
            guests, entrances = [], []
            for code, letter, width in zip(codes, _FIRST_LETTERS, WIDTHS, strict=True):
                window = await Window.open(browser, width)
                seconds = await window.come_in(f"http://{LOOPBACK}:{port}/j/{code}")
                seen = host.shown(letter)
                at = await window.press(letter)
                entrances.append(seconds + await asyncio.wait_for(seen, PATIENCE) - at)
                guests.append(window)
            await begin(guests[0], [*guests[1:], host])
            for window in guests:
                await window.settle()
            yield Conference((*guests, host), entrances, psutil.Process(running.process.pid))
        finally:
            await _end(running)  # its last words are read meanwhile, or it would wait for that
            host.leave()


def _expecting(folder: Path) -> tuple[str, list[str]]:
    """Make a contract of a teacher who expects two guests; returns its id and their codes."""
    with Library(folder) as library:
        seats.new_contract(library, "Tidepools", "Ben", Role.TEACHER)
        (entry,) = library.entries()

        def certify(role: Role, name: str) -> str:
            return seats.invite_to(library, entry, role, name, days=1).link()

        book = GuestBook(library.guests(entry.id), certify)
        return entry.text_id, [book.expect(role, name).code for name, role in GUESTS.items()]


async def _end(running: Screen) -> None:
    """Let a host say goodbye to its guests' programs; whoever takes too long is ended."""
    host = psutil.Process(running.process.pid)
    programs = host.children(recursive=True)
    host.terminate()
    _, left = await asyncio.to_thread(psutil.wait_procs, [host, *programs], 10)
    for program in left:
        with suppress(psutil.NoSuchProcess):
            program.kill()


@asynccontextmanager
async def with_programs(folder: Path, relay: str) -> AsyncIterator[Conference]:
    """Three people with a program each, over a relay."""
    table = await asyncio.to_thread(lay, folder, relay)
    async with AsyncExitStack() as leaving:
        screens = leaving.enter_context(ExitStack())
        desks = []
        for home in table.homes.values():
            running = screen(table.command(), in_library(home), COLUMNS, ROWS)
            desks.append(Desk(screens.enter_context(running)))
            leaving.callback(desks[-1].leave)
        for opened in [desk.shown("Structure wanted") for desk in desks]:
            await asyncio.wait_for(opened, PATIENCE)
        await begin(desks[0], desks[1:])
        yield Conference(desks)


async def _shown(desk: Desk, words: str) -> None:
    await asyncio.wait_for(desk.shown(words), PATIENCE)
