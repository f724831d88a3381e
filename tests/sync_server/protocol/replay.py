"""A small Automerge that knows nothing but decoded operations, to be compared with the real one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sync_server.protocol.operations import Action, ElementId, Operation, Value

Key = str | ElementId


@dataclass
class Thing:
    """A map, or a list or text: its values by key, and the order of its elements."""

    values: dict[Key, dict[ElementId, Operation]] = field(default_factory=dict)
    order: list[ElementId] = field(default_factory=list)
    counters: dict[ElementId, int] = field(default_factory=dict)

    def apply(self, operation: Operation) -> None:
        place = self._insert(operation) if operation.insert else operation.key
        assert place is not None
        values = self.values.setdefault(place, {})
        if operation.action is Action.INCREMENT:
            assert isinstance(operation.value, int)
            for counter in operation.predecessors:
                self.counters[counter] = self.counters.get(counter, 0) + operation.value
            return
        for gone in operation.predecessors:
            values.pop(gone, None)
        if operation.action not in (Action.DELETE, Action.MARK):
            values[operation.id] = operation

    def _insert(self, operation: Operation) -> ElementId:
        """Behind its neighbour, but behind newer elements that are there already."""
        assert not isinstance(operation.key, str)
        at = self.order.index(operation.key) + 1 if operation.key else 0
        while at < len(self.order) and self.order[at] > operation.id:
            at += 1
        self.order.insert(at, operation.id)
        return operation.id

    def winner(self, key: Key) -> Operation | None:
        values = self.values.get(key)
        return values[max(values)] if values else None

    def value(self, key: Key) -> Value:
        operation = self.winner(key)
        assert operation is not None
        if operation.id in self.counters:
            assert isinstance(operation.value, int)
            return operation.value + self.counters[operation.id]
        return operation.value

    def elements(self) -> list[Operation]:
        """The elements that are not deleted, each by the operation that gives its value."""
        return [winner for element in self.order if (winner := self.winner(element))]

    def text(self) -> str:
        values = (operation.value for operation in self.elements())
        return "".join(value for value in values if isinstance(value, str))


class Replay:
    """Every object of a document, by the operation that made it."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.objects: dict[ElementId | None, Thing] = {None: Thing()}
        for operation in operations:
            self.objects[operation.object].apply(operation)
            if operation.action in (
                Action.MAKE_MAP,
                Action.MAKE_LIST,
                Action.MAKE_TEXT,
                Action.MAKE_TABLE,
            ):
                self.objects[operation.id] = Thing()
