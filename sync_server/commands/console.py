"""What is said to the person who waits."""

import sys
import time
from collections.abc import Callable

_PAUSE = 2.0
"""Seconds between two words about something that takes long."""
_MB = 1_000_000


class NotDone(Exception):
    """A command was refused for a reason that is one sentence; nothing was changed."""


def say(text: str) -> None:
    """A line on standard error."""
    print(text, file=sys.stderr)


def progress(clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], None]:
    """Say now and then how many bytes of how many are done; nothing where it is quick."""
    said_at = clock()

    def tell(done: int, total: int) -> None:
        nonlocal said_at
        if clock() - said_at >= _PAUSE:
            said_at = clock()
            say(f"{done / _MB:.0f} of {total / _MB:.0f} MB …")

    return tell
