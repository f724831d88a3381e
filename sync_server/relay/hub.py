"""The relay without its sockets, its disk and its clock.

Frames and times go in, effects come out. The order of business is fixed: a frame is checked in
`receive`, its changes enter their graph in `apply`, the runner stores them in one transaction, and
only `committed` lets anyone speak of them. A graph is never ahead of the disk when its heads are
told to a peer, so that nothing is vouched for that a power cut could take back.
"""

from collections.abc import Sequence
from typing import assert_never

from sync_server.protocol.codec import FrameLimits, decode, encode
from sync_server.protocol.errors import BadFrame, ProtocolError
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import (
    PROTOCOL_VERSION,
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Gossip,
    Join,
    Leave,
    Notice,
    Order,
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
    ConnectionId,
    Effect,
    Fault,
    Send,
    Store,
)
from sync_server.relay.exchange import Exchange
from sync_server.relay.guest import Guest
from sync_server.relay.intake import Intake
from sync_server.relay.limits import DEFAULT_LIMITS, Limits
from sync_server.relay.room import Link, Member, Room
from sync_server.relay.shelf import Fetch, Shelf
from sync_server.relay.upload import Upload
from sync_server.storage.port import StoredHeader, StoredSnapshot

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
        self._limits = limits
        self._frames = frames or FrameLimits()
        self._links: dict[ConnectionId, Link] = {}
        self._deadlines: Deadlines[Due] = Deadlines()
        self._intake = Intake(limits)
        self._shelf = Shelf(fetch, limits, self._deadlines)
        self._exchange = Exchange(self.peer, limits, self._deadlines)

    @property
    def connections(self) -> int:
        """How many connections there are."""
        return len(self._links)

    @property
    def documents(self) -> int:
        """How many documents are in memory."""
        return len(self._shelf)

    @property
    def busy(self) -> bool:
        """Whether `apply` has something to do."""
        return bool(self._intake or self._shelf.loading or self._exchange)

    @property
    def wake_at(self) -> float | None:
        """When `tick` has something to do, if nothing else happens."""
        return self._deadlines.next

    # Connections

    def connected(
        self, connection: ConnectionId, now: float, guest: Guest | None = None
    ) -> list[Effect]:
        """Take note of a connection, which now has a while to join.

        Without a guest it may do everything, as on a relay that is open to all.
        """
        link = self._links[connection] = Link(connection, guest)
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

    def resumed(self, connection: ConnectionId, now: float) -> None:
        """Speak again; what was missed meanwhile goes out as one message per document."""
        link = self._links.get(connection)
        if link is not None:
            link.paused = False
            for member in link.members.values():
                self._exchange.resume(member, now)

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
                return self._hear(link, document, SyncMessage.decode(data), now)
            case Request(_, _, document, data):
                return self._queue(link, Upload(document, SyncMessage.decode(data), True))
            case Ephemeral():
                return self._exchange.forward(link, message)
            case Leave():
                self._drop(link, now)
                return [Close(link.id, NORMAL, "")]
            case DocUnavailable() | Error() | Gossip():
                return []
            case Custody() | Notice() | Order() | Code():
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

    def _hear(
        self, link: Link, document: DocumentId, message: SyncMessage, now: float
    ) -> list[Effect]:
        """Put a message in line, unless it says only that its sender has what is here.

        Readers answer every keystroke with that; it touches no graph, and waits for no disk.
        """
        member = link.members.get(document)
        if member and not link.inbox and member.only_agrees(message):
            self._exchange.note(member, message, now)
            return []
        return self._queue(link, Upload(document, message, False))

    def _queue(self, link: Link, upload: Upload) -> list[Effect]:
        upload.check(self._limits.slice)  # a keystroke is refused before it waits for anything
        return self._intake.put(link, upload)

    # The batch

    def apply(self, now: float) -> list[Effect]:
        """Take a slice of what waits into the graphs; `committed` or `failed` must follow.

        Returns at most one `Load` and at most one `Store`.
        """
        effects: list[Effect] = []
        budget = self._limits.slice
        while self._intake and budget > 0:
            link = self._intake.next()
            if self._links.get(link.id) is link:
                budget -= self._advance(link, budget, now, effects)
        if self._shelf.loading:
            effects.append(self._shelf.loading.popleft())
        if self._intake.batch:
            effects.append(Store(tuple(self._intake.batch)))
        return effects

    def _advance(self, link: Link, budget: int, now: float, effects: list[Effect]) -> int:
        """Take a part of the connection's next message; returns what of the budget is spent."""
        upload = link.inbox[0]
        room = self._shelf.get(upload.document) or self._shelf.open(upload.document, now)
        if not room.loaded:
            room.waiting.append(link)
            return 0
        try:
            if upload.checked:
                spent = self._intake.take(self._member(link, room, now), upload, budget)
            else:
                spent = upload.check(budget)
        except ProtocolError as error:
            effects += self._refuse(link, str(error), now)
            return 1
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            effects += [Fault(error), *self._condemn(room, "the relay failed", now)]
            return 1
        effects += self._intake.done(link)
        return spent

    def committed(self, now: float) -> list[Effect]:
        """What `apply` took is on the disk: tell everyone whom it concerns."""
        effects: list[Effect] = []
        self.counters.changes += len(self._intake.batch)
        self._intake.batch.clear()
        for room in self._intake.grown:
            room.graph.trim()
            for member in room.members.values():
                self._exchange.mark(member, ack=False)
            effects += self._shelf.grown(room, now)
        self._intake.grown.clear()
        for member, upload in self._intake.answers:
            effects += self._exchange.answer(member, upload, now)
        self._intake.answers.clear()
        for member, ack in self._exchange.take().items():
            effects += self._speak(member, ack, now)
        return effects

    def failed(self, now: float) -> list[Effect]:
        """What `apply` took could not be stored: let its documents go, and all who have them open.

        They come back, and the documents with them, as the disk has them.
        """
        effects: list[Effect] = []
        for room in list(self._intake.grown):
            effects += self._condemn(room, "the relay cannot store changes now", now)
        return effects + self.committed(now)

    def _speak(self, member: Member, ack: bool, now: float) -> list[Effect]:
        try:
            return self._exchange.speak(member, ack, now)
        except Exception as error:  # noqa: BLE001 - a defect of ours must not reach other documents
            return [Fault(error), *self._condemn(member.room, "the relay failed", now)]

    # Documents

    def loaded(
        self,
        document: DocumentId,
        headers: Sequence[StoredHeader],
        snapshot: StoredSnapshot | None,
        now: float,
    ) -> list[Effect]:
        """Take what a `Load` found; the snapshot comes with the last slice, if there is one."""
        room = self._shelf.get(document)
        if room is None or room.loaded:
            return []
        try:
            self._intake.resume(self._shelf.loaded(room, headers, snapshot))
        except Exception as error:  # noqa: BLE001 - one damaged document must not reach the others
            return [Fault(error), *self._condemn(room, "the document is damaged", now)]
        return []

    def load_failed(self, document: DocumentId, now: float) -> list[Effect]:
        """A document cannot be read: close whoever waits for it."""
        room = self._shelf.get(document)
        return self._condemn(room, "the relay cannot read the document", now) if room else []

    def compacted(self, document: DocumentId, snapshot: StoredSnapshot | None) -> None:
        """Use a verified and stored snapshot, or None if none could be made."""
        self._shelf.compacted(document, snapshot)

    def _condemn(self, room: Room, reason: str, now: float) -> list[Effect]:
        """Let a document go that is not as the disk has it, and everyone who has it open."""
        self._shelf.remove(room)
        self._intake.withdraw(room)
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
                    self._exchange.acknowledge(member, now)
                case Nudge(member):
                    self._exchange.nudge(member, now)
                case Look(room):
                    effects += self._shelf.look(room, now)
                case Forget(room):
                    self._shelf.forget(room, now)
                case _:
                    assert_never(due)
        return effects

    # Links and members

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
        for member in link.members.values():
            member.room.members.pop(link.id, None)
            if not member.room.members:
                self._shelf.left_empty(member.room, now)
        link.members.clear()
