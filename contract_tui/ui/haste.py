"""Tells an Enter that somebody means from one that a finger only held, or pressed twice."""

from __future__ import annotations

import time
from collections.abc import Callable

REPEATS = 0.7
"""Seconds within which a keyboard begins to repeat a key that is held, with a little to spare."""


class Haste:
    """Knows when Enter was pressed last where something is asked, and what stood there then.

    Whoever has written, chosen or gone anywhere since, or has waited, has seen what is asked.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = float("-inf")
        self._stood: object = None

    def begin(self, stands: object) -> None:
        """Enter has been pressed, here or where this was asked for; `stands` is what it led to."""
        self._last, self._stood = self._clock(), stands

    def is_meant(self, stands: object) -> bool:
        """Return whether an Enter that is pressed now, where this stands, is meant."""
        return stands != self._stood or self._clock() - self._last >= REPEATS
