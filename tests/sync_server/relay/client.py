"""A writer at the other end of a real socket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sync_server.protocol.codec import decode, encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import (
    LEARNING_CONTRACT,
    Code,
    Custody,
    DocUnavailable,
    Ephemeral,
    Error,
    Join,
    Notice,
    Peer,
    PeerMetadata,
    Request,
    Sync,
    WireMessage,
)
from tests.sync_server.hub.writing import Copy

PATIENCE = 60.0
"""Seconds after which what should have happened has not."""


class Client:
    """One connection with any number of documents open on it."""

    def __init__(self, name: str, socket: ClientConnection) -> None:
        self.name = PeerId(name)
        self.socket = socket
        self.relay: Peer | None = None
        self.copies: dict[DocumentId, Copy] = {}
        self.unavailable: list[DocumentId] = []
        self.ephemerals: list[Ephemeral] = []
        self.errors: list[str] = []
        self.notices: list[Notice] = []
        self.codes: list[Code] = []
        self.frames = 0
        self.closed: tuple[int, str] | None = None
        """Code and reason."""
        self._news = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def connect(
        cls, url: str, name: str, join: bool = True, speaks: bool = False, **how: Any
    ) -> AsyncIterator["Client"]:
        """Connect and introduce oneself; `how` is for websockets.

        Who `speaks` is told what only programs of ours understand.
        """
        async with connect(
            url, compression=None, max_size=None, ping_interval=None, **how
        ) as socket:
            client = cls(name, socket)
            reading = asyncio.create_task(client._read())
            if join:
                metadata = PeerMetadata(learning_contract=LEARNING_CONTRACT) if speaks else None
                await client.send(Join(client.name, peer_metadata=metadata))
                await client.until(lambda: client.relay is not None)
            try:
                yield client
            finally:
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)

    async def send(self, message: WireMessage) -> None:
        await self.socket.send(encode(message))

    async def open(self, document: DocumentId, copy: Copy | None = None) -> Copy:
        """Begin to exchange a document, one's own copy of it or a new one."""
        copy = self.copies[document] = copy or Copy(document)
        copy.reconnect()
        data = copy.generate()
        assert data is not None
        kind = Sync if len(copy.graph) else Request
        await self.send(kind(self.name, self._relay, document, data))
        return copy

    async def write(self, document: DocumentId, words: str) -> None:
        """Type at the end of the document, a message for each character."""
        for word in words:
            self.copies[document].write(word)
            await self.push(document)

    async def attach(self, document: DocumentId, octets: bytes) -> None:
        """Put bytes into the document."""
        self.copies[document].attach(octets)
        await self.push(document)

    async def push(self, document: DocumentId) -> None:
        """Send what there is to say."""
        data = self.copies[document].generate()
        if data is not None:
            await self.send(Sync(self.name, self._relay, document, data))

    async def look(self, document: DocumentId, count: int, data: bytes = b"here") -> None:
        """Send a sign of presence."""
        await self.send(Ephemeral(self.name, self._relay, document, "session", count, data))

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def shared(self, document: DocumentId) -> None:
        """Wait until the relay has confirmed everything."""
        await self.until(lambda: self.copies[document].sync.in_step)

    async def reads(self, document: DocumentId, text: str) -> None:
        """Wait until the document says something."""
        await self.until(lambda: self.copies[document].text == text)

    async def answered(self, document: DocumentId) -> None:
        """Wait until the relay has said that it has nothing of the document."""
        await self.until(lambda: document in self.unavailable)

    async def reads_length(self, document: DocumentId, length: int) -> None:
        """Wait until the document has so many characters."""
        await self.until(lambda: len(self.copies[document].text) == length)

    async def ended(self) -> tuple[int, str]:
        """Wait until the relay has closed the connection; code and reason."""
        await self.until(lambda: self.closed is not None)
        assert self.closed is not None
        return self.closed

    @property
    def peer(self) -> PeerId:
        """The relay's name."""
        return self._relay

    @property
    def _relay(self) -> PeerId:
        return self.relay.sender_id if self.relay else PeerId("relay")

    async def _read(self) -> None:
        try:
            while True:
                await self._take(decode(await self.socket.recv(decode=False)))
        except ConnectionClosed as end:
            self.closed = (end.rcvd.code, end.rcvd.reason) if end.rcvd else (1006, "")
            self._news.set()

    async def _take(self, message: WireMessage) -> None:
        self.frames += 1
        match message:
            case Peer():
                self.relay = message
            case Sync(_, _, document, data):
                self.copies[document].receive(data)
                await self.push(document)
            case DocUnavailable(_, _, document):
                self.unavailable.append(document)
            case Ephemeral():
                self.ephemerals.append(message)
            case Error(words):
                self.errors.append(words)
            case Notice():
                self.notices.append(message)
            case Code():
                self.codes.append(message)
            case Custody():
                pass
            case _:
                raise AssertionError(f"a relay does not send {message!r}")
        self._news.set()
