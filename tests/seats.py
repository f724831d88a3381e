"""People at the table, as far as a relay sees them: connections that speak the sync protocol."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sync_server.protocol.chunk import Change, split
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash, DocumentId, PeerId
from sync_server.protocol.messages import Join, Peer, Request, Sync
from sync_server.protocol.sync import SyncState
from sync_server.protocol.sync_message import SyncMessage

PATIENCE = 60.0


class Punctual(ClientConnection):
    """Knows when something came in last, however long its reader was kept from it."""

    came_at = 0.0
    """In seconds of the performance counter."""

    def data_received(self, data: bytes) -> None:
        """Look at the clock first."""
        self.came_at = time.perf_counter()
        super().data_received(data)


class Seat:
    """One connection with one document open, answering at once as Automerge's own clients do."""

    def __init__(self, socket: Punctual, me: PeerId, relay: PeerId) -> None:
        self._socket = socket
        self._me = me
        self._relay = relay
        self._graph = Graph()
        self._state = SyncState(self._graph)
        self._document = DocumentId(bytes(16))
        self._news = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())
        self.arrived: dict[ChangeHash, float] = {}
        """When each change of another came in, in seconds of the performance counter."""
        self.bytes_in = 0
        self.documents: list[bytes] = []
        self.blobs: list[bytes] = []
        """Everything that came in, as it came."""

    @classmethod
    async def take(cls, url: str, name: str, headers: Mapping[str, str] | None = None) -> Self:
        """Connect and introduce oneself; a credential is among the headers."""
        socket = await _connect(url, headers)
        me = PeerId(name)
        await socket.send(encode(Join(me)))
        answer = decode(await asyncio.wait_for(socket.recv(), PATIENCE))
        assert isinstance(answer, Peer), answer
        return cls(socket, me, answer.sender_id)

    @classmethod
    async def among(cls, url: str, name: str) -> Self:
        """Connect to a server that answers nothing, and only passes everything on to the others."""
        return cls(await _connect(url), PeerId(name), PeerId("everybody"))

    def __contains__(self, change: ChangeHash) -> bool:
        return change in self._graph

    async def open(
        self, document: DocumentId, past: Sequence[Change], advertise: bool = False
    ) -> None:
        """Open a document of which one has these changes already."""
        self._document = document
        self._state = SyncState(self._graph, advertise=advertise)
        self._graph.add(past)
        message = self._state.generate()
        assert message is not None
        kind = Sync if past else Request
        await self._send(kind(self._me, self._relay, document, message.encode()))

    async def press(self, key: Change) -> float:
        """Send one change; returns when."""
        self._graph.add([key])
        message = self._state.generate()
        at = time.perf_counter()
        if message is not None:
            await self._send(Sync(self._me, self._relay, self._document, message.encode()))
        return at

    async def in_step(self) -> None:
        """Wait until the relay has exactly what is here."""
        await self._until(lambda: self._state.in_step)

    async def has(self, change: ChangeHash) -> None:
        """Wait until a change is here."""
        await self._until(lambda: change in self._graph)

    async def offered(self, change: ChangeHash) -> None:
        """Wait until everything up to a change has come, as changes or as a whole document."""
        await self._until(lambda: change in self._graph or self._covered(change))

    async def ended(self) -> None:
        """Wait until the connection is gone."""
        await asyncio.shield(self._reader)

    async def leave(self) -> None:
        """Close the connection."""
        await self._socket.close()
        await self._reader

    def _covered(self, change: ChangeHash) -> bool:
        return bool(self.documents) and change in (self._state.their_heads or ())

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(holds), PATIENCE)

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                self.bytes_in += len(frame)
                at = self._socket.came_at
                await asyncio.sleep(0)  # what came in for others here meanwhile has come by now
                await self._take(frame, at)
        except ConnectionClosed:
            return

    async def _take(self, frame: bytes | str, at: float) -> None:
        message = decode(frame)
        if isinstance(message, Sync | Request):
            received = SyncMessage.decode(message.data)
            changes, documents = split(received.changes)
            self.documents += documents
            self.blobs += received.changes
            for change in self._state.receive(received, changes):
                self.arrived[change.hash] = at
            reply = None if documents else self._state.generate()
            if reply is not None:
                await self._send(Sync(self._me, self._relay, self._document, reply.encode()))
        async with self._news:
            self._news.notify_all()

    async def _send(self, message: Sync | Request) -> None:
        await self._socket.send(encode(message))


async def _connect(url: str, headers: Mapping[str, str] | None = None) -> Punctual:
    socket = await connect(
        url,
        additional_headers=headers,
        max_size=None,
        ping_interval=None,
        compression=None,
        create_connection=Punctual,
    )
    assert isinstance(socket, Punctual)
    return socket


@asynccontextmanager
async def room(
    url: str, document: DocumentId, past: Sequence[Change]
) -> AsyncIterator[tuple[Seat, Seat, Seat]]:
    """Sit three at one document, all of them having its whole past."""
    async with AsyncExitStack() as leaving:
        seats = []
        for name in ("student", "teacher", "parent"):
            seat = await Seat.take(url, f"{name}-{document.hex()}")
            leaving.push_async_callback(seat.leave)
            await seat.open(document, past)
            await seat.in_step()
            seats.append(seat)
        first, second, third = seats
        yield first, second, third


@asynccontextmanager
async def bare_room(
    url: str, document: DocumentId, past: Sequence[Change]
) -> AsyncIterator[tuple[Seat, Seat, Seat]]:
    """As `room`, at a server that only passes on: three who are in step need no more."""
    async with AsyncExitStack() as leaving:
        seats = []
        for name in ("student", "teacher", "parent"):
            seat = await Seat.among(url, name)
            leaving.push_async_callback(seat.leave)
            seats.append(seat)
        for seat in seats:
            await seat.open(document, past)
        for seat in seats:
            await seat.in_step()
        first, second, third = seats
        yield first, second, third
