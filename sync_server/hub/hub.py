"""The relay without its sockets, its disk and its clock.

Frames and times go in, effects come out. The order of business is fixed: a frame is checked in
`receive`, its changes enter their graph in `apply`, the runner stores them in one transaction, and
only `committed` lets anyone speak of them. A graph is never ahead of the disk when its heads are
told to a peer, so that nothing is vouched for that a power cut could take back.
"""

from collections.abc import Sequence
from typing import assert_never

from sync_server.hub.contests import told
from sync_server.hub.counters import Counters
from sync_server.hub.deadlines import Deadlines
from sync_server.hub.due import Acknowledge, Due, Forget, JoinBy, Look, Nudge, Wake, Withhold
from sync_server.hub.effects import ConnectionId, Effect, Fault
from sync_server.hub.errands import Desk, Errands
from sync_server.hub.exchange import Exchange
from sync_server.hub.guest import Guest
from sync_server.hub.intake import Intake
from sync_server.hub.keeper import Keeper
from sync_server.hub.limits import DEFAULT_LIMITS, Limits
from sync_server.hub.links import Links
from sync_server.hub.reception import Reception
from sync_server.hub.refusal import FAILED, Refusal
from sync_server.hub.shelf import Fetch, Shelf
from sync_server.hub.turn import Turn
from sync_server.protocol.codec import FrameLimits
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.storage.port import StoredHeader, StoredRecord, StoredSnapshot


class Hub:
    """All connections and all documents that they have open."""

    def __init__(
        self,
        identity: str,
        fetch: Fetch,
        limits: Limits = DEFAULT_LIMITS,
        frames: FrameLimits | None = None,
        desk: Desk | None = None,
    ) -> None:
        """Begin without connections; `identity` is the store's, and stays over restarts.

        Without a desk no orders are obeyed and no codes given out.
        """
        self.peer = peer = PeerId(f"relay-{identity}")
        self.counters = counters = Counters()
        self._deadlines: Deadlines[Due] = Deadlines()
        self._keeper = keeper = Keeper(peer, counters)
        self._intake = intake = Intake(limits, keeper)
        self._shelf = shelf = Shelf(fetch, limits, self._deadlines)
        self._exchange = exchange = Exchange(peer, limits, self._deadlines)
        self._links = links = Links(peer, limits, self._deadlines, shelf, counters)
        self._errands = Errands(peer, links, shelf, intake, keeper, counters, desk)
        self._reception = Reception(
            identity, peer, limits, frames or FrameLimits(), links, intake, exchange, counters
        )
        self._turn = Turn(
            limits,
            self._deadlines,
            links,
            shelf,
            intake,
            keeper,
            exchange,
            self._errands,
            counters,
        )

    @property
    def connections(self) -> int:
        """How many connections there are."""
        return len(self._links)

    @property
    def documents(self) -> int:
        """How many documents are in memory."""
        return len(self._shelf)

    @property
    def queued(self) -> int:
        """How many connections have something in line."""
        return len(self._intake)

    @property
    def waiting(self) -> int:
        """How many changes wait for seals."""
        return sum(len(held) for room in self._shelf.rooms for held in room.outside.waiting)

    @property
    def proven(self) -> int:
        """How many proofs, seals, vouchers and lists of what is revoked are in memory."""
        return sum(len(room.custody) for room in self._shelf.rooms)

    def unheard(self, document: DocumentId) -> frozenset[bytes]:
        """The devices that have a document open with something in it that is not here yet.

        They are named by the prefixes of their actors.
        """
        room = self._shelf.get(document)
        members = room.members.values() if room else ()
        return frozenset(
            member.link.guest.device.prefix
            for member in members
            if member.link.guest and not member.is_heard
        )

    @property
    def busy(self) -> bool:
        """Whether `apply` has something to do."""
        return bool(self._intake or self._shelf.loading or self._exchange or self._keeper)

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
        link = self._links.add(connection, guest, now)
        room = self._shelf.get(guest.contract) if guest else None
        if room is None or not room.loaded:
            return []
        try:  # at once, or another could claim the same seat meanwhile
            self._keeper.learn(link, room)
        except Refusal as refusal:
            return self._links.refuse(link, refusal, now)
        return []

    def disconnected(self, connection: ConnectionId, now: float) -> list[Effect]:
        """Forget a connection."""
        if link := self._links.get(connection):
            self._links.drop(link, now)
        return []

    def paused(self, connection: ConnectionId) -> None:
        """Stop speaking to a connection that reads too slowly."""
        if link := self._links.get(connection):
            link.paused = True

    def resumed(self, connection: ConnectionId, now: float) -> None:
        """Speak again; what was missed meanwhile goes out as one message per document."""
        if link := self._links.get(connection):
            link.paused = False
            for member in link.members.values():
                self._exchange.resume(member, now)

    def receive(self, connection: ConnectionId, frame: bytes | str, now: float) -> list[Effect]:
        """Check a frame and put its changes in line; whoever sent a bad one is told and closed."""
        link = self._links.get(connection)
        return self._reception.receive(link, frame, now) if link else []

    def contested(self, news: StoredRecord) -> list[Effect]:
        """Tell everyone of a second claim to a seat, which the door has seen and kept."""
        room = self._shelf.get(news.document)
        if room is None or not room.custody.contests.take(news):
            return []
        effects: list[Effect] = []
        for member in room.members.values():
            effects += self._links.notify(member.link, news.document, news.kind, told(news))
        return effects

    # The batch

    def apply(self, now: float) -> list[Effect]:
        """Take a slice of what waits into the graphs; `committed` or `failed` must follow.

        Returns at most one `Load` and at most one `Store`.
        """
        return self._turn.apply(now)

    def committed(self, now: float) -> list[Effect]:
        """What `apply` took is on the disk: tell everyone whom it concerns."""
        return self._turn.committed(now)

    def failed(self, now: float) -> list[Effect]:
        """What `apply` took could not be stored: let its documents go, and all who have them open.

        They come back, and the documents with them, as the disk has them.
        """
        return self._turn.failed(now)

    # Documents

    def loaded(
        self,
        document: DocumentId,
        headers: Sequence[StoredHeader],
        snapshot: StoredSnapshot | None,
        now: float,
        records: Sequence[StoredRecord] = (),
    ) -> list[Effect]:
        """Take what a `Load` found; snapshot and records come with the last slice."""
        room = self._shelf.get(document)
        if room is None or room.loaded:
            return []
        try:
            self._intake.resume(self._shelf.loaded(room, headers, snapshot, records))
        except Exception as error:  # noqa: BLE001 - one damaged document must not reach the others
            reason = Refusal("the document is damaged", "damage", FAILED)
            return [Fault(error), *self._turn.condemn(room, reason, now)]
        return []

    def load_failed(self, document: DocumentId, now: float) -> list[Effect]:
        """A document cannot be read: close whoever waits for it."""
        room = self._shelf.get(document)
        reason = Refusal("the relay cannot read the document", "storage", FAILED)
        return self._turn.condemn(room, reason, now) if room else []

    def compacted(self, document: DocumentId, snapshot: StoredSnapshot | None) -> None:
        """Use a verified and stored snapshot, or None if none could be made."""
        self._shelf.compacted(document, snapshot)

    def withdraw(self, document: DocumentId, tombstone: bytes) -> list[Effect]:
        """The relay's operator has erased a document in the store."""
        return self._errands.withdraw(document, tombstone)

    def erased(self, document: DocumentId, now: float) -> list[Effect]:
        """An `Erase` was done: tell everyone who had the document open, and close."""
        return self._errands.erased(document, now)

    def erasing_failed(self, document: DocumentId, now: float) -> list[Effect]:
        """An `Erase` could not be done."""
        return self._errands.erasing_failed(document, now)

    # Time

    def tick(self, now: float) -> list[Effect]:
        """Do what is due; never call it between `apply` and `committed`."""
        effects: list[Effect] = []
        for due in self._deadlines.pop(now):
            effects += self._do(due, now)
        return effects

    def _do(self, due: Due, now: float) -> list[Effect]:
        match due:
            case JoinBy(link):
                if link.peer is None:
                    late = Refusal("no join within the time for it", "late")
                    return self._links.refuse(link, late, now)
            case Wake(link):
                return self._reception.wake(link, now)
            case Withhold(member):
                return self._turn.withhold(member, now)
            case Acknowledge(member):
                self._exchange.acknowledge(member, now)
            case Nudge(member):
                self._exchange.nudge(member, now)
            case Look(room):
                return self._shelf.look(room, now)
            case Forget(room):
                self._shelf.forget(room, now)
            case _:
                assert_never(due)
        return []
