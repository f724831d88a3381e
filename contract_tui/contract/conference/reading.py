"""The conferences of a contract, read from its document.

Each has a number. Two people who begin the n-th conference at once, each with an entry of their
own, have begun the same one: what stands in both counts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from contract_tui.contract.conference.agenda import Agenda, read_agenda
from contract_tui.contract.conference.moves import (
    Path,
    Place,
    believed,
    furthest,
    is_phase,
    place,
    read_path,
    visits,
    write_path,
)
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
LONGEST_STAY = 12 * 60 * 60
"""Seconds that one stay in a phase can have lasted; a clock that says more is wrong."""
_MOST_MOVES = 2_000
_MOST_STRETCHES = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """When somebody made a move, and how long the conference had been where it was."""

    at: int
    """Seconds since 1970, by the clock of whoever made it."""
    spent: int
    """Seconds in the phase that was left, or in the break."""
    writer: SeatId
    """The computer that it was made on."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some characters of one text, and who says something of them."""

    text: ElementId
    elements: frozenset[ElementId]
    by: SeatId


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference as it stands."""

    number: int
    """1 for the first conference of the contract."""
    key: str
    """Under which its first entry stands."""
    object: ElementId
    """That entry."""
    inside: Mapping[str, ElementId]
    """The maps in it, by key."""
    path: Path
    """How it has gone until now."""
    steps: Mapping[Path, Step]
    started_at: int
    """Seconds since 1970, by the clock of whoever began it."""
    started_by: SeatId
    ended_at: int | None
    """None while it goes on. What has ended stays so."""
    opened_heads: Heads
    """The version that it began with; empty where that is not said."""
    closed_heads: Heads
    """The version that it ended with."""
    people: frozenset[SeatId]
    """Who was there."""
    insisted: Mapping[str, Passage]
    """What adults wrote because they were asked to, by key."""
    confirmed: Mapping[str, frozenset[ElementId]]
    """Which characters of that the student confirmed, by the same key."""

    @property
    def place(self) -> Place:
        """Where it is."""
        return place(self.path)

    @property
    def visit(self) -> str:
        """What the stay where it is is called among programs: the same on every computer."""
        return f"{self.number}:{sha256(write_path(self.place.visit).encode()).hexdigest()[:12]}"

    @property
    def goes_on(self) -> bool:
        """Whether nobody has closed it, be it that everybody has left."""
        return self.ended_at is None

    @property
    def step(self) -> Step:
        """The move by which it came where it is."""
        return self.steps.get(self.place.visit, Step(self.started_at, 0, self.started_by))

    def spent(self, phase: str) -> int:
        """Seconds that a phase lasted before it was left for now: a break stops its time."""
        return sum(
            after.spent
            for visit, following in _stays(self.path)
            if place(visit).phase == phase and is_phase(visit[-1])
            for after in (self.steps.get(following),)
            if after is not None
        )


def _stays(path: Path) -> Iterator[tuple[Path, Path]]:
    """Every stay that is over, and the path by which it was left."""
    all_ = list(visits(path))
    return pairwise(all_)


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
        steps = self.steps(objects)
        path = furthest(steps)
        if path is None:
            return None
        ends = [one for obj in objects if (one := self.end(obj)) is not None]
        return Conference(
            number,
            key,
            first,
            {name: one.object for name, one in self.maps(first).items()},
            path,
            steps,
            _whole(self.document.get(first, "started_at")) or 0,
            self.hands.person(first),
            min(at for at, _ in ends) if ends else None,
            self.heads(first, "opened_heads"),
            min(ends)[1] if ends else (),
            frozenset(self.people(objects, steps)),
            dict(self.insisted(objects)),
            self.confirmed(objects),
        )

    def takes_part(self, operation: ElementId) -> bool:
        """Whether it was made by somebody who writes in the contract."""
        role = self.hands.roster.person(seat_of(Actor(operation.actor))).role
        return self.hands.are_students(operation) or (role is not None and role.writes)

    def steps(self, objects: Sequence[ElementId]) -> dict[Path, Step]:
        """Every path that counts, with its last step."""
        found: dict[Path, tuple[Step, bool]] = {}
        for name, value, written in self.said(objects, "moves", _MOST_MOVES):
            path, step = read_path(name), _step(value, written)
            if path is None or step is None or not self.takes_part(written):
                continue
            known = found.get(path)
            is_students = self.hands.are_students(written)
            if known is None or (is_students, -step.at) > (known[1], -known[0].at):
                found[path] = step, is_students
        counted = believed({path: is_students for path, (_, is_students) in found.items()})
        return {path: found[path][0] for path in counted}

    def end(self, obj: ElementId) -> tuple[int, Heads] | None:
        """When the student closed a conference, and with which version."""
        value, written = self.document.found(obj, "ended_at")
        at = _whole(value)
        if at is None or written is None or not self.hands.are_students(written):
            return None
        return at, self.heads(obj, "closed_heads")

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
