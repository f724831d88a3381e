"""Which changes are left aside: those that cannot be read, and what was made on top of them."""

from collections import Counter
from collections.abc import Iterable

from sync_server.access.keys import DEVICE_PREFIX_SIZE
from sync_server.protocol.ids import Actor, ChangeHash

MOST_TRIED = 8
"""Unreadable changes of one device after which nothing further of it is tried.

Each costs the time to build the document again, and nobody may spend that of others at will.
"""


class Aside:
    """Grows with each change that is looked at; look at those first that others build on."""

    def __init__(self, accused: Iterable[tuple[ChangeHash, Actor]] = ()) -> None:
        self.accused: dict[ChangeHash, Actor] = dict(accused)
        """Those that cannot be read, and who made them."""
        self.hashes: set[ChangeHash] = set()
        """Everything that is aside, as far as it has been looked at."""
        self._actors: set[Actor] = set()
        self._faults: Counter[bytes] = Counter()

    @property
    def waiting(self) -> int:
        """How many changes are aside only because of others."""
        return len(self.hashes - self.accused.keys())

    def holds(self, actor: Actor) -> bool:
        """Whether what an actor makes from now on would be aside too."""
        return actor in self._actors

    def accuse(self, change: ChangeHash, actor: Actor) -> None:
        """Put a change aside that cannot be read."""
        self.accused[change] = actor
        if change not in self.hashes:
            self._faults[actor[:DEVICE_PREFIX_SIZE]] += 1
        self._put(change, actor)

    def takes(self, change: ChangeHash, deps: Iterable[ChangeHash], actor: Actor) -> bool:
        """Look at a change: tell whether it is aside."""
        if change in self.hashes:
            return True
        if change in self.accused:
            self.accuse(change, actor)
            return True
        # The library takes no change of an actor of whom it lacks an earlier one.
        if (
            actor in self._actors
            or self._faults[actor[:DEVICE_PREFIX_SIZE]] >= MOST_TRIED
            or not self.hashes.isdisjoint(deps)
        ):
            self._put(change, actor)
            return True
        return False

    def _put(self, change: ChangeHash, actor: Actor) -> None:
        self.hashes.add(change)
        self._actors.add(actor)
