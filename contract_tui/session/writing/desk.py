"""What this person does with the things of an open contract: each is stored and shared at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.contract.items import paths, words, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.positions import place
from contract_tui.contract.items.rights import ALONE, may_bring_back
from contract_tui.contract.items.tokens import GoalState, Origin, Outcome, SupportState
from contract_tui.contract.items.values import Goal, Item, Items, Promise, Said, Step, standing
from contract_tui.contract.items.vanished import is_vanished
from contract_tui.contract.items.writing import Plain
from contract_tui.contract.records import Write
from contract_tui.contract.schema import STRUCTURE
from contract_tui.contract.shape import LISTED
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.session.writing.arranging import Arranger
from sync_server.access.proof import SeatId


class Desk(Arranger):
    """Writes things for one person; everything raises ReadOnlySeat for who reads along.

    What a person has no right to do raises NotYours, an unknown thing ContractError.
    """

    @property
    def items(self) -> Items:
        """All things of the contract."""
        return self._contract.items

    @property
    def offered_back(self) -> tuple[Item, ...]:
        """What was taken away by somebody who had not seen all that others wrote in it."""
        gone = (one for one in self.items if one.removal is not None)
        return tuple(one for one in gone if self._contract.unseen(one))

    # Adding

    def add_support(self) -> ItemId:
        """Add something that may help."""
        said = {"offered_by": "", "state": SupportState.WANTED}
        return self._add(paths.SUPPORTS_LIST, self.items.supports, said)

    def add_goal(self) -> ItemId:
        """Add a goal: the student's own is theirs, what an adult adds says first where from."""
        origin = Origin.MINE if self.is_student else Origin.NOT_SAID
        return self._add(
            paths.GOALS_LIST,
            self.items.goals,
            {"origin": origin, "structure_choice": "", "state": GoalState.IDEA},
        )

    def add_step(self, goal: ItemId) -> ItemId:
        """Add a step behind all others of a goal."""
        found = self._found(goal)
        if not isinstance(found, Goal) or found.steps_map is None:
            raise ContractError(words.NO_STEPS_HERE)
        return self._add(paths.STEPS_LIST, found.steps, {}, found)

    def add_promise(self, to: SeatId, by: SeatId | None = None) -> ItemId:
        """Add a promise to a person: one's own, or written down for another to keep."""
        said = {"by": by or self._pen.person, "to": to}
        return self._add(paths.PROMISES_LIST, self.items.promises, said)

    def add_reflection(self) -> ItemId:
        """Begin a reflection of today."""
        said: dict[str, Plain] = {"by": self._pen.person, "at": int(self._world.clock())}
        return self._add(paths.REFLECTIONS_LIST, self.items.reflections, said)

    # Saying, ordering, taking away

    def say(self, thing: ItemId, field: str, value: Plain) -> bool:
        """Say something of a thing that is no text; returns whether it was not said already."""
        return self._write(
            thing, lambda one, at: writing.say(one, field, value, self._pen.person, self.pupils, at)
        )

    def move(self, thing: ItemId, before: ItemId | None) -> bool:
        """Put a thing in front of another of its list, or at the end."""

        def write(one: Item, at: int | None) -> Write | None:
            all_ = list(self._siblings(one))
            rest = [other for other in all_ if other.id != thing]
            index = next((n for n, other in enumerate(rest) if other.id == before), len(rest))
            if [*rest[:index], one, *rest[index:]] == all_:
                return None
            position, others = place(
                [other.position for other in rest], index, self._world.chance()
            )
            moved = {rest[n].object: new for n, new in others.items()}
            return writing.arrange({**moved, one.object: position}, at)

        return self._write(thing, write)

    def remove(self, thing: ItemId) -> bool:
        """Take a thing away; it can be brought back."""
        heads = self._contract.heads
        return self._write(
            thing, lambda one, at: writing.remove(one, self._pen.person, self.pupils, heads, at)
        )

    def bring_back(self, thing: ItemId) -> bool:
        """Put a thing back: whoever could take it away does, and whose words went unseen.

        But for a goal, which is the student's.
        What somebody destroyed comes back as a copy of its words.
        """
        if is_vanished(self.items, thing):
            is_step = paths.kind(thing) == paths.STEPS_LIST
            goal = self._found(paths.goal_of(thing)) if is_step else None
            return self._restore(self._found(thing), goal if isinstance(goal, Goal) else None)

        def write(one: Item, at: int | None) -> Write | None:
            me, unseen = Said("", self._pen.person), self._contract.unseen(one)
            if not may_bring_back(one, me, self.pupils, unseen=unseen):
                is_goal = paths.kind(thing) == paths.GOALS_LIST
                raise NotYours(words.GOAL_COMES_BACK if is_goal else words.TAKEN_BY_ANOTHER)
            return writing.bring_back(one, at)

        return self._write(thing, write)

    def close_promise(self, promise: ItemId, outcome: Outcome) -> bool:
        """Say what has become of a promise that was made to this person. Raises NotYours."""

        def write(one: Item, at: int | None) -> Write | None:
            assert isinstance(one, Promise)
            return writing.close_promise(one, self._pen.person, outcome, at)

        return self._write(promise, write)

    def set_revisit(self, when: str) -> bool:
        """Say when the contract is to be taken up again: a date as in ISO 8601, or words."""
        if " ".join(when.split()) == self.items.revisit:
            return False
        return self._pen.write(
            STRUCTURE, lambda at: self._contract.change(writing.revisit(when, at))
        )

    # How it is done

    def _found(self, thing: ItemId) -> Item:
        found = self.items.find(thing)
        if found is None:
            raise ContractError(words.NO_SUCH_THING)
        return found

    def _siblings(self, thing: Item) -> Sequence[Item]:
        """The list that a thing is in."""
        if isinstance(thing, Step):
            goal = self._found(paths.goal_of(thing.id))
            return goal.steps if isinstance(goal, Goal) else ()
        lists = (self.items.supports, self.items.goals, self.items.promises)
        return next((one for one in lists if thing in one), ())

    def _add(
        self, kind: str, others: Sequence[Item], said: Mapping[str, Plain], goal: Goal | None = None
    ) -> ItemId:
        key = self._world.entropy(8).hex()
        position, _ = place([one.position for one in others], len(others), self._world.chance())
        is_ordered = "pos" in LISTED[kind].fields
        all_said = {**said, "pos": position} if is_ordered else said
        id_ = paths.step(goal.id, key) if goal else paths.item(kind, key)
        within = goal.steps_map if goal else None

        def write(turn_at: int | None) -> bytes:
            thing = writing.add(kind, key, all_said, within=within, turn_at=turn_at)
            return self._contract.change(thing)

        self._pen.write(paths.main_part(id_), write)
        return id_

    def _restore(self, thing: Item, goal: Goal | None = None) -> bool:
        """Write a thing that was destroyed once more, as far as the words are this person's."""
        kind, key = paths.kind(thing.id), paths.key(thing.id)
        is_students = kind == paths.GOALS_LIST and bool(self.pupils)
        is_anothers = kind in ALONE and thing.added_by != self._pen.person
        if (is_students and not self.is_student) or is_anothers:
            raise NotYours(words.DESTROYED_BY_ANOTHER)
        texts = {name: clean(self._contract.text(thing.part(name)).text) for name in thing.texts}
        said = {name: one.value for name, one in thing.said.items()}
        within = goal.steps_map if goal else None

        def write(turn_at: int | None) -> bytes:
            if goal and within is None:
                return self._contract.change(writing.add_steps(goal, key, said, turn_at))
            add = writing.add(kind, key, said, within=within, turn_at=turn_at)
            return self._contract.change(add)

        self._pen.write(paths.main_part(thing.id), write)
        for name, text in texts.items():
            if text:
                self._pen.edit(thing.part(name), Splice(0, 0, text))
        again = self._found(thing.id)
        if isinstance(thing, Goal) and isinstance(again, Goal):
            for step in standing(thing.steps):
                self._restore(step, again)
        return True

    def _write(self, thing: ItemId, make: Callable[[Item, int | None], Write | None]) -> bool:
        """Make a change of a thing as it stands, also when the document was built again."""
        self._found(thing)

        def write(turn_at: int | None) -> bytes | None:
            change = make(self._found(thing), turn_at)
            return self._contract.change(change) if change else None

        return self._pen.write(paths.main_part(thing), write)
