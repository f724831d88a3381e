"""Servers that are no relay, or an odd one."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from contract_tui.session.link.status import StatusKind
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import (
    Join,
    Peer,
)
from tests.contract_tui.session.company import company, read, until, write

RELAY = PeerId("relay")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def tcp(answer: bytes) -> AsyncIterator[str]:
    """A server that answers whatever comes with the same bytes and hangs up."""

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    async with server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def impostor(behave: Callable[[ServerConnection], Awaitable[None]]) -> AsyncIterator[str]:
    """A websocket server that behaves in its own way."""

    async def handle(connection: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            await behave(connection)

    async with serve(handle, "127.0.0.1", 0) as server:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


async def greet(connection: ServerConnection) -> PeerId:
    join = decode(await connection.recv())
    assert isinstance(join, Join)
    await connection.send(encode(Peer(RELAY, join.sender_id)))
    return join.sender_id


async def detail_of(tmp_path: Path, url: str) -> str:
    """What a person is told about this relay; their words must be safe whatever it does."""
    async with company(tmp_path, url) as people:
        session = await people.open("Heidi")
        write(session, "safe")
        await until(session, lambda: bool(session.status.detail))
        assert session.status.kind is StatusKind.ALONE
        assert session.status.unshared > 0
        assert url in session.status.detail
        assert "\n" not in session.status.detail
        again = await people.open("Heidi")
        assert read(again) == "safe"
        return session.status.detail


def answering(frame: bytes | str) -> Callable[[ServerConnection], Awaitable[None]]:
    async def behave(connection: ServerConnection) -> None:
        await connection.recv()
        await connection.send(frame)
        await connection.wait_closed()

    return behave
