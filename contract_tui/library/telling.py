"""Which notices a person has been shown already: each is news once, also after years."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress

from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import TOLD, Keepsakes
from sync_server.protocol.messages import Notice

MOST_TOLD = 200
"""Notices that are remembered of one contract, the latest; a relay tells fewer again."""


def identity(notice: Notice) -> bytes | None:
    """What stays the same when a notice comes again; None for one that is news each time.

    A second claim is one for each invitation, whichever relay tells of it.
    """
    if notice.kind != "contested":
        return None
    said = notice.fields.get("invitation") or sorted(notice.fields.items())
    return hashlib.sha256(json.dumps([notice.kind, said]).encode()).digest()[:16]


class Told:
    """The identities of what was shown, kept in the library as records of one kind."""

    def __init__(self, keepsakes: Keepsakes, kind: str = TOLD) -> None:
        self._keepsakes = keepsakes
        self._kind = kind

    def __contains__(self, name: bytes) -> bool:
        """Whether it was shown, here or by another program; no while the library is in trouble."""
        with suppress(LibraryError):
            return name in self._keepsakes.all(self._kind)
        return False

    def add(self, names: Iterable[bytes]) -> None:
        """Remember what is shown now; what the library does not take is shown once more."""
        with suppress(LibraryError):
            kept = self._keepsakes.all(self._kind)
            number = max(map(_number, kept.values()), default=0)
            news = {name: b"%d" % (number + place) for place, name in enumerate(names, 1)}
            order = sorted({**kept, **news}.items(), key=lambda item: _number(item[1]))
            over = {name for name, _ in order[:-MOST_TOLD]}
            self._keepsakes.change(self._kind, news, over)


def _number(data: bytes) -> int:
    return int(data) if data.isdigit() else 0
