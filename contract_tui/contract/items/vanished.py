"""Things that somebody destroyed: no program of ours takes one out of its list, but any can.

The map that held such a thing is reached by nothing any more, but it is still in the document, and
whoever has seen its name can read it. So it is shown as taken away, and can be brought back as a
copy of its words. The same holds for what was hidden by another thing of the same name.
"""

from collections.abc import Iterable
from typing import NamedTuple

from contract_tui.contract.items import paths
from contract_tui.contract.items.values import Items
from contract_tui.contract.schema import GOALS_MAP, ROOT_OBJECTS
from contract_tui.contract.slots import Slots
from sync_server.protocol.operations import Action, ElementId, Operation

_MOST = 200


class Vanished(NamedTuple):
    """One thing that was taken out of its list."""

    kind: str
    key: str
    """Another one than it had: it may stand there again."""
    object: ElementId
    within: ElementId
    """The list that it was in; of steps whose whole list was taken out, their goal."""
    by: ElementId
    """The operation that took it out."""
    was: str = ""
    """The key that it had."""
    is_beside: bool = False
    """Whether nobody took it out: something else was put there at the same time."""


class _Made(NamedTuple):
    """A thing as somebody put it into its list."""

    kind: str
    object: ElementId
    within: ElementId
    key: str


class Vanishing:
    """Looks for such things among all operations of a document, one after the other."""

    def __init__(self) -> None:
        self._slots = Slots()
        self._made: list[_Made] = []
        self._goals: set[ElementId] = set()
        self._steps: dict[ElementId, ElementId] = {}
        """Of each list of steps its goal."""

    def take(self, one: Operation) -> None:
        """Take the next operation, whose `predecessors` are what came after it.

        The operations of an object come before those of what it holds.
        """
        obj, key = one.object, one.key
        if obj is None or not isinstance(key, str):
            return
        is_list = obj in self._goals and key == paths.STEPS_LIST
        kind = paths.STEPS_LIST if obj in self._steps else paths.LISTS.get(obj)
        if kind is None and not is_list:
            return
        self._slots.take(one)
        if one.action is not Action.MAKE_MAP or "/" in key:
            return
        if is_list:
            self._steps[one.id] = obj
        elif kind is not None:
            self._made.append(_Made(kind, one.id, obj, key))
        if obj == GOALS_MAP:
            self._goals.add(one.id)

    def found(self) -> tuple[Vanished, ...]:
        """What has vanished; of a flood the last."""
        found: dict[tuple[ElementId, str], Vanished] = {}
        for made in self._made:
            if (one := self._vanished(made)) is not None:
                if one.is_beside or (one.within, one.key) in found:  # made at once, so as the same
                    one = one._replace(key=f"{one.key}~{one.object.actor.hex()[-8:]}")
                found[one.within, one.key] = one
        return tuple(found.values())[-_MOST:]

    def _vanished(self, made: _Made) -> Vanished | None:
        within, by = made.within, self._slots.taker(made.within, made.key, made.object)
        goal = self._steps.get(within)
        if goal and (taken := self._slots.taker(goal, paths.STEPS_LIST, within)):
            within, by = goal, by or taken
        if by is None:
            return None
        is_beside = within == made.within and not self._slots.is_taken(made.object)
        key = f"{made.key}~{made.object.counter}"
        return Vanished(made.kind, key, made.object, within, by, made.key, is_beside)


class Places:
    """Where the things of a contract stand."""

    def __init__(self, items: Items) -> None:
        self._stands: dict[tuple[ElementId | None, str], ElementId] = {}
        self._goals = {goal.object for goal in items.goals}
        self._lists = {*paths.LISTS, *(goal.steps_map for goal in items.goals)}
        for goal in items.goals:
            if goal.steps_map is not None:
                self._stands[goal.object, paths.STEPS_LIST] = goal.steps_map
            for step in goal.steps:
                self._stands[goal.steps_map, paths.key(step.id)] = step.object
        for one in items:
            if (kind := paths.kind(one.id)) != paths.STEPS_LIST:
                self._stands[ROOT_OBJECTS[kind], paths.key(one.id)] = one.object

    def are_destroyed(self, operations: Iterable[Operation]) -> bool:
        """Whether any of a change's operations takes a thing out of its list, or replaces it.

        Or does that to a whole list of steps; or puts something where something else stands by now.
        """
        return any(
            bool(one.predecessors) or self._stands.get((one.object, str(one.key)), one.id) != one.id
            for one in operations
            if one.object in self._lists
            or (one.object in self._goals and one.key == paths.STEPS_LIST)
        )


def is_vanished(items: Items, thing: paths.ItemId) -> bool:
    """Whether a thing is one of those."""
    found = items.find(thing)
    return found is not None and found.removal is not None and not found.removal.heads
