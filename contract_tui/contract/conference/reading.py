"""The conferences of a contract, read from its document.

Each has a number. Two people who begin the n-th conference at once, each with an entry of their
own, have begun the same one: what stands in both counts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from contract_tui.contract.conference.agenda import Agenda, read_agenda
from contract_tui.contract.conference.moves import (
    END,
    Path,
    believed,
    furthest,
    read_move,
)
from contract_tui.contract.conference.values import LONGEST_STAY, Conference, Passage, Step
from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Value
from contract_tui.contract.heads import read_heads
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.opening.known import Known
from contract_tui.contract.opening.outline import Outline
from contract_tui.contract.past.covers import own
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.text.places import BadPlace, read_place
from contract_tui.contract.values import Heads, Odd
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

CONFERENCES = ROOT_OBJECTS["conferences"]
_MOST_AT_ONCE = 16
"""Entries of one conference: as many as people can have begun it at once."""
_MOST_BY_ONE = 4
"""Entries of one person: as many as they have computers that cannot reach each other."""
_MOST_MOVES = 2_000
"""Steps of one person, and below what else one person notes of a conference."""
_MOST_STRETCHES = 1_000
_MOST_STANDBY = 64
"""Certificates that one person writes: eight guests, and eight others' computers."""


class Conferences:
    """Reads the agenda and the conferences of a document; nothing before somebody asks."""

    def __init__(self, document: CrdtDocument, outline: Callable[[], Outline]) -> None:
        self._document, self._outline = document, outline
        self._read: _Read | None = None
        self._known: Known[_Entries] = Known()
        self._hands: KnownHands | None = None

    def forget(self, touched: Collection[ElementId] | None = None) -> None:
        """Read some objects again the next time, which changed; all of them by default."""
        self._known.forget(touched)

    @property
    def agenda(self) -> Agenda:
        """What a conference goes through."""
        return self._now().agenda

    @property
    def all(self) -> tuple[Conference, ...]:
        """Every conference, the first one first."""
        return self._now().all

    @property
    def current(self) -> Conference | None:
        """The newest one, as long as nobody has closed it."""
        newest = self.all[-1] if self.all else None
        return newest if newest is not None and newest.goes_on else None

    @property
    def maps(self) -> frozenset[ElementId]:
        """Where all that is noted of conferences stands, whoever noted it."""
        reader = _Reader(self._document, self._outline().hands)
        return frozenset(reader.within(one.object for one in reader.maps(CONFERENCES).values()))

    @property
    def set_aside(self) -> tuple[str, ...]:
        """What is not believed of the agenda, one sentence each."""
        return self._now().aside

    def _now(self) -> "_Read":
        outline = self._outline()
        if self._read is None or self._read.outline is not outline:
            if outline.hands != self._hands:  # then others may have taken a step
                self._known.forget()
                self._hands = outline.hands
            aside: list[str] = []
            agenda = read_agenda(self._document, outline.hands, aside)
            found = tuple(read_conferences(self._document, outline.hands, self._known))
            self._read = _Read(outline, agenda, found, tuple(aside))
        return self._read


@dataclass(frozen=True, slots=True)
class _Read:
    outline: Outline
    agenda: Agenda
    all: tuple[Conference, ...]
    aside: tuple[str, ...]


class _Entries(NamedTuple):
    """What was read of the entries of one conference."""

    objects: tuple[ElementId, ...]
    conference: Conference | None


def read_conferences(
    document: CrdtDocument,
    hands: KnownHands,
    known: Known[_Entries] | None = None,
    heads: Heads | None = None,
) -> Iterator[Conference]:
    """Yield every conference that has a number, the first one first, as they stand or stood.

    Nobody jumps: the second one counts if there was a first. What is `known` to stand as it did,
    among the same people, is not read again.
    """
    known = Known() if known is None else known
    reader = _Reader(document, hands, heads)
    numbered = reader.numbered()
    for number in count(1):
        if number not in numbered:
            return
        entries = list(reader.few_of_each(numbered[number]))[:_MOST_AT_ONCE]
        objects = tuple(obj for obj, _ in entries)
        read = known.get(objects[0])
        if read is None or read.objects != objects:
            read = _Entries(objects, reader.conference(number, entries))
            known.keep(objects[0], read, list(reader.within(objects)))
        if read.conference is not None:
            yield read.conference


@dataclass(frozen=True, slots=True)
class _Reader:
    document: CrdtDocument
    hands: KnownHands
    heads: Heads | None = None
    """The version that is read; None for what stands."""

    def numbered(self) -> dict[int, list[tuple[ElementId, str]]]:
        """The entries that somebody in the contract has made, by the number of the conference."""
        found: dict[int, list[tuple[ElementId, str]]] = defaultdict(list)
        for key, value in self.document.items(CONFERENCES, self.heads).items():
            if not isinstance(value, Branch) or value.kind is not Kind.MAP:
                continue
            number = self.document.get(value.object, "number", self.heads)
            is_number = isinstance(number, int) and not isinstance(number, bool)
            if isinstance(number, int) and is_number and self.takes_part(value.object):
                found[number].append((value.object, key))
        return found

    def few_of_each(
        self, entries: Iterable[tuple[ElementId, str]]
    ) -> Iterator[tuple[ElementId, str]]:
        """Yield the entries of one conference, the first one first; few of one person."""
        made: Counter[SeatId] = Counter()
        for entry in sorted(entries):
            made[by := self.hands.person(entry[0])] += 1
            if made[by] <= _MOST_BY_ONE:
                yield entry

    def within(self, objects: Iterable[ElementId]) -> Iterator[ElementId]:
        """Yield some entries and the maps in them."""
        for obj in objects:
            yield obj
            yield from (one.object for one in self.maps(obj).values())

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
        counts, began = self.hands.are_students, steps.get(path[:1])
        not_mine = self.answered(objects, "not_mine")
        return Conference(
            number,
            key,
            first,
            {name: one.object for name, one in self.maps(first).items()},
            path,
            steps,
            _whole(self.by_maker(first, "started_at")) or (began.at if began else 0),
            self.hands.person(first),
            min(ends, default=None),
            _heads(self.by_maker(first, "opened_heads")),
            _heads(self.written(first, "closed_heads", counts)) if ends else (),
            frozenset(self.people(objects, steps)),
            dict(self.insisted(objects, not_mine)),
            _letters(self.answered(objects, "confirmed")),
            _letters(not_mine),
            dict(self.standby(objects)),
        )

    def takes_part(self, operation: ElementId) -> bool:
        """Whether it was made by somebody who writes in the contract."""
        role = self.hands.roster.person(seat_of(Actor(operation.actor))).role
        return self.hands.are_students(operation) or (role is not None and role.writes)

    def noted(self, objects: Sequence[ElementId]) -> Iterator[tuple[Path, Step, bool]]:
        """Yield what computers noted under keys of their own, and whether it was the student's."""
        said = self.said(objects, "moves", _MOST_MOVES, self.takes_part, _is_move)
        for name, value, written in said:
            (path, computer), step = read_move(name), _step(value, written)
            if path is not None and step is not None and step.writer == computer:
                yield path, step, self.hands.are_students(written)

    def by_maker(self, obj: ElementId, key: str) -> Value:
        """What whoever made an entry says in it, or the student."""
        return self.written(
            obj, key, lambda by: by.actor == obj.actor or self.hands.are_students(by)
        )

    def written(self, obj: ElementId, key: str, counts: Callable[[ElementId], bool]) -> Value:
        """What stands under a key if it counts, by who wrote it."""
        value, by = self.document.found(obj, key, self.heads)
        return value if by is not None and counts(by) else Odd.ABSENT

    def people(self, objects: Sequence[ElementId], steps: Mapping[Path, Step]) -> Iterator[SeatId]:
        """Yield everybody who noted that they are there, or did something."""
        person = self.hands.roster.person
        yield from (self.hands.person(obj) for obj in objects)
        yield from (person(step.writer).id for step in steps.values())
        for name, _, written in self.said(objects, "people", _MOST_STRETCHES, self.takes_part):
            who = person(SeatId(name)).id
            if who == self.hands.person(written):
                yield who

    def insisted(
        self, objects: Sequence[ElementId], not_mine: Mapping[str, Passage]
    ) -> Iterator[tuple[str, Passage]]:
        """Yield what somebody was asked to write: only their own characters count.

        And what the student put back of it, who had taken it out and says that it is not theirs.
        """
        said = self.said(objects, "insisted", _MOST_STRETCHES, self.takes_part)
        for name, value, written in said:
            found, answer = _passage(value), not_mine.get(name)
            if found is not None:
                by = self.hands.person(written)
                theirs = own(found[1], by, self.hands.roster)
                if answer is not None and answer.text == found[0]:
                    theirs |= own(answer.elements, answer.by, self.hands.roster)
                yield name, Passage(found[0], theirs, by)

    def answered(self, objects: Sequence[ElementId], key: str) -> dict[str, Passage]:
        """What the student says is theirs, or is not; nobody else's word counts.

        Of two entries of one conference it is what was said last.
        """
        last: dict[str, tuple[ElementId, Passage]] = {}
        for name, value, by in self.said(objects, key, _MOST_STRETCHES, self.hands.are_students):
            found = _passage(value)
            if found is not None and (name not in last or last[name][0] < by):
                last[name] = by, Passage(*found, self.hands.person(by))
        return {name: passage for name, (_, passage) in last.items()}

    def standby(self, objects: Sequence[ElementId]) -> Iterator[tuple[str, str]]:
        """Yield the certificates for those who stand by, whoever wrote them: they are signed."""
        for name, value, _ in self.said(objects, "standby", _MOST_STANDBY):
            if isinstance(value, str):
                yield name, value

    def maps(self, obj: ElementId) -> dict[str, Branch]:
        held = self.document.items(obj, self.heads).items()
        return {key: one for key, one in held if isinstance(one, Branch) and one.kind is Kind.MAP}

    def said(
        self,
        objects: Sequence[ElementId],
        key: str,
        most: int,
        counts: Callable[[ElementId], bool] = lambda _: True,
        is_name: Callable[[str], bool] = bool,
    ) -> Iterator[tuple[str, Value, ElementId]]:
        """Yield what stands in the maps of this key in some entries, and who wrote it.

        So much of each person that counts: whatever one of them writes, the others are heard.
        """
        heard: Counter[SeatId] = Counter()
        for obj in objects:
            held = self.document.get(obj, key, self.heads)
            if not isinstance(held, Branch) or held.kind is not Kind.MAP:
                continue
            for name in filter(is_name, self.document.keys(held.object, self.heads)):
                value, written = self.document.found(held.object, name, self.heads)
                if written is None or not counts(written):
                    continue
                heard[by := self.hands.person(written)] += 1
                if heard[by] <= most:
                    yield name, value, written


def _counted(noted: Sequence[tuple[Path, Step, bool]]) -> dict[Path, Step]:
    """Every path that counts, with its last step: the student's, of several the first."""
    found: dict[Path, tuple[bool, int, Step]] = {}
    for path, step, is_students in noted:
        one = (not is_students, step.at, step)
        found[path] = min(one, found.get(path, one), key=lambda one: (*one[:2], one[2].writer))
    counted = believed({path: not others for path, (others, _, _) in found.items()})
    return {path: found[path][2] for path in counted}


def _is_move(name: str) -> bool:
    return read_move(name)[0] is not None


def _step(value: Value, written: ElementId) -> Step | None:
    said = value.split(" ") if isinstance(value, str) else []
    if len(said) != 2 or not all(one.isascii() and one.isdecimal() for one in said):
        return None
    at, spent = (int(one[:15]) for one in said)
    return Step(at, min(spent, LONGEST_STAY), seat_of(Actor(written.actor)))


def _heads(value: Value) -> Heads:
    return (read_heads(value) if isinstance(value, str) else None) or ()


def _whole(value: Value) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return int(value) if is_number and isinstance(value, int) else None


def _letters(answered: Mapping[str, Passage]) -> dict[str, frozenset[ElementId]]:
    return {name: one.elements for name, one in answered.items() if one.elements}


def _passage(value: Value) -> tuple[ElementId, frozenset[ElementId]] | None:
    try:
        found = read_place(value) if isinstance(value, str) else None
    except BadPlace:
        return None
    return (found.object, found.elements) if found is not None else None
