import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.splice import Splice
from contract_tui.session import dialling, link
from contract_tui.session.conversation import Conversation
from contract_tui.session.dialling import LONG_ABSENCE, waiting_time
from contract_tui.session.status import StatusKind
from contract_tui.session.world import World
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, PeerId
from sync_server.protocol.messages import (
    DocUnavailable,
    Ephemeral,
    Error,
    Join,
    Peer,
    Request,
    Sync,
)
from sync_server.protocol.sync import SyncMessage, SyncState
from tests.contract_tui.session.company import company, read, relay, until, write

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


async def test_nothing_there(tmp_path: Path) -> None:
    detail = await detail_of(tmp_path, f"ws://127.0.0.1:{free_port()}")
    assert detail.startswith("no relay answers at")
    assert "refused" in detail


async def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    assert "no relay answers" in await detail_of(tmp_path, "ws://nowhere.invalid:3030")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"\0\xff" * 50,
        b"",
    ],
)
async def test_something_that_is_no_websocket(tmp_path: Path, answer: bytes) -> None:
    async with tcp(answer) as url:
        assert "is not a relay" in await detail_of(tmp_path, url)


def answering(frame: bytes | str) -> Callable[[ServerConnection], Awaitable[None]]:
    async def behave(connection: ServerConnection) -> None:
        await connection.recv()
        await connection.send(frame)
        await connection.wait_closed()

    return behave


@pytest.mark.parametrize(
    "frame",
    [
        "hello",
        b"\xff\xff\xff",
        cbor2.dumps([1, 2]),
        cbor2.dumps({"type": "welcome"}),
        encode(Peer(RELAY, PeerId("x"), "2")),
        encode(Join(RELAY)),
    ],
    ids=["text", "garbage", "no map", "unknown type", "other version", "no answer"],
)
async def test_a_websocket_that_speaks_something_else(tmp_path: Path, frame: bytes | str) -> None:
    async with impostor(answering(frame)) as url:
        assert "is not a relay" in await detail_of(tmp_path, url)


async def test_a_relay_that_refuses_says_why(tmp_path: Path) -> None:
    async with impostor(answering(encode(Error("come back tomorrow")))) as url:
        detail = await detail_of(tmp_path, url)
        assert detail == f"the relay at {url} refuses: come back tomorrow"


async def test_a_relay_that_closes_half_way(tmp_path: Path) -> None:
    async def behave(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.recv()
        await connection.close(1011, "out of breath")

    async with impostor(behave) as url:
        assert "broke off the connection: out of breath" in await detail_of(tmp_path, url)


async def test_a_relay_that_falls_silent_before_greeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "PATIENCE", 0.05)

    async def behave(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with impostor(behave) as url:
        assert "nothing answers" in await detail_of(tmp_path, url)


@pytest.mark.parametrize(
    "data", [b"", b"garbage", SyncMessage(changes=(b"\x85\x6f\x4a\x83broken",)).encode()]
)
async def test_a_relay_that_sends_what_cannot_be(tmp_path: Path, data: bytes) -> None:
    async def behave(connection: ServerConnection) -> None:
        me = await greet(connection)
        first = decode(await connection.recv())
        assert isinstance(first, Sync)
        await connection.send(encode(Sync(RELAY, me, first.document_id, data)))
        await connection.wait_closed()

    async with impostor(behave) as url:
        assert "is not a relay" in await detail_of(tmp_path, url)


async def test_a_change_that_cannot_follow_is_refused_and_the_rest_kept(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        actor = Actor(b"2" * 16)
        twins = [Contract.open(heidi.contract.changes_since(), actor) for _ in range(2)]
        good = twins[0].splice(INTERESTS, Splice(0, 0, "good"))
        fork = twins[1].splice(INTERESTS, Splice(0, 0, "the same actor and number"))

        async def behave(connection: ServerConnection) -> None:
            me = await greet(connection)
            first = decode(await connection.recv())
            assert isinstance(first, Sync)
            data = SyncMessage(changes=(good, fork)).encode()
            await connection.send(encode(Sync(RELAY, me, first.document_id, data)))
            await connection.wait_closed()

        async with impostor(behave) as url:
            people.library("Heidi").add_relays(people.contract, [url])
            session = await people.open("Heidi")
            await until(session, lambda: "a change that cannot be" in session.status.detail)
            assert read(session) == "good"
            assert read(await people.open("Heidi", World(online=False))) == "good"


class Repo:
    """A relay like the one from npm: it answers with a whole document, and gossips."""

    def __init__(self, document: CrdtDocument | None) -> None:
        self.document = document
        self.graph = Graph()
        self.kinds: list[type] = []
        if document:
            self.graph.add(parse_changes(document.changes_since(())))

    async def __call__(self, connection: ServerConnection) -> None:
        me = await greet(connection)
        state = SyncState(self.graph)
        await connection.send(cbor2.dumps({"type": "remote-heads-changed", "senderId": "r"}))
        async for frame in connection:
            message = decode(frame)
            self.kinds.append(type(message))
            if isinstance(message, Request) and not len(self.graph):
                await connection.send(encode(DocUnavailable(RELAY, me, message.document_id)))
            if not isinstance(message, Sync | Request):
                continue
            asked = SyncMessage.decode(message.data)
            state.receive(asked, parse_changes(asked.changes))
            if answer := state.generate():
                if answer.changes and self.document and asked.capabilities is not None:
                    answer = SyncMessage(
                        answer.heads, answer.need, answer.have, (self.document.save(),)
                    )
                data = answer.encode()
                await connection.send(encode(Sync(RELAY, me, message.document_id, data)))


async def test_a_whole_document_is_taken_apart_into_changes(tmp_path: Path) -> None:
    async with company(tmp_path / "h") as people:
        heidi = await people.open("Heidi")
        write(heidi, "goats")
        document = CrdtDocument(Actor(b"1" * 16))
        document.apply(heidi.contract.changes_since())
        repo = Repo(document)
        async with impostor(repo) as url:
            people.library("Heidi").add_relays(people.contract, [url])
            people.invite("Clara", Role.TEACHER)
            clara = await people.open("Clara")
            await until(clara, lambda: read(clara) == "goats")
            await until(clara, lambda: clara.status.kind is StatusKind.SHARED)
            assert repo.kinds[0] is Request
            assert len(clara.contract.seats) == 2
            stored = people.library("Clara").journal(people.contract).stored()
            assert stored == clara.size == len(repo.graph)


async def test_a_relay_that_has_nothing_says_so_and_gets_what_is_written_later(
    tmp_path: Path,
) -> None:
    repo = Repo(None)
    async with impostor(repo) as url, company(tmp_path, url) as people:
        people.invite("Clara", Role.TEACHER)
        clara = await people.open("Clara")
        await until(clara, lambda: clara.links[0].is_unavailable)
        assert clara.status.words == "waiting for the contract"
        write(clara, "first")
        await until(clara, lambda: clara.status.kind is StatusKind.SHARED)
        assert repo.kinds[0] is Request
        assert len(repo.graph) == clara.size == 3


async def test_presence_of_strangers_and_echoes_are_passed_over(tmp_path: Path) -> None:
    told = asyncio.Event()

    async def behave(connection: ServerConnection) -> None:
        me = await greet(connection)
        async for frame in connection:
            message = decode(frame)
            if isinstance(message, Ephemeral):
                await connection.send(frame)  # an echo
                noise = Ephemeral(RELAY, me, message.document_id, "s", 1, b"\xff")
                await connection.send(encode(noise))
                told.set()

    async with impostor(behave) as url, company(tmp_path, url) as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.links[0].is_connected)
        session.look(INTERESTS)
        async with asyncio.timeout(5):
            await told.wait()
        write(session, "x")
        assert [(p.name, p.here) for p in session.people] == [("Heidi", True)]
        assert session.links[0].is_connected


async def test_reconnecting_on_demand_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "FIRST_WAIT", 1000.0)
    monkeypatch.setattr(dialling, "SHORT_WAIT", 1000.0)
    port = free_port()
    async with company(tmp_path, f"ws://127.0.0.1:{port}") as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.status.kind is StatusKind.ALONE)
        await until(session, lambda: bool(session.status.detail))
        async with relay(port):
            session.reconnect()
            await until(session, lambda: session.status.kind is StatusKind.SHARED)


async def test_of_two_relays_one_is_enough(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, f"ws://127.0.0.1:{free_port()}") as people:
        people.library("Heidi").add_relays(people.contract, [server.url])
        session = await people.open("Heidi")
        await until(session, lambda: session.status.kind is StatusKind.SHARED)


async def test_a_mistake_of_ours_is_shown_and_not_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("our mistake")

    seen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: seen.append(context))
    async with relay() as server, company(tmp_path, server.url) as people:
        monkeypatch.setattr(Conversation, "hear", broken)
        session = await people.open("Heidi")
        await until(session, lambda: "our mistake" in session.status.detail)
    assert len(seen) == 1


@given(st.integers(0, 200), st.floats(0, 1e6), st.floats(0, 1, exclude_max=True))
def test_waiting_stays_within_bounds(failures: int, away: float, chance: float) -> None:
    wait = waiting_time(failures, away, chance)
    assert 0.05 <= wait <= (2.0 if away < LONG_ABSENCE else 30.0)


def test_waiting_doubles_and_then_is_capped() -> None:
    assert [waiting_time(n, 0, 0.999999) for n in range(4)] == pytest.approx([0.5, 1, 2, 2])
    assert waiting_time(10, LONG_ABSENCE, 0.999999) == pytest.approx(30)
