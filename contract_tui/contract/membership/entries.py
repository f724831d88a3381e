"""The entries of a map of records, and in whose hand each stands.

Anybody can write anything under any name, so that what an entry says of its author is worth
nothing. What counts is who made the operations that it consists of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Value
from contract_tui.contract.membership.seats import Roster, seat_of
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class Entry:
    """One record, as far as it was asked for."""

    key: str
    strings: dict[str, str]
    numbers: dict[str, int]
    hand: SeatId | None
    """The one person who wrote all of it, by their latest seat; None where there were several."""


def entries(
    document: CrdtDocument, records: ElementId, fields: Sequence[str], roster: Roster
) -> Iterator[Entry]:
    """Yield every record of a map of records, by key; other things in it are passed over."""
    for key, value in document.items(records).items():
        if isinstance(value, Branch) and value.kind is Kind.MAP:
            yield _entry(document, key, value.object, fields, roster)


def _entry(
    document: CrdtDocument, key: str, record: ElementId, fields: Sequence[str], roster: Roster
) -> Entry:
    strings: dict[str, str] = {}
    numbers: dict[str, int] = {}
    hands = {record.actor}
    for field in fields:
        value = document.get(record, field)
        if (written := document.id_at(record, field)) is not None:
            hands.add(written.actor)
        if isinstance(value, Branch):
            value = _text(document, value, hands)
        if isinstance(value, str):
            strings[field] = value
        elif isinstance(value, int) and not isinstance(value, bool):
            numbers[field] = value
    people = {roster.person(seat_of(Actor(actor))).id for actor in hands}
    return Entry(key, strings, numbers, people.pop() if len(people) == 1 else None)


def _text(document: CrdtDocument, value: Branch, hands: set[bytes]) -> Value:
    """Read a string that a program of others wrote as a text, letter by letter."""
    if value.kind is not Kind.TEXT:
        return value
    elements = document.elements(value.object)
    hands.update(element.id.actor for element in elements)
    return "".join(element.text for element in elements)
