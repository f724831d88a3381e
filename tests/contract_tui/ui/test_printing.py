"""What is written to a terminal: at once, in order, and also to one that takes its time."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from contract_tui.ui.printing import MOST_LEFT, Printer


@dataclass
class Terminal:
    """A terminal whose screen somebody reads, or does not."""

    screen: int
    program: int

    def read(self) -> str:
        return os.read(self.screen, 1 << 16).decode()

    async def read_all(self, length: int) -> str:
        """Read so many letters of one byte each, whatever the loop does meanwhile."""
        return await asyncio.to_thread(self._read_all, length)

    def _read_all(self, length: int) -> str:
        shown = ""
        while len(shown) < length:
            shown += self.read()
        return shown


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    screen, program = os.openpty()
    tty.setraw(program)
    yield Terminal(screen, program)
    os.close(screen)
    os.close(program)


async def test_what_is_written_is_on_the_terminal_at_once(terminal: Terminal) -> None:
    printer = Printer(terminal.program)
    printer.write("Äpfel ")
    printer.write("und Birnen")
    assert terminal.read() == "Äpfel und Birnen"
    printer.stop()


async def test_a_terminal_that_takes_nothing_holds_nobody_up_and_misses_nothing(
    terminal: Terminal,
) -> None:
    printer = Printer(terminal.program)
    frames = [f"{number:08}" * 1000 for number in range(20)]
    for frame in frames:
        printer.write(frame)
    whole = "".join(frames)
    assert await terminal.read_all(len(whole)) == whole
    printer.write("and on")
    assert terminal.read() == "and on"
    printer.stop()


async def test_more_than_may_wait_is_waited_for(terminal: Terminal) -> None:
    printer = Printer(terminal.program)
    length = MOST_LEFT + 200_000
    reading = asyncio.create_task(terminal.read_all(length))
    await asyncio.sleep(0)  # it has begun to read, in a thread of its own
    for _ in range(length // 100_000):
        printer.write("x" * 100_000)
    printer.write("x" * (length % 100_000))
    assert await reading == "x" * length
    printer.stop()


async def test_whoever_stops_has_written_everything(terminal: Terminal) -> None:
    printer = Printer(terminal.program)
    reading = asyncio.create_task(terminal.read_all(50_000))
    await asyncio.sleep(0)
    printer.write("x" * 50_000)
    printer.stop()
    assert await reading == "x" * 50_000


async def test_another_thread_may_write(terminal: Terminal) -> None:
    printer = Printer(terminal.program)
    await asyncio.to_thread(printer.write, "from elsewhere")
    assert await terminal.read_all(14) == "from elsewhere"
    printer.stop()


async def test_the_terminal_stays_as_it_was_for_others(terminal: Terminal) -> None:
    printer = Printer(terminal.program)
    printer.write("x")
    assert os.get_blocking(terminal.program)
    printer.stop()
    assert os.write(terminal.program, b"y") == 1


async def test_a_terminal_that_was_closed_is_written_to_in_vain() -> None:
    screen, program = os.openpty()
    printer = Printer(program)
    os.close(screen)
    printer.write("x")
    printer.stop()
    os.close(program)


async def test_what_is_no_terminal_is_refused() -> None:
    reading, writing = os.pipe()
    with pytest.raises(OSError, match="Inappropriate ioctl"):
        Printer(writing)
    os.close(reading)
    os.close(writing)
