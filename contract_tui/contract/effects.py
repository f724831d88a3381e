"""What changes of others touch, read from their operations before the document applies them."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from contract_tui.contract.crdt import Heads
from contract_tui.contract.schema import SEATS_MAP, TURNS_LIST, PartId
from contract_tui.contract.text.mirror import TextChange
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.operations import Action, ElementId, Operation, operations

_MOST_READ = 1_000
"""Changes beyond which reading the texts again is cheaper than reading their operations."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changes of others touched."""

    parts: frozenset[PartId] = frozenset()
    seats: bool = False
    choice: bool = False
    outline: bool = False
    """Sections, seats, the choice or anything else that is not running text."""
    items: bool = False
    """Whether supports, goals, promises, reflections or notes are others, or stand otherwise."""


@dataclass(slots=True)
class _Tally:
    inserted: dict[ElementId, str] = field(default_factory=dict)
    deleted: set[ElementId] = field(default_factory=set)
    plain: bool = True

    def add(self, operation: Operation) -> None:
        value = operation.value
        match operation.action:
            case Action.MARK:
                pass
            case Action.DELETE:
                self.deleted.update(operation.predecessors)
            case Action.SET if operation.insert and isinstance(value, str) and len(value) == 1:
                self.inserted[operation.id] = value
            case _:
                self.plain = False

    def change(self) -> TextChange:
        return TextChange(self.inserted, frozenset(self.deleted), self.plain)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a batch of changes touches."""

    texts: dict[ElementId, TextChange]
    """By Text object."""
    objects: frozenset[ElementId]
    """Everything else in which something changes, but for the root."""
    outline: bool
    """Whether something other than text changes: sections, seats, choices, anything unknown."""
    seats: bool
    choice: bool


def foresee(
    news: Sequence[bytes | Change], heads: Heads, texts: Container[ElementId]
) -> tuple[Effects | None, Heads]:
    """Read what changes will do, and the heads they lead to if each can be applied at once.

    None where that cannot be told, or where reading the texts again will be cheaper. Only raw
    changes are parsed.
    """
    if len(news) > _MOST_READ:
        return None, ()
    try:
        changes = [change for one in news for change in _parsed(one)]
        return effects([change.raw for change in changes], texts), heads_after(heads, changes)
    except BadChunk:
        return None, ()


def effects(raws: Sequence[bytes], texts: Container[ElementId]) -> Effects:
    """Read what changes do to the given Text objects and to the rest; raises BadChunk."""
    tallies: dict[ElementId, _Tally] = defaultdict(_Tally)
    objects: set[ElementId] = set()
    outline = seats = choice = False
    for raw in raws:
        for operation in operations(raw):
            obj = operation.object
            if obj is not None and obj in texts:
                tallies[obj].add(operation)
            elif obj != TURNS_LIST:
                outline = True
                if obj is not None:
                    objects.add(obj)
                seats = seats or obj == SEATS_MAP
                choice = choice or (obj is None and operation.key == "structure_choice")
    changes = {obj: tally.change() for obj, tally in tallies.items()}
    return Effects(changes, frozenset(objects), outline, seats, choice)


def _parsed(one: bytes | Change) -> Sequence[Change]:
    return [one] if isinstance(one, Change) else parse_changes([one])


def heads_after(heads: Heads, changes: Sequence[Change]) -> Heads:
    """Return the heads that changes lead to if each can be applied at once."""
    built_upon = {dep for change in changes for dep in change.deps}
    newest = {*heads, *(change.hash for change in changes)} - built_upon
    return tuple(sorted(newest))
