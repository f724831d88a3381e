"""Whatever comes over a real socket ends at most its own connection, with a reason."""

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidMessage, InvalidStatus
from websockets.typing import Origin

from sync_server.protocol.codec import encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Join, Sync
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.sync_server.relay.client import PATIENCE, Client
from tests.sync_server.relay.requests import http

SYNC = Sync(PeerId("eve"), PeerId("relay"), DocumentId(bytes(16)), b"\x42\0\0\0\0")
Misdeed = Callable[[Client], Awaitable[None]]


def sends(*frames: bytes | str) -> Misdeed:
    async def misdeed(eve: Client) -> None:
        for frame in frames:
            await eve.socket.send(frame)

    return misdeed


async def nothing(eve: Client) -> None:
    """Say nothing at all."""


JOIN = encode(Join(PeerId("eve")))
MISDEEDS: dict[str, tuple[Misdeed, int, str]] = {
    "garbage": (sends(JOIN, b"\xff\xfe garbage"), 1008, "plain CBOR"),
    "garbage before join": (sends(os.urandom(100)), 1008, ""),
    "no map": (sends(JOIN, b"\x83\x01\x02\x03"), 1008, "not a map"),
    "unknown type": (sends(JOIN, b"\xa1dtypeeshout"), 1008, "unknown message type"),
    "wrong version": (sends(encode(Join(PeerId("eve"), ("2",)))), 1008, "version 1"),
    "text": (sends(JOIN, "text"), 1003, "text frames"),
    "long text": (sends("text" * 1000), 1003, "text frames"),
    "over the limit": (sends(JOIN, bytes(200_001)), 1009, ""),
    "over the limit in fragments": (
        lambda eve: eve.socket.send(bytes(50_000) for _ in range(5)),
        1009,
        "",
    ),
    "never joins": (nothing, 1008, "no join"),
    "sync before join": (sends(encode(SYNC)), 1008, "join"),
    "no id": (
        sends(JOIN, encode(SYNC).replace(b"1111111111111111", b"x" * 16)),
        1008,
        "documentId",
    ),
    "no sync message": (
        sends(JOIN, encode(Sync(PeerId("eve"), PeerId("r"), DocumentId(bytes(16)), b"\x99"))),
        1008,
        "not a sync message",
    ),
}


@pytest.mark.parametrize(("misdeed", "code", "words"), MISDEEDS.values(), ids=MISDEEDS.keys())
async def test_bad_input_ends_its_connection_with_a_reason_and_no_other(
    relay: Relay, document: DocumentId, misdeed: Misdeed, code: int, words: str
) -> None:
    async with Client.connect(relay.url, "ada") as ada, Client.connect(relay.url, "bob") as bob:
        for client in (ada, bob):
            await client.open(document)
        async with Client.connect(relay.url, "eve", join=False) as eve:
            typing = asyncio.create_task(ada.write(document, "a b c d e f g h i j"))
            await misdeed(eve)
            ended, reason = await eve.ended()
            await typing
        assert ended == code
        assert reason
        assert words in reason
        if code != 1009:
            assert eve.errors == [reason]
        await bob.reads(document, "a b c d e f g h i j")
        await ada.shared(document)
        assert ada.closed is None
        assert bob.closed is None


async def test_bytes_that_are_no_websocket_frames_are_refused(relay: Relay) -> None:
    async with connect(relay.url) as eve:
        eve.transport.write(b"\xff" * 20)
        await eve.wait_closed()
        assert eve.close_code == 1002


async def test_bytes_that_are_no_http_are_refused(relay: Relay) -> None:
    line, _ = await http(relay, "GET / HTTP/1.0\r\n\r\n")
    assert line.startswith("HTTP/1.1 505")
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
    writer.write(b"\x16\x03\x01 garbage \r\n\r\n")
    async with asyncio.timeout(PATIENCE):
        await reader.read()
    writer.close()


async def test_who_does_not_finish_the_handshake_is_cut_off() -> None:
    settings = Settings(port=0, open=True, handshake_within=0.1, ping_interval=0.2)
    async with Relay.serve(settings) as relay:
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
        writer.write(b"GET / HTTP/1.1\r\n")
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
        writer.close()


async def test_a_plain_request_learns_that_this_is_a_websocket_server(relay: Relay) -> None:
    line, body = await http(relay, "GET / HTTP/1.1\r\nHost: relay\r\n\r\n")
    assert "426" in line
    assert "WebSocket" in body


# Who may not even ask


async def left(relay: Relay, stay: int) -> None:
    """Wait until no more than a number of connections are there."""
    async with asyncio.timeout(PATIENCE):
        while len(relay._sockets) > stay:
            relay._one_closed.clear()
            await relay._one_closed.wait()


async def test_pages_of_other_sites_are_refused(relay: Relay) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(relay.url, origin=Origin("https://evil.example"))
    answer = refused.value.response
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert parsedate_to_datetime(answer.headers["Date"])
    assert answer.body == (
        b"pages of other sites may not connect here unless the relay allows them by name\n"
    )


async def test_pages_that_are_allowed_by_name_and_its_own_are_let_in() -> None:
    settings = Settings(port=0, open=True, allow_origins=("https://school.example",))
    async with Relay.serve(settings) as relay:
        for origin in ("https://school.example", f"http://127.0.0.1:{relay.port}"):
            async with connect(relay.url, origin=Origin(origin)):
                pass


async def test_one_network_has_its_share_and_no_more() -> None:
    settings = Settings(port=0, open=True, connections_per_address=2)
    async with (
        Relay.serve(settings) as relay,
        Client.connect(relay.url, "ada") as ada,
        Client.connect(relay.url, "bob"),
    ):
        with pytest.raises(InvalidStatus) as refused:
            await connect(relay.url)
        answer = refused.value.response
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "60"
        assert b"too many connections come from your network" in answer.body
        line, _ = await http(relay, "GET /health HTTP/1.1\r\nHost: relay\r\n\r\n")
        assert "200" in line
        await ada.socket.close()
        await left(relay, 1)
        async with Client.connect(relay.url, "cyd"):
            pass


async def test_where_there_is_no_room_at_the_door_nobody_is_kept_waiting() -> None:
    settings = Settings(port=0, open=True, handshakes=1, handshake_within=1000)
    async with Relay.serve(settings) as relay:
        _, writer = await asyncio.open_connection("127.0.0.1", relay.port)
        writer.write(b"GET / HTTP/1.1\r\n")
        async with asyncio.timeout(PATIENCE):
            with pytest.raises((OSError, EOFError, InvalidMessage)):
                await connect(relay.url)
        writer.close()
        await writer.wait_closed()
        await left(relay, 0)
        async with Client.connect(relay.url, "ada"):
            pass
