"""A writer's copy of a document: Automerge for the words, our graph and sync for the exchange."""

from automerge.core import ROOT, Document, Message, ObjType, ScalarType
from automerge.core import SyncState as AutomergeSyncState

from sync_server.protocol.chunk import Change, parse_changes, split
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.sync import SyncMessage, SyncState


class Copy:
    """One document at one writer's: what it says, and where the exchange stands."""

    def __init__(
        self, document: DocumentId, advertise: bool = False, actor: bytes | None = None
    ) -> None:
        self.id = document
        self.words = Document(actor)
        self.graph = Graph()
        self.sync = SyncState(self.graph, advertise=advertise)
        self._advertise = advertise
        self._text: bytes | None = None

    @property
    def text(self) -> str:
        found = self.words.get(ROOT, "text")
        return self.words.text(found[1]) if found else ""

    def write(self, words: str) -> list[Change]:
        """Type at the end, one change for each character; the first makes the text."""
        return [change for word in words for change in self._change(word)]

    def paste(self, words: str) -> list[Change]:
        """Add words at the end in a single change."""
        return self._change(words)

    def clear(self) -> list[Change]:
        """Take everything out of the text, in a single change."""
        before = self.words.get_heads()
        with self.words.transaction() as tx:
            found = self.words.get(ROOT, "text")
            while found and tx.length(found[1]):
                tx.delete(found[1], 0)
        return self._take_in(before)

    def attach(self, octets: bytes) -> list[Change]:
        """Put bytes beside the text, in a single change."""
        before = self.words.get_heads()
        with self.words.transaction() as tx:
            tx.put(ROOT, "attached", ScalarType.Bytes, octets)
        return self._take_in(before)

    def receive(self, data: bytes) -> None:
        """Take a sync message."""
        message = SyncMessage.decode(data)
        changes, documents = split(message.changes)
        for whole in documents:
            opened = Document.load(whole)
            changes = parse_changes([raw.bytes for raw in opened.get_changes([])]) + changes
        for change in self.sync.receive(message, changes):
            self._apply(change.raw)

    def generate(self) -> bytes | None:
        """The next sync message."""
        message = self.sync.generate()
        return message.encode() if message else None

    def reconnect(self) -> None:
        """Begin a new exchange, as on a new connection."""
        self.sync = SyncState(self.graph, advertise=self._advertise)

    def _change(self, words: str) -> list[Change]:
        before = self.words.get_heads()
        with self.words.transaction() as tx:
            found = self.words.get(ROOT, "text")
            text = found[1] if found else tx.put_object(ROOT, "text", ObjType.Text)
            for word in words:
                tx.insert(text, tx.length(text), ScalarType.Str, word)
        return self._take_in(before)

    def _take_in(self, before: list[bytes]) -> list[Change]:
        made = parse_changes([change.bytes for change in self.words.get_changes(before)])
        return self.graph.add(made)

    def _apply(self, raw: bytes) -> None:
        message = Message.decode(b"\x42\0\0\0\1" + encode_uleb(len(raw)) + raw)
        self.words.receive_sync_message(AutomergeSyncState(), message)
