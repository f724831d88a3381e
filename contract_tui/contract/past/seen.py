"""Who looked at the contract's past last, and when: a quiet mark that everybody can see."""

from dataclasses import dataclass

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.heads import MOST_HEADS, read_heads, write_heads
from contract_tui.contract.membership.entries import entries
from contract_tui.contract.membership.seats import Roster
from contract_tui.contract.opening.check import named
from contract_tui.contract.records import Write
from contract_tui.contract.schema import SEEN_MAP
from contract_tui.contract.values import Heads, Item
from contract_tui.language import _
from sync_server.access.proof import SeatId

LATEST = 253_402_300_799
"""The last second of the year 9999; no calendar here goes on."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One person's last look."""

    at: int
    """Seconds since 1970, by that person's clock."""
    heads: Heads
    """The version that they looked at; not all of it need have arrived here."""


def mark(seat: SeatId, at: int, heads: Heads) -> Write | None:
    """Note that a person looks at a version now; None for one of too many heads."""
    if len(heads) > MOST_HEADS:
        return None
    entry: Item = {"at": at, "heads": write_heads(heads)}
    return lambda writer: writer.put(SEEN_MAP, seat, entry)


def read_seen(document: CrdtDocument, roster: Roster, aside: list[str]) -> dict[SeatId, Seen]:
    """Read every mark that its own person made; what is wrong is added to `aside` in words."""
    found: dict[SeatId, Seen] = {}
    for entry in entries(document, SEEN_MAP, ("at", "heads"), roster):
        seat, place = SeatId(entry.key), named("seen", entry.key)
        at, heads = entry.numbers.get("at", -1), read_heads(entry.strings.get("heads", ""))
        if seat not in roster.seats:
            aside.append(_("{place} is about nobody here.").format(place=place))
        elif entry.hand != (person := roster.person(seat).id):
            aside.append(_("{place} was written by somebody else.").format(place=place))
        elif heads is None or not 0 <= at <= LATEST:
            aside.append(_("{place} names no time or no version.").format(place=place))
        elif seat == person or person not in found:
            found[person] = Seen(at, heads)
    return found
