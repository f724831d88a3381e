"""Writing to the terminal at once, and waiting for a slow one without standing still.

Textual hands each piece of a frame to a thread, and stands still after thirty that a terminal does
not take. Waking that thread costs more than writing: a twentieth of what a key takes.
"""

from __future__ import annotations

import asyncio
import os
import threading

MOST_LEFT = 1 << 20
"""Bytes that may wait for a terminal; for more, everything waits with them."""


class Printer:
    """What a driver writes to, in place of Textual's thread; to be made where the loop runs."""

    def __init__(self, terminal: int) -> None:
        """`terminal` is any file number of it; raises OSError where it cannot be opened anew.

        How a file waits is one setting for all who share it, the shell among them, so this opens
        one of its own.
        """
        flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        self._terminal = os.open(os.ttyname(terminal), flags)
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._left = bytearray()

    def write(self, text: str) -> None:
        """Write as much as the terminal takes, and the rest as soon as it takes more."""
        if threading.get_ident() != self._thread:
            self._loop.call_soon_threadsafe(self.write, text)
            return
        is_behind = bool(self._left)
        self._left += text.encode("utf-8", "replace")
        if is_behind:
            if len(self._left) > MOST_LEFT:
                self._catch_up()
            return
        self._put()
        if self._left:
            self._loop.add_writer(self._terminal, self._go_on)

    def flush(self) -> None:
        """Nothing is held back."""

    def stop(self) -> None:
        """Write the rest, and close."""
        if self._left:
            self._catch_up()
        os.close(self._terminal)

    def _go_on(self) -> None:
        self._put()
        if not self._left:
            self._loop.remove_writer(self._terminal)

    def _catch_up(self) -> None:
        """Stand still until the terminal has everything."""
        os.set_blocking(self._terminal, True)
        self._go_on()
        os.set_blocking(self._terminal, False)

    def _put(self) -> None:
        try:
            while self._left:
                del self._left[: os.write(self._terminal, self._left)]
        except BlockingIOError:
            pass
        except OSError:  # it was closed, and nobody looks any more
            self._left.clear()
