"""Meets the relays of a contract for as long as it takes to exchange everything, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from contract_tui.language import _, ngettext
from contract_tui.library.library import Library
from contract_tui.session.link.link import Link
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.standings import remember
from contract_tui.session.session import Session
from contract_tui.session.writing.renewals import remember_renewal
from sync_server.protocol.ids import DocumentId

SLOWEST = 1000
"""Changes per second that a relay may at least be expected to take in."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for relays that give no sign."""

    recovery: float = 3.0
    """Seconds in which a relay that has failed may recover: it may be starting."""
    silence: float = 10.0
    """Seconds without any progress after which a relay counts as silent."""


BRIEF = Patience(recovery=0.0, silence=5.0)
"""For what is worth a try, and no long wait."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one relay."""

    url: str
    is_done: bool
    """Whether it has everything that is here, and the other way round."""
    trouble: str
    """Why not, in one sentence; empty where it went well or was not waited for."""
    refusal: RefusalKind | None
    """Why a relay that works does not let this program in."""


async def meet(
    session: Session, asked: Collection[str] = (), *, every: bool, patience: Patience
) -> list[Outcome]:
    """Exchange everything with the relays asked for, or with all that are known.

    Returns when one of them has everything and so have we, or with `every` all of them, or when
    there is no hope.
    """
    now = asyncio.get_running_loop().time()
    woken = asyncio.Event()
    leave = session.listen(woken.set)
    wanted = [one for one in session.links if not asked or one.url in asked]
    attempts = [_Attempt(one, now, patience) for one in wanted]
    try:
        while (due := _next_look(session.size, attempts, every)) is not None:
            woken.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(due):
                    await woken.wait()
    finally:
        leave()
    now = asyncio.get_running_loop().time()
    return [attempt.outcome(now) for attempt in attempts]


async def share_quietly(
    library: Library, contract: DocumentId, asked: Collection[str] = (), *, every: bool = False
) -> list[Outcome]:
    """Open a contract for one brief exchange, of which nobody is told anything."""
    session = await Session.open(library, contract, relays=asked)
    try:
        outcomes = await meet(session, asked, every=every, patience=BRIEF)
        session.save()
        remember(library, session.entry, answers(session))
        remember_renewal(library, session.entry, session.contract)
        return outcomes
    finally:
        await session.close()


def answers(session: Session) -> dict[str, RefusalKind | None]:
    """What each relay that has answered said: why it refuses, or None where it does not."""
    return {
        link.url: link.state.refusal
        for link in session.links
        if link.state.refusal or link.is_heard
    }


def _next_look(size: int, attempts: Sequence[_Attempt], every: bool) -> float | None:
    """When to look again at the latest; None when it is done, or hopeless."""
    now = asyncio.get_running_loop().time()
    enough = all if every else any
    if enough(attempt.link.is_done for attempt in attempts):
        return None
    for attempt in attempts:
        attempt.look(size, now)
    hopeful = [one.due for one in attempts if not (one.link.is_done or one.failure(now))]
    return min(hopeful, default=None)


class _Attempt:
    """How the exchange with one relay goes."""

    def __init__(self, link: Link, now: float, patience: Patience) -> None:
        self.link = link
        self._patience = patience
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
        silent = self._progress_at + self._patience.silence + taking
        if self._failing_since is None:
            return silent
        if self.link.state.refusal:
            return self._failing_since  # it would say the same again
        return min(silent, self._failing_since + self._patience.recovery)

    def failure(self, now: float) -> str:
        """Why there is no hope, in one sentence; empty while there is."""
        url = self.link.url
        if self.link.is_done:
            return ""
        if self.link.is_unavailable:
            return _("nothing of this contract is at {relay} yet").format(relay=url)
        if now < self.due:
            return ""
        if self.link.keeps_back:
            return self._trouble or _("{relay} does not take everything that is here").format(
                relay=url
            )
        if self._has_answered:
            return self._trouble or _("{relay} has gone silent").format(relay=url)
        waited = round(self._patience.silence)
        return self._trouble or ngettext(
            "nothing answers at {relay} within {n} second",
            "nothing answers at {relay} within {n} seconds",
            waited,
        ).format(relay=url, n=waited)

    def outcome(self, now: float) -> Outcome:
        """What has become of it."""
        return Outcome(self.link.url, self.link.is_done, self.failure(now), self.link.state.refusal)
