"""How many connections strangers may hold open, and for how long.

A page, its script and its font come within seconds. Whatever is open for longer without a guest
behind it is closed, so that nobody can keep the host's computer from serving those who are meant.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import Any

from aiohttp import web

MOST = 128
MOST_FROM_ONE = 48
"""Connections from one address; a family behind one has three."""
UNKNOWN_LASTS = 20.0
"""Seconds."""
LARGEST_LINE = 4096
LARGEST_HEADER = 4096
MOST_HEADERS = 64
SILENT = logging.Logger("guests")
"""Of a request that is misspelt aiohttp would write all of it, with the address of a guest."""
SILENT.disabled = True


class Crowd:
    """Counts what is open."""

    def __init__(self, lasts: float = UNKNOWN_LASTS) -> None:
        self.lasts = lasts
        self._open: Counter[str] = Counter()

    @property
    def size(self) -> int:
        """How many connections are open."""
        return self._open.total()

    def enter(self, address: str) -> bool:
        """Whether one more from there may come in; then it is counted."""
        if self.size >= MOST or self._open[address] >= MOST_FROM_ONE:
            return False
        self._open[address] += 1
        return True

    def leave(self, address: str) -> None:
        """One less."""
        self._open[address] -= 1
        self._open += Counter()  # forgets those of whom none is left


class Connection(web.RequestHandler):
    """One connection, which ends soon unless a guest turns out to be behind it."""

    __slots__ = ("_address", "_crowd", "_limit")

    def __init__(self, server: web.Server, crowd: Crowd, **options: Any) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # no address may stand in a log
            logger=SILENT,
            keepalive_timeout=crowd.lasts,
            max_line_size=LARGEST_LINE,
            max_field_size=LARGEST_HEADER,
            max_headers=MOST_HEADERS,
            lingering_time=0,
            **options,
        )
        self._crowd = crowd
        self._address: str | None = None
        self._limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Turn away who comes when it is full; nothing is read of them."""
        super().connection_made(transport)
        address = str((transport.get_extra_info("peername") or ("",))[0])
        if not self._crowd.enter(address):
            self._cut()
            return
        self._address = address
        self._limit = asyncio.get_running_loop().call_later(self._crowd.lasts, self._cut)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Make room for another."""
        self.stay()
        if self._address is not None:
            self._crowd.leave(self._address)
            self._address = None
        super().connection_lost(exc)

    def stay(self) -> None:
        """A guest is behind it: it may stay open."""
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _cut(self) -> None:
        """End it without waiting for a peer that does not read."""
        transport = self.transport
        self.force_close()
        if isinstance(transport, asyncio.Transport):
            transport.abort()
