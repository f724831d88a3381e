"""What came in this computer's own name without having been written on it."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tui.library.keepsakes import FOREIGN, Keepsakes
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor


def note_foreign(keepsakes: Keepsakes, prefix: bytes, changes: Iterable[Change]) -> None:
    """Note which changes came in a device's name without it; raises LibraryError.

    They are never sealed: they may be a forgery, and if not, their seal comes from elsewhere too.
    """
    noted = foreign(keepsakes)
    if add_foreign(noted, prefix, changes):
        keepsakes.put(FOREIGN, {actor: since.to_bytes(8, "big") for actor, since in noted.items()})


def add_foreign(noted: dict[Actor, int], prefix: bytes, changes: Iterable[Change]) -> bool:
    """Add what came in a device's name without it; returns whether anything did."""
    strange = [one for one in changes if one.actor.startswith(prefix)]
    for one in strange:
        noted[one.actor] = min(noted.get(one.actor, one.seq), one.seq)
    return bool(strange)


def foreign(keepsakes: Keepsakes) -> dict[Actor, int]:
    """Of which actors changes were noted, and from which number on; raises LibraryError."""
    noted = keepsakes.all(FOREIGN)
    return {Actor(actor): int.from_bytes(since, "big") for actor, since in noted.items()}
