"""What covers an actor's work up to one of its changes: of each actor the newest counts.

A seal does, and a voucher; each was verified before it comes here.
"""

from collections.abc import Iterable

from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph, HeaderLike
from sync_server.protocol.ids import Actor, ChangeHash, DocumentId
from sync_server.storage.port import StoredRecord


class Covering:
    """One kind of what covers changes; some of it comes before the change that it names."""

    __slots__ = (
        "_contract",
        "_early",
        "_fresh",
        "_graph",
        "_kind",
        "_most",
        "_most_early",
        "_newest",
    )

    def __init__(
        self,
        contract: DocumentId,
        kind: str,
        graph: Graph,
        most: int | None = None,
        most_early: int = 0,
    ) -> None:
        """At most `most` are kept, if that is bounded, and `most_early` that came early."""
        self._contract = contract
        self._kind = kind
        self._graph = graph
        self._most = most
        self._most_early = most_early
        self._newest: dict[Actor, tuple[int, bytes]] = {}
        """By actor, behind the number of the change that it names."""
        self._early: dict[tuple[Actor, ChangeHash], bytes] = {}
        self._fresh: list[ChangeHash] = []

    def __len__(self) -> int:
        return len(self._newest)

    def __contains__(self, change: Change) -> bool:
        """Whether a change that is not in the graph is named here itself."""
        return (change.actor, change.hash) in self._early

    @property
    def newest(self) -> Iterable[bytes]:
        """What counts, of each actor."""
        return [data for _, data in self._newest.values()]

    def is_news(self, actor: Actor, change: ChangeHash) -> bool:
        """Whether this covers more than what is here."""
        position = self._graph.positions.get(change)
        if position is None:
            return (actor, change) not in self._early
        return self._graph.header(position).seq > self._number(actor)

    def take(self, actor: Actor, change: ChangeHash, data: bytes) -> list[StoredRecord]:
        """Keep what was verified; returns what is new to the store.

        Where its change is not here, it waits for it, and only then is kept.
        """
        position = self._graph.positions.get(change)
        if position is not None:
            return self._keep(actor, data, self._graph.header(position))
        self._early[actor, change] = data
        self._fresh.append(change)
        if len(self._early) > self._most_early:
            del self._early[next(iter(self._early))]
        return []

    def take_fresh(self) -> list[ChangeHash]:
        """Take out what was named since this was asked last, and is not here."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def entered(self, header: HeaderLike) -> list[StoredRecord]:
        """Note that a change has entered the graph; returns what is new to the store."""
        data = self._early.pop((header.actor, header.hash), None) if self._early else None
        return self._keep(header.actor, data, header) if data else []

    def _number(self, actor: Actor) -> int:
        return self._newest.get(actor, (0, b""))[0]

    def _keep(self, actor: Actor, data: bytes, header: HeaderLike) -> list[StoredRecord]:
        if header.actor != actor or header.seq <= self._number(actor):
            return []
        if self._most is not None and actor not in self._newest and len(self) >= self._most:
            return []
        self._newest[actor] = (header.seq, data)
        return [StoredRecord(self._contract, self._kind, actor, data)]
