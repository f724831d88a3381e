"""Contracts as a list shows them, made up."""

from __future__ import annotations

from contract_tui.library.entry import Entry
from contract_tui.library.summaries import Summary
from contract_tui.ui.shelf.facts import Facts
from sync_server.access.keys import SigningKey
from sync_server.access.seat import Role, Seat, seat_id
from sync_server.protocol.ids import ChangeHash, DocumentId

NOW = 1_763_733_600.0
HOUR = 3_600
HEADS = (ChangeHash(bytes(32)),)
KEY = SigningKey(bytes(32)).public
TEACHER = Seat(seat_id(KEY), Role.TEACHER, "Ms Okafor", KEY)
MAYA = Summary(HEADS, ("Maya", "Cleo"), "Maya")


def entry(
    title: str = "My year",
    *,
    number: int = 0,
    hours: float = 48,
    seat: Seat | None = TEACHER,
    unshared: bool = False,
    heads: tuple[ChangeHash, ...] = HEADS,
) -> Entry:
    """A contract that changed so many hours ago."""
    id_ = DocumentId(number.to_bytes(16, "big"))
    at = int(NOW - hours * HOUR) if heads else 0
    return Entry(id_, title, at, seat, False, (), unshared, heads)


def facts(summary: Summary | None = MAYA, **said: object) -> Facts:
    """One contract with what is known of it."""
    return Facts(entry(**said), summary)  # type: ignore[arg-type]
