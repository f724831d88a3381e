"""How long a phase has lasted, the same on every screen, whatever the clocks on the walls say.

Two clocks that differ by minutes cannot be compared. So each program measures on a clock of its own
that only counts seconds, from the moment at which it learned of the phase, and says in its presence
how many it has counted. What arrives is true or a little late, never early: whoever heard the
largest number knows best. Everybody takes the largest that they hear, and all of them come to agree
with the one that saw the phase begin, but for the time that a message takes.

Only who came later and hears nobody looks at the clock on the wall: at the second that was noted
with the step, put right by how wrong that computer's clock has proved to be. That is a guess, says
so, and gives way to anybody who knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from contract_tui.contract.conference.values import LONGEST_STAY
from sync_server.access.proof import SeatId


@dataclass(frozen=True, slots=True)
class Told:
    """What a program says of the time: how long the conference has been where it is."""

    visit: str
    """Which time that one came to a phase this is about."""
    elapsed: float
    """Seconds."""
    knows: bool = True
    """Whether somebody saw the phase begin who told it; else it is a guess."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What a program knows of the time; all moments are on its own clock that counts seconds."""

    visit: str
    began: float
    """When the conference came where it is, at the latest."""
    learned: float
    """When this program learned of it."""
    knows: bool

    def elapsed(self, now: float) -> float:
        """Seconds since then."""
        return min(max(0.0, now - self.began), LONGEST_STAY)

    def told(self, now: float) -> Told:
        """What to say to the others."""
        return Told(self.visit, self.elapsed(now), self.knows)

    def hear(self, told: Told, now: float) -> "Timing":
        """What is known after another program has said something."""
        if told.visit != self.visit or not 0 <= told.elapsed <= LONGEST_STAY:
            return self
        began = now - told.elapsed
        if told.knows and not self.knows:
            return replace(self, began=min(began, self.learned), knows=True)
        if told.knows == self.knows:
            return replace(self, began=min(began, self.began))
        return self


def saw(visit: str, now: float) -> Timing:
    """The time of a phase that one made begin, or saw begin."""
    return Timing(visit, now, now, knows=True)


def found(visit: str, now: float, elapsed: float) -> Timing:
    """The time of a phase that had begun when one came, by a guess of how long ago that was."""
    return Timing(visit, now - min(max(0.0, elapsed), LONGEST_STAY), now, knows=False)


def guess(at: int, writer: SeatId, wall: float, skews: Mapping[SeatId, float]) -> float:
    """How many seconds ago a computer noted something, as far as the clocks can tell.

    `wall` is the time here, in seconds since 1970, and `skews` by how many seconds the clocks of
    other computers have proved to be behind this one.
    """
    return wall - (at + skews.get(writer, 0.0))


def skew(timing: Timing, at: int, now: float, wall: float) -> float:
    """By how many seconds a clock is behind this one that said `at` when a phase began."""
    return wall - timing.elapsed(now) - at
