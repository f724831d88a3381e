"""Codes over HTTP, and orders, with a clock and a disk."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest

from sync_server.access.code import make_code
from sync_server.access.errors import AccessError, Foreign, Used, WrongAudience
from sync_server.access.invitation import parse_invitation
from sync_server.access.order import OrderKind, order
from sync_server.hub.records import CODE
from sync_server.relay.codes import Codes
from sync_server.relay.desk import FrontDesk
from sync_server.relay.guesses import Guesses
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore, StorageFull, StoredRecord
from tests.sync_server.relay.guests import Holder, now
from tests.sync_server.relay.requests import http

HERE = "ws://relay.example:3030"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def relay(store: MemoryStore) -> AsyncIterator[Relay]:
    async with Relay.serve(Settings(port=0), store) as relay:
        yield relay


async def give(relay: Relay, holder: Holder, store: MemoryStore) -> str:
    """A code as the relay gives it to somebody in the contract."""
    code, _, record = relay._desk.code(holder.contract, holder.invite().link(), 0)
    store.put_records([record])
    return code


async def redeem(relay: Relay, code: str) -> tuple[int, str]:
    line, body = await http(relay, f"GET /code/{quote(code)} HTTP/1.1\r\nHost: relay\r\n\r\n")
    return int(line.split()[1]), body


async def test_a_code_is_handed_in_for_its_invitation_once(
    relay: Relay, store: MemoryStore
) -> None:
    holder = Holder()
    code = await give(relay, holder, store)
    status, link = await redeem(relay, code.replace("-", " ").lower())
    assert status == 200
    assert parse_invitation(link).contract == holder.contract
    status, words = await redeem(relay, code)
    assert (status, words) == (410, "this code was used already: ask for a new one\n")
    [kept] = store.records(holder.contract)
    assert kept.kind == CODE
    assert link.strip().encode() not in kept.data


async def test_one_code_handed_in_by_many_at_once_gives_out_one(
    relay: Relay, store: MemoryStore
) -> None:
    code = await give(relay, Holder(), store)
    answers = await asyncio.gather(*(redeem(relay, code) for _ in range(8)))
    assert sorted(status for status, _ in answers) == [200] + 7 * [410]


async def test_codes_outlive_the_relay(tmp_path: Path) -> None:
    settings = Settings(port=0, data=tmp_path)
    holder = Holder()
    async with Relay.serve(settings) as relay:
        written = []
        for _ in range(2):
            code, _, record = relay._desk.code(holder.contract, holder.invite().link(), 0)
            await relay._runner.keep((record,))
            written.append(code)
        assert (await redeem(relay, written[0]))[0] == 200
    async with Relay.serve(settings) as relay:
        assert (await redeem(relay, written[0]))[0] == 410
        assert (await redeem(relay, written[1]))[0] == 200


async def test_guessing_ends_soon_and_finds_nothing(relay: Relay, store: MemoryStore) -> None:
    codes = [await give(relay, Holder(), store) for _ in range(5)]
    answers = []
    for number in range(Guesses.PER_NETWORK[0] + 200):
        guess = make_code(b"guess"[:3] + number.to_bytes(2, "big"))
        assert guess not in codes
        answers.append(await redeem(relay, guess))
    statuses = [status for status, _ in answers]
    assert set(statuses) == {404, 429}
    assert statuses[: Guesses.PER_NETWORK[0]] == Guesses.PER_NETWORK[0] * [404]
    assert all("join by the whole link" in words for status, words in answers if status == 429)
    assert relay._hub.counters.refusals["guessing"] > 0


@pytest.mark.parametrize("text", ["", "%", "%FF", "ABC", "../../etc/passwd", "x" * 5000, "ü"])
async def test_what_is_no_code_is_told(relay: Relay, text: str) -> None:
    status, words = await redeem(relay, text)
    assert status == 404
    assert "code" in words


async def test_only_get_asks(relay: Relay, store: MemoryStore) -> None:
    code = await give(relay, Holder(), store)
    line, _ = await http(relay, f"HEAD /code/{code} HTTP/1.1\r\nHost: relay\r\n\r\n")
    assert "405" in line
    assert (await redeem(relay, code))[0] == 200


async def test_a_code_of_an_erased_contract_gives_out_nothing(
    relay: Relay, store: MemoryStore
) -> None:
    holder = Holder()
    code = await give(relay, holder, store)
    store.erase(holder.contract, b"tombstone")
    status, words = await redeem(relay, code)
    assert (status, words) == (410, "the contract of this code was erased here\n")
    assert [record.data for record in store.records(holder.contract)] == [b"tombstone"]


class FullStore(MemoryStore):
    """A store that can be full."""

    full = False

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        if self.full:
            raise StorageFull("there is no room left")
        super().put_records(batch)


async def test_a_code_that_cannot_be_kept_as_used_is_not_used() -> None:
    store = FullStore()
    async with Relay.serve(Settings(port=0), store) as relay:
        code = await give(relay, Holder(), store)
        store.full = True
        assert (await redeem(relay, code))[0] == 503
        store.full = False
        assert (await redeem(relay, code))[0] == 200


async def test_what_is_over_is_let_go_on_the_disk(store: MemoryStore) -> None:
    holder, erased = Holder(), Holder()
    long_ago = int(time.time()) - 100_000
    old = Codes()
    for who in (holder, erased):
        link = who.invite().link()
        record = old.open(who.contract, link, bytes(5), long_ago).record
        store.put_records([record])
    link = holder.invite().link()
    record = old.open(holder.contract, link, b"54321", long_ago + 90_000, 9_000).record
    store.put_records([record])
    store.erase(erased.contract, b"tombstone")
    async with Relay.serve(Settings(port=0), store) as relay:
        await relay._window.tidy()
        [left] = store.records(holder.contract)
        assert left.name == record.name
        assert link.encode() not in left.data
        assert [each.data for each in store.records(erased.contract)] == [b"tombstone"]


# Orders


def desk() -> FrontDesk:
    return FrontDesk(Codes(), lambda: {HERE})


def test_an_order_is_obeyed_once() -> None:
    holder = Holder()
    token = order(holder.key, "erase", HERE, "once", now())
    front = desk()
    assert front.order(holder.contract, token) is OrderKind.ERASE
    with pytest.raises(Used):
        front.order(holder.contract, token)
    again = order(holder.key, "erase", HERE, "again", now())
    assert front.order(holder.contract, again) is OrderKind.ERASE


def test_orders_for_others_are_refused() -> None:
    holder = Holder()
    with pytest.raises(WrongAudience):
        desk().order(
            holder.contract, order(holder.key, "erase", "ws://other.example:1", "a", now())
        )
    with pytest.raises(Foreign):
        desk().order(holder.contract, order(Holder().key, "erase", HERE, "a", now()))
    with pytest.raises(AccessError):
        desk().order(holder.contract, "nonsense")


def test_every_code_is_another() -> None:
    holder, front = Holder(), desk()
    link = holder.invite().link()
    given = [front.code(holder.contract, link, 60) for _ in range(20)]
    assert len({code for code, _, _ in given}) == 20
    assert all(0 < expires - time.time() <= 60 for _, expires, _ in given)
