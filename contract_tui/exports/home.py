"""What each person promised, to take home: on a page of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contract_tui.contract.items import terms
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.reading import Reading, ReadPromise, Written
from contract_tui.exports import dates, words
from contract_tui.exports.blocks import PART, Block, Heading, Line, Words
from contract_tui.exports.errors import NoPromise
from contract_tui.exports.sheet import credited, own_promise_entry
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.ids import format_document_id


@dataclass(frozen=True, slots=True)
class Kept:
    """What one person promised."""

    person: SeatEntry
    promises: tuple[ReadPromise, ...]


def taken_home(reading: Reading, person: SeatEntry | None = None) -> tuple[Kept, ...]:
    """What everybody promised, or one person, the student first; raises NoPromise."""
    found: dict[SeatId, list[ReadPromise]] = {}
    people: dict[SeatId, SeatEntry] = {}
    for one in reading.promises:
        if one.by is not None and (person is None or one.by.id == person.id):
            people[one.by.id] = one.by
            found.setdefault(one.by.id, []).append(one)
    if not found:
        raise NoPromise(
            words.NOTHING_PROMISED.format(name=person.name) if person else words.NO_PROMISES
        )
    order = sorted(found, key=lambda seat: people[seat].role is not Role.STUDENT)
    return tuple(Kept(people[seat], tuple(found[seat])) for seat in order)


def heading(kept: Kept) -> str:
    """What stands above one person's promises."""
    return words.OWN_PROMISES.format(name=kept.person.name)


def promised(kept: Kept) -> Iterator[Block]:
    """Yield what one person promised, and to whom."""
    yield from credited(map(own_promise_entry, kept.promises))


def asked_later(kept: Kept) -> Iterator[Block]:
    """Yield what the student is asked once they are alone: who was a guest has nothing else."""
    if kept.person.role is Role.STUDENT:
        yield Line(words.STILL_YOURS)


def around(reading: Reading) -> Iterator[Block]:
    """Yield when it is looked at again, and where all of the contract is."""
    if reading.revisit:
        yield Words(Written(dates.when(reading.revisit)), terms.REVISIT.label)
    title = reading.title.strip() or words.CONTRACT
    yield Line(words.PART_OF.format(title=title))
    if reading.contract is not None:
        yield Line(words.ALL_OF_IT.format(contract=format_document_id(reading.contract)))


def pages(reading: Reading, kept: tuple[Kept, ...]) -> Iterator[Block]:
    """Yield everybody's promises under one heading each."""
    for one in kept:
        yield Heading(heading(one), PART)
        yield from promised(one)
        yield from asked_later(one)
        yield from around(reading)
