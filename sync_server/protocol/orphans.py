"""Changes that arrived before what they were made on top of."""

from collections.abc import Container, Iterable

from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import ChangeHash


class Orphans:
    """A bounded waiting room, in memory only.

    When it is full the oldest leave: the sync protocol asks for them again, whereas a refusal would
    let one peer lock the others out.
    """

    def __init__(self, most: int = 20_000, most_bytes: int = 16 << 20) -> None:
        """Keep at most so many changes with at most so many bytes together."""
        self._most = most
        self._most_bytes = most_bytes
        self._changes: dict[ChangeHash, Change] = {}
        self._waiting_for: dict[ChangeHash, set[ChangeHash]] = {}
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._changes)

    def get(self, change: ChangeHash) -> Change | None:
        """Return a waiting change."""
        return self._changes.get(change)

    def put(self, change: Change, missing: Iterable[ChangeHash]) -> None:
        """Let a change wait for its missing dependencies."""
        if change.hash in self._changes:
            return
        self._changes[change.hash] = change
        self._bytes += len(change.raw)
        for dep in missing:
            self._waiting_for.setdefault(dep, set()).add(change.hash)
        while len(self._changes) > self._most or self._bytes > self._most_bytes:
            self._remove(next(iter(self._changes)))

    def pop_ready(self, arrived: ChangeHash, present: Container[ChangeHash]) -> list[Change]:
        """Take out the changes that waited for this one and for nothing else any more."""
        waiting = self._waiting_for.get(arrived, ())
        ready = [
            change
            for change in map(self._changes.__getitem__, sorted(waiting))
            if all(dep in present for dep in change.deps)
        ]
        for change in ready:
            self._remove(change.hash)
        return ready

    def _remove(self, name: ChangeHash) -> None:
        change = self._changes.pop(name)
        self._bytes -= len(change.raw)
        for dep in change.deps:
            waiting = self._waiting_for.get(dep)
            if waiting is not None:
                waiting.discard(name)
                if not waiting:
                    del self._waiting_for[dep]
