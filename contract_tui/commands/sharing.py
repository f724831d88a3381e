"""The command that exchanges everything with the relays and ends."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Collection
from contextlib import suppress

from contract_tui.commands.console import open_library, relays, say
from contract_tui.session.errors import LinkTrouble, SessionError
from contract_tui.session.library import Entry, Library
from contract_tui.session.link import Link
from contract_tui.session.session import Session

RECOVERY = 3.0
"""Seconds in which a relay that has failed may recover: it may be starting."""
SILENCE = 10.0
"""Seconds without any progress after which a relay counts as silent."""
SLOWEST = 1000
"""Changes per second that a relay may at least be expected to take in."""


class NoRelay(SessionError):
    """The contract is shared nowhere."""


def sync(options: Namespace) -> int:
    """Exchange everything with the relays asked for, or else with one of those that are known."""
    asked = relays(options.relay)
    with open_library() as library:
        entry = library.resolve(options.contract)
        before, after = asyncio.run(_exchange(library, entry, asked))
    say(f"shared with everyone: {after} changes, {after - before} of them new here")
    return 0


async def _exchange(library: Library, entry: Entry, asked: Collection[str]) -> tuple[int, int]:
    session = await Session.open(library, entry.id, relays=asked)
    try:
        if not session.links:
            command = f"contract-tui sync {entry.text_id} --relay URL"
            raise NoRelay(f"this contract knows no relay: {command}")
        before = session.size
        await _until_done(session, asked)
        session.save()
        return before, session.size
    finally:
        await session.close()


async def _until_done(session: Session, asked: Collection[str]) -> None:
    """Return when every relay asked for, or any, has everything and so have we.

    Raises LinkTrouble with what is wrong with each.
    """
    loop = asyncio.get_running_loop()
    woken = asyncio.Event()
    session.listen(woken.set)
    now = loop.time()
    wanted = [_Attempt(one, now) for one in session.links if not asked or one.url in asked]
    enough = all if asked else any
    while not enough(attempt.link.is_done for attempt in wanted):
        now = loop.time()
        for attempt in wanted:
            attempt.look(session.size, now)
        hopeful = [one.due for one in wanted if not (one.link.is_done or one.failure(now))]
        if not hopeful:
            raise LinkTrouble("; ".join(filter(None, (one.failure(now) for one in wanted))))
        woken.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout_at(min(hopeful)):
                await woken.wait()


class _Attempt:
    """How the exchange with one relay goes."""

    def __init__(self, link: Link, now: float) -> None:
        self.link = link
        self._progress: object = None
        self._progress_at = now
        self._failing_since: float | None = None
        self._trouble = ""
        self._has_answered = False

    def look(self, size: int, now: float) -> None:
        """Note what has changed; `size` is how many changes are here."""
        link = self.link
        progress = (size, link.acknowledged)
        if progress != self._progress:
            self._progress, self._progress_at = progress, now
        self._has_answered |= link.is_connected
        self._trouble = link.state.trouble or self._trouble
        failing = link.state.trouble and not link.is_connected
        self._failing_since = (self._failing_since or now) if failing else None

    @property
    def due(self) -> float:
        """When there is no hope any more unless something changes."""
        taking = self.link.unshared() / SLOWEST if self.link.is_connected else 0
        silent = self._progress_at + SILENCE + taking
        if self._failing_since is None:
            return silent
        return min(silent, self._failing_since + RECOVERY)

    def failure(self, now: float) -> str:
        """Why there is no hope, in one sentence; empty while there is."""
        url = self.link.url
        if self.link.is_done:
            return ""
        if self.link.is_unavailable:
            return f"nothing of this contract is at {url} yet"
        if now < self.due:
            return ""
        if self._has_answered:
            return self._trouble or f"{url} has gone silent"
        return self._trouble or f"nothing answers at {url} within {SILENCE:.0f} seconds"
