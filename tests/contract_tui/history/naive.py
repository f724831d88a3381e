"""A text replayed change after change, slowly and plainly, to compare the history with."""

from collections.abc import Collection, Sequence

from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor, ElementId
from sync_server.protocol.operations import Action, Operation, operations

Name = tuple[Actor, int]
"""A change: its author and its number among theirs."""


class Replay:
    """One text of which every element is in a list, as the rules of the CRDT put it there."""

    def __init__(self, changes: Sequence[Change], text: ElementId) -> None:
        self._changes = [
            ((change.actor, change.seq), list(operations(change.raw))) for change in changes
        ]
        self._text = text

    def text(self, made: Collection[Name]) -> list[tuple[str, Actor]]:
        """The letters, each with its author, when these changes are made and no others."""
        elements, gone = self._replay(made)
        return [(str(one.value), Actor(one.id.actor)) for one in elements if one.id not in gone]

    def taken(self, made: Collection[Name]) -> set[tuple[str, Actor, Actor]]:
        """The letters that these changes took out: each with its author and who took it."""
        elements, gone = self._replay(made)
        return {
            (str(one.value), Actor(one.id.actor), taker)
            for one in elements
            for taker in gone.get(one.id, ())
        }

    def _replay(
        self, made: Collection[Name]
    ) -> tuple[list[Operation], dict[ElementId, list[Actor]]]:
        elements: list[Operation] = []
        gone: dict[ElementId, list[Actor]] = {}
        for name, written in self._changes:
            for one in written if name in made else ():
                if one.object != self._text:
                    continue
                if one.action is Action.DELETE:
                    for element in one.predecessors:
                        gone.setdefault(element, []).append(name[0])
                else:
                    elements.insert(_place(elements, one), one)
        return elements, gone


def _place(elements: Sequence[Operation], new: Operation) -> int:
    """Behind the element that it comes after, and behind newer ones that came there before it."""
    at = 0
    if new.key is not None:
        at = 1 + next(place for place, one in enumerate(elements) if one.id == new.key)
    while at < len(elements) and elements[at].id > new.id:
        at += 1
    return at
