"""How much structure was wanted, at every version."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_tui.contract.schema import StructureChoice
from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment
from contract_tui.history.order import Order
from sync_server.protocol.ids import ElementId
from sync_server.protocol.operations import Action, Operation

_KNOWN = frozenset(StructureChoice)


@dataclass(slots=True)
class _Choice:
    id: ElementId
    born: int
    gone: list[int]
    value: object
    """A string, or the chronicle of a text that programs of others put there."""


class Choices:
    """Every choice that was ever made; where several stand the greatest id wins."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._made: dict[ElementId, _Choice] = {}
        self._wordings: dict[ElementId, Chronicle] = {}

    def add(self, operation: Operation) -> Iterator[int]:
        """Take an operation with its successors; yields the positions of all that chose so."""
        of = self._order.of
        gone = [of(one) for one in operation.predecessors]
        value: object = operation.value
        if operation.action is Action.MAKE_TEXT:
            value = self._wordings[operation.id] = Chronicle((), self._order)
        elif operation.action is not Action.SET:
            value = None
        born = of(operation.id)
        self._made[operation.id] = _Choice(operation.id, born, gone, value)
        yield born
        yield from gone

    def wording(self, text: ElementId | None) -> Chronicle | None:
        """The past of a text that is a choice."""
        return self._wordings.get(text) if text else None

    def knows(self, choices: Iterable[ElementId]) -> bool:
        """Whether all of some choices were made here."""
        return all(one in self._made for one in choices)

    def change(self, operation: Operation, position: int) -> None:
        """Take one more operation as a change holds it: with what it takes the place of."""
        for taken in operation.predecessors:
            self._made[taken].gone.append(position)
        if operation.action is Action.SET:
            made = _Choice(operation.id, position, [], operation.value)
            self._made[operation.id] = made

    def at(self, moment: Moment) -> StructureChoice:
        """What was chosen at a version."""
        standing = [
            one
            for one in self._made.values()
            if moment[one.born] and not any(moment[at] for at in one.gone)
        ]
        if not standing:
            return StructureChoice.NOT_CHOSEN
        value = max(standing, key=lambda one: one.id).value
        said = value.text(moment) if isinstance(value, Chronicle) else value
        if not isinstance(said, str) or said not in _KNOWN:
            return StructureChoice.NOT_CHOSEN
        return StructureChoice(said)
