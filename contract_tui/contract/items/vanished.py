"""Things that somebody destroyed: no program of ours takes one out of its list, but any can.

The map that held such a thing is reached by nothing any more, but it is still in the document, and
whoever has seen its name can read it. So it is shown as taken away, and can be brought back as a
copy of its words.
"""

from collections.abc import Iterable
from typing import NamedTuple

from contract_tui.contract.items import paths
from contract_tui.contract.items.values import Items
from contract_tui.contract.schema import GOALS_MAP, ROOT_OBJECTS
from contract_tui.contract.shape import LISTED
from sync_server.protocol.operations import Action, ElementId, Operation

_MOST = 200
LISTS = {ROOT_OBJECTS[kind]: kind for kind in LISTED if kind in ROOT_OBJECTS}
"""Which list of things each of these objects is."""


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


class Vanishing:
    """Looks for such things among all operations of a document, one after the other."""

    def __init__(self) -> None:
        self._found: list[Vanished] = []
        self._goals: set[ElementId] = set()
        self._steps: set[ElementId] = set()
        self._lists: dict[ElementId, tuple[ElementId, ElementId]] = {}
        """Of each list of steps that is no longer there, its goal and what took it out."""

    def take(self, one: Operation) -> None:
        """Take the next operation, whose `predecessors` are what came after it.

        The operations of an object come before those of what it holds.
        """
        if one.action is not Action.MAKE_MAP or one.object is None:
            return
        if one.object == GOALS_MAP:
            self._goals.add(one.id)
        elif one.object in self._goals and one.key == paths.STEPS_LIST:
            self._steps.add(one.id)
            if one.predecessors:
                self._lists[one.id] = one.object, one.predecessors[0]
        kind = paths.STEPS_LIST if one.object in self._steps else LISTS.get(one.object)
        if kind is None or "/" in str(one.key):
            return
        within, by = one.object, one.predecessors[0] if one.predecessors else None
        if one.object in self._lists:
            within, taken = self._lists[one.object]
            by = by or taken
        if by is not None:
            key = f"{one.key}~{one.id.counter}"
            self._found.append(Vanished(kind, key, one.id, within, by))

    def found(self) -> tuple[Vanished, ...]:
        """What has vanished; of a flood the last."""
        return tuple(self._found[-_MOST:])


def destroys(operations: Iterable[Operation], items: Items) -> bool:
    """Whether any of a change's operations takes a thing out of its list, or replaces it.

    Or does that to a whole list of steps.
    """
    steps = {goal.steps_map for goal in items.goals if goal.steps_map is not None}
    lists, goals = LISTS.keys() | steps, {goal.object for goal in items.goals}
    return any(
        one.predecessors
        and (one.object in lists or (one.object in goals and one.key == paths.STEPS_LIST))
        for one in operations
    )


def is_vanished(items: Items, thing: paths.ItemId) -> bool:
    """Whether a thing is one of those."""
    found = items.find(thing)
    return found is not None and found.removal is not None and not found.removal.heads
