"""Changes on their way from connections into graphs and from graphs onto the disk."""

from collections import deque

from sync_server.protocol.ids import DocumentId
from sync_server.relay.effects import Effect, Hold, Release
from sync_server.relay.limits import Limits
from sync_server.relay.room import Link, Member, Room
from sync_server.relay.upload import Upload
from sync_server.storage.port import StoredChange


class Intake:
    """The line of connections with something to take, and the batch that is being taken.

    Each connection's messages are taken in their order; connections take turns, a slice each.
    """

    def __init__(self, limits: Limits) -> None:
        self.batch: list[StoredChange] = []
        """What is in the graphs and not yet on the disk."""
        self.grown: dict[Room, None] = {}
        """The rooms of the batch."""
        self.answers: list[tuple[Member, Upload]] = []
        """Whose messages are taken and wait for the disk."""
        self._limits = limits
        self._line: deque[Link] = deque()

    def __bool__(self) -> bool:
        """Whether anyone stands in line."""
        return bool(self._line)

    def put(self, link: Link, upload: Upload) -> list[Effect]:
        """Put a message in line; a connection with too much in line is not read from."""
        link.inbox.append(upload)
        link.inbox_size += upload.size
        self._line_up(link)
        if link.held or link.inbox_size <= self._limits.inbox:
            return []
        link.held = True
        return [Hold(link.id)]

    def next(self) -> Link:
        """Whose turn it is; it leaves the line until `done` or `resume`."""
        return self._line.popleft()

    def resume(self, links: list[Link]) -> None:
        """Let those continue who waited for their document to be loaded."""
        self._line.extend(links)

    def take(self, member: Member, upload: Upload, count: int) -> int:
        """Take up to `count` changes into the graph; returns what it cost. Raises BadChunk."""
        graph = member.room.graph
        changes = upload.take(count)
        first = len(graph)
        try:
            if upload.finished:
                member.sync.receive(upload.message, changes)
            else:
                graph.add(changes)
        finally:  # what entered before a refused change has entered, and must be stored
            upload.entered += self._collect(member.room, first)
        if upload.finished:
            self.answers.append((member, upload))
        return 1 + len(changes)

    def done(self, link: Link) -> list[Effect]:
        """End a turn."""
        effects: list[Effect] = []
        if link.inbox[0].finished:
            link.inbox_size -= link.inbox.pop(0).size
            if link.held and link.inbox_size <= self._limits.inbox // 2:
                link.held = False
                effects.append(Release(link.id))
        link.queued = False
        if link.inbox:
            self._line_up(link)
        return effects

    def withdraw(self, room: Room) -> None:
        """Leave a document out of the batch."""
        document: DocumentId = room.document
        self.batch = [change for change in self.batch if change.document != document]
        self.grown.pop(room, None)

    def _line_up(self, link: Link) -> None:
        if not link.queued:
            link.queued = True
            self._line.append(link)

    def _collect(self, room: Room, first: int) -> int:
        """Put the changes from a position on into the batch; returns how many."""
        graph = room.graph
        positions = range(first, len(graph))
        for position, raw in zip(positions, graph.raws(positions), strict=True):
            header = graph.header(position)
            self.batch.append(
                StoredChange(
                    room.document,
                    position,
                    header.hash,
                    header.deps,
                    header.actor,
                    header.seq,
                    header.start_op,
                    header.max_op,
                    raw,
                )
            )
        if positions:
            self.grown[room] = None
        return len(positions)
