"""Whose words may stand in a text that is one person's alone, and which of theirs are missing.

No program can be kept from writing into a document that it has. So every reader tells from the
letters themselves which of them are not the words of the one whose text it is, and finds in the
past which words of theirs somebody else took out.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.rights import is_students_own, may_write
from contract_tui.contract.items.values import Goal
from contract_tui.contract.schema import PartId
from contract_tui.contract.splice import stretches
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import Action, ElementId, Operation

_GUARDED = frozenset({paths.NOTES_LIST, paths.REFLECTIONS_LIST})


def is_guarded(part: PartId) -> bool:
    """Whether a text is one person's alone."""
    thing = paths.owner(part)
    return is_students_own(part) or (thing is not None and paths.kind(thing) in _GUARDED)


def not_theirs(contract: Contract, part: PartId) -> list[tuple[int, int]]:
    """Return from where to where a text holds what is not by the one whose text it is."""
    if not is_guarded(part):
        return []
    thing, text = contract.items.find(paths.owner(part) or paths.ItemId("")), contract.text(part)
    foreign: list[int] = []
    for start, end, actor in text.author_runs():
        if not may_write(part, contract.author(actor).id, thing, contract.pupils):
            foreign += (
                at
                for at in range(start, end)
                if not contract.hands.may_have_written(part, text.ids[at], thing)
            )
    return stretches(foreign)


@dataclass(frozen=True, slots=True)
class Lost:
    """Words of the student that somebody else took out of a text that is the student's alone."""

    part: PartId
    object: ElementId
    """The text that held them: another one may stand in its place by now."""
    text: str
    after: ElementId | None
    """The character that stood before them and is there still; None at the beginning."""
    elements: tuple[ElementId, ...]
    takers: frozenset[SeatId]
    """Who took them out."""


class Losses:
    """Looks for lost words among all operations of a document, one after the other."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._now = contract.items.texts
        own = {obj: part for part, obj in self._now.items() if is_students_own(part)}
        self._texts = {obj: _Gatherer(part, obj) for obj, part in own.items()}
        self._goals: dict[ElementId | None, paths.ItemId] = {
            goal.object: goal.id for goal in contract.items.goals
        }
        self._theirs: dict[bytes, bool] = {}
        self._passed = {obj: self._passed_over(obj) for obj in own}

    def take(self, one: Operation) -> None:
        """Take the next operation, whose `predecessors` are what came after it.

        The operations of an object come before those of what it holds.
        """
        if one.action is Action.MAKE_TEXT:
            self._learn(one)
            return
        obj = one.object
        if obj is None or obj not in self._texts or not one.insert or one.action is not Action.SET:
            return
        gatherer, element = self._texts[obj], one.id
        taken = one.predecessors or gatherer.replaced
        if not taken:
            gatherer.stand(element)
        elif element not in self._passed[obj] and self._is_loss(element, taken):
            text = one.value if isinstance(one.value, str) else ""
            gatherer.lose(element, text, (self._person(one.actor) for one in taken))

    def found(self) -> tuple[Lost, ...]:
        """What is missing."""
        return tuple(lost for one in self._texts.values() for lost in one.lost() if lost.text)

    def _learn(self, one: Operation) -> None:
        """Look also at a text in whose place somebody put another, or nothing."""
        goal = self._goals.get(one.object)
        if goal is None or one.id in self._texts:
            return
        part = paths.part_of(goal, str(one.key))
        if is_students_own(part):
            now = self._now.get(part)
            replaced = one.predecessors or ((now,) if now else ())
            self._texts[one.id] = _Gatherer(part, one.id, replaced)
            self._passed[one.id] = self._passed_over(one.id)

    def _passed_over(self, text: ElementId) -> frozenset[ElementId]:
        """The characters of a text that are not to be offered, whoever took them out."""
        return self._contract.covered_in(text) | self._contract.settled.get(text, frozenset())

    def _is_loss(self, element: ElementId, taken: Iterable[ElementId]) -> bool:
        """Whether others alone took out what the student wrote."""
        return self._is_students(element) and not any(map(self._is_students, taken))

    def _is_students(self, operation: ElementId) -> bool:
        """Whether the student did it, or it was done for them before they came."""
        if self._contract.hands.is_early(operation):
            return True
        actor = operation.actor
        if actor not in self._theirs:
            self._theirs[actor] = self._person(actor) in self._contract.pupils
        return self._theirs[actor]

    def _person(self, actor: bytes) -> SeatId:
        return self._contract.author(Actor(actor)).id


class _Gatherer:
    """Puts neighbouring lost characters of one text together."""

    def __init__(self, part: PartId, text: ElementId, replaced: tuple[ElementId, ...] = ()) -> None:
        """`replaced` are the operations that put something else in the place of the whole text."""
        self.replaced = replaced
        self._part, self._object = part, text
        self._last: ElementId | None = None
        self._lost: list[Lost] = []
        self._is_open = False

    def stand(self, element: ElementId) -> None:
        """A character that is there."""
        self._last, self._is_open = element, False

    def lose(self, element: ElementId, text: str, takers: Iterable[SeatId]) -> None:
        """A character that is missing."""
        if self._is_open:
            last = self._lost.pop()
            text, elements = last.text + text, (*last.elements, element)
            all_takers = last.takers | {*takers}
        else:
            elements, all_takers = (element,), frozenset(takers)
        lost = Lost(self._part, self._object, text, self._last, elements, all_takers)
        self._lost.append(lost)
        self._is_open = True

    def lost(self) -> Iterator[Lost]:
        return iter(self._lost)


def takes_words(operations: Iterable[Operation], texts: Collection[ElementId]) -> bool:
    """Whether operations of a change delete anything in some texts."""
    return any(
        one.object in texts and not one.insert and one.action is not Action.MARK
        for one in operations
    )


def replaces_texts(operations: Iterable[Operation], goals: Iterable[Goal]) -> bool:
    """Whether operations of a change put something in the place of a text of the student's.

    Whoever adds a goal makes its texts with it, and no program of ours makes any later.
    """
    names = {goal.object: goal.id for goal in goals}
    return any(
        one.object in names
        and is_students_own(paths.part_of(names[one.object], str(one.key)))
        and (bool(one.predecessors) or one.id.actor != one.object.actor)
        for one in operations
        if one.object is not None
    )
