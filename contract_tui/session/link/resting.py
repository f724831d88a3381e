"""When to leave off looking for a room: it is there only while somebody hosts it.

Its host may be opening it again, so it is looked for a little longer. But in another network
another computer may have its address tomorrow, and has no business with the contract: nobody goes
on dialling a room that has closed, unless they ask for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble
from contract_tui.library.settings import is_room
from contract_tui.session.link.dialling import NobodyThere, WentAway

PATIENCE = 120.0
"""Seconds for which a room may be gone: its host may be starting it again."""


class Absence:
    """For how long a relay has not been there, also while this computer slept."""

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        """`clock` tells seconds, and goes on while the computer sleeps."""
        self._url = url
        self._clock = clock
        self.begin()

    def begin(self) -> None:
        """Count from now: it was there, or somebody asks for it."""
        self._since = self._clock()
        self._has_ended = self._has_nobody = False

    def note(self, trouble: LinkTrouble) -> None:
        """Take in why it is not there; a goodbye holds until it is back."""
        self._has_ended |= isinstance(trouble, WentAway)
        self._has_nobody = isinstance(trouble, NobodyThere)

    @property
    def is_final(self) -> bool:
        """Whether it is a room that has closed."""
        is_gone = self._has_ended or self._has_nobody
        return is_gone and is_room(self._url) and self._clock() - self._since >= PATIENCE


def closed(url: str) -> str:
    """What a person is told of a room that has closed."""
    return _(
        "The room at {url} has closed. What you write is safe here; when it opens again, "
        "“Connect now” brings you back in."
    ).format(url=url)
