"""The conferences of a contract, read from what people noted of them.

Each has a number. Two people who begin the n-th conference at once, each with an entry of their
own, have begun the same one: what stands in both counts. The same is read of what stands in a
document and of all that was ever noted, so that the past tells no other conferences than today's.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import attrgetter
from typing import NamedTuple

from contract_tui.contract.conference.moves import (
    END,
    Path,
    believed,
    furthest,
    is_anybodys,
    read_move,
)
from contract_tui.contract.conference.noted import CONFERENCES, Note, Noted
from contract_tui.contract.conference.values import LONGEST_STAY, Conference, Passage, Step
from contract_tui.contract.crdt import Value
from contract_tui.contract.heads import read_heads
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.opening.known import Known
from contract_tui.contract.past.covers import own
from contract_tui.contract.text.places import BadPlace, read_place
from contract_tui.contract.values import Heads, Odd
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

_MOST_AT_ONCE = 16
"""Entries of one conference: as many as people can have begun it at once."""
_MOST_BY_ONE = 4
"""Entries of one person: as many as they have computers that cannot reach each other."""
_MOST_MOVES = 2_000
"""Steps of one person, and below what else one person notes of a conference."""
_MOST_STRETCHES = 1_000
_MOST_STANDBY = 64
"""Certificates that one person writes: eight guests, and eight others' computers."""


class Entries(NamedTuple):
    """What was read of the entries of one conference."""

    objects: tuple[ElementId, ...]
    conference: Conference | None


@dataclass(slots=True)
class KnownConferences:
    """What was read already, so that it is not read again among the same people."""

    entries: Known[Entries] = field(default_factory=Known)
    numbers: dict[ElementId, int | None] = field(default_factory=dict)
    """Of which conference an entry is; None for what is none."""

    def forget(self, touched: Iterable[ElementId]) -> None:
        """Read some objects again the next time, which changed."""
        objects = list(touched)
        self.entries.forget(objects)
        for obj in objects:
            self.numbers.pop(obj, None)


def read_conferences(
    noted: Noted,
    hands: KnownHands,
    phases: Sequence[str] = (),
    known: KnownConferences | None = None,
) -> Iterator[Conference]:
    """Yield every conference that has a number, the first one first.

    Nobody jumps: the second one counts if there was a first. `phases` is what the agenda goes
    through: of two that began at once with another phase, the one that follows it counts.
    """
    known = KnownConferences() if known is None else known
    reader = _Reader(noted, hands, phases)
    numbered = reader.numbered(known.numbers)
    for number in count(1):
        if number not in numbered:
            return
        entries = list(reader.few_of_each(numbered[number]))[:_MOST_AT_ONCE]
        objects = tuple(obj for obj, _ in entries)
        read = known.entries.get(objects[0])
        if read is None or read.objects != objects:
            read = Entries(objects, reader.conference(number, entries))
            known.entries.keep(objects[0], read, list(within(noted, objects)))
        if read.conference is None:
            return
        yield read.conference


def within(noted: Noted, objects: Iterable[ElementId]) -> Iterator[ElementId]:
    """Yield some entries and the maps in them."""
    for obj in objects:
        yield obj
        yield from (one for _, one in noted.maps(obj))


class _Move(NamedTuple):
    """A step or an end, as one computer noted it."""

    path: Path
    step: Step
    is_students: bool
    by: ElementId


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Noted
    hands: KnownHands
    phases: Sequence[str]

    def numbered(
        self, known: dict[ElementId, int | None]
    ) -> dict[int, list[tuple[ElementId, str]]]:
        """The entries that somebody in the contract has made, by the number of the conference."""
        found: dict[int, list[tuple[ElementId, str]]] = defaultdict(list)
        for key, obj in self.source.maps(CONFERENCES):
            if obj not in known:
                is_theirs = self.takes_part(obj)
                known[obj] = _whole(self.first(obj, "number")) if is_theirs else None
            if (number := known[obj]) is not None:
                found[number].append((obj, key))
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

    def conference(
        self, number: int, entries: Sequence[tuple[ElementId, str]]
    ) -> Conference | None:
        """What is told of one conference; None where nobody has begun it."""
        objects = [obj for obj, _ in entries]
        noted = list(self.noted(objects))
        steps = _counted([one for one in noted if one.path != END])
        path = furthest(steps, self.phases)
        if path is None:
            return None
        ends = [(one.step.at, one.by) for one in noted if one.path == END and one.is_students]
        first, began, not_mine = objects[0], steps.get(path[:1]), self.answered(objects, "not_mine")
        stands = self.source.stands
        place = next((one for one in entries if stands(CONFERENCES, one[1], one[0])), entries[0])
        return Conference(
            number,
            entries[0][1],
            place[0],
            {name: one for name, one in self.source.maps(place[0]) if stands(place[0], name, one)},
            path,
            steps,
            _whole(self.by_maker(first, "started_at")) or (began.at if began else 0),
            self.hands.person(first),
            min(ends)[0] if ends else None,
            _heads(self.by_maker(first, "opened_heads")),
            _heads(self.last(objects, "closed_heads", self.hands.are_students)) if ends else (),
            frozenset(self.people(objects, noted, steps)),
            dict(self.insisted(objects, not_mine)),
            _letters(self.answered(objects, "confirmed")),
            _letters(not_mine),
            dict(self.standby(objects)),
            tuple(objects),
            min(ends)[1] if ends else None,
        )

    def takes_part(self, operation: ElementId) -> bool:
        """Whether it was made by somebody who writes in the contract."""
        role = self.hands.roster.person(_computer(operation)).role
        return self.hands.are_students(operation) or (role is not None and role.writes)

    def noted(self, objects: Sequence[ElementId]) -> Iterator[_Move]:
        """Yield what computers noted under keys of their own.

        Who else than the student begins it does so with an entry of their own.
        """
        began = {_computer(obj) for obj in objects}
        for name, notes in self.said(objects, "moves", _MOST_MOVES, self.takes_part, _is_move):
            path, computer = read_move(name)
            own_notes = [one for one in notes if _computer(one.by) == computer]
            if path is None or not own_notes:
                continue
            note = own_notes[-1]
            step, is_students = _step(note), self.hands.are_students(note.by)
            may = is_students or path == END or len(path) > 1 or computer in began
            if step is not None and may:
                yield _Move(path, step, is_students, note.by)

    def by_maker(self, obj: ElementId, key: str) -> Value:
        """What whoever made an entry says in it, or the student."""
        return self.last(
            [obj], key, lambda by: by.actor == obj.actor or self.hands.are_students(by)
        )

    def first(self, obj: ElementId, key: str) -> Value:
        """What whoever made an entry said in it first."""
        notes = (one for one in self.source.notes(obj, key) if one.by.actor == obj.actor)
        return min(notes, key=_AGE, default=_NOTHING).value

    def last(
        self, objects: Iterable[ElementId], key: str, counts: Callable[[ElementId], bool]
    ) -> Value:
        """What was put last under a key of some entries by somebody whose word counts."""
        notes = (one for obj in objects for one in self.source.notes(obj, key) if counts(one.by))
        return max(notes, key=_AGE, default=_NOTHING).value

    def people(
        self, objects: Sequence[ElementId], noted: Iterable[_Move], steps: Collection[Path]
    ) -> Iterator[SeatId]:
        """Yield everybody who noted that they are there, or did something that is theirs to do."""
        person = self.hands.person
        yield from (person(obj) for obj in objects)
        for path, _, is_students, by in noted:
            if is_students or (path in steps and is_anybodys(path)):
                yield person(by)
        for name, notes in self.said(objects, "people", _MOST_STRETCHES, self.takes_part):
            who = self.hands.roster.person(SeatId(name)).id
            if any(who == person(one.by) for one in notes):
                yield who

    def insisted(
        self, objects: Sequence[ElementId], not_mine: Mapping[str, Passage]
    ) -> Iterator[tuple[str, Passage]]:
        """Yield what somebody was asked to write: only their own characters count.

        And what the student put back of it, who had taken it out and says that it is not theirs.
        """
        for name, notes in self.said(objects, "insisted", _MOST_STRETCHES, self.takes_part):
            by = self.hands.person(notes[0].by)  # nobody else says more of it
            last = [one for one in notes if self.hands.person(one.by) == by][-1]
            found, answer = _passage(last.value), not_mine.get(name)
            if found is not None:
                theirs = own(found[1], by, self.hands.roster)
                if answer is not None and answer.text == found[0]:
                    theirs |= own(answer.elements, answer.by, self.hands.roster)
                yield name, Passage(found[0], theirs, by)

    def answered(self, objects: Sequence[ElementId], key: str) -> dict[str, Passage]:
        """What the student says is theirs, or is not; nobody else's word counts.

        Of two entries of one conference it is what was said last.
        """
        last: dict[str, tuple[ElementId, Passage]] = {}
        for name, notes in self.said(objects, key, _MOST_STRETCHES, self.hands.are_students):
            by, value = notes[-1]
            found = _passage(value)
            if found is not None and (name not in last or last[name][0] < by):
                last[name] = by, Passage(*found, self.hands.person(by))
        return {name: passage for name, (_, passage) in last.items()}

    def standby(self, objects: Sequence[ElementId]) -> Iterator[tuple[str, str]]:
        """Yield the certificates for those who stand by, whoever wrote them: they are signed.

        Of several under one key the guest's own.
        """
        for name, notes in self.said(objects, "standby", _MOST_STANDBY):
            guest = name.partition("@")[0]
            own_notes = [one for one in notes if self.hands.person(one.by) == guest]
            value = (own_notes or notes)[-1].value
            if isinstance(value, str):
                yield name, value

    def said(
        self,
        objects: Iterable[ElementId],
        key: str,
        most: int,
        counts: Callable[[ElementId], bool] = lambda _: True,
        is_name: Callable[[str], bool] = bool,
    ) -> Iterator[tuple[str, list[Note]]]:
        """Yield what was noted in the maps of this key in some entries, the first note first.

        So much of each person that counts: whatever one of them writes, the others are heard.
        """
        heard: Counter[SeatId] = Counter()
        maps = (one for obj in objects for name, one in self.source.maps(obj) if name == key)
        for held in maps:
            for name in filter(is_name, self.source.keys(held)):
                found = (one for one in self.source.notes(held, name) if counts(one.by))
                notes = sorted(found, key=_AGE)
                heard.update({self.hands.person(one.by) for one in notes})
                if some := [one for one in notes if heard[self.hands.person(one.by)] <= most]:
                    yield name, some


_AGE = attrgetter("by")
_NOTHING = Note(ElementId(0, b""), Odd.ABSENT)


def _counted(noted: Iterable[_Move]) -> dict[Path, Step]:
    """Every path that counts, with its last step: the student's, of several the first."""
    found: dict[Path, tuple[bool, int, Step]] = {}
    for path, step, is_students, _ in noted:
        one = (not is_students, step.at, step)
        found[path] = min(one, found.get(path, one), key=lambda one: (*one[:2], one[2].writer))
    counted = believed({path: not others for path, (others, _, _) in found.items()})
    return {path: found[path][2] for path in counted}


def _is_move(name: str) -> bool:
    return read_move(name)[0] is not None


def _computer(operation: ElementId) -> SeatId:
    return seat_of(Actor(operation.actor))


def _step(note: Note) -> Step | None:
    said = note.value.split(" ") if isinstance(note.value, str) else []
    if len(said) != 2 or not all(one.isascii() and one.isdecimal() for one in said):
        return None
    at, spent = (int(one[:15]) for one in said)
    return Step(at, min(spent, LONGEST_STAY), _computer(note.by))


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
