"""How long each turn stays while the past is played: as long as it takes to be read."""

from contract_tui.history.walk import Walk

PACE = 1.2
"""Seconds that a turn stays while the past is played."""
READING = 0.02
"""Seconds more for each letter that came or went, up to `LONGEST`."""
LONGEST = 4.0
CHAPTER = 1.0
"""Seconds more where a chapter begins."""


def reading_time(walk: Walk) -> float:
    """Seconds that the turn that is shown stays."""
    reading = min(LONGEST, PACE + READING * walk.letters)
    return reading + (CHAPTER if walk.index in walk.route.begins else 0)
