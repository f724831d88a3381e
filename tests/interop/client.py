"""A program that speaks the wire protocol with nothing but `sync_server.protocol`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import cbor2
from websockets.asyncio.client import ClientConnection, connect

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Writer
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId, PeerId
from sync_server.protocol.messages import DocUnavailable, Ephemeral, Join, Peer, Request, Sync
from sync_server.protocol.operations import ElementId
from sync_server.protocol.sync import SyncState
from sync_server.protocol.sync_message import SyncMessage

PATIENCE = 30.0


@dataclass(slots=True)
class OpenDocument:
    """One document of the client: its changes, and what they say."""

    graph: Graph
    state: SyncState
    crdt: CrdtDocument
    heard: list[object] = field(default_factory=list)
    unavailable: bool = False

    def text_object(self, *path: str) -> ElementId:
        """Return the Text under these keys."""
        where: ElementId | None = None
        for key in path:
            found = self.crdt.get(where, key)
            assert isinstance(found, Branch), f"{key} is {found!r}"
            where = found.object
        assert where is not None
        return where

    def text(self, *path: str) -> str:
        return self.crdt.text(self.text_object(*path))


class ProtocolClient:
    """One connection to a relay, with any number of documents open on it."""

    def __init__(self, socket: ClientConnection, me: PeerId, relay: PeerId) -> None:
        self._socket = socket
        self._me = me
        self._relay = relay
        self._documents: dict[DocumentId, OpenDocument] = {}
        self._news = asyncio.Condition()
        self._count = 0

    async def open(self, document: DocumentId, actor: Actor) -> OpenDocument:
        """Ask the relay for a document, or offer it one that is empty so far."""
        graph = Graph()
        opened = OpenDocument(graph, SyncState(graph), CrdtDocument(actor))
        self._documents[document] = opened
        message = opened.state.generate()
        assert message is not None
        await self._send(Request(self._me, self._relay, document, message.encode()))
        return opened

    async def splice(self, document: DocumentId, text: ElementId, splice: Splice) -> None:
        """Change a text and send the change."""
        opened = self._documents[document]
        made = opened.crdt.transact(lambda writer: writer.splice(text, splice))
        assert made is not None
        opened.graph.add(parse_changes([made.raw]))
        await self._speak(document)

    async def put_text(self, document: DocumentId, key: str, text: str) -> None:
        """Put a new Text under a key of the root and send the change."""

        def write(writer: Writer) -> None:
            made = writer.make(None, key, Kind.TEXT)
            writer.splice(made, Splice(0, 0, text))

        opened = self._documents[document]
        made = opened.crdt.transact(write)
        assert made is not None
        opened.graph.add(parse_changes([made.raw]))
        await self._speak(document)

    async def broadcast(self, document: DocumentId, message: object) -> None:
        """Tell something to whoever has the document open now."""
        self._count += 1
        data = cbor2.dumps(message)
        await self._send(Ephemeral(self._me, self._relay, document, "session-1", self._count, data))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that only an incoming message can change."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(holds), PATIENCE)

    async def run(self) -> None:
        """Take what comes, until the connection ends."""
        async for frame in self._socket:
            await self._take(decode(frame))
            async with self._news:
                self._news.notify_all()

    async def _take(self, message: object) -> None:
        match message:
            case Sync(document_id=document, data=data) | Request(document_id=document, data=data):
                opened = self._documents[document]
                received = SyncMessage.decode(data)
                entered = opened.state.receive(received, parse_changes(received.changes))
                opened.crdt.apply([change.raw for change in entered])
                await self._speak(document)
            case Ephemeral(document_id=document, data=data):
                self._documents[document].heard.append(cbor2.loads(data))
            case DocUnavailable(document_id=document):
                self._documents[document].unavailable = True
            case other:
                raise AssertionError(f"unexpected: {other}")

    async def _speak(self, document: DocumentId) -> None:
        message = self._documents[document].state.generate()
        if message is not None:
            await self._send(Sync(self._me, self._relay, document, message.encode()))

    async def _send(self, message: Request | Sync | Ephemeral) -> None:
        await self._socket.send(encode(message))


@asynccontextmanager
async def protocol_client(url: str, name: str) -> AsyncIterator[ProtocolClient]:
    """Connect to a relay for as long as the block lasts."""
    me = PeerId(name)
    async with connect(url, max_size=None) as socket:
        await socket.send(encode(Join(me)))
        answer = decode(await asyncio.wait_for(socket.recv(), PATIENCE))
        assert isinstance(answer, Peer), answer
        client = ProtocolClient(socket, me, answer.sender_id)
        running = asyncio.create_task(client.run())
        try:
            yield client
        finally:
            running.cancel()
            ended = await asyncio.gather(running, return_exceptions=True)
            assert isinstance(ended[0], asyncio.CancelledError | None), ended[0]
