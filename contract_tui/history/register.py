"""What was said under one key, at every version: a choice, a state, a date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment
from contract_tui.history.order import Order
from sync_server.protocol.ids import Actor, ElementId
from sync_server.protocol.operations import Action, Operation

Said = str | int | float | bool | bytes | None
_MADE = "made"
"""What is said by an object that stands under a key, if it is no text."""


@dataclass(slots=True)
class _Value:
    id: ElementId
    born: int
    gone: list[int]
    value: Said | Chronicle
    """A chronicle for a text that programs of others put there."""


class Register:
    """Every value that was ever put under a key; where several stand the greatest id wins."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._values: dict[ElementId, _Value] = {}
        self.wordings: dict[ElementId, Chronicle] = {}
        """The past of each text that stood there."""

    def add(self, operation: Operation) -> Iterator[int]:
        """Take an operation with its successors; yields the positions of all that said so."""
        of = self._order.of
        gone = [of(one) for one in operation.predecessors]
        born = of(operation.id)
        value: Said | Chronicle = self._value(operation)
        if operation.action is Action.MAKE_TEXT:
            value = self.wordings[operation.id] = Chronicle((), self._order)
        self._values[operation.id] = _Value(operation.id, born, gone, value)
        yield born
        yield from gone

    def knows(self, values: Iterable[ElementId]) -> bool:
        """Whether all of some values were put here."""
        return all(one in self._values for one in values)

    def change(self, operation: Operation, position: int) -> None:
        """Take one more operation as a change holds it: with what it takes the place of."""
        for taken in operation.predecessors:
            self._values[taken].gone.append(position)
        if operation.action is not Action.DELETE:
            made = _Value(operation.id, position, [], self._value(operation))
            self._values[operation.id] = made

    def at(self, moment: Moment) -> Said:
        """What was said at a version; None where nothing was."""
        found = self._standing(moment)
        if found is None:
            return None
        return found.value.text(moment) if isinstance(found.value, Chronicle) else found.value

    def author(self, moment: Moment) -> Actor | None:
        """Who said what was said at a version."""
        found = self._standing(moment)
        return None if found is None else self._order.actor(found.born)

    def _standing(self, moment: Moment) -> _Value | None:
        standing = (
            one
            for one in self._values.values()
            if moment[one.born] and not any(moment[at] for at in one.gone)
        )
        return max(standing, key=lambda one: one.id, default=None)

    @staticmethod
    def _value(operation: Operation) -> Said:
        if operation.action is Action.SET:
            return operation.value
        return _MADE if operation.action in (Action.MAKE_MAP, Action.MAKE_LIST) else None
