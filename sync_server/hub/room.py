"""Who is here and what they have open: the hub's state, without its rules."""

from sync_server.hub.custody import Custody
from sync_server.hub.effects import ConnectionId
from sync_server.hub.guest import Guest
from sync_server.hub.rates import Bucket, Rates
from sync_server.hub.upload import Deposit, Errand, Upload
from sync_server.hub.waiting import Outside, Waiting
from sync_server.protocol.envelope import Envelope
from sync_server.protocol.graph import Graph, Heads
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.sync import SyncMessage, SyncState


class Link:
    """One connection."""

    __slots__ = (
        "backlog",
        "backlog_size",
        "counted",
        "envelope",
        "guest",
        "held",
        "id",
        "inbox",
        "inbox_size",
        "leaving",
        "members",
        "paused",
        "peer",
        "queued",
        "rates",
        "rests_until",
        "session",
        "speaks",
    )

    def __init__(self, connection: ConnectionId, guest: Guest | None, rates: Rates) -> None:
        self.id = connection
        self.rates = rates
        self.guest = guest
        """Who was admitted; None where everybody is."""
        self.peer: PeerId | None = None
        """None until it has joined."""
        self.envelope: Envelope | None = None
        """That of its first sync message, which was vetted; most bring all others in it too."""
        self.members: dict[DocumentId, Member] = {}
        self.speaks = False
        """It understands our own messages."""
        self.inbox: list[Upload | Deposit | Errand] = []
        """What it sent and what was not taken yet, in order."""
        self.inbox_size = 0
        self.leaving = False
        """It has said goodbye, and is let go when all it said before is taken."""
        self.queued = False
        """It stands in the line of those whose inbox is being taken."""
        self.held = False
        """It is not read from until its inbox is shorter."""
        self.rests_until = 0.0
        """It took more than it may; until then nothing more is taken from it."""
        self.backlog: list[bytes | str] = []
        """What it sent meanwhile."""
        self.backlog_size = 0
        self.paused = False
        """It reads too slowly; what it lacks is worked out when it has caught up."""
        self.session = ""
        self.counted = -1
        """Session and number of its last ephemeral message."""


class Member:
    """One connection in one room."""

    __slots__ = (
        "ack_due",
        "acked_at",
        "envelope",
        "heard_at",
        "held",
        "link",
        "nudge_pause",
        "room",
        "sync",
        "told",
        "warned_at",
        "watched",
    )

    def __init__(self, link: Link, room: "Room", now: float) -> None:
        self.link = link
        self.room = room
        self.sync = SyncState(room.graph, stepwise=True)
        self.ack_due = False
        """An acknowledgement is scheduled."""
        self.acked_at = 0.0
        self.envelope: Envelope | None = None
        """That of what is said to it; None before the first."""
        self.told: Heads | None = None
        """The heads of what was last said to it."""
        self.heard_at = now
        self.nudge_pause = 0.0
        """How long the peer may stay out of step; 0 while nobody watches."""
        self.held: Waiting | None = None
        """What it brought of others and is not shown to be theirs; None before the first."""
        self.watched = False
        """A look whether that has waited too long is scheduled."""
        self.warned_at = -1.0
        """When it was told last that no seals have come."""

    @property
    def here(self) -> bool:
        """Whether it has not left since."""
        return self.room.members.get(self.link.id) is self

    @property
    def is_heard(self) -> bool:
        """Whether everything that it is known to have is here."""
        said = self.sync.their_heads
        if said is None or self.link.inbox or self.held:
            return False
        return all(head in self.room.graph for head in said)

    def only_agrees(self, message: SyncMessage) -> bool:
        """Whether all a message of this member says is that it has what is here."""
        if message.changes or message.need:
            return False
        return message.heads == self.room.graph.heads

    @property
    def amid_upload(self) -> bool:
        """Whether more slices of a message of its own are to follow."""
        if self.held and self.held.busy:
            return True
        item = self.link.inbox[0] if self.link.inbox else None
        amid = isinstance(item, Upload) and bool(item.entered)
        return amid and item is not None and item.document == self.room.document

    @property
    def begins(self) -> bool:
        """Whether nothing is here yet but what it brought, and that waits.

        To hear that nothing is here would make it send everything again.
        """
        return bool(self.held) and not len(self.room.graph)


class Room:
    """One document in memory and the connections that have it open."""

    __slots__ = (
        "bearers",
        "changed_at",
        "compacting",
        "covered_size",
        "custody",
        "document",
        "empty_since",
        "erased",
        "graph",
        "growth",
        "loaded",
        "members",
        "next_compaction",
        "outside",
        "waiting",
        "watched",
    )

    def __init__(
        self, document: DocumentId, graph: Graph, outside: Outside, growth: Bucket
    ) -> None:
        self.document = document
        self.graph = graph
        self.outside = outside
        """The changes that are not in the graph: they are its orphans too."""
        self.growth = growth
        """How many changes may enter."""
        self.custody = Custody(document, graph)
        self.members: dict[ConnectionId, Member] = {}
        self.bearers: set[ConnectionId] = set()
        """Who has brought proofs or seals and has not opened it yet."""
        self.loaded = False
        self.erased = False
        """Its holder had it erased, and it is not to come back."""
        self.waiting: list[Link] = []
        """Those whose next upload is for this document, while it is being loaded."""
        self.empty_since: float | None = None
        self.changed_at = 0.0
        self.watched = False
        """A look whether the document has become quiet is scheduled."""
        self.compacting = False
        self.covered_size = 0
        """Bytes of the raw changes that the snapshot covers."""
        self.next_compaction = 0
        """The graph's size from which on compacting is worth another try."""

    @property
    def tail(self) -> int:
        """Bytes of raw changes that no snapshot covers."""
        return self.graph.size - self.covered_size
