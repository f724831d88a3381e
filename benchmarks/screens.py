"""Real terminals with a clock: when the bytes of a key's letter reach the screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

LETTERS = "".join(chr(code) for code in range(0x410, 0x450))
"""One cell wide, two bytes long, and on no screen before they are typed: each is a mark."""
PAGE_UP, HOME = "\x1b[5~", "\x1b[H"
PATIENCE = 40.0


class Screen:
    """A program in a terminal of its own, whose painted bytes are watched rather than drawn."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            start_new_session=True,
        )
        os.close(slave)

    def fileno(self) -> int:
        """Return what `select` waits on."""
        return self._master

    def press(self, keys: str) -> float:
        """Press keys; returns when."""
        at = time.perf_counter()
        os.write(self._master, keys.encode())
        return at

    def paste(self, text: str) -> None:
        """Paste text as a terminal does, reading what is painted meanwhile."""
        data = b"\x1b[200~" + text.encode() + b"\x1b[201~"
        while data:
            select.select([], [self._master], [], PATIENCE)
            data = data[os.write(self._master, data[:1024]) :]
            drain([self], 0)

    def read(self) -> bytes:
        """Return what was painted and not read yet; raises EOFError when the program has ended."""
        try:
            painted = os.read(self._master, 1 << 16)
        except OSError:
            painted = b""
        if not painted:
            raise EOFError("the program on the screen has ended")
        return painted

    def kill(self) -> None:
        """End the program at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)


@contextmanager
def screen(
    command: Sequence[str], environment: Mapping[str, str], columns: int = 120, rows: int = 40
) -> Iterator[Screen]:
    """Run a program on a screen for as long as the block lasts."""
    running = Screen(command, environment, columns, rows)
    try:
        yield running
    finally:
        running.kill()


def painted(screens: Sequence[Screen], mark: str) -> list[float]:
    """Wait until every screen has painted the mark; returns when each did."""
    wanted = mark.encode()
    seen: dict[Screen, float] = {}
    before = dict.fromkeys(screens, b"")
    deadline = time.perf_counter() + PATIENCE
    while len(seen) < len(screens):
        left = deadline - time.perf_counter()
        if left <= 0:
            raise TimeoutError(f"{mark!r} was not painted on {len(screens) - len(seen)} screens")
        for each in select.select(list(screens), [], [], left)[0]:
            window = before[each] + each.read()
            if each not in seen and wanted in window:
                seen[each] = time.perf_counter()
            before[each] = window[-len(wanted) :]
    return [seen[each] for each in screens]


def all_painted(wanted: Mapping[Screen, str]) -> float:
    """Wait until every screen has painted each of its letters; returns when the last one had."""
    seen = dict.fromkeys(wanted, b"")
    deadline = time.perf_counter() + PATIENCE
    while waiting := [each for each in wanted if not _has_all(seen[each], wanted[each])]:
        left = deadline - time.perf_counter()
        if left <= 0:
            raise TimeoutError(f"{len(waiting)} screens did not paint what was waited for")
        for each in select.select(waiting, [], [], left)[0]:
            seen[each] += each.read()
    return time.perf_counter()


def _has_all(painted: bytes, letters: str) -> bool:
    return all(letter.encode() in painted for letter in letters)


def drain(screens: Sequence[Screen], quiet: float, patience: float = PATIENCE) -> None:
    """Read until nothing was painted for some seconds."""
    deadline = time.perf_counter() + patience
    while time.perf_counter() < deadline:
        ready = select.select(list(screens), [], [], quiet)[0]
        if not ready:
            return
        for each in ready:
            each.read()


def own_latencies(typist: Screen, letters: str) -> list[float]:
    """Press one letter after another; returns the milliseconds until each was on the screen."""
    return [times[0] for times in latencies(typist, [typist], letters)]


def latencies(typist: Screen, watchers: Sequence[Screen], letters: str) -> list[list[float]]:
    """Press letters on one screen; returns for each the milliseconds until others showed it."""
    everybody = list(dict.fromkeys([typist, *watchers]))
    out = []
    for number, letter in enumerate(letters):
        drain(everybody, 0.06 + 0.013 * (number % 3), patience=0.5)
        at = typist.press(letter)
        out.append([(seen - at) * 1000 for seen in painted(watchers, letter)])
    return out
