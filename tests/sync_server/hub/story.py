"""A relay without sockets: named writers, a store in memory, and time that passes when told to."""

import itertools
from collections.abc import Callable
from dataclasses import replace

from sync_server.hub.effects import (
    Close,
    Compact,
    ConnectionId,
    Effect,
    Erase,
    Fault,
    Hold,
    Load,
    Release,
    Send,
    Store,
)
from sync_server.hub.errands import Desk
from sync_server.hub.guest import Guest
from sync_server.hub.hub import Hub
from sync_server.hub.limits import DEFAULT_LIMITS, Limits
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import (
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Join,
    Leave,
    Notice,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)
from sync_server.storage import ChangeStore, MemoryStore, StorageError
from tests.sync_server.hub.company import Person
from tests.sync_server.hub.writing import Copy

HERE = DocumentId(bytes(range(16)))
THERE = DocumentId(bytes(range(16, 32)))


class Writer:
    """A peer that answers every message by itself, unless it is `silent`."""

    def __init__(self, story: "Story", name: str, guest: Guest | None = None) -> None:
        self.story = story
        self.guest = guest
        self.id = ConnectionId(next(story.numbers))
        self.name = PeerId(name)
        self.copies: dict[DocumentId, Copy] = {}
        self.frames: list[bytes] = []
        self.heard: list[WireMessage] = []
        self.closed: tuple[int, str] | None = None
        self.silent = False

    def join(self, speaks: bool = False) -> "Writer":
        metadata = PeerMetadata(learning_contract=1) if speaks else None
        return self.say(Join(self.name, peer_metadata=metadata))

    def open(self, document: DocumentId = HERE, advertise: bool = False) -> "Writer":
        self.copies[document] = Copy(document, advertise)
        return self.push(document)

    def write(self, words: str, document: DocumentId = HERE) -> "Writer":
        for word in words:
            self.copies[document].write(word)
            self.push(document)
        return self

    def push(self, document: DocumentId = HERE) -> "Writer":
        copy = self.copies[document]
        data = copy.generate()
        if data is None:
            return self
        first = not len(copy.graph) and not copy.sync.their_heads
        kind = Request if first else Sync
        return self.say(kind(self.name, self.story.hub.peer, document, data))

    def look(self, count: int, sender: str | None = None, session: str = "s") -> "Writer":
        name = PeerId(sender or self.name)
        return self.say(Ephemeral(name, self.story.hub.peer, HERE, session, count, b"here"))

    def say(self, message: WireMessage) -> "Writer":
        return self.send(encode(message))

    def send(self, frame: bytes | str) -> "Writer":
        self.story.perform(self.story.hub.receive(self.id, frame, self.story.now))
        return self

    def leave(self) -> "Writer":
        return self.say(Leave(self.name))

    def vanish(self) -> "Writer":
        self.story.perform(self.story.hub.disconnected(self.id, self.story.now))
        self.story.writers.pop(self.id, None)
        return self

    def listen(self) -> bool:
        """Take what has arrived; returns whether there was anything."""
        frames, self.frames = self.frames, []
        for frame in frames:
            message = decode(frame)
            self.heard.append(message)
            if isinstance(message, Sync) and message.document_id in self.copies:
                self.copies[message.document_id].receive(message.data)
                self.push(message.document_id)
        return bool(frames)

    def text(self, document: DocumentId = HERE) -> str:
        return self.copies[document].text

    def bring(
        self,
        proofs: tuple[str, ...] = (),
        seals: tuple[bytes, ...] = (),
        vouchers: tuple[str, ...] = (),
    ) -> "Writer":
        """Send what shows who wrote what."""
        said = Custody(self.name, self.story.hub.peer, HERE, proofs, seals, vouchers=vouchers)
        return self.deposit(said)

    def deposit(self, message: Custody) -> "Writer":
        document = self.guest.contract if self.guest else message.document_id
        return self.say(replace(message, document_id=document))

    def count(self, kind: type[Peer | Sync | DocUnavailable | Ephemeral | Error]) -> int:
        return sum(isinstance(message, kind) for message in self.heard)

    def is_open(self) -> bool:
        return self.closed is None

    def in_step(self, document: DocumentId = HERE) -> bool:
        return self.copies[document].sync.in_step

    @property
    def notices(self) -> list[tuple[str, dict[str, str | int]]]:
        """Kinds and fields."""
        return [(each.kind, dict(each.fields)) for each in self.heard if isinstance(each, Notice)]

    @property
    def proofs(self) -> list[str]:
        return [text for each in self.heard if isinstance(each, Custody) for text in each.proofs]

    @property
    def seals(self) -> list[bytes]:
        return [seal for each in self.heard if isinstance(each, Custody) for seal in each.seals]

    @property
    def vouchers(self) -> list[str]:
        return [one for each in self.heard if isinstance(each, Custody) for one in each.vouchers]

    @property
    def errors(self) -> list[str]:
        return [message.message for message in self.heard if isinstance(message, Error)]


class Story:
    """A hub, and the runner's work done by hand."""

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        store: ChangeStore | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.store = store or MemoryStore()
        self.hub = Hub(self.store.identity, self.store.raws, limits, desk=desk)
        self.now = 100.0
        self.numbers = itertools.count(1)
        self.writers: dict[ConnectionId, Writer] = {}
        self.effects: list[Effect] = []
        self.compacts: list[Compact] = []
        self.faults: list[Exception] = []
        self.before_commit: Callable[[], None] = lambda: None

    def connect(self, name: str, guest: Guest | None = None) -> Writer:
        writer = Writer(self, name, guest)
        self.writers[writer.id] = writer
        self.perform(self.hub.connected(writer.id, self.now, guest))
        return writer

    def welcome(self, person: Person) -> Writer:
        """Let somebody in who has a seat, with a program of ours."""
        return self.connect(person.name, person.guest).join(speaks=True)

    def join(self, name: str, document: DocumentId = HERE) -> Writer:
        return self.connect(name).join().open(document)

    def turn(self) -> bool:
        """One round of the runner; returns whether there was anything to do."""
        due = self.hub.wake_at is not None and self.hub.wake_at <= self.now
        if not self.hub.busy and not due:
            return False
        self.perform(self.hub.tick(self.now))
        stored = True
        for effect in self.hub.apply(self.now):
            if isinstance(effect, Store):
                self.effects.append(effect)
                stored = self._commit(effect)
            else:
                self.perform([effect])
        self.perform(self.hub.committed(self.now) if stored else self.hub.failed(self.now))
        return True

    def settle(self, turns: int = 10_000) -> "Story":
        """Run until nobody has anything to say, without letting time pass."""
        for _ in range(turns):
            ran = self.turn()
            heard = [writer.listen() for writer in list(self.writers.values()) if not writer.silent]
            if not ran and not any(heard):
                return self
        raise AssertionError("they talk for ever")

    def wait(self, seconds: float) -> "Story":
        """Let time pass, with everything that becomes due on the way."""
        end = self.now + seconds
        self.settle()
        while self.hub.wake_at is not None and self.hub.wake_at <= end:
            self.now = max(self.now, self.hub.wake_at)
            self.settle()
        self.now = end
        return self

    def perform(self, effects: list[Effect]) -> None:
        for effect in effects:
            self.effects.append(effect)
            self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Send(connection, frame):
                if writer := self.writers.get(connection):
                    writer.frames.append(frame)
            case Close(connection, code, reason):
                if writer := self.writers.pop(connection, None):
                    writer.listen()
                    writer.closed = (code, reason)
            case Load(document, first, count):
                self._load(document, first, count)
            case Hold() | Release():
                pass  # a writer without a socket has nothing to stop
            case Erase(document, tombstone):
                self._erase(document, tombstone)
            case Compact():
                self.compacts.append(effect)
            case Fault(error):
                self.faults.append(error)
            case Store():
                raise AssertionError("only a batch is stored")

    def _commit(self, batch: Store) -> bool:
        self.before_commit()
        try:
            self.store.append(batch.changes, batch.records)
        except StorageError:
            return False
        return True

    def _load(self, document: DocumentId, first: int, count: int) -> None:
        try:
            headers = self.store.load(document, first, count)
            snapshot = self.store.snapshot(document) if len(headers) < count else None
            records = self.store.records(document) if len(headers) < count else []
        except StorageError:
            self.perform(self.hub.load_failed(document, self.now))
        else:
            self.perform(self.hub.loaded(document, headers, snapshot, self.now, records))

    def _erase(self, document: DocumentId, tombstone: bytes) -> None:
        try:
            self.store.erase(document, tombstone)
        except StorageError:
            self.perform(self.hub.erasing_failed(document, self.now))
        else:
            self.perform(self.hub.erased(document, self.now))
