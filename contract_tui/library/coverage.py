"""What stands in somebody's name without their seal, for longer than a seal takes to come.

A change of an actor knows the actor's change before it, so that a seal, which covers its actor's
changes in the past of the one it seals, covers all of them up to that number: one number for each
actor is enough. Whoever has sealed everything costs nothing, and a key never waits for this.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor

PATIENCE = 10.0
"""Seconds. A seal is made within 6 s (`session/sealing`), and its way takes a moment."""
OWN_PATIENCE = 3.0
"""Seconds for what came in one's own name: it is either forged or old, and its seal comes along."""
FEW = 500
"""New changes up to which each is looked at, rather than everybody who ever wrote."""


class Demand(NamedTuple):
    """What is asked of an actor's work."""

    shown: int
    """Up to which number its changes are shown to be its own."""
    patience: float
    """Seconds in which the others have to be."""


class _Wait:
    """How long an actor's unsealed changes have been here."""

    def __init__(self) -> None:
        self.overdue = 0
        """Up to which number they have been here for too long, if they are not sealed by now."""
        self._recent: deque[tuple[float, int]] = deque()
        """When which number was the latest."""

    def look(self, now: float, latest: int, patience: float) -> None:
        """Note the actor's latest number."""
        if latest > (self._recent[-1][1] if self._recent else self.overdue):
            self._recent.append((now, latest))
        while self._recent and self._recent[0][0] + patience <= now:
            self.overdue = self._recent.popleft()[1]


class Coverage:
    """Follows the changes of one contract, and which of them are shown to be their actor's."""

    def __init__(
        self, graph: Callable[[], Graph], demand: Callable[[Actor], Demand | None]
    ) -> None:
        """`demand` says what is asked of an actor; nothing (None) where no seal is expected."""
        self.doubtful: Mapping[Actor, int] = {}
        """Of whom some words are not shown to be theirs, and from which operation on."""
        self._graph = graph
        self._demand = demand
        self._waits: dict[Actor, _Wait] = {}
        """Everybody of whom something is not sealed."""
        self._seen = 0
        """How many changes were there when this looked last."""

    def review(self) -> None:
        """Look at everybody next time: something else is asked of them now."""
        self._seen = 0

    def look(self, now: float) -> bool:
        """Look at what came and what was sealed; returns whether `doubtful` is another now.

        `now` is in seconds of a clock that is never set. Takes some microseconds for each change
        since the last time, and for each actor who has not sealed everything.
        """
        self._notice()
        doubtful: dict[Actor, int] = {}
        for actor, wait in list(self._waits.items()):
            demand, latest = self._demand(actor), self._graph().last_seq(actor)
            if demand is None or demand.shown >= latest:
                del self._waits[actor]
                continue
            wait.look(now, latest, demand.patience)
            if demand.shown < wait.overdue:
                doubtful[actor] = self._graph().start_of(actor, demand.shown + 1)
        is_news = doubtful != self.doubtful
        self.doubtful = doubtful
        return is_news

    def _notice(self) -> None:
        graph = self._graph()
        news = range(self._seen, len(graph))
        self._seen = len(graph)
        many = len(news) > FEW
        for actor in graph.actors if many else {graph.header(place).actor for place in news}:
            if actor not in self._waits:
                self._waits[actor] = _Wait()
