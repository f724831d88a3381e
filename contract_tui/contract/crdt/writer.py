"""What one change of one's own is written with."""

from collections.abc import Iterator
from functools import partial

from automerge.core import ScalarType, Transaction

from contract_tui.contract.crdt.telling import TYPES, width_of
from contract_tui.contract.names import ObjectId, read_name, write_name
from contract_tui.contract.opening.alarm import unless_panic
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item, Kind, Odd
from sync_server.protocol.operations import ElementId

_STOP = "."
_SHORT = 64
"""Characters that are inserted without a stop: many changes are shorter, and stay small."""


class Writer:
    """What can be written in one change."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def splice(self, obj: ElementId, splice: Splice, *, plain: bool = True) -> None:
        """Replace characters of a Text.

        `plain` tells that every element is one code point. If not, the splice must not cut one.
        Operations: the stop if there `has_stop`, the insertions, the deletions, the stop's first.
        """
        name = write_name(obj)
        left = self._transaction.length(name) + splice.length_change
        first = splice.start if plain else self._elements_before(name, splice.start)
        if has_stop(splice):
            self._transaction.insert(name, first, ScalarType.Str, _STOP)
        for index, character in enumerate(splice.text, first):
            self._transaction.insert(name, index, ScalarType.Str, character)
        behind = splice.start + len(splice.text)
        while self._transaction.length(name) > left:
            self._transaction.delete(name, behind)

    def ids(self, obj: ElementId, start: int, end: int) -> list[ElementId]:
        """Return which characters of a Text stand between two offsets by now."""
        name = write_name(obj)
        found = [self._transaction.get(name, index) for index in range(start, end)]
        return [read_name(one[1]) for one in found if one is not None]

    def _elements_before(self, name: bytes, offset: int) -> int:
        """Count elements: the library inserts at an element but reads and deletes at an offset."""
        found = unless_panic(lambda: self._transaction.values(name))
        widths = self._widths(name) if isinstance(found, Odd) else (width_of(v) for v, _ in found)
        count = at = 0
        for width in widths:
            if at >= offset:
                break
            at += width
            count += 1
        return count

    def _widths(self, name: bytes) -> Iterator[int]:
        """Yield the width of one element after the other, where one of them makes a panic."""
        at, length = 0, self._transaction.length(name)
        while at < length:
            found = unless_panic(partial(self._transaction.get, name, at))
            width = 1 if found is None or isinstance(found, Odd) else width_of(found[0])
            yield width
            at += width

    def append(self, obj: ElementId, number: int) -> None:
        """Append an integer to a list."""
        name = write_name(obj)
        self._transaction.insert(name, self._transaction.length(name), ScalarType.Int, number)

    def put(self, obj: ObjectId, key: str, item: Item) -> None:
        """Set a key of a map; a mapping becomes a new map with its keys."""
        match item:
            case bool():
                self._transaction.put(write_name(obj), key, ScalarType.Boolean, item)
            case int():
                self._transaction.put(write_name(obj), key, ScalarType.Int, item)
            case str():
                self._transaction.put(write_name(obj), key, ScalarType.Str, item)
            case _:
                inner = self.make(obj, key, Kind.MAP)
                for name, part in item.items():
                    self.put(inner, name, part)

    def delete(self, obj: ObjectId, key: str) -> None:
        """Take a key out of a map; what it held stays in the past."""
        self._transaction.delete(write_name(obj), key)

    def make(self, obj: ObjectId, key: str, kind: Kind) -> ElementId:
        """Put a new, empty object under a key."""
        return read_name(self._transaction.put_object(write_name(obj), key, TYPES[kind]))


def has_stop(splice: Splice) -> bool:
    """Return whether `Writer.splice` puts in a character first and takes it out at the end.

    It stands between the text and what may be thousands of deleted characters. Each insertion would
    walk through all of them, at 12 ns a character.
    """
    return len(splice.text) > _SHORT
