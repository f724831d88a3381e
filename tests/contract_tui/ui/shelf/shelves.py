"""Contracts as a list shows them, made up."""

from __future__ import annotations

from dataclasses import replace

from contract_tui.library.entry import Entry
from contract_tui.library.library import Library
from contract_tui.library.seats import new_contract
from contract_tui.library.summaries import Consent, Summary
from contract_tui.library.world import World
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


_SHOWN = (
    Summary((), ("Maya", "Cleo"), "Maya", False, True, Consent.BEFORE, revisit="2025-12-12"),
    Summary((), ("Zoë", "Zoë’s mother"), "", True, False, Consent.EVERYBODY, revisit="2026-03-01"),
    Summary((), ("Nils",), "Nils", False, True),
    Summary((), ("Amira", "Jonas"), "Jonas", False, False, Consent.SOME, ("Amira", "")),
    Summary(
        (), ("李小龍", "Ms 王"), "李小龍", False, False, Consent.NOT_YET, revisit="when it snows"
    ),
    Summary((), (), "", True),
)
_TITLES = (
    "Tidepools and lighthouses",
    "My year",
    "Building a drone that can find lost cats in the dark",
    "Reading, my way",
    "一年的海",
    "",
)


def fill(library: Library, count: int = 29) -> None:
    """Put contracts into a teacher's library, the first one changed just now."""
    for number in range(count):
        world = World(clock=lambda number=number: NOW - number * 86_400)  # type: ignore[misc]
        title = _TITLES[number % len(_TITLES)]
        relays = ["ws://127.0.0.1:1"] if number % 4 == 2 else []
        contract = new_contract(library, title, "Mrs Sesemann", Role.TEACHER, relays, world)
        summary = _SHOWN[number % len(_SHOWN)]
        found = replace(summary, heads=library.entry(contract).heads)
        library.summaries().keep(contract, found)
