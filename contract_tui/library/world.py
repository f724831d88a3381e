"""Where this room gets time and randomness from, so that tests can decide both."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class World:
    """What is different each time."""

    clock: Callable[[], float] = time.time
    """Seconds since 1970."""
    entropy: Callable[[int], bytes] = os.urandom
    """So many random bytes."""
    online: bool = True
    """Whether to connect to the relays that a contract knows."""
    seconds: Callable[[], float] = time.monotonic
    """Seconds on a clock that only counts, and that nobody sets."""

    def chance(self) -> int:
        """A number by chance, so that two who put something in one place at once do not meet."""
        return int.from_bytes(self.entropy(4), "big")
