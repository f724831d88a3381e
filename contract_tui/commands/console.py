"""What every command shares: the library, and what goes to which output."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from contract_tui.session.library import Library
from contract_tui.session.settings import library_home, relay_address


def say(text: str) -> None:
    """A line for the person who waits."""
    print(text, file=sys.stderr)


def open_library() -> Library:
    """The library of whoever runs the program."""
    return Library(library_home())


def relays(options_relay: Sequence[str]) -> tuple[str, ...]:
    """The relays named on the command line; raises BadRelayAddress."""
    return tuple(relay_address(text) for text in options_relay)


def local_time(seconds: float) -> str:
    """A moment as people here write it, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def utc_time(seconds: float) -> str:
    """A moment as programs write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
