"""The documents in memory: opened, compacted when that pays, forgotten when nobody has them."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from sync_server.hub.deadlines import Deadlines
from sync_server.hub.due import Due, Forget, Look
from sync_server.hub.effects import Compact, Effect, Load
from sync_server.hub.limits import Limits
from sync_server.hub.rates import Bucket
from sync_server.hub.room import Link, Room
from sync_server.hub.waiting import Outside
from sync_server.protocol.graph import Graph, Snapshot
from sync_server.protocol.ids import DocumentId
from sync_server.storage.port import ERASED, StoredHeader, StoredRecord, StoredSnapshot

Fetch = Callable[[DocumentId, int, int], Sequence[bytes]]
"""Reads a document's raw changes from a first to a last position, both included."""


class Shelf:
    """Rooms by document, and the loads that fill them."""

    def __init__(self, fetch: Fetch, limits: Limits, deadlines: Deadlines[Due]) -> None:
        self.loading: deque[Load] = deque()
        """Slices to read, one document after the other."""
        self._fetch = fetch
        self._limits = limits
        self._deadlines = deadlines
        self._rooms: dict[DocumentId, Room] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    def __contains__(self, room: Room) -> bool:
        return self._rooms.get(room.document) is room

    def get(self, document: DocumentId) -> Room | None:
        """The document's room, if it is in memory."""
        return self._rooms.get(document)

    def open(self, document: DocumentId, now: float) -> Room:
        """Begin to load a document."""
        outside = Outside()
        graph = Graph(partial(self._fetch, document), outside, validate=True)
        growth = Bucket(self._limits.changes, now)
        room = self._rooms[document] = Room(document, graph, outside, growth)
        self.left_empty(room, now)
        self.loading.append(Load(document, 0, self._limits.load_slice))
        return room

    def loaded(
        self,
        room: Room,
        headers: Sequence[StoredHeader],
        snapshot: StoredSnapshot | None,
        records: Sequence[StoredRecord],
    ) -> list[Link]:
        """Take a slice; returns who waited, once it was the last. Raises BadChunk if damaged."""
        room.graph.restore(headers)
        if len(headers) == self._limits.load_slice:
            self.loading.append(Load(room.document, len(room.graph), self._limits.load_slice))
            return []
        if snapshot and snapshot.covers <= len(room.graph):
            _cover(room, snapshot)
        room.custody.restore(records)
        room.erased = any(record.kind == ERASED for record in records)
        room.loaded = True
        waiting, room.waiting = room.waiting, []
        return waiting

    def remove(self, room: Room) -> None:
        """Let a document go."""
        if room in self:
            del self._rooms[room.document]

    @property
    def rooms(self) -> Iterable[Room]:
        """All of them."""
        return self._rooms.values()

    @property
    def held(self) -> int:
        """Bytes of memory for what waits for seals in all of them."""
        return sum(held.memory for room in self.rooms for held in room.outside.waiting)

    # Snapshots

    def grown(self, room: Room, now: float) -> list[Effect]:
        """Note that a document has new changes, all on the disk."""
        room.changed_at = now
        if not room.watched:
            room.watched = True
            self._deadlines.add(now + self._limits.quiet, Look(room))
        snapshot = room.graph.snapshot
        return self._compact(
            room, max(self._limits.busy_tail, len(snapshot.data) if snapshot else 0)
        )

    def look(self, room: Room, now: float) -> list[Effect]:
        """Compact a document that has become quiet, so that newcomers are served well."""
        if room not in self:
            return []
        quiet_at = room.changed_at + self._limits.quiet
        if now < quiet_at:
            self._deadlines.add(quiet_at, Look(room))
            return []
        room.watched = False
        return self._compact(room, self._limits.quiet_tail)

    def compacted(self, document: DocumentId, snapshot: StoredSnapshot | None) -> None:
        """Use a verified and stored snapshot; None if none could be made."""
        room = self._rooms.get(document)
        if room is None:
            return
        room.compacting = False
        if snapshot and snapshot.covers <= len(room.graph):
            _cover(room, snapshot)
        else:
            room.next_compaction = 2 * room.graph.size

    def _compact(self, room: Room, least: int) -> list[Effect]:
        if room.compacting or room.tail <= least or room.graph.size < room.next_compaction:
            return []
        room.compacting = True
        return [Compact(room.document, len(room.graph), room.graph.heads)]

    # Forgetting

    def left_empty(self, room: Room, now: float) -> None:
        """Note that nobody has a document open."""
        room.empty_since = now
        self._deadlines.add(now + self._limits.keep, Forget(room))

    def forget(self, room: Room, now: float) -> None:
        """Let a document go that nobody has had open for a while."""
        if room.empty_since is None or room not in self:
            return
        forget_at = room.empty_since + self._limits.keep
        if now < forget_at or room.waiting or room.bearers or room.compacting:
            self._deadlines.add(max(forget_at, now + self._limits.keep / 4), Forget(room))
        else:
            self.remove(room)


def _cover(room: Room, snapshot: StoredSnapshot) -> None:
    room.graph.snapshot = Snapshot(snapshot.covers, snapshot.data)
    room.covered_size = room.graph.size_of(range(snapshot.covers))
