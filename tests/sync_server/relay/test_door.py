"""A closed relay on a real socket, and who comes in."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from sync_server.access.credential import PARAMETER_LIFETIME
from sync_server.hub.records import CLAIM, REVOCATIONS, SPENT
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore, StorageFull, StoredRecord
from tests.sync_server.relay.client import PATIENCE, Client
from tests.sync_server.relay.entrance import CLOSED, comes_in, refused
from tests.sync_server.relay.guests import Holder, Person, now
from tests.sync_server.relay.requests import http

REPLAYED = re.compile(b"was used before|is older than this run")
"""What a relay says that was started again since, in the same second or in a later one."""


async def test_who_was_invited_is_let_in(closed: Relay, store: MemoryStore, holder: Holder) -> None:
    ada = holder.seat()
    async with Client.connect(
        closed.url, "ada", additional_headers=ada.header(closed.url)
    ) as client:
        await client.open(holder.contract)
        await client.answered(holder.contract)
        [socket] = closed._sockets.values()
        assert socket.guest is not None
        assert socket.guest.device.key == ada.key.public
        assert CLAIM in {record.kind for record in store.records(holder.contract)}


async def test_who_shows_nothing_is_refused(closed: Relay) -> None:
    answer = await refused(closed)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["X-Refused"] == "missing"
    assert b"ask for an invitation" in (answer.body or b"")


async def test_a_credential_in_the_address_lets_in_again_and_again(
    closed: Relay, holder: Holder
) -> None:
    token = holder.seat().credential(closed.url, lifetime=PARAMETER_LIFETIME)
    for _ in range(2):
        await comes_in(closed, path=f"/?access={token}")
    assert (await refused(closed, path=f"/?access={token}&access={token}")).status_code == 401
    assert (await refused(closed, path="/?access=")).status_code == 401


async def test_a_credential_in_the_header_lets_in_once(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    header = holder.seat().header(closed.url)
    await comes_in(closed, header)
    assert b"used before" in ((await refused(closed, header)).body or b"")
    # Another run of the relay, on another port, that goes by the same name.
    async with Relay.serve(Settings(port=0, public_urls=(closed.url,)), store) as again:
        assert REPLAYED.search((await refused(again, header)).body or b"")


async def test_one_credential_used_by_many_at_once_lets_in_one(
    closed: Relay, holder: Holder
) -> None:
    header = holder.seat().header(closed.url)
    outcomes = await asyncio.gather(
        *(comes_in(closed, header) for _ in range(8)), return_exceptions=True
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, InvalidStatus) for outcome in outcomes) == 7


async def test_many_claims_of_one_invitation_at_once_let_in_one(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    invitation = holder.invite()
    people = [Person.take(invitation) for _ in range(8)]

    async def tries(person: Person) -> bool:
        try:
            await comes_in(closed, person.header(closed.url))
        except InvalidStatus as error:
            return error.response.status_code != 403
        return True

    came_in = await asyncio.gather(*(tries(person) for person in people))
    assert sum(came_in) == 1
    first = people[came_in.index(True)]
    await comes_in(closed, first.header(closed.url))
    [claim] = [each for each in store.records(holder.contract) if each.kind == CLAIM]
    assert claim.data.decode() == first.proof.text


async def test_a_claim_outlives_the_relay(tmp_path: Path, holder: Holder) -> None:
    settings = Settings(port=0, data=tmp_path, public_urls=("ws://school.example",))
    invitation = holder.invite()
    ada, eve = Person.take(invitation), Person.take(invitation)
    async with Relay.serve(settings) as relay:
        header = ada.header("ws://school.example:80")
        await comes_in(relay, header)
    async with Relay.serve(settings) as relay:
        assert REPLAYED.search((await refused(relay, header)).body or b"")
        answer = await refused(relay, eve.header("ws://school.example:80"))
        assert answer.status_code == 403
        assert b"taken on another computer" in (answer.body or b"")
        await comes_in(relay, ada.header("ws://school.example:80"))


async def test_names_come_from_the_settings_and_never_from_the_host_header(
    holder: Holder,
) -> None:
    ada = holder.seat()
    async with Relay.serve(CLOSED) as relay:
        for name in (f"ws://localhost:{relay.port}", f"ws://[::1]:{relay.port}"):
            await comes_in(relay, ada.header(name))
        evil = ada.header("ws://evil.example:80") | {"Host": "evil.example"}
        assert b"another relay" in ((await refused(relay, evil)).body or b"")
    async with Relay.serve(Settings(port=0, public_urls=("wss://school.example",))) as relay:
        await comes_in(relay, ada.header("wss://school.example:443"))
        assert (await refused(relay, ada.header(relay.url))).status_code == 401


async def test_listening_everywhere_it_goes_by_the_address_that_was_reached(
    holder: Holder,
) -> None:
    async with Relay.serve(Settings(host="0.0.0.0", port=0)) as relay:
        ada = holder.seat().header(f"ws://127.0.0.2:{relay.port}")
        async with connect(f"ws://127.0.0.2:{relay.port}", additional_headers=ada):
            pass
        other = holder.seat().header(f"ws://127.0.0.3:{relay.port}")
        with pytest.raises(InvalidStatus):
            await connect(f"ws://127.0.0.2:{relay.port}", additional_headers=other)


async def test_a_whole_school_comes_in_at_once(closed: Relay) -> None:
    people = [Holder().seat(f"pupil {n}") for n in range(100)]
    async with AsyncExitStack() as stack:

        async def comes(person: Person) -> ClientConnection:
            header = person.header(closed.url)
            return await stack.enter_async_context(
                connect(closed.url, additional_headers=header, open_timeout=PATIENCE)
            )

        await asyncio.gather(*(comes(person) for person in people))
        assert closed.vitals.connections == 100


async def test_refusals_are_counted_by_reason_and_name_nobody(
    closed: Relay, holder: Holder
) -> None:
    await refused(closed)
    await refused(closed)
    await refused(closed, holder.seat().header("ws://another.example:1"))
    assert closed._hub.counters.refusals == {"missing": 2, "audience": 1}
    _, body = await http(closed, "GET /metrics HTTP/1.1\r\nHost: relay\r\n\r\n")
    assert 'sync_server_refusals_total{reason="missing"} 2' in body


async def test_what_is_spent_is_forgotten_in_time(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    ada = holder.seat()
    long_ago = StoredRecord(holder.contract, SPENT, b"long ago", str(now() - 1).encode())
    soon = StoredRecord(holder.contract, SPENT, b"soon", str(now() + 100).encode())
    store.put_records([long_ago, soon])
    await comes_in(closed, ada.header(closed.url))
    spent = [record.name for record in store.records(holder.contract) if record.kind == SPENT]
    assert b"soon" in spent
    assert b"long ago" not in spent


class FullStore(MemoryStore):
    """A store without room for records."""

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        raise StorageFull("there is no room left")


async def test_where_nothing_can_be_kept_nobody_is_let_in(holder: Holder) -> None:
    async with Relay.serve(CLOSED, FullStore()) as relay:
        answer = await refused(relay, holder.seat().header(relay.url))
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert b"cannot store" in (answer.body or b"")


async def test_a_damaged_record_keeps_its_contract_closed_and_no_other(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    store.put_records([StoredRecord(holder.contract, REVOCATIONS, b"", b"\xff")])
    assert (await refused(closed, holder.seat().header(closed.url))).status_code == 503
    other = Holder().seat()
    await comes_in(closed, other.header(closed.url))
    assert not closed.stopped.done()


async def test_health_and_metrics_need_no_credential(closed: Relay) -> None:
    for path in ("/health", "/metrics"):
        line, _ = await http(closed, f"GET {path} HTTP/1.1\r\nHost: relay\r\n\r\n")
        assert line == "HTTP/1.1 200 OK"


async def test_who_leaves_while_being_judged_leaves_no_trace_in_the_crowd(
    closed: Relay, holder: Holder
) -> None:
    for _ in range(5):
        _, writer = await asyncio.open_connection("127.0.0.1", closed.port)
        token = holder.seat().credential(closed.url)
        writer.write(
            f"GET / HTTP/1.1\r\nHost: relay\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {token}\r\n\r\n".encode()
        )
        writer.transport.abort()
    await comes_in(closed, holder.seat().header(closed.url))
    async with asyncio.timeout(PATIENCE):
        while closed._sockets:
            closed._one_closed.clear()
            await closed._one_closed.wait()
    assert not closed._crowd._waiting
    assert not closed._crowd._open
