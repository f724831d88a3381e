"""Three people with a copy of one contract each, and beside it what they did in plain words.

Everything that is written is a word of its own, so that a naive list can say which ones are there
in the end: those that nobody took out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import NotYours
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.positions import place
from contract_tui.contract.items.rights import may_bring_back, may_say, may_write
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Goal, Item, Promise, Removal, Said
from contract_tui.contract.records import Write
from contract_tui.contract.schema import PartId, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Heads
from sync_server.access.proof import Seat, SeatId
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.full_contract import JONAS, JONAS_PROOF

KINDS = (paths.GOALS_LIST, paths.SUPPORTS_LIST, paths.PROMISES_LIST, paths.REFLECTIONS_LIST)
CHOICES = {
    paths.GOALS_LIST: ("origin", "structure_choice", "state"),
    paths.SUPPORTS_LIST: ("state", "offered_by", "check_on"),
    paths.STEPS_LIST: ("by", "when"),
    paths.PROMISES_LIST: ("when",),
}


@dataclass
class Family:
    """What all of them did."""

    words: dict[PartId, dict[str, SeatId]] = field(default_factory=lambda: defaultdict(dict))
    """Every word that was ever written, by part, and whose it is."""
    gone: set[str] = field(default_factory=set)
    things: set[ItemId] = field(default_factory=set)
    known: dict[tuple[ItemId, SeatId, Heads], set[str]] = field(default_factory=dict)
    """The words that were there for whoever took a thing away."""
    people: list[Person] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        first = new_contract()
        first.add_seat(OKAFOR, OKAFOR_PROOF)
        first.add_seat(JONAS, JONAS_PROOF)
        seats = (MAYA, OKAFOR, JONAS)
        self.people = [Person(self, one, copy(first, actor_of(one, 1))) for one in seats]

    def fresh(self) -> str:
        """A word that nobody has written yet."""
        self.count += 1
        return f"w{self.count} "

    def meet(self, who: Sequence[Person]) -> None:
        """Bring everything that these have to each of them."""
        exchange(*(one.contract for one in who))

    def standing(self, part: PartId) -> list[str]:
        """The words that nobody took out of a part, sorted."""
        return sorted(word for word in self.words[part] if word not in self.gone)

    def is_unseen(self, thing: Item, removal: Removal) -> bool:
        """Whether words of others stand in it that its remover did not have."""
        known = self.known[thing.id, removal.by, removal.heads]
        return any(
            self.words[part][word] != removal.by and word not in known
            for part in parts_of(thing)
            for word in self.standing(part)
        )


@dataclass
class Person:
    """One of them, who does what numbers say as far as it makes sense and is theirs to do."""

    family: Family
    seat: Seat
    contract: Contract

    def add(self, number: int, _: int) -> None:
        kind = KINDS[number % len(KINDS)]
        found = [one for one in self.contract.items if paths.kind(one.id) == kind]
        self._add(kind, found, self._said(kind), None)

    def add_step(self, number: int, _: int) -> None:
        if goal := self._pick(self.contract.items.goals, number):
            assert isinstance(goal, Goal)
            self._add(paths.STEPS_LIST, goal.steps, {}, goal)

    def write(self, number: int, at: int) -> None:
        if part := self._part(number):
            text, word = self.contract.text(part).text, self.family.fresh()
            starts = [0, *(n + 1 for n, letter in enumerate(text) if letter == " ")]
            start = starts[at % len(starts)]
            self.contract.splice(part, Splice(start, start, word))
            self.family.words[part][word.strip()] = self.seat.id

    def take_out(self, number: int, at: int) -> None:
        part = self._part(number)
        if part and (words := self.contract.text(part).text.split()):
            word = words[at % len(words)]
            start = f" {self.contract.text(part).text}".index(f" {word} ")
            self.contract.splice(part, Splice(start, start + len(word) + 1, ""))
            self.family.gone.add(word)

    def undo(self, number: int, _: int) -> None:
        part = self._part(number)
        before = set(self.contract.text(part).text.split()) if part else set()
        if part and self.contract.undo(part):
            after = set(self.contract.text(part).text.split())
            self.family.gone |= before - after
            for word in after - before:  # put back as new letters, by whoever undid it
                self.family.words[part][word] = self.seat.id
                self.family.gone.discard(word)

    def say(self, number: int, value: int) -> None:
        thing = self._pick(list(self.contract.items), number)
        fields = CHOICES.get(paths.kind(thing.id), ()) if thing else ()
        if thing and fields:
            name = fields[value % len(fields)]
            words = ("idea", "trying", "helps", "steps", "mine", self.seat.id, "in spring")
            word, pupils = words[value % len(words)], self.contract.pupils
            if may_say(thing, name, Said(word, self.seat.id), pupils):
                self._do(writing.say(thing, name, word, self.seat.id, pupils, None))

    def order(self, number: int, to: int) -> None:
        items = self.contract.items
        goal = self._pick(items.goals, to)
        steps = goal.steps if isinstance(goal, Goal) else ()
        lists: list[Sequence[Item]] = [items.goals, items.supports, items.promises, steps]
        all_ = list(lists[number % len(lists)])
        if moved := self._pick(all_, to):
            rest = [one for one in all_ if one.id != moved.id]
            at = number % (len(rest) + 1)
            if [*rest[:at], moved, *rest[at:]] == all_:
                return
            position, others = place([one.position for one in rest], at, to)
            new = {rest[n].object: one for n, one in others.items()} | {moved.object: position}
            self._do(writing.arrange(new, None))
            after = [one.id for one in self._list(moved)]
            assert after == [one.id for one in [*rest[:at], moved, *rest[at:]]]

    def remove(self, number: int, _: int) -> None:
        thing = self._pick([one for one in self.contract.items if one.removal is None], number)
        if thing is None:
            return
        heads = self.contract.heads
        try:
            away = writing.remove(thing, self.seat.id, self.contract.pupils, heads, None)
        except NotYours:
            return
        known = {word for part in parts_of(thing) for word in self.contract.text(part).text.split()}
        self.family.known[thing.id, self.seat.id, heads] = known
        self._do(away)

    def bring_back(self, number: int, _: int) -> None:
        thing = self._pick([one for one in self.contract.items if one.removal], number)
        me, pupils = Said("", self.seat.id), self.contract.pupils
        if thing and may_bring_back(thing, me, pupils, unseen=self.contract.unseen(thing)):
            self._do(writing.bring_back(thing, None))

    def close(self, number: int, value: int) -> None:
        promise = self._pick(self.contract.items.promises, number)
        if isinstance(promise, Promise) and promise.to == self.seat.id:
            outcome = list(Outcome)[value % len(Outcome)]
            self._do(writing.close_promise(promise, self.seat.id, outcome, None))

    def arrange(self, number: int, to: int) -> None:
        if self.seat.id not in self.contract.pupils:
            return
        found = self.contract.sections
        one = found[number % len(found)]
        match to % 3:
            case 0:
                self._do(sections.hide(one, not one.hidden, None))
            case 1:
                rest = [other.position for other in found if other is not one]
                position, _ = place(rest, self.family.count % (len(rest) + 1), to)
                assert one.map
                if position != one.position:
                    self._do(writing.arrange({one.map: position}, None))
            case _:
                key, word = f"{self.family.count:x}", self.family.fresh()
                position, _ = place([one.position for one in found], len(found), to)
                self._do(sections.add(key, word, position, None))
                self.family.words[sections.heading_part(PartId(key))][word.strip()] = self.seat.id

    def choose(self, number: int, _: int) -> None:
        self.contract.choose_structure(list(StructureChoice)[number % len(StructureChoice)])

    def revisit(self, number: int, _: int) -> None:
        if (when := f"in {number % 4} weeks") != self.contract.items.revisit:
            self._do(writing.revisit(when, None))

    def _add(
        self, kind: str, others: Sequence[Item], said: dict[str, writing.Plain], goal: Goal | None
    ) -> None:
        key, word = f"{len(self.family.things):x}", self.family.fresh()
        name = "text" if kind == paths.REFLECTIONS_LIST else "what"
        if kind != paths.REFLECTIONS_LIST:
            positions = [one.position for one in others]
            said = {**said, "pos": place(positions, len(positions), self.family.count)[0]}
        thing = paths.step(goal.id, key) if goal else paths.item(kind, key)
        within = goal.steps_map if goal else None
        self._do(writing.add(kind, key, said, {name: word}, within=within, turn_at=None))
        self.family.things.add(thing)
        self.family.words[paths.part_of(thing, name)][word.strip()] = self.seat.id

    def _said(self, kind: str) -> dict[str, writing.Plain]:
        if kind == paths.PROMISES_LIST:
            return {"by": self.seat.id, "to": MAYA.id if self.seat != MAYA else OKAFOR.id}
        if kind == paths.REFLECTIONS_LIST:
            return {"by": self.seat.id, "at": self.family.count}
        if kind == paths.SUPPORTS_LIST:
            return {"offered_by": self.seat.id, "state": "wanted"}
        return {"origin": "", "structure_choice": "", "state": "idea"}

    def _part(self, number: int) -> PartId | None:
        mine = [part for part in sorted(self.contract.texts) if self._may_write(part)]
        mine = [part for part in mine if part != "title"]
        return mine[number % len(mine)] if mine else None

    def _may_write(self, part: PartId) -> bool:
        thing = self.contract.items.find(paths.owner(part) or ItemId(""))
        return may_write(part, self.seat.id, thing, self.contract.pupils)

    def _pick(self, things: Sequence[Item], number: int) -> Item | None:
        return things[number % len(things)] if things else None

    def _list(self, thing: Item) -> Iterator[Item]:
        """What stands in the same list, in its order."""
        parent = thing.id.rpartition("/")[0]
        return (one for one in self.contract.items if one.id.rpartition("/")[0] == parent)

    def _do(self, write: Write | None) -> None:
        if write:
            self.contract.change(write)


DEEDS = (
    Person.add,
    Person.add_step,
    Person.write,
    Person.take_out,
    Person.undo,
    Person.say,
    Person.order,
    Person.remove,
    Person.bring_back,
    Person.close,
    Person.arrange,
    Person.choose,
    Person.revisit,
)


def parts_of(thing: Item) -> list[PartId]:
    """All texts of a thing, with those of a goal's steps."""
    steps = thing.steps if isinstance(thing, Goal) else ()
    return [*thing.parts, *(part for step in steps for part in step.parts)]
