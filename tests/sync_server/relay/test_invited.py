"""People with seats at a closed relay: what they may do there, and how they are shown out."""

import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.http11 import Response

from sync_server.access.invitation import parse_invitation
from sync_server.access.order import order
from sync_server.access.proof import Role
from sync_server.access.revocation import revoke
from sync_server.hub.limits import Limits, Rate
from sync_server.hub.records import CONTESTED
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.messages import Code, Custody, Notice, Order
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.sync_server.hub.writing import Copy
from tests.sync_server.relay.client import Client
from tests.sync_server.relay.guests import Holder, Person, now
from tests.sync_server.relay.requests import http


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def closed(store: MemoryStore) -> AsyncIterator[Relay]:
    async with Relay.serve(Settings(port=0), store) as relay:
        yield relay


@pytest.fixture
def holder() -> Holder:
    return Holder()


def enters(relay: Relay, person: Person, name: str = "ada") -> AbstractAsyncContextManager[Client]:
    """Connect as a program of ours does."""
    header = person.header(relay.url)
    return Client.connect(relay.url, name, speaks=True, additional_headers=header)


async def opens(client: Client, person: Person) -> Copy:
    return await client.open(person.contract, Copy(person.contract, actor=person.actor()))


async def status(relay: Relay, person: Person) -> int:
    """How the relay answers to somebody."""
    try:
        async with connect(relay.url, additional_headers=person.header(relay.url)):
            return 101
    except InvalidStatus as error:
        return error.response.status_code


async def hears(client: Client) -> Notice:
    """The one thing of which the relay gives notice."""
    await client.until(lambda: client.notices)
    [notice] = client.notices
    return notice


async def test_people_of_one_contract_write_together(closed: Relay, holder: Holder) -> None:
    ada, mum = holder.seat("Ada"), holder.seat("Mum", Role.PARENT)
    async with enters(closed, ada) as one, enters(closed, mum, "mum") as other:
        await opens(one, ada)
        await one.write(holder.contract, "we ")
        await opens(other, mum)
        await other.reads(holder.contract, "we ")
        await other.write(holder.contract, "write")
        for client in (one, other):
            await client.reads(holder.contract, "we write")
            await client.shared(holder.contract)


async def test_another_contract_stays_closed(closed: Relay, holder: Holder) -> None:
    eve = Holder().seat("Eve")
    async with enters(closed, holder.seat()) as ada:
        await ada.open(holder.contract)
        async with enters(closed, eve, "eve") as stranger:
            await stranger.open(holder.contract)
            code, reason = await stranger.ended()
            assert code == 1008
            assert "another contract" in reason
        async with enters(closed, eve, "eve") as stranger:
            await stranger.open(DocumentId(os.urandom(16)))
            assert (await stranger.ended())[0] == 1008
        assert ada.closed is None


async def test_everybody_hears_of_a_second_claim_once(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    invitation = holder.invite("Mum", Role.PARENT)
    mum, eve, ada = Person.take(invitation), Person.take(invitation), holder.seat()
    async with enters(closed, ada) as one, enters(closed, mum, "mum") as other:
        for client, person in ((one, ada), (other, mum)):
            await opens(client, person)
            await client.answered(holder.contract)
        for _ in range(3):
            assert await status(closed, eve) == 403
        for client in (one, other):
            notice = await hears(client)
            assert notice.kind == "contested"
            assert notice.fields["name"] == "Mum"
            assert notice.fields["role"] == "parent"
            assert client.closed is None
    dad = holder.seat("Dad", Role.PARENT)
    async with enters(closed, dad, "dad") as late:
        await opens(late, dad)
        assert (await hears(late)).fields == notice.fields
    assert [each.kind for each in store.records(holder.contract)].count(CONTESTED) == 1


async def test_whoever_is_revoked_is_shown_out_at_once_and_kept_out(
    closed: Relay, holder: Holder
) -> None:
    ada, dad = holder.seat(), holder.seat("Dad", Role.PARENT)
    phone = Person.take(dad.invite_device())
    async with contextlib.AsyncExitStack() as stack:
        one = await stack.enter_async_context(enters(closed, ada))
        other = await stack.enter_async_context(enters(closed, dad, "dad"))
        third = await stack.enter_async_context(enters(closed, phone, "phone"))
        for client, person in ((one, ada), (other, dad), (third, phone)):
            await opens(client, person)
            await client.answered(holder.contract)
        token = revoke(holder.key, 1, [dad.key.public.fingerprint[:8]])
        await one.send(Custody(one.name, one.peer, holder.contract, (), (), token))
        assert (await other.ended())[0] == 4403
        assert (await third.ended())[0] == 4403
        assert await status(closed, dad) == 403
        assert await status(closed, phone) == 403
        await one.write(holder.contract, "without him")
        await one.shared(holder.contract)
        assert await status(closed, ada) == 101


async def test_whoever_is_revoked_before_opening_the_contract_does_not_get_to_see_it(
    closed: Relay, holder: Holder
) -> None:
    ada, dad = holder.seat(), holder.seat("Dad", Role.PARENT)
    async with enters(closed, ada) as one, enters(closed, dad, "dad") as other:
        await opens(one, ada)
        await one.write(holder.contract, "secret")
        await one.shared(holder.contract)
        token = revoke(holder.key, 1, [dad.key.public.fingerprint[:8]])
        await one.send(Custody(one.name, one.peer, holder.contract, (), (), token))
        while await status(closed, dad) != 403:
            pass
        if other.closed is None:
            with contextlib.suppress(Exception):
                await opens(other, dad)
        assert (await other.ended())[0] == 4403
        assert not other.copies or other.copies[holder.contract].text == ""


async def test_the_holder_erases_the_contract_and_it_stays_erased(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    ada, mum = holder.seat(), holder.seat("Mum", Role.PARENT)
    async with enters(closed, ada) as one, enters(closed, mum, "mum") as other:
        await opens(one, ada)
        await one.write(holder.contract, "secret")
        await one.shared(holder.contract)
        await opens(other, mum)
        await other.reads(holder.contract, "secret")
        token = order(holder.key, "erase", closed.url, "once", now())
        await one.send(Order(one.name, one.peer, holder.contract, token))
        for client in (one, other):
            assert (await client.ended())[0] == 4410
            assert [notice.kind for notice in client.notices] == ["erased"]
    assert store.load(holder.contract) == []
    assert await status(closed, ada) == 410
    assert await status(closed, holder.seat("Dad", Role.PARENT)) == 410


async def test_somebody_joins_by_a_code_that_was_read_to_them(
    closed: Relay, holder: Holder
) -> None:
    ada = holder.seat()
    async with enters(closed, ada) as one:
        await opens(one, ada)
        await one.write(holder.contract, "welcome")
        link = holder.invite("Mum", Role.PARENT).link()
        await one.send(Code(one.name, one.peer, holder.contract, link, 0))
        await one.until(lambda: one.codes)
        [answer] = one.codes
        assert answer.expires > now() + 7000
        line, found = await http(
            closed, f"GET /code/{answer.code.lower()} HTTP/1.1\r\nHost: relay\r\n\r\n"
        )
        assert line == "HTTP/1.1 200 OK"
        mum = Person.take(parse_invitation(found))
        async with enters(closed, mum, "mum") as other:
            await opens(other, mum)
            await other.reads(holder.contract, "welcome")


# Who is shown out again and again


async def misbehaves(relay: Relay, person: Person, words: bytes) -> Response | None:
    """Come in, talk nonsense, and be shown out; returns the answer if it comes to nothing."""
    try:
        async with enters(relay, person, "eve") as eve:
            eve.socket.transport.write(words)
            assert (await eve.ended())[0] in (1002, 1008)
    except InvalidStatus as error:
        return error.response
    return None


NONSENSE = Frame(Opcode.BINARY, b"nonsense").serialize(mask=True)


@pytest.mark.parametrize("words", [NONSENSE, b"\xff\xff no frame"], ids=["nonsense", "no frame"])
async def test_a_seat_that_is_shown_out_again_and_again_waits_and_nobody_else(
    closed: Relay, holder: Holder, words: bytes
) -> None:
    ada, eve = holder.seat("Ada"), holder.seat("Eve")
    answers = [await misbehaves(closed, eve, words) for _ in range(15)]
    assert answers[:3] == [None] * 3
    answer = next(answer for answer in answers if answer)
    assert answer.status_code == 429
    assert answer.headers["X-Refused"] == "unruly"
    assert int(answer.headers["Retry-After"]) >= 1
    assert b"several times in a row" in answer.body
    assert await status(closed, ada) == 101
    assert await status(closed, holder.seat("Pa", Role.PARENT)) == 101
    _, page = await http(closed, "GET /metrics HTTP/1.1\r\nHost: relay\r\n\r\n")
    assert 'sync_server_refusals_total{reason="unruly"}' in page


@pytest.mark.parametrize("is_open", [True, False])
async def test_a_network_that_is_shown_out_a_lot_waits_a_moment_and_comes_in(
    holder: Holder, is_open: bool
) -> None:
    limits = Limits(shown_out=Rate(0.01, 1))
    async with Relay.serve(Settings(port=0, open=is_open, limits=limits)) as relay:
        for name in ("eve", "mallory"):
            assert await misbehaves(relay, holder.seat(name), NONSENSE) is None
        assert await status(relay, holder.seat("Ada")) == 101
        _, page = await http(relay, "GET /metrics HTTP/1.1\r\nHost: relay\r\n\r\n")
        assert 'sync_server_rests_total{limit="network"}' in page
