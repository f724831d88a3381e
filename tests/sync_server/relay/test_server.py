"""A real relay on a real loopback socket, and writers at the other end."""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from sync_server.protocol.codec import encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Join, Leave
from sync_server.relay.errors import AddressUnavailable, DataUnavailable
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.sync_server.hub.stores import FailingStore
from tests.sync_server.hub.writing import Copy
from tests.sync_server.relay.client import PATIENCE, Client
from tests.sync_server.relay.requests import http

OPEN = Settings(port=0, open=True)


async def test_what_one_writes_the_others_read(relay: Relay, document: DocumentId) -> None:
    async with (
        Client.connect(relay.url, "ada") as ada,
        Client.connect(relay.url, "bob") as bob,
        Client.connect(relay.url, "cyd") as cyd,
    ):
        for client in (ada, bob, cyd):
            await client.open(document)
        await ada.write(document, "we ")
        await bob.reads(document, "we ")
        await bob.write(document, "write")
        for client in (ada, bob, cyd):
            await client.reads(document, "we write")
            await client.shared(document)


async def test_those_who_write_at_once_end_with_the_same_words(
    relay: Relay, document: DocumentId
) -> None:
    names = ["ada", "bob", "cyd"]
    async with contextlib.AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(Client.connect(relay.url, name)) for name in names
        ]
        for client in clients:
            await client.open(document)
        await clients[0].write(document, "|")
        for client in clients:
            await client.reads(document, "|")
        await asyncio.gather(
            *(
                client.write(document, name[0] * 50)
                for client, name in zip(clients, names, strict=True)
            )
        )
        for client in clients:
            await client.reads_length(document, 151)
        assert len({client.copies[document].text for client in clients}) == 1


async def test_presence_is_passed_on(relay: Relay, document: DocumentId) -> None:
    async with Client.connect(relay.url, "ada") as ada, Client.connect(relay.url, "bob") as bob:
        for client in (ada, bob):
            await client.open(document)
            await client.answered(document)
        await ada.look(document, 1, b"at the beginning")
        await bob.until(lambda: bob.ephemerals)
        assert bob.ephemerals[0].data == b"at the beginning"
        assert ada.ephemerals == []


async def test_a_document_in_fragments_is_put_together(relay: Relay, document: DocumentId) -> None:
    copy = Copy(document)
    copy.write("fragments")
    async with Client.connect(relay.url, "ada") as ada, Client.connect(relay.url, "bob") as bob:
        await ada.open(document, copy)
        await ada.shared(document)
        await bob.open(document)
        await bob.reads(document, "fragments")
        frame = encode(Leave(bob.name))
        await bob.socket.send([frame[:3], frame[3:7], frame[7:]])
        assert await bob.ended() == (1000, "")


# Whoever is gone, or slow


async def test_a_peer_that_does_not_answer_pings_is_cut_off() -> None:
    settings = Settings(port=0, open=True, ping_interval=0.2, ping_timeout=0.2)
    async with Relay.serve(settings) as relay, connect(relay.url, ping_interval=None) as eve:
        await eve.send(encode(Join(PeerId("eve"))))
        eve.transport.pause_reading()
        async with asyncio.timeout(PATIENCE):
            await relay._one_closed.wait()
        assert relay.vitals.connections == 0
        eve.transport.resume_reading()


async def test_a_peer_that_answers_pings_stays() -> None:
    settings = Settings(port=0, open=True, ping_interval=0.1, ping_timeout=0.1)
    async with Relay.serve(settings) as relay, Client.connect(relay.url, "ada") as ada:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await ada.ended()
        assert relay.vitals.connections == 1


@contextlib.asynccontextmanager
async def non_reader(relay: Relay, document: DocumentId) -> AsyncIterator[Client]:
    """A member of the room that has stopped reading from its socket."""
    async with Client.connect(relay.url, "slow") as slow:
        await slow.open(document)
        await slow.until(lambda: slow.unavailable)
        transport = slow.socket.transport
        transport.pause_reading()
        try:
            yield slow
        finally:
            transport.resume_reading()


async def fill(ada: Client, document: DocumentId, megabytes: int) -> str:
    """Write more than the system keeps for a reader that does not read."""
    for _ in range(megabytes):
        await ada.attach(document, os.urandom(1_000_000))
        await ada.shared(document)
    await ada.write(document, "done")
    await ada.shared(document)
    return ada.copies[document].text


async def test_a_slow_reader_makes_nobody_wait_and_catches_up(document: DocumentId) -> None:
    async with (
        Relay.serve(OPEN) as relay,
        Client.connect(relay.url, "ada") as ada,
        non_reader(relay, document) as slow,
    ):
        await ada.open(document)
        text = await fill(ada, document, 12)
        backlog = max(s._transport.get_write_buffer_size() for s in relay._sockets.values())
        assert 0 < backlog < 2_000_000
        await ada.look(document, 1)
        slow.socket.transport.resume_reading()
        await slow.reads(document, text)
        await slow.shared(document)
        assert slow.ephemerals == []


async def test_a_reader_that_never_reads_is_cut_off_and_the_others_do_not_wait(
    document: DocumentId,
) -> None:
    # Time enough to fill the system's buffers, or it would be let go as silent instead.
    settings = Settings(port=0, open=True, ping_interval=2, ping_timeout=3)
    async with Relay.serve(settings) as relay, Client.connect(relay.url, "ada") as ada:
        async with non_reader(relay, document):
            await ada.open(document)
            await fill(ada, document, 12)
            async with asyncio.timeout(PATIENCE):
                await relay._one_closed.wait()
        _, body = await http(relay, "GET /metrics HTTP/1.1\r\n\r\n")
        assert "sync_server_slow_total 1" in body


# Starting and stopping


async def test_a_port_in_use_is_said(relay: Relay) -> None:
    with pytest.raises(AddressUnavailable, match=f"cannot listen on 127.0.0.1:{relay.port}"):
        async with Relay.serve(Settings(port=relay.port, open=True)):
            pass


async def test_an_address_that_is_not_ours_is_said() -> None:
    with pytest.raises(AddressUnavailable, match="cannot listen on 192"):
        async with Relay.serve(Settings(host="192.0.2.1", port=0, open=True)):
            pass


async def test_two_relays_on_one_data_directory_are_refused(tmp_path: Path) -> None:
    settings = Settings(port=0, open=True, data=tmp_path)
    async with Relay.serve(settings):
        with pytest.raises(DataUnavailable, match="another relay uses"):
            async with Relay.serve(settings):
                pass
    async with Relay.serve(settings):
        pass


async def test_stopping_says_goodbye_and_keeps_everything(
    tmp_path: Path, document: DocumentId
) -> None:
    settings = Settings(port=0, open=True, data=tmp_path)
    async with Relay.serve(settings) as relay:
        stack = contextlib.AsyncExitStack()
        ada = await stack.enter_async_context(Client.connect(relay.url, "ada"))
        await ada.open(document)
        await ada.write(document, "kept")
        await ada.shared(document)
    assert await ada.ended() == (1001, "the relay stops")
    await stack.aclose()
    async with Relay.serve(settings) as relay, Client.connect(relay.url, "bob") as bob:
        await bob.open(document)
        await bob.reads(document, "kept")


async def test_a_relay_listens_on_ipv6_where_there_is_any() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 here")
    async with Relay.serve(Settings(host="::1", port=0, open=True)) as relay:
        assert relay.url.startswith("ws://[::1]:")
        async with Client.connect(relay.url, "ada"):
            pass


async def test_a_power_safe_relay_with_a_disk_delivers(
    tmp_path: Path, document: DocumentId
) -> None:
    settings = Settings(port=0, open=True, data=tmp_path, power_safe=True)
    async with (
        Relay.serve(settings) as relay,
        Client.connect(relay.url, "ada") as ada,
        Client.connect(relay.url, "bob") as bob,
    ):
        for client in (ada, bob):
            await client.open(document)
        await ada.write(document, "as quick as one can type")
        await bob.reads(document, "as quick as one can type")


async def test_a_full_disk_is_told_to_writers_and_to_whoever_asks(
    document: DocumentId,
) -> None:
    store = FailingStore()
    store.full = True
    async with Relay.serve(OPEN, store) as relay:
        async with Client.connect(relay.url, "ada") as ada:
            await ada.open(document)
            await ada.write(document, "x")
            assert await ada.ended() == (1011, "the relay cannot store changes now")
            assert ada.errors == ["the relay cannot store changes now"]
        line, body = await http(relay, "GET /health HTTP/1.1\r\n\r\n")
        assert "503" in line
        assert json.loads(body)["status"] == "cannot store changes"


class TrippingStore(MemoryStore):
    """A store with a defect that one document brings to light."""

    def load(self, document, first=0, count=-1):  # type: ignore[no-untyped-def]  # as the base class
        if document == bytes(16):
            raise TypeError("a defect")
        return super().load(document, first, count)


async def test_a_defect_while_reading_closes_only_who_asks_for_the_document(
    document: DocumentId,
) -> None:
    async with (
        Relay.serve(OPEN, TrippingStore()) as relay,
        Client.connect(relay.url, "ada") as ada,
        Client.connect(relay.url, "bob") as bob,
    ):
        await ada.open(DocumentId(bytes(16)))
        assert await ada.ended() == (1011, "the relay cannot read the document")
        await bob.open(document)
        await bob.write(document, "x")
        await bob.shared(document)
        assert not relay.stopped.done()


# Questions


async def test_health_is_json(relay: Relay) -> None:
    async with Client.connect(relay.url, "ada"):
        line, body = await http(relay, "GET /health HTTP/1.1\r\nHost: relay\r\n\r\n")
    assert line == "HTTP/1.1 200 OK"
    health = json.loads(body)
    assert health["status"] == "ok"
    assert health["connections"] == 1
    assert set(health) == {"status", "version", "uptime", "connections", "contracts"}


async def test_metrics_are_in_the_prometheus_text_format(
    relay: Relay, document: DocumentId
) -> None:
    async with Client.connect(relay.url, "ada") as ada:
        await ada.open(document)
        await ada.write(document, "abc")
        await ada.shared(document)
        line, body = await http(relay, "GET /metrics HTTP/1.1\r\nHost: relay\r\n\r\n")
    assert line == "HTTP/1.1 200 OK"
    values = dict(row.split() for row in body.splitlines() if not row.startswith("#"))
    assert values["sync_server_changes_total"] == "3"
    assert values["sync_server_connections"] == "1"
    assert values["sync_server_contracts"] == "1"
    assert body.count("# HELP") == body.count("# TYPE") > 20
