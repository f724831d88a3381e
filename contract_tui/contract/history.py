"""How a contract came to be: all its changes in one order that everybody agrees on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contract_tui.contract.chronicle import Chronicle
from contract_tui.contract.crdt import Heads
from contract_tui.contract.schema import STRUCTURE, TURNS_LIST, PartId
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.operations import ElementId, Operation, operations


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in the order of the history."""

    change: Change
    parts: tuple[PartId, ...]
    """The parts that it wrote in; the structure section too when the choice was made."""
    turn_at: int | None
    """Seconds since 1970, where it says that a turn begins."""


class History:
    """The changes of a contract, each after those it was made upon, the same for everybody."""

    def __init__(self, raws: Iterable[bytes], texts: dict[PartId, ElementId]) -> None:
        parsed = {change.hash: change for change in parse_changes(raws)}
        order = sorted(parsed.values(), key=lambda change: (change.start_op, change.actor))
        self._parts = {obj: part for part, obj in texts.items()}
        self.chronicles: dict[PartId, Chronicle] = {part: Chronicle() for part in texts}
        self.entries = [self._entry(change, at) for at, change in enumerate(order)]

    def heads_after(self, positions: Sequence[int]) -> list[Heads]:
        """Return the heads once the change at each of some ascending positions is made."""
        newest: set[ChangeHash] = set()
        found: list[Heads] = []
        wanted = iter([*positions, -1])
        position = next(wanted)
        for at, entry in enumerate(self.entries):
            newest.difference_update(entry.change.deps)
            newest.add(entry.change.hash)
            while at == position:
                found.append(tuple(sorted(newest)))
                position = next(wanted)
        return found

    def _entry(self, change: Change, position: int) -> Entry:
        parts: dict[PartId, None] = {}
        turn_at: int | None = None
        for operation in _operations(change):
            part = self._part(operation)
            if part is not None:
                parts[part] = None
            if operation.object == TURNS_LIST and type(operation.value) is int:
                turn_at = operation.value
            if operation.object in self._parts:
                self.chronicles[self._parts[operation.object]].add(operation, position)
        return Entry(change, tuple(parts), turn_at)

    def _part(self, operation: Operation) -> PartId | None:
        if operation.object is None:
            return STRUCTURE if operation.key == "structure_choice" else None
        return self._parts.get(operation.object)


def _operations(change: Change) -> Iterator[Operation]:
    """Yield the operations of a change; none where its columns do not fit together."""
    try:
        yield from operations(change.raw)
    except BadChunk:
        return
