"""Paints a guest's program into a page: Textual's web driver, for windows that come and go.

Three things are different from Textual's own. A window that comes later is given everything, not
only what changes. When the server is gone, the program ends and does not go on for nobody. And
pieces of files are told apart by our own packets, so that the server reads no private format.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress

from textual import events, messages
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size

from contract_tui.guests.packets import Piece, file_piece

MODES = (
    "\x1b[?1049h"  # the other screen
    "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"  # the mouse
    "\x1b[?25l"  # no cursor of the terminal
    "\x1b[?2004h"  # pastes are marked
)


class GuestDriver(WebDriver):
    """What a guest's program paints with."""

    def run_input_thread(self) -> None:
        """Read what comes until the server lets go, and end then, whatever the reason."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._in_loop(self._end)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Also show everything to a window that has just come."""
        match packet_type, payload:
            case "show", {"width": int(width), "height": int(height)}:
                self._in_loop(lambda: self._show(Size(width, height)))
            case _:
                super().on_meta(packet_type, payload)

    def write(self, data: str) -> None:
        """Write what is painted; for nobody where the server is gone."""
        encoded = data.encode("utf-8", "replace")
        self._send(b"D" + len(encoded).to_bytes(4, "big") + encoded)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something, if it is there."""
        with suppress(BrokenPipeError):
            super().write_meta(data)

    def write_binary_encoded(self, data: tuple[str | bytes, ...]) -> None:
        """Send a piece of a file."""
        _, key, piece = data
        assert isinstance(key, str)
        self._send(file_piece(Piece(key, piece.encode() if isinstance(piece, str) else piece)))

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self.fileno, left) :]
        except BrokenPipeError:
            self._in_loop(self._end)

    def _show(self, size: Size) -> None:
        """Paint everything anew: the window knows nothing of what was painted before it."""
        self._size = size
        self.write(MODES)
        self._app.post_message(events.Resize(size, size))
        self._app.call_later(self._app.refresh, layout=True)

    def _end(self) -> None:
        self._app.post_message(messages.ExitApp())

    def _in_loop(self, call: object) -> None:
        assert callable(call)
        loop: asyncio.AbstractEventLoop = self._loop
        if not loop.is_closed():
            loop.call_soon_threadsafe(call)
