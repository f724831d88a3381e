"""The conferences of a contract, read from its document.

Each has a number. Two people who begin the n-th conference at once, each with an entry of their
own, have begun the same one: what stands in both counts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_tui.contract.conference.agenda import Agenda, read_agenda
from contract_tui.contract.conference.moves import (
    END,
    Path,
    believed,
    furthest,
    read_move,
)
from contract_tui.contract.conference.values import LONGEST_STAY, Conference, Passage, Step
from contract_tui.contract.covers import own
from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Value
from contract_tui.contract.heads import read_heads
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.outline import Outline
from contract_tui.contract.places import BadPlace, read_place
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.seats import seat_of
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

CONFERENCES = ROOT_OBJECTS["conferences"]
_MOST_MOVES = 2_000
_MOST_STRETCHES = 1_000


class Conferences:
    """Reads the agenda and the conferences of a document; nothing before somebody asks."""

    def __init__(self, document: CrdtDocument, outline: Callable[[], Outline]) -> None:
        self._document, self._outline = document, outline
        self._read: tuple[Outline, Agenda, tuple[Conference, ...], tuple[str, ...]] | None = None

    @property
    def agenda(self) -> Agenda:
        """What a conference goes through."""
        return self._now()[1]

    @property
    def all(self) -> tuple[Conference, ...]:
        """Every conference, the first one first."""
        return self._now()[2]

    @property
    def current(self) -> Conference | None:
        """The newest one, as long as nobody has closed it."""
        newest = self.all[-1] if self.all else None
        return newest if newest is not None and newest.goes_on else None

    @property
    def set_aside(self) -> tuple[str, ...]:
        """What is not believed of the agenda, one sentence each."""
        return self._now()[3]

    def _now(self) -> tuple[Outline, Agenda, tuple[Conference, ...], tuple[str, ...]]:
        outline = self._outline()
        if self._read is None or self._read[0] is not outline:
            aside: list[str] = []
            agenda = read_agenda(self._document, outline.hands, aside)
            found = tuple(read_conferences(self._document, outline.hands))
            self._read = (outline, agenda, found, tuple(aside))
        return self._read


def read_conferences(document: CrdtDocument, hands: KnownHands) -> Iterator[Conference]:
    """Yield every conference that has a number, the first one first.

    Nobody jumps: the second one counts if there was a first.
    """
    reader = _Reader(document, hands)
    numbered = reader.numbered()
    number = 1
    while number in numbered:
        if (found := reader.conference(number, sorted(numbered[number]))) is not None:
            yield found
        number += 1


@dataclass(frozen=True, slots=True)
class _Reader:
    document: CrdtDocument
    hands: KnownHands

    def numbered(self) -> dict[int, list[tuple[ElementId, str]]]:
        """The entries that somebody in the contract has made, by the number of the conference."""
        found: dict[int, list[tuple[ElementId, str]]] = defaultdict(list)
        for key, value in self.document.items(CONFERENCES).items():
            if not isinstance(value, Branch) or value.kind is not Kind.MAP:
                continue
            number = self.document.get(value.object, "number")
            if isinstance(number, int) and self.takes_part(value.object):
                found[int(number)].append((value.object, key))
        return found

    def conference(
        self, number: int, entries: Sequence[tuple[ElementId, str]]
    ) -> Conference | None:
        objects = [obj for obj, _ in entries]
        first, key = entries[0]
        noted = list(self.noted(objects))
        steps = _counted([one for one in noted if one[0] != END])
        path = furthest(steps)
        if path is None:
            return None
        ends = [step.at for path, step, is_students in noted if path == END and is_students]
        return Conference(
            number,
            key,
            first,
            {name: one.object for name, one in self.maps(first).items()},
            path,
            steps,
            _whole(self.document.get(first, "started_at")) or 0,
            self.hands.person(first),
            min(ends, default=None),
            self.heads(first, "opened_heads"),
            self.heads(first, "closed_heads") if ends else (),
            frozenset(self.people(objects, steps)),
            dict(self.insisted(objects)),
            self.confirmed(objects),
        )

    def takes_part(self, operation: ElementId) -> bool:
        """Whether it was made by somebody who writes in the contract."""
        role = self.hands.roster.person(seat_of(Actor(operation.actor))).role
        return self.hands.are_students(operation) or (role is not None and role.writes)

    def noted(self, objects: Sequence[ElementId]) -> Iterator[tuple[Path, Step, bool]]:
        """Yield what computers noted under keys of their own, and whether it was the student's."""
        for name, value, written in self.said(objects, "moves", _MOST_MOVES):
            (path, computer), step = read_move(name), _step(value, written)
            if path is None or step is None or step.writer != computer:
                continue
            if self.takes_part(written):
                yield path, step, self.hands.are_students(written)

    def heads(self, obj: ElementId, key: str) -> Heads:
        value = self.document.get(obj, key)
        return (read_heads(value) if isinstance(value, str) else None) or ()

    def people(self, objects: Sequence[ElementId], steps: Mapping[Path, Step]) -> Iterator[SeatId]:
        """Yield everybody who noted that they are there, or did something."""
        person = self.hands.roster.person
        yield from (self.hands.person(obj) for obj in objects)
        yield from (person(step.writer).id for step in steps.values())
        for name, _, written in self.said(objects, "people", _MOST_STRETCHES):
            who = person(SeatId(name)).id
            if who == self.hands.person(written):
                yield who

    def insisted(self, objects: Sequence[ElementId]) -> Iterator[tuple[str, Passage]]:
        """Yield what somebody was asked to write: only their own characters count."""
        for name, value, written in self.said(objects, "insisted", _MOST_STRETCHES):
            found = _passage(value)
            if found is not None:
                by = self.hands.person(written)
                yield name, Passage(found[0], own(found[1], by, self.hands.roster), by)

    def confirmed(self, objects: Sequence[ElementId]) -> dict[str, frozenset[ElementId]]:
        """What the student confirmed; nobody else's word counts."""
        said = self.said(objects, "confirmed", _MOST_STRETCHES)
        found = ((name, _passage(one)) for name, one, by in said if self.hands.are_students(by))
        return {name: passage[1] for name, passage in found if passage is not None}

    def maps(self, obj: ElementId) -> dict[str, Branch]:
        held = self.document.items(obj).items()
        return {key: one for key, one in held if isinstance(one, Branch) and one.kind is Kind.MAP}

    def said(
        self, objects: Sequence[ElementId], key: str, most: int
    ) -> Iterator[tuple[str, Value, ElementId]]:
        """Yield what stands in the maps of this key in some entries, and who wrote it."""
        for obj in objects:
            held = self.document.get(obj, key)
            if not isinstance(held, Branch) or held.kind is not Kind.MAP:
                continue
            for name in self.document.keys(held.object)[:most]:
                value, written = self.document.found(held.object, name)
                if written is not None:
                    yield name, value, written


def _counted(noted: Sequence[tuple[Path, Step, bool]]) -> dict[Path, Step]:
    """Every path that counts, with its last step: the student's, of several the first."""
    found: dict[Path, tuple[bool, int, Step]] = {}
    for path, step, is_students in noted:
        one = (not is_students, step.at, step)
        found[path] = min(one, found.get(path, one), key=lambda one: (*one[:2], one[2].writer))
    counted = believed({path: not others for path, (others, _, _) in found.items()})
    return {path: found[path][2] for path in counted}


def _step(value: Value, written: ElementId) -> Step | None:
    said = value.split(" ") if isinstance(value, str) else []
    if len(said) != 2 or not all(one.isascii() and one.isdecimal() for one in said):
        return None
    at, spent = (int(one[:15]) for one in said)
    return Step(at, min(spent, LONGEST_STAY), seat_of(Actor(written.actor)))


def _whole(value: Value) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return int(value) if is_number and isinstance(value, int) else None


def _passage(value: Value) -> tuple[ElementId, frozenset[ElementId]] | None:
    try:
        found = read_place(value) if isinstance(value, str) else None
    except BadPlace:
        return None
    return (found.object, found.elements) if found is not None else None
