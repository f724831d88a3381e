"""What is pressed in a terminal, and a thread that sleeps meanwhile."""

from __future__ import annotations

import inspect
import os
import tty
from collections.abc import AsyncIterator
from threading import Thread

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from contract_tui.ui.listening import Listener
from tests.contract_tui.ui.stage import until


class Terminal(Listener):
    """A terminal that shows nothing, and notes what was pressed."""

    def __init__(self) -> None:
        super().__init__(App[None](), size=(80, 24))
        self.keys: list[str] = []
        self.keyboard, self.fileno = os.openpty()
        tty.setraw(self.fileno)
        self.start()

    def start(self) -> None:
        self._key_thread = Thread(target=self.run_input_thread)
        self._key_thread.start()

    def process_message(self, message: Message) -> None:
        assert isinstance(message, Key)
        self.keys.append(message.key)

    def write(self, data: str) -> None:
        """Show nothing."""

    def press(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())


@pytest.fixture
async def terminal() -> AsyncIterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.disable_input()
    os.close(terminal.keyboard)
    os.close(terminal.fileno)


async def test_keys_arrive_in_their_order_and_an_escape_once_nothing_follows(
    terminal: Terminal,
) -> None:
    terminal.press("a\x1b[A€")
    await until(lambda: terminal.keys == ["a", "up", "euro_sign"])
    terminal.press("\x1b")
    await until(lambda: terminal.keys[3:] == ["escape"])
    terminal.press("b")
    await until(lambda: terminal.keys[4:] == ["b"])


async def test_it_ends_when_it_is_told_to_and_begins_again(terminal: Terminal) -> None:
    before = terminal._key_thread
    terminal.disable_input()
    assert before is not None
    assert not before.is_alive()
    terminal.start()
    terminal.press("c")
    await until(lambda: terminal.keys == ["c"])


def test_the_driver_of_textual_looks_up_all_the_time() -> None:
    source = inspect.getsource(LinuxDriver.run_input_thread)
    assert "selector.select(0.1)" in source, "it sleeps now: ours is not needed any more"
