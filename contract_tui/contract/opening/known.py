"""What was read of the maps of a document, kept until something in one of them changes.

To read a goal costs some hundred microseconds. A contract has a handful, but anybody who is in it
can add thousands, and each change of any of them would have all of them read again.
"""

from collections.abc import Collection
from typing import Generic, TypeVar

from sync_server.protocol.operations import ElementId

_Read = TypeVar("_Read")


class Known(Generic[_Read]):
    """What was read, by the map that it was read of."""

    def __init__(self) -> None:
        self._read: dict[ElementId, _Read] = {}
        self._owners: dict[ElementId, ElementId] = {}

    def get(self, obj: ElementId) -> _Read | None:
        """What is known of a map; None where it has to be read."""
        return self._read.get(obj)

    def keep(self, obj: ElementId, read: _Read, within: Collection[ElementId]) -> None:
        """Keep what was read of a map and of the objects within it."""
        self._read[obj] = read
        self._owners.update(dict.fromkeys((obj, *within), obj))

    def forget(self, touched: Collection[ElementId] | None = None) -> None:
        """Forget what was read of some objects that changed; of all of them by default."""
        if touched is None:
            self._read.clear()
            self._owners.clear()
            return
        for obj in touched:
            if (owner := self._owners.get(obj)) is not None:
                self._read.pop(owner, None)
