"""People who edit one text, each over a link of their own to a graph that holds no document."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from automerge.core import ROOT, Document, Message, ObjType, ScalarType, Transaction
from automerge.core import SyncState as AutomergeState

from sync_server.protocol.chunk import Change, parse_changes, split
from sync_server.protocol.graph import Graph, Snapshot
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.orphans import Orphans
from sync_server.protocol.sync import SyncMessage, SyncState


def genesis() -> tuple[bytes, bytes]:
    """A document with one empty text, and the text's id."""
    document = Document(bytes(16))
    with document.transaction() as transaction:
        text = transaction.put_object(ROOT, "text", ObjType.Text)
    return document.save(), text


GENESIS, TEXT = genesis()


def apply_raw(document: Document, raw: bytes) -> None:
    """Apply a chunk to a living document, as a sync message that carries it."""
    message = b"\x42\x00\x00\x00\x01" + encode_uleb(len(raw)) + raw
    document.receive_sync_message(AutomergeState(), Message.decode(message))


class Person(Protocol):
    """One end of a link."""

    document: Document

    @property
    def in_step(self) -> bool: ...
    def edit(self, number: int) -> None: ...
    def reconnected(self) -> None: ...
    def receive(self, data: bytes) -> None: ...
    def generate(self) -> bytes | None: ...
    def nudge(self) -> None: ...


def edit_text(document: Document, number: int) -> None:
    length = document.length(TEXT)
    with document.transaction() as transaction:
        if number % 4 == 3 and length:
            transaction.delete(TEXT, number % length)
        else:
            insert(transaction, number % (length + 1), chr(97 + number % 26))


def insert(transaction: Transaction, at: int, character: str) -> None:
    transaction.insert(TEXT, at, ScalarType.Str, character)


class Automerge:
    """A person whose program speaks the protocol by Automerge's own implementation."""

    def __init__(self, actor: bytes, *, empty: bool) -> None:
        self.document = Document() if empty else Document.load(GENESIS)
        self.document.set_actor(actor)
        self.reconnected()

    def edit(self, number: int) -> None:
        if not self.document.get_heads():
            apply_raw(self.document, GENESIS)
        edit_text(self.document, number)

    def reconnected(self) -> None:
        self._state = AutomergeState()

    def receive(self, data: bytes) -> None:
        self.document.receive_sync_message(self._state, Message.decode(data))

    def generate(self) -> bytes | None:
        message = self.document.generate_sync_message(self._state)
        return message.encode() if message else None

    def nudge(self) -> None:
        """Automerge has no such thing."""

    @property
    def in_step(self) -> bool:
        """Nor does it tell."""
        return True


class Ours:
    """A person whose program speaks the protocol over a graph, as ours does."""

    def __init__(self, actor: bytes, *, empty: bool) -> None:
        self.document = Document()
        self.document.set_actor(actor)
        self.graph = Graph()
        self.reconnected()
        if not empty:
            self._begin()

    def edit(self, number: int) -> None:
        if not len(self.graph):
            self._begin()
        before = self.document.get_heads()
        edit_text(self.document, number)
        self.graph.add(parse_changes(c.raw_bytes for c in self.document.get_changes(before)))

    def _begin(self) -> None:
        apply_raw(self.document, GENESIS)
        self.graph.add(parse_changes(c.raw_bytes for c in self.document.get_changes([])))

    def reconnected(self) -> None:
        self.state = SyncState(self.graph, advertise=True)

    def receive(self, data: bytes) -> None:
        message = SyncMessage.decode(data)
        changes, documents = split(message.changes)
        expanded = [change for each in documents for change in expand(each)]
        for change in self.state.receive(message, expanded + changes):
            apply_raw(self.document, change.raw)

    def generate(self) -> bytes | None:
        message = self.state.generate()
        return message.encode() if message else None

    def nudge(self) -> None:
        self.state.nudge()

    @property
    def in_step(self) -> bool:
        return self.state.in_step


def expand(document: bytes) -> list[Change]:
    return parse_changes(change.raw_bytes for change in Document.load(document).get_changes([]))


class Link:
    """A person's connection: what is on its way, in both directions."""

    def __init__(self, person: Person, state: SyncState) -> None:
        self.person = person
        self.state = state
        self.up: deque[bytes] = deque()
        self.down: deque[bytes] = deque()


class Exchange:
    """The people, and the graph between them."""

    def __init__(
        self,
        people: list[Person],
        *,
        state: Callable[[Graph], SyncState] = SyncState,
        orphans: int = 20_000,
    ) -> None:
        self._state = state
        self._orphans = orphans
        self.nudges = 0
        self.graph = Graph(orphans=Orphans(orphans))
        self.links = [Link(person, state(self.graph)) for person in people]

    def connect(self, link: Link) -> None:
        """Cut the connection, with everything on its way, and make a new one."""
        link.up.clear()
        link.down.clear()
        link.state = self._state(self.graph)
        link.person.reconnected()

    def speak(self, link: Link) -> None:
        """Let both ends say what they have to say."""
        if said := link.person.generate():
            link.up.append(said)
        if message := link.state.generate():
            link.down.append(message.encode())

    def deliver(self, link: Link) -> None:
        if link.up:
            message = SyncMessage.decode(link.up.popleft())
            link.state.receive(message, parse_changes(message.changes))
        if link.down:
            link.person.receive(link.down.popleft())

    def roll_back(self, kept: int) -> None:
        """Start the relay again from an older copy of its disk."""
        changes = parse_changes(self.graph.raws(range(min(kept, len(self.graph)))))
        self.graph = Graph(orphans=Orphans(self._orphans))
        self.graph.add(changes)
        for link in self.links:
            self.connect(link)

    def take_snapshot(self) -> None:
        raws = self.graph.raws(range(len(self.graph)))
        if raws:
            self.graph.snapshot = Snapshot(len(raws), Document.load(b"".join(raws)).save())

    def settle(self, rounds: int = 60) -> int:
        """Let everything arrive until all are silent; returns the rounds it took.

        As the programs do after a few seconds, an end nudges when a silence is no agreement.
        """
        for number in range(rounds):
            for link in self.links:
                self.speak(link)
            busy = any(link.up or link.down for link in self.links)
            for link in self.links:
                while link.up or link.down:
                    self.deliver(link)
            if not busy:
                if self.agreed():
                    return number
                self.nudges += 1
                for link in self.links:
                    link.state.nudge()
                    link.person.nudge()
        raise AssertionError(f"no agreement after {rounds} rounds")

    def agreed(self) -> bool:
        heads = [ChangeHash(head) for head in self.graph.heads]
        return all(
            link.person.document.get_heads() == heads
            and (not heads or (link.state.in_step and link.person.in_step))
            for link in self.links
        )

    def text(self) -> str:
        """What the relay's bytes say, to somebody who has nothing else."""
        raws = self.graph.raws(range(len(self.graph)))
        return Document.load(b"".join(raws)).text(TEXT) if raws else ""
