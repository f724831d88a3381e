"""A real program in a real terminal: start it, type, and wait until its screen shows something."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 60.0
"""Seconds that a journey waits for anything."""

ENTER, ESCAPE, TAB = "\r", "\x1b", "\t"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, BACKSPACE = "\x1b[H", "\x1b[F", "\x7f"


class Paper(pyte.Screen):
    """A screen that passes over the requests of newer terminals that pyte does not know."""

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        if not private:
            super().select_graphic_rendition(*attributes)

    def report_device_status(self, mode: int = 0, **_: bool) -> None:
        """Nobody answers here."""


class Terminal:
    """One program and the screen that it paints."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 100,
        rows: int = 30,
    ) -> None:
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=_of_this_terminal(environment),
            start_new_session=True,
        )
        os.close(slave)
        self._paper = Paper(columns, rows)
        self._stream = pyte.ByteStream(self._paper)
        self._painted = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        with self._painted:
            return "\n".join(line.rstrip() for line in self._paper.display)

    def type(self, keys: str) -> None:
        """Press keys, all at once."""
        data = keys.encode()
        while data:
            data = data[os.write(self._master, data) :]

    def type_slowly(self, keys: str, seconds: float = 0.02) -> None:
        """Press one key after another, as a quick typist does."""
        for key in keys:
            self.type(key)
            time.sleep(seconds)

    def wait_for(self, words: str) -> str:
        """Wait until the screen shows these words; returns the screen."""
        return self.wait_until(lambda text: words in text, f"{words!r} on the screen")

    def wait_until(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until something holds of the screen's text; returns it."""
        deadline = time.monotonic() + PATIENCE
        with self._painted:
            while not holds(text := "\n".join(line.rstrip() for line in self._paper.display)):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"never saw {what}:\n{text}")
                self._painted.wait(left)
        return text

    def end(self) -> int:
        """Wait until the program has ended by itself; returns its exit status."""
        status = self.process.wait(PATIENCE)
        self._close()
        return status

    def kill(self) -> None:
        """End the program as a power cut does."""
        if self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._close()

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size."""
        with self._painted:
            self._paper.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def suspend(self) -> None:
        """Stop the program as a shell does on Ctrl+Z, and use the screen for something else."""
        self.process.send_signal(signal.SIGTSTP)
        _, status = os.waitpid(self.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        with self._painted:
            self._paper.reset()

    def resume(self) -> None:
        """Let the program go on, as `fg` does."""
        self.process.send_signal(signal.SIGCONT)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                data = b""
            with self._painted:
                if data:
                    self._stream.feed(data)
                self._painted.notify_all()
            if not data:
                return

    def _close(self) -> None:
        self._reader.join(PATIENCE)
        if self._master >= 0:  # closed twice, it would be a file that somebody opened meanwhile
            master, self._master = self._master, -1
            os.close(master)


def _of_this_terminal(environment: Mapping[str, str]) -> dict[str, str]:
    """Say what the terminal can; its size is its own, whatever the test runner's is."""
    kept = {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
