"""What was said of a contract and its things beside their words, at every version."""

from collections.abc import Iterator, Mapping

from contract_tui.contract.schema import STRUCTURE, PartId
from contract_tui.history.chronicle import Chronicle
from contract_tui.history.order import Order
from contract_tui.history.register import Register
from sync_server.protocol.ids import ElementId
from sync_server.protocol.operations import Action, Operation

CHOICE_KEY, REVISIT_KEY = "structure_choice", "revisit"
_ROOT = {CHOICE_KEY: STRUCTURE, REVISIT_KEY: STRUCTURE}
Key = tuple[ElementId | None, str]
"""A key of a map; None: of the contract itself."""


class Things:
    """A register for each key under which anybody said something."""

    def __init__(self, order: Order, owners: Mapping[ElementId, PartId]) -> None:
        """`owners` are the maps of sections and things, each with the part that it belongs to."""
        self._order = order
        self._owners = owners
        self.registers: dict[Key, Register] = {}
        self._wordings: dict[ElementId, tuple[PartId, Chronicle]] = {}

    def part(self, operation: Operation) -> PartId | None:
        """The part that an operation changes without writing in it; None for all others."""
        if operation.object is None:
            return _ROOT.get(str(operation.key))
        return self._owners.get(operation.id) or self._owners.get(operation.object)

    def wording(self, text: ElementId | None) -> tuple[PartId, Chronicle] | None:
        """The past of a text that programs of others put where a plain value belongs."""
        return self._wordings.get(text) if text else None

    def add(self, operation: Operation, part: PartId) -> Iterator[int]:
        """Take an operation with its successors; yields the positions of all it is about."""
        register = self._register(operation)
        yield from register.add(operation)
        if operation.action is Action.MAKE_TEXT:
            self._wordings[operation.id] = part, register.wordings[operation.id]

    def knows(self, operation: Operation, made: set[ElementId]) -> bool:
        """Whether an operation as a change holds it can be followed."""
        register = self.registers.get(_key(operation))
        values = set(operation.predecessors) - made
        usual = operation.action in (Action.SET, Action.DELETE)
        return usual and (not values or (register is not None and register.knows(values)))

    def change(self, operation: Operation, position: int) -> None:
        """Take one more operation as a change holds it."""
        self._register(operation).change(operation, position)

    def _register(self, operation: Operation) -> Register:
        key = _key(operation)
        if key not in self.registers:
            self.registers[key] = Register(self._order)
        return self.registers[key]


def _key(operation: Operation) -> Key:
    return operation.object, str(operation.key)
