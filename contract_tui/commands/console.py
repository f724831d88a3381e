"""What every command shares: the library, and what goes to which output."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from contract_tui.language import _, ngettext
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.settings import REGISTRATION_VARIABLE, library_home, relay_address

NOTHING_HERE = _("nothing of this contract has arrived yet: contract-tui sync {contract}")


class NoRegistrationKey(SessionError):
    """A file that should hold a relay's registration key does not."""


def say(text: str) -> None:
    """A line for the person who waits."""
    print(text, file=sys.stderr)


def open_library() -> Library:
    """The library of whoever runs the program."""
    return Library(library_home())


def relays(options_relay: Sequence[str]) -> tuple[str, ...]:
    """The relays named on the command line; raises BadRelayAddress."""
    return tuple(relay_address(text) for text in options_relay)


def use_registration_key(file: str | None) -> None:
    """Show relays the registration key in a file, where one was named; NoRegistrationKey."""
    if file is None:
        return
    try:
        key = Path(file).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or _("it is no text")
        raise NoRegistrationKey(
            _("{file} cannot be read: {why}").format(file=file, why=why)
        ) from error
    if not key:
        raise NoRegistrationKey(
            _("{file} is empty: it should hold a relay’s registration key").format(file=file)
        )
    os.environ[REGISTRATION_VARIABLE] = key


def count(changes: int) -> str:
    """So many changes, in words."""
    return ngettext("{n} change", "{n} changes", changes).format(n=changes)


def local_time(seconds: float) -> str:
    """A moment as people here write it, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def utc_time(seconds: float) -> str:
    """A moment as programs write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
