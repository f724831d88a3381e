"""One browser window that looks at a guest's program: what is painted goes out in order.

A window that takes nothing any more must not hold up the program behind it, which writes to a pipe
and would stand still; so what waits for a window is bounded, and one that is behind is closed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from enum import IntEnum
from json import dumps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp.web import WebSocketResponse

MOST_WAITING = 4 << 20
"""Bytes that may wait for a slow network."""


class Goodbye(IntEnum):
    """Why a window is closed, as the page understands it (RFC 6455, 7.4.2: private use)."""

    HOST_LEAVES = 1001
    LEFT = 4000
    """The guest ended their program."""
    MOVED = 4001
    """Another window of theirs shows it now."""
    FELL = 4003
    """The program has stopped by itself."""
    REFUSED = 4004
    """The program says why it does not begin."""
    NOT_UNDERSTOOD = 4005
    SLOW = 4006


class Window:
    """Sends to one browser, in order, in a task of its own."""

    def __init__(self, socket: WebSocketResponse) -> None:
        self._socket = socket
        self._waiting: deque[bytes | str] = deque()
        self._size = 0
        self._filled = asyncio.Event()
        self._goodbye: Goodbye | None = None
        self._task = asyncio.create_task(self._send(), name="guest's window")

    def paint(self, data: bytes) -> None:
        """Show what the program painted."""
        self._put(data, len(data))

    def tell(self, kind: str, said: object) -> None:
        """Tell the page something beside the terminal."""
        text = dumps([kind, said])
        self._put(text, len(text))

    def close(self, goodbye: Goodbye) -> None:
        """Send what is left, then close."""
        if self._goodbye is None:
            self._goodbye = goodbye
            self._filled.set()

    async def closed(self) -> None:
        """Wait until everything is sent and the window closed."""
        with suppress(asyncio.CancelledError):
            await asyncio.shield(self._task)

    def drop(self) -> None:
        """The browser has gone away."""
        self._task.cancel()

    def _put(self, item: bytes | str, size: int) -> None:
        if self._goodbye is not None:
            return
        self._size += size
        if self._size > MOST_WAITING:
            self._waiting.clear()
            self.close(Goodbye.SLOW)
            return
        self._waiting.append(item)
        self._filled.set()

    async def _send(self) -> None:
        with suppress(ConnectionError):
            while True:
                while self._waiting:
                    await self._hand_over(self._waiting.popleft())
                if self._goodbye is not None:
                    break
                self._filled.clear()
                await self._filled.wait()
            await self._socket.close(code=self._goodbye)

    async def _hand_over(self, item: bytes | str) -> None:
        self._size -= len(item)
        if isinstance(item, bytes):
            await self._socket.send_bytes(item)
        else:
            await self._socket.send_str(item)
