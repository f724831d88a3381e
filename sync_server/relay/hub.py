"""The relay without its sockets, its disk and its clock.

Frames and times go in, effects come out. The order of business is fixed: a frame is checked in
`receive`, its changes enter their graph in `apply`, the runner stores them in one transaction, and
only `committed` lets anyone speak of them. A graph is never ahead of the disk when its heads are
told to a peer, so that nothing is vouched for that a power cut could take back.
"""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import assert_never

from sync_server.protocol.codec import FrameLimits, decode, encode
from sync_server.protocol.errors import BadFrame, ProtocolError
from sync_server.protocol.graph import Graph, Snapshot
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import (
    PROTOCOL_VERSION,
    DocUnavailable,
    Ephemeral,
    Error,
    Gossip,
    Join,
    Leave,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)
from sync_server.protocol.sync import SyncMessage
from sync_server.relay.counters import Counters
from sync_server.relay.deadlines import Deadlines
from sync_server.relay.due import Acknowledge, Due, Forget, JoinBy, Look, Nudge
from sync_server.relay.effects import (
    Close,
    Compact,
    ConnectionId,
    Effect,
    Fault,
    Hold,
    Load,
    Release,
    Send,
    Store,
)
from sync_server.relay.limits import DEFAULT_LIMITS, Limits
from sync_server.relay.room import Link, Member, Room
from sync_server.relay.upload import Upload
from sync_server.storage.port import StoredChange, StoredHeader, StoredSnapshot

Fetch = Callable[[DocumentId, int, int], Sequence[bytes]]
"""Reads a document's raw changes from a first to a last position, both included."""

NORMAL, UNSUPPORTED, REFUSED, FAILED = 1000, 1003, 1008, 1011
"""Close codes of RFC 6455, section 7.4.1."""


class Hub:
    """All connections and all documents that they have open."""

    def __init__(
        self,
        identity: str,
        fetch: Fetch,
        limits: Limits = DEFAULT_LIMITS,
        frames: FrameLimits | None = None,
    ) -> None:
        """Begin without connections; `identity` is the store's, and stays over restarts."""
        self.peer = PeerId(f"relay-{identity}")
        self.counters = Counters()
        self._identity = identity
        self._fetch = fetch
        self._limits = limits
        self._frames = frames or FrameLimits()
        self._links: dict[ConnectionId, Link] = {}
        self._rooms: dict[DocumentId, Room] = {}
        self._line: deque[Link] = deque()
        self._loading: deque[Load] = deque()
        self._batch: list[StoredChange] = []
        self._changed: dict[Room, None] = {}
        self._answers: list[tuple[Member, Upload]] = []
        self._dirty: dict[Member, bool] = {}
        self._deadlines: Deadlines[Due] = Deadlines()

    @property
    def connections(self) -> int:
        """How many connections there are."""
        return len(self._links)

    @property
    def documents(self) -> int:
        """How many documents are in memory."""
        return len(self._rooms)

    @property
    def busy(self) -> bool:
        """Whether `apply` has something to do."""
        return bool(self._line or self._loading or self._dirty)

    @property
    def wake_at(self) -> float | None:
        """When `tick` has something to do, if nothing else happens."""
        return self._deadlines.next

    # Connections

    def connected(self, connection: ConnectionId, now: float) -> list[Effect]:
        """Take note of a connection, which now has a while to join."""
        link = self._links[connection] = Link(connection)
        self._deadlines.add(now + self._limits.join_within, JoinBy(link))
        return []

    def disconnected(self, connection: ConnectionId, now: float) -> list[Effect]:
        """Forget a connection."""
        link = self._links.get(connection)
        if link is not None:
            self._drop(link, now)
        return []

    def paused(self, connection: ConnectionId) -> None:
        """Stop speaking to a connection that reads too slowly."""
        link = self._links.get(connection)
        if link is not None:
            link.paused = True

    def resumed(self, connection: ConnectionId) -> None:
        """Speak again; what was missed meanwhile goes out as one message per document."""
        link = self._links.get(connection)
        if link is not None:
            link.paused = False
            for member in link.members.values():
                self._mark(member, ack=True)

    # Frames

    def receive(self, connection: ConnectionId, frame: bytes | str, now: float) -> list[Effect]:
        """Check a frame and put its changes in line; whoever sent a bad one is told and closed."""
        link = self._links.get(connection)
        if link is None:
            return []
        self.counters.frames += 1
        if isinstance(frame, str):
            return self._refuse(link, "text frames are not spoken here", now, UNSUPPORTED)
        try:
            return self._dispatch(link, decode(frame, self._frames), now)
        except ProtocolError as error:
            return self._refuse(link, str(error), now)

    def _dispatch(self, link: Link, message: WireMessage, now: float) -> list[Effect]:
        if isinstance(message, Join):
            return self._welcome(link, message)
        if link.peer is None:
            raise BadFrame("the first message must be join")
        match message:
            case Sync(_, _, document, data):
                return self._queue(link, Upload(document, SyncMessage.decode(data), False))
            case Request(_, _, document, data):
                return self._queue(link, Upload(document, SyncMessage.decode(data), True))
            case Ephemeral():
                return self._forward(link, link.peer, message)
            case Leave():
                self._drop(link, now)
                return [Close(link.id, NORMAL, "")]
            case DocUnavailable() | Error() | Gossip():
                return []
            case Peer():
                raise BadFrame("a peer message, which is the relay's to send")
            case _:
                assert_never(message)

    def _welcome(self, link: Link, message: Join) -> list[Effect]:
        if PROTOCOL_VERSION not in message.supported_protocol_versions:
            raise BadFrame(f"only protocol version {PROTOCOL_VERSION} is spoken here")
        if link.peer not in (None, message.sender_id):
            raise BadFrame("a second join under another name")
        link.peer = message.sender_id
        metadata = PeerMetadata(storage_id=self._identity, is_ephemeral=False)
        answer = Peer(self.peer, link.peer, PROTOCOL_VERSION, metadata)
        return [Send(link.id, encode(answer))]

    def _queue(self, link: Link, upload: Upload) -> list[Effect]:
        upload.check(self._limits.slice)  # a keystroke is refused before it waits for anything
        link.inbox.append(upload)
        link.inbox_size += upload.size
        self._line_up(link)
        if link.inbox_size <= self._limits.inbox or link.held:
            return []
        link.held = True
        return [Hold(link.id)]

    def _forward(self, link: Link, peer: PeerId, message: Ephemeral) -> list[Effect]:
        member = link.members.get(message.document_id)
        # Some programs send back what they hear from others; only the sender's own is passed on.
        if member is None or message.sender_id != peer:
            return []
        if message.session_id == link.session and message.count <= link.counted:
            return []
        link.session, link.counted = message.session_id, message.count
        others = (other for other in member.room.members.values() if other is not member)
        return [self._copy(message, other.link) for other in others]

    def _copy(self, message: Ephemeral, link: Link) -> Effect:
        assert link.peer is not None
        copy = Ephemeral(
            message.sender_id,
            link.peer,
            message.document_id,
            message.session_id,
            message.count,
            message.data,
        )
        return Send(link.id, encode(copy), droppable=True)

    # The batch

    def apply(self, now: float) -> list[Effect]:
        """Take a slice of what waits into the graphs; `committed` or `failed` must follow.

        Returns at most one `Load` and at most one `Store`.
        """
        effects: list[Effect] = []
        budget = self._limits.slice
        while self._line and budget > 0:
            link = self._line.popleft()
            if self._links.get(link.id) is link:
                budget -= self._advance(link, budget, now, effects)
        if self._loading:
            effects.append(self._loading.popleft())
        if self._batch:
            effects.append(Store(tuple(self._batch)))
        return effects

    def _advance(self, link: Link, budget: int, now: float, effects: list[Effect]) -> int:
        """Take a part of the connection's next message; returns what of the budget is spent."""
        upload = link.inbox[0]
        room = self._rooms.get(upload.document) or self._open(upload.document, now)
        if not room.loaded:
            room.waiting.append(link)
            return 0
        try:
            spent = self._take(link, room, upload, budget, now)
        except ProtocolError as error:
            effects += self._refuse(link, str(error), now)
            return 1
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            effects += [Fault(error), *self._condemn(room, "the relay failed", now)]
            return 1
        if upload.finished:
            del link.inbox[0]
            link.inbox_size -= upload.size
            if link.held and link.inbox_size <= self._limits.inbox // 2:
                link.held = False
                effects.append(Release(link.id))
        link.queued = False
        if link.inbox:
            self._line_up(link)
        return spent

    def _take(self, link: Link, room: Room, upload: Upload, budget: int, now: float) -> int:
        if not upload.checked:
            return 1 + upload.check(budget)
        member = self._member(link, room, now)
        changes = upload.take(budget)
        first = len(room.graph)
        try:
            if upload.finished:
                member.sync.receive(upload.message, changes)
            else:
                room.graph.add(changes)
        finally:  # what entered before a refused change has entered, and must be stored
            upload.entered += self._collect(room, first)
        if upload.finished:
            self._answers.append((member, upload))
        return 1 + len(changes)

    def _collect(self, room: Room, first: int) -> int:
        """Put the changes from a position on into the batch; returns how many."""
        graph = room.graph
        positions = range(first, len(graph))
        for position, raw in zip(positions, graph.raws(positions), strict=True):
            header = graph.header(position)
            self._batch.append(
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
            self._changed[room] = None
        return len(positions)

    def committed(self, now: float) -> list[Effect]:
        """What `apply` took is on the disk: tell everyone whom it concerns."""
        effects: list[Effect] = []
        self.counters.changes += len(self._batch)
        self._batch.clear()
        for room in self._changed:
            room.graph.trim()
            for member in room.members.values():
                self._mark(member, ack=False)
            effects += self._watch_size(room, now)
        self._changed.clear()
        for member, upload in self._answers:
            effects += self._answer(member, upload, now)
        self._answers.clear()
        dirty, self._dirty = self._dirty, {}
        for member, ack in dirty.items():
            effects += self._speak(member, ack, now)
        return effects

    def failed(self, now: float) -> list[Effect]:
        """What `apply` took could not be stored: let its documents go, and all who have them open.

        They come back, and the documents with them, as the disk has them.
        """
        effects: list[Effect] = []
        for room in list(self._changed):
            effects += self._condemn(room, "the relay cannot store changes now", now)
        return effects + self.committed(now)

    def _answer(self, member: Member, upload: Upload, now: float) -> list[Effect]:
        if not member.here:
            return []
        member.heard_at = now
        member.nudge_pause = min(member.nudge_pause, self._limits.nudge_after)
        if upload.request and not len(member.room.graph):
            assert member.link.peer is not None
            answer = DocUnavailable(self.peer, member.link.peer, upload.document)
            return [Send(member.link.id, encode(answer))]
        if not upload.entered:
            self._mark(member, ack=True)
        elif not member.ack_due:
            member.ack_due = True
            self._deadlines.add(now + self._limits.ack_delay, Acknowledge(member))
        return []

    def _speak(self, member: Member, ack: bool, now: float) -> list[Effect]:
        link = member.link
        if not member.here or link.paused or (member.sync.in_step and not ack):
            return []
        if _is_amid_upload(member):
            return []
        try:
            message = member.sync.generate(ack)
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            return [Fault(error), *self._condemn(member.room, "the relay failed", now)]
        if message is None:
            return []
        if not member.nudge_pause:
            member.nudge_pause = self._limits.nudge_after
            self._deadlines.add(now + member.nudge_pause, Nudge(member))
        assert link.peer is not None
        data = message.encode()
        return [Send(link.id, encode(Sync(self.peer, link.peer, member.room.document, data)))]

    # Documents

    def loaded(
        self,
        document: DocumentId,
        headers: Sequence[StoredHeader],
        snapshot: StoredSnapshot | None,
        now: float,
    ) -> list[Effect]:
        """Take what a `Load` found; the snapshot comes with the last slice, if there is one."""
        room = self._rooms.get(document)
        if room is None or room.loaded:
            return []
        try:
            room.graph.restore(headers)
        except ProtocolError as error:
            return [Fault(error), *self._condemn(room, "the document is damaged", now)]
        if len(headers) == self._limits.load_slice:
            self._loading.append(Load(document, len(room.graph), self._limits.load_slice))
            return []
        if snapshot and snapshot.covers <= len(room.graph):
            self._cover(room, snapshot)
        room.loaded = True
        self._line.extend(room.waiting)
        room.waiting.clear()
        return []

    def load_failed(self, document: DocumentId, now: float) -> list[Effect]:
        """A document cannot be read: close whoever waits for it."""
        room = self._rooms.get(document)
        return self._condemn(room, "the relay cannot read the document", now) if room else []

    def compacted(self, document: DocumentId, snapshot: StoredSnapshot | None) -> None:
        """Use a verified and stored snapshot, or None if none could be made."""
        room = self._rooms.get(document)
        if room is None:
            return
        room.compacting = False
        if snapshot and snapshot.covers <= len(room.graph):
            self._cover(room, snapshot)
        else:
            room.next_compaction = 2 * room.graph.size

    def _cover(self, room: Room, snapshot: StoredSnapshot) -> None:
        room.graph.snapshot = Snapshot(snapshot.covers, snapshot.data)
        room.covered_size = room.graph.size_of(range(snapshot.covers))

    def _watch_size(self, room: Room, now: float) -> list[Effect]:
        room.changed_at = now
        if not room.watched:
            room.watched = True
            self._deadlines.add(now + self._limits.quiet, Look(room))
        snapshot = room.graph.snapshot
        least = max(self._limits.busy_tail, len(snapshot.data) if snapshot else 0)
        return self._compact(room, least)

    def _compact(self, room: Room, least: int) -> list[Effect]:
        if room.compacting or room.tail <= least or room.graph.size < room.next_compaction:
            return []
        room.compacting = True
        return [Compact(room.document, len(room.graph), room.graph.heads)]

    def _open(self, document: DocumentId, now: float) -> Room:
        room = self._rooms[document] = Room(document, Graph(partial(self._fetch, document)))
        self._left_empty(room, now)
        self._loading.append(Load(document, 0, self._limits.load_slice))
        return room

    def _condemn(self, room: Room, reason: str, now: float) -> list[Effect]:
        """Let a document go that is not as the disk has it, and everyone who has it open."""
        if self._rooms.get(room.document) is room:
            del self._rooms[room.document]
        self._batch = [change for change in self._batch if change.document != room.document]
        self._changed.pop(room, None)
        links = [member.link for member in room.members.values()] + room.waiting
        effects: list[Effect] = []
        for link in links:
            effects += self._refuse(link, reason, now, FAILED)
        return effects

    # Time

    def tick(self, now: float) -> list[Effect]:
        """Do what is due; never call it between `apply` and `committed`."""
        effects: list[Effect] = []
        for due in self._deadlines.pop(now):
            match due:
                case JoinBy(link):
                    if link.peer is None:
                        effects += self._refuse(link, "no join within the time for it", now)
                case Acknowledge(member):
                    member.ack_due = False
                    self._mark(member, ack=True)
                case Nudge(member):
                    self._nudge(member, now)
                case Look(room):
                    effects += self._look(room, now)
                case Forget(room):
                    self._forget(room, now)
                case _:
                    assert_never(due)
        return effects

    def _nudge(self, member: Member, now: float) -> None:
        """Speak to a peer that is out of step and silent: something of ours must have got lost."""
        if not member.here or member.sync.in_step:
            member.nudge_pause = 0
            return
        if now - member.heard_at >= member.nudge_pause:
            member.sync.nudge()
            self._mark(member, ack=True)
            member.heard_at = now
            member.nudge_pause = min(2 * member.nudge_pause, self._limits.nudge_at_most)
        self._deadlines.add(member.heard_at + member.nudge_pause, Nudge(member))

    def _look(self, room: Room, now: float) -> list[Effect]:
        """Compact a document that became quiet, so that newcomers are served well."""
        if self._rooms.get(room.document) is not room:
            return []
        quiet_at = room.changed_at + self._limits.quiet
        if now < quiet_at:
            self._deadlines.add(quiet_at, Look(room))
            return []
        room.watched = False
        return self._compact(room, self._limits.quiet_tail)

    def _left_empty(self, room: Room, now: float) -> None:
        room.empty_since = now
        self._deadlines.add(now + self._limits.keep, Forget(room))

    def _forget(self, room: Room, now: float) -> None:
        if room.empty_since is None or room.members or self._rooms.get(room.document) is not room:
            return
        forget_at = room.empty_since + self._limits.keep
        if now < forget_at or room.waiting or room.compacting:
            self._deadlines.add(max(forget_at, now + self._limits.keep / 4), Forget(room))
        else:
            del self._rooms[room.document]

    # Links and members

    def _line_up(self, link: Link) -> None:
        if not link.queued:
            link.queued = True
            self._line.append(link)

    def _mark(self, member: Member, ack: bool) -> None:
        self._dirty[member] = self._dirty.get(member, False) or ack

    def _member(self, link: Link, room: Room, now: float) -> Member:
        member = room.members.get(link.id)
        if member is None:
            if len(link.members) >= self._limits.documents:
                raise BadFrame("too many documents on one connection")
            member = room.members[link.id] = link.members[room.document] = Member(link, room, now)
            room.empty_since = None
        return member

    def _refuse(self, link: Link, reason: str, now: float, code: int = REFUSED) -> list[Effect]:
        """Tell a connection why it is closed, and close it."""
        if self._links.get(link.id) is not link:
            return []
        self.counters.refused += 1
        self._drop(link, now)
        words = encode(Error(reason, self.peer, link.peer))
        return [Send(link.id, words), Close(link.id, code, reason)]

    def _drop(self, link: Link, now: float) -> None:
        self._links.pop(link.id, None)
        link.inbox.clear()
        for document, member in link.members.items():
            member.room.members.pop(link.id, None)
            if not member.room.members and self._rooms.get(document) is member.room:
                self._left_empty(member.room, now)
        link.members.clear()


def _is_amid_upload(member: Member) -> bool:
    """Tell whether more slices of the same message follow: an answer to each would help nobody."""
    inbox = member.link.inbox
    return bool(inbox and inbox[0].entered and inbox[0].document == member.room.document)
