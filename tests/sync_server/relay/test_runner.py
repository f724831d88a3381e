"""What the hub decides is done in order, and a slow disk holds up only what must wait for it."""

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from sync_server.protocol.codec import encode
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.messages import Sync
from sync_server.relay.runner import QUICK
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore, StorageFull, StoredChange, StoredRecord
from tests.sync_server.relay.client import Client

OPEN = Settings(port=0, open=True)
HERE = DocumentId(os.urandom(16))


class SlowStore(MemoryStore):
    """A store on a slow disk, which can be stopped altogether."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.begun = 0

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        self.begun += 1
        time.sleep(1.5 * QUICK)
        assert self.goes_on.wait(10)
        super().append(batch, records)


@asynccontextmanager
async def two(store: MemoryStore) -> AsyncIterator[tuple[Relay, Client, Client]]:
    """A relay that keeps everything there, and two who have opened the same document at it."""
    async with (
        Relay.serve(OPEN, store) as relay,
        Client.connect(relay.url, "ada") as ada,
        Client.connect(relay.url, "bob") as bob,
    ):
        for client in (ada, bob):
            await client.open(HERE)
            await client.answered(HERE)
        yield relay, ada, bob


async def test_while_a_slow_disk_works_presence_passes_and_changes_wait() -> None:
    store = SlowStore()
    async with two(store) as (_, ada, bob):
        await ada.write(HERE, "a")
        await bob.reads(HERE, "a")
        store.goes_on.clear()
        await ada.write(HERE, "b")
        await ada.look(HERE, 1)
        await bob.until(lambda: bob.ephemerals)
        await ada.write(HERE, "c")
        await ada.look(HERE, 2)
        await bob.until(lambda: len(bob.ephemerals) == 2)
        assert bob.copies[HERE].text == "a"
        assert len(store.load(HERE)) == 1
        begun = store.begun
        store.goes_on.set()
        await bob.reads(HERE, "abc")
        assert store.begun <= begun + 1, "what arrived meanwhile is one batch"


async def test_stopping_waits_for_the_disk() -> None:
    store = SlowStore()
    async with Relay.serve(OPEN, store) as relay, Client.connect(relay.url, "ada") as ada:
        await ada.open(HERE)
        await ada.write(HERE, "x")
        await ada.shared(HERE)
        await ada.write(HERE, "quick")
        await ada.look(HERE, 1)
        await ada.until(lambda: store.begun > 1)
    assert len(store.load(HERE)) > 1


class SlowInEverything(SlowStore):
    """A store whose disk is slow with records too, and can be stopped at either."""

    def __init__(self) -> None:
        super().__init__()
        self.keeps = threading.Event()

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        time.sleep(1.5 * QUICK)
        assert self.keeps.wait(10)
        super().put_records(batch)


async def test_no_batch_is_taken_while_records_are_kept_though_it_was_due_already() -> None:
    store = SlowInEverything()
    async with two(store) as (relay, ada, bob):
        await ada.write(HERE, "a")
        await bob.reads(HERE, "a")
        await ada.shared(HERE)
        store.goes_on.clear()
        ada.copies[HERE].write("b")
        data = ada.copies[HERE].generate()
        assert data is not None
        keeping = asyncio.create_task(relay._runner.keep([StoredRecord(HERE, "known", b"", b"")]))
        await asyncio.sleep(0)
        frame = encode(Sync(ada.name, ada.peer, HERE, data))
        relay.received(next(iter(relay._sockets.values())), frame)
        store.keeps.set()
        await keeping
        await ada.write(HERE, "c")
        await ada.look(HERE, 1)
        await bob.until(lambda: bob.ephemerals)
        store.goes_on.set()
        await bob.reads(HERE, "abc")
    assert relay._hub.counters.failures == 0


class BrokenStore(MemoryStore):
    """A store with a defect."""

    def append(self, batch: Sequence[StoredChange], records: Sequence[StoredRecord] = ()) -> None:
        raise ZeroDivisionError("a defect")


async def test_a_defect_in_the_store_stops_the_relay_and_says_so() -> None:
    async with (
        Relay.serve(OPEN, BrokenStore()) as relay,
        Client.connect(relay.url, "ada") as ada,
    ):
        await ada.open(HERE)
        await ada.write(HERE, "x")
        error = await wait_for_end(relay)
    assert "cannot go on" in str(error)


async def wait_for_end(relay: Relay) -> BaseException | None:
    try:
        await relay.stopped
    except Exception as error:  # noqa: BLE001 - whatever ended it
        return error
    return None


async def test_records_are_kept_between_batches_and_read_again() -> None:
    store = SlowStore()
    async with two(store) as (relay, ada, bob):
        await ada.write(HERE, "x")
        await bob.reads(HERE, "x")
        store.goes_on.clear()
        await ada.write(HERE, "y")
        await ada.look(HERE, 1)
        await bob.until(lambda: bob.ephemerals)
        claim = StoredRecord(HERE, "claim", b"once", b"proof")
        keeping = asyncio.create_task(relay._runner.keep([claim]))
        await ada.look(HERE, 2)
        await bob.until(lambda: len(bob.ephemerals) == 2)
        assert not store.records(HERE)
        store.goes_on.set()
        await keeping
        assert await relay._runner.records(HERE) == [claim]


class SlowRecords(MemoryStore):
    """Records on a disk that takes its time, and that may be full."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.batches: list[int] = []
        self.full = False

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        self.batches.append(len(batch))
        time.sleep(1.5 * QUICK)
        assert self.goes_on.wait(10)
        if self.full:
            raise StorageFull("there is no room left")
        super().put_records(batch)


def claims(*names: bytes) -> list[StoredRecord]:
    return [StoredRecord(HERE, "claim", name, b"proof") for name in names]


async def test_while_records_are_kept_on_a_slow_disk_nobody_waits_who_need_not() -> None:
    store = SlowRecords()
    async with two(store) as (relay, ada, bob):
        await relay._runner.keep(claims(b"first"))
        store.goes_on.clear()
        keeping = [asyncio.create_task(relay._runner.keep(claims(b"second")))]
        await asyncio.sleep(0)
        await ada.write(HERE, "x")
        await ada.look(HERE, 1)
        await bob.until(lambda: bob.ephemerals)
        names = (b"third", b"fourth", b"fifth")
        keeping += [asyncio.create_task(relay._runner.keep(claims(name))) for name in names]
        await ada.look(HERE, 2)
        await bob.until(lambda: len(bob.ephemerals) == 2)
        assert bob.copies[HERE].text == ""
        store.goes_on.set()
        await asyncio.gather(*keeping)
        await bob.reads(HERE, "x")
        assert store.batches == [1, 1, 3]
        assert len(await relay._runner.records(HERE)) == 5


async def test_whoever_wanted_to_keep_something_is_told_that_it_is_not_kept() -> None:
    store = SlowRecords()
    store.full = True
    async with Relay.serve(OPEN, store) as relay:
        for _ in range(2):  # on a disk that is taken for quick, and on a slow one
            outcomes = await asyncio.gather(
                *(relay._runner.keep(claims(name)) for name in (b"a", b"b")),
                return_exceptions=True,
            )
            assert [type(outcome) for outcome in outcomes] == [StorageFull, StorageFull]
        store.full = False
        await relay._runner.keep(claims(b"c"))
        assert [record.name for record in await relay._runner.records(HERE)] == [b"c"]


async def test_stopping_waits_for_records() -> None:
    store = SlowRecords()
    async with Relay.serve(OPEN, store) as relay:
        await relay._runner.keep(claims(b"first"))
        keeping = asyncio.create_task(relay._runner.keep(claims(b"second")))
        await asyncio.sleep(0)
    await keeping
    assert len(store.records(HERE)) == 2


@pytest.mark.skipif(not hasattr(asyncio, "eager_task_factory"), reason="new in Python 3.12")
async def test_records_are_kept_one_after_the_other_in_a_loop_that_starts_tasks_at_once() -> None:
    asyncio.get_running_loop().set_task_factory(getattr(asyncio, "eager_task_factory"))  # noqa: B009
    async with Relay.serve(OPEN, MemoryStore()) as relay:
        for name in (b"first", b"second"):
            await relay._runner.keep([StoredRecord(HERE, "known", name, b"")])
        kept = await relay._runner.records(HERE)
    assert sorted(record.name for record in kept) == [b"first", b"second"]
