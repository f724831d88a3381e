"""What people noted of conferences: as it stands in a document, and as it stood there once.

A document shows one value under each key. Any program can write over what another wrote, or take it
out, and then nobody sees it there any more. But it was noted: it is in the past, and is found there
(`Gathered`). What is hidden so in a document is read beside what stands in it (`Standing`).
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind, Value
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.values import Odd
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import Action, ElementId, Operation

CONFERENCES = ROOT_OBJECTS["conferences"]
MAPS = ("moves", "people", "insisted", "confirmed", "not_mine", "standby")
"""The maps in an entry."""
_PASSING = frozenset({"phase", "phase_since", "ended_at"})
"""What anybody writes over, for programs that only look: it is never read."""
_ONCE = frozenset({"number", *MAPS})
"""What is written once and then stays, in an entry that a program of ours has made."""


class Note(NamedTuple):
    """One value that somebody put under a key."""

    by: ElementId
    """The operation; of a map also what it is called."""
    value: Value

    @property
    def is_map(self) -> bool:
        """Whether it is a map, in which more may stand."""
        return isinstance(self.value, Branch) and self.value.kind is Kind.MAP


class Noted(Protocol):
    """Where the notes are read from."""

    def keys(self, obj: ElementId) -> Iterable[str]:
        """The keys of a map, sorted."""

    def notes(self, obj: ElementId, key: str) -> Iterable[Note]:
        """What somebody put under a key, in no order; of one computer at least the last."""

    def maps(self, obj: ElementId) -> Iterable[tuple[str, ElementId]]:
        """The maps in a map, with their keys, in the order in which they were made."""

    def stands(self, obj: ElementId, key: str, by: ElementId) -> bool:
        """Whether what an operation put under a key is what everybody sees there."""


Hidden = Mapping[ElementId, Mapping[str, tuple[Note, ...]]]
"""What does not stand any more, by the map and the key that it stood under."""
NOTHING: Hidden = MappingProxyType({})
_NO_KEYS: Mapping[str, tuple[Note, ...]] = MappingProxyType({})


class Standing:
    """What stands in a document, and beside it what is known to be hidden there."""

    def __init__(
        self, document: CrdtDocument, hidden: Hidden = NOTHING, heads: Heads | None = None
    ) -> None:
        """`heads` is the version that is read; None for the newest."""
        self._document, self._hidden, self._heads = document, hidden, heads

    def keys(self, obj: ElementId) -> Iterable[str]:
        """The keys of a map, sorted."""
        keys, hidden = self._document.keys(obj, self._heads), self._hidden.get(obj)
        return sorted({*keys, *hidden}) if hidden else keys

    def notes(self, obj: ElementId, key: str) -> Iterable[Note]:
        """What stands under a key, and what did."""
        value, by = self._document.found(obj, key, self._heads)
        if by is not None:
            yield Note(by, value)
        if obj in self._hidden:
            yield from self._hidden[obj].get(key, ())

    def maps(self, obj: ElementId) -> Iterable[tuple[str, ElementId]]:
        """The maps in a map, with their keys, in the order in which they were made."""
        held = self._document.items(obj, self._heads)
        found = [
            (key, Note(one.object, one)) for key, one in held.items() if isinstance(one, Branch)
        ]
        hidden = self._hidden.get(obj, _NO_KEYS)
        found += [(key, one) for key, notes in hidden.items() for one in notes]
        return sorted(((key, one.by) for key, one in found if one.is_map), key=_made)

    def stands(self, obj: ElementId, key: str, by: ElementId) -> bool:
        """Whether what an operation put under a key is what everybody sees there."""
        return self._document.found(obj, key, self._heads)[1] == by


class Gathered:
    """Everything that was ever noted, gathered from the operations of a document."""

    def __init__(self) -> None:
        self._inside: dict[ElementId, dict[str, list[Note]]] = {CONFERENCES: {}}

    def add(self, one: Operation) -> None:
        """Gather what an operation notes; an object has to be made before it is written in."""
        held = self._inside.get(one.object) if one.object else None
        if held is None or not isinstance(one.key, str) or one.action is Action.DELETE:
            return
        if one.action is Action.MAKE_MAP:
            self._inside[one.id] = {}
        held.setdefault(one.key, []).append(Note(one.id, _value(one)))

    def keys(self, obj: ElementId) -> Iterable[str]:
        """The keys of a map, sorted."""
        return sorted(self._inside.get(obj, ()))

    def notes(self, obj: ElementId, key: str) -> Iterable[Note]:
        """Everything that was ever put under a key."""
        return self._inside.get(obj, {}).get(key, ())

    def maps(self, obj: ElementId) -> Iterable[tuple[str, ElementId]]:
        """The maps in a map, with their keys, in the order in which they were made."""
        held = self._inside.get(obj, {})
        found = ((key, one.by) for key, notes in held.items() for one in notes if one.is_map)
        return sorted(found, key=_made)

    def stands(self, obj: ElementId, key: str, by: ElementId) -> bool:
        """Whether nothing was put under a key after what an operation put there."""
        return by == max((one.by for one in self.notes(obj, key)), default=None)

    def within(self, objects: Iterable[ElementId]) -> Iterator[ElementId]:
        """Yield all operations that noted something in some maps, and in the maps in them."""
        waiting = list(objects)
        while waiting:  # maps in maps may lie deeper than calls can
            held = self._inside.get(waiting.pop(), {})
            for one in (one for notes in held.values() for one in notes):
                yield one.by
                if one.is_map:
                    waiting.append(one.by)

    def hidden(self, document: CrdtDocument) -> Hidden:
        """What does not stand in a document any more, where not only its own computer wrote."""
        found: dict[ElementId, dict[str, tuple[Note, ...]]] = {}
        for obj, held in self._inside.items():
            for key, notes in held.items():
                if key in _PASSING:
                    continue
                stands = document.found(obj, key)[1]
                is_own = stands is not None and {*map(_computer, notes)} == {_at(stands)}
                if is_own and not _stays(obj, key):
                    continue
                if missing := tuple(one for one in notes if one.by != stands):
                    found.setdefault(obj, {})[key] = missing
        return found


def hides(document: CrdtDocument, one: Operation, known: Heads) -> bool:
    """Whether an operation on the notes, which has come, may have hidden what others noted.

    Or has hidden what nobody writes over, be it their own. `known` are the heads of before.
    """
    obj, key = one.object, one.key
    if not isinstance(obj, ElementId) or not isinstance(key, str) or key in _PASSING:
        return False
    if any(_at(before) != _at(one.id) for before in one.predecessors):
        return True
    if one.predecessors and _stays(obj, key):
        return True
    stands = document.found(obj, key)[1]
    if stands is None or _at(stands) != _at(one.id):
        return True
    stood = document.found(obj, key, known)[1] if known else None
    return stood is not None and _at(stood) != _at(stands)


def _stays(obj: ElementId, key: str) -> bool:
    return obj == CONFERENCES or key in _ONCE


def _value(one: Operation) -> Value:
    if one.action is Action.MAKE_MAP:
        return Branch(Kind.MAP, one.id)
    return one.value if one.action is Action.SET else Odd.UNREADABLE


def _made(place: tuple[str, ElementId]) -> ElementId:
    return place[1]


def _computer(one: Note) -> SeatId:
    return _at(one.by)


def _at(operation: ElementId) -> SeatId:
    return seat_of(Actor(operation.actor))
