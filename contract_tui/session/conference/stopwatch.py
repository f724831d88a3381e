"""What time it is in a conference: what this program has counted, and what the others say."""

from __future__ import annotations

from collections.abc import Callable

from contract_tui.contract.conference import timing
from contract_tui.contract.conference.timing import Timing, Told
from contract_tui.contract.conference.values import LONGEST_STAY, Conference
from contract_tui.library.world import World
from contract_tui.session.presence.whispers import Whispers
from sync_server.access.proof import SeatId


class Stopwatch:
    """Counts how long the conference has been where it is, tells the others, and hears them."""

    def __init__(
        self, whispers: Whispers, world: World, current: Callable[[], Conference | None]
    ) -> None:
        self._whispers = whispers
        self._world = world
        self._current = current
        self._timing: Timing | None = None
        self._skews: dict[SeatId, float] = {}
        """By how many seconds the clocks of other computers have proved to be behind."""
        self._ahead: Timing | None = None
        """What somebody said of a stay of which nothing has arrived here yet."""
        whispers.time, whispers.hear_time = self._tell, self._hear

    def elapsed(self, conference: Conference) -> float:
        """Seconds since a conference came where it is."""
        return self._at(conference).elapsed(self._world.seconds())

    def knows(self, conference: Conference) -> bool:
        """Whether somebody saw it come there; else the time is a guess."""
        return self._at(conference).knows

    def follow(self) -> None:
        """See where the conference is by now; to be called when changes came in."""
        current = self._current()
        if current is None:
            self._timing = None
        else:
            self._at(current)

    def arrive(self, conference: Conference) -> None:
        """See where this person has just brought a conference, and tell the others."""
        self._timing = timing.saw(conference.visit, self._world.seconds())
        self._learn(conference)
        self._whispers.say_soon()

    def _at(self, conference: Conference) -> Timing:
        """The time where a conference is now.

        Whoever hears others has seen it leave where it was: what is written arrives with them.
        """
        known, now = self._timing, self._world.seconds()
        if known is not None and known.visit == conference.visit:
            return known
        if known is not None and any(True for _ in self._whispers):
            found = timing.saw(conference.visit, now)
        else:
            step, wall = conference.step, self._world.clock()
            ago = timing.guess(step.at, step.writer, wall, self._skews)
            found = timing.found(conference.visit, now, ago)
        self._timing = found.hear(self._ahead.told(now), now) if self._ahead is not None else found
        self._learn(conference)
        return self._timing

    def _tell(self) -> Told | None:
        current = self._current()
        return self._at(current).told(self._world.seconds()) if current is not None else None

    def _hear(self, told: Told) -> None:
        current, now = self._current(), self._world.seconds()
        if current is not None and told.visit == current.visit:
            self._timing = self._at(current).hear(told, now)
            self._learn(current)
        elif 0 <= told.elapsed <= LONGEST_STAY:
            self._ahead = Timing(told.visit, now - told.elapsed, now, told.knows)

    def _learn(self, conference: Conference) -> None:
        """Learn by how much the clock of the computer is wrong that noted the last step."""
        known, step = self._timing, conference.step
        if known is not None and known.knows:
            wall = self._world.clock()
            self._skews[step.writer] = timing.skew(known, step.at, self._world.seconds(), wall)
