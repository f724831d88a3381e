"""Whatever anybody's program writes, readers see what is there without those who overstepped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import GoalState, Origin, Stretch
from contract_tui.contract.items.values import Item
from contract_tui.contract.records import Write
from sync_server.access.proof import Seat
from sync_server.protocol.operations import ElementId, operations
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.searching import LONG_STORIES

GOAL = paths.item(paths.GOALS_LIST, "aa")
VALUES: dict[str, list[str]] = {
    "state": [GoalState.LET_GO, GoalState.TRYING, GoalState.REACHED],
    "origin": [Origin.MINE, Origin.REQUIRED, Origin.NEGOTIATED],
    "stretch": [Stretch.RIGHT, Stretch.TOO_MUCH, Stretch.TOO_EASY],
    "removed": ["yes", "", "yes"],
}


@dataclass(frozen=True)
class Deed:
    """One thing that somebody wrote under the key, as it is told beside the program."""

    name: ElementId
    by: Seat
    value: str
    """Nothing where it was taken out."""
    seen: frozenset[ElementId]
    """All that they had seen by then."""


@dataclass
class Model:
    """What was written under one key of a goal that the teacher added."""

    key: str
    deeds: dict[ElementId, Deed] = field(default_factory=dict)

    def value(self) -> str:
        """What counts: a naive reading, in which nothing ever was that nobody had a right to."""
        theirs = self._newest(lambda one: one.by is MAYA)
        if theirs == VALUES[self.key][0] and self.key in ("state", "origin"):
            return theirs
        return self._newest(self._may)

    def _may(self, one: Deed) -> bool:
        if one.by is MAYA:
            return True
        is_first = one.value == VALUES[self.key][0]
        return self.key in ("state", "origin") and not is_first

    def _newest(self, counts: Callable[[Deed], bool]) -> str:
        some = [one for one in self.deeds.values() if counts(one)]
        seen = frozenset[ElementId]().union(*(one.seen for one in some))
        there = [one for one in some if one.name not in seen and one.value]
        return max(there, key=lambda one: one.name).value if there else ""


@dataclass
class Person:
    """A computer with a copy of the contract."""

    contract: Contract
    seat: Seat
    seen: set[ElementId] = field(default_factory=set)

    @property
    def goal(self) -> Item:
        found = self.contract.items.find(GOAL)
        assert found
        return found

    def does(self, model: Model, number: int, how: int) -> None:
        """Say what may be said, or write whatever a changed program may."""
        meant = VALUES[model.key][number % 3]
        write = (
            self._honestly(model, meant) if self.seat is MAYA else self._forged(model, meant, how)
        )
        if write is None:
            return
        raw = self.contract.change(write)
        last = max(one.id for one in operations(raw) if one.key == model.key)
        value = "" if self.seat is not MAYA and how % 3 == 2 else meant
        model.deeds[last] = Deed(last, self.seat, value, frozenset(self.seen))
        self.seen.add(last)

    def _honestly(self, model: Model, value: str) -> Write | None:
        goal, pupils = self.goal, self.contract.pupils
        if model.key != "removed":
            return writing.say(goal, model.key, value, MAYA.id, pupils, None)
        if not value:
            return writing.bring_back(goal, None)
        return writing.remove(goal, MAYA.id, pupils, self.contract.heads, None)

    def _forged(self, model: Model, value: str, how: int) -> Write | None:
        obj, name = self.goal.object, model.key
        said = write_heads(self.contract.heads) if name == "removed" else value
        if how % 3 == 0:
            return lambda writer: writing.put_anew(writer, obj, name, said)
        is_there = self.contract._document.id_at(obj, name) is not None
        if how % 3 == 2:
            return (lambda writer: writer.delete(obj, name)) if is_there else None
        if self.contract._document.get(obj, name) == said:
            return None
        return lambda writer: writer.put(obj, name, said)

    def shows(self, model: Model) -> str:
        if model.key == "removed":
            return "yes" if self.goal.removal else ""
        return self.goal.string(model.key)


def meet(people: list[Person]) -> None:
    exchange(*(one.contract for one in people))
    seen = set[ElementId]().union(*(one.seen for one in people))
    for one in people:
        one.seen = set(seen)


WHO, NUMBER = st.sampled_from([0, 2, 1, 2]), st.integers(0, 2)
MEETING = st.sampled_from([(0, 1, 2), (), (0, 2), (0, 1), (1, 2)])


@LONG_STORIES
@pytest.mark.parametrize("key", VALUES)
@given(st.lists(st.tuples(WHO, NUMBER, NUMBER, MEETING), min_size=3, max_size=8))
def test_readers_see_what_there_is_without_those_who_overstepped(
    key: str, days: list[tuple[int, int, int, tuple[int, ...]]]
) -> None:
    model, maya = Model(key), new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.write_as(actor_of(OKAFOR, 1))
    maya.change(writing.add(paths.GOALS_LIST, "aa", {"pos": "b1"}, turn_at=None))
    maya.write_as(actor_of(MAYA, 1))
    laptop = Person(copy(maya, actor_of(MAYA, 2)), MAYA)
    people = [Person(maya, MAYA), laptop, Person(copy(maya, actor_of(OKAFOR, 3)), OKAFOR)]
    for who, number, how, meeting in days:
        people[who].does(model, number, how)
        meet([people[one] for one in meeting])
    meet(people)
    reader = Person(copy(maya, actor_of(OKAFOR, 4)), OKAFOR)
    for one in (*people, reader):
        assert one.shows(model) == model.value()
        assert one.contract.items == maya.items
    assert len(maya.reading(maya.heads).goals) == (model.value() != "yes")
