import asyncio
import sqlite3
from pathlib import Path

import cbor2
import pytest
from websockets.asyncio.server import ServerConnection

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.world import World
from contract_tui.session.link import dialling
from contract_tui.session.link.conversation import Conversation
from contract_tui.session.link.status import StatusKind
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor
from sync_server.protocol.messages import (
    DocUnavailable,
    Ephemeral,
    Request,
    Sync,
)
from sync_server.protocol.sync import SyncMessage, SyncState
from tests.contract_tui.session.company import company, read, relay, until, write
from tests.contract_tui.session.impostors import (
    RELAY,
    detail_of,
    free_port,
    greet,
    impostor,
)


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
        async with asyncio.timeout(30):
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


@pytest.mark.parametrize("verb", ["hear", "speak"])
async def test_a_mistake_of_ours_is_shown_and_not_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("our mistake")

    seen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: seen.append(context))
    async with relay() as server, company(tmp_path, server.url) as people:
        monkeypatch.setattr(Conversation, verb, broken)
        session = await people.open("Heidi")
        await until(session, lambda: "(RuntimeError)" in session.status.detail)
    assert len(seen) == 1


async def test_a_disk_that_cannot_be_read_for_a_moment_ends_no_more_than_a_connection(
    tmp_path: Path,
) -> None:
    port = free_port()
    async with company(tmp_path, f"ws://127.0.0.1:{port}") as people:
        first = await people.open("Heidi", World(online=False))
        write(first, "x")
        session = await people.open("Heidi")
        connection = sqlite3.connect(tmp_path / "Heidi" / "library.sqlite3", isolation_level=None)
        connection.execute("ALTER TABLE change RENAME TO gone")
        async with relay(port):
            session.reconnect()
            await until(session, lambda: "no such table" in session.links[0].state.trouble)
            connection.execute("ALTER TABLE gone RENAME TO change")
            connection.close()
            session.reconnect()
            await until(session, lambda: session.status.kind is StatusKind.SHARED)
