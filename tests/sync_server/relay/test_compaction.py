"""Snapshots: made by a process of its own, checked, stored, and used for newcomers."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest
from automerge.core import Document

from sync_server.hub.effects import Compact
from sync_server.hub.limits import Limits
from sync_server.protocol.chunk import Change
from sync_server.protocol.document import outline
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.messages import Sync
from sync_server.protocol.sync import SyncMessage
from sync_server.relay import compaction
from sync_server.relay.compaction import WORKER, Compactor
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore, StoredSnapshot
from tests.sync_server.hub.story import HERE, Story
from tests.sync_server.hub.writing import Copy
from tests.sync_server.relay.client import Client


@pytest.fixture(scope="module")
def changes() -> list[Change]:
    return Copy(HERE).write("words " * 50)


def stored(changes: list[Change]) -> tuple[MemoryStore, Compact]:
    """A store with the changes in it, and what a hub would ask for."""
    story = Story()
    ada = story.connect("ada").join()
    message = SyncMessage(changes=tuple(change.raw for change in changes))
    ada.say(Sync(ada.name, story.hub.peer, HERE, message.encode()))
    story.settle()
    assert isinstance(story.store, MemoryStore)
    return story.store, Compact(HERE, len(changes), (changes[-1].hash,))


async def make(store: MemoryStore, compact: Compact) -> StoredSnapshot | None:
    return await Compactor(store, partial(asyncio.sleep, 0)).make(compact)


async def test_a_snapshot_holds_the_document_and_is_stored(changes: list[Change]) -> None:
    store, compact = stored(changes)
    snapshot = await make(store, compact)
    assert snapshot is not None
    assert store.snapshot(HERE) == snapshot
    assert snapshot.covers == len(changes)
    assert len(snapshot.data) < sum(len(change.raw) for change in changes) / 10
    document = Document.load(snapshot.data)
    assert tuple(sorted(document.get_heads())) == compact.heads


async def test_a_snapshot_of_the_first_changes_covers_exactly_these(changes: list[Change]) -> None:
    store, _ = stored(changes)
    snapshot = await make(store, Compact(HERE, 100, (changes[99].hash,)))
    assert snapshot is not None
    assert outline(snapshot.data).changes == 100


@pytest.mark.parametrize("fault", ["heads", "covers"])
async def test_a_snapshot_that_does_not_hold_what_it_should_is_thrown_away(
    changes: list[Change], fault: str
) -> None:
    store, compact = stored(changes)
    wrong = (
        replace(compact, heads=(changes[0].hash,))
        if fault == "heads"
        else replace(compact, covers=compact.covers - 1)
    )
    assert await make(store, wrong) is None
    assert store.snapshot(HERE) is None


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "print('not a document')",
        "import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(b'')",
    ],
)
async def test_a_worker_that_dies_or_talks_nonsense_costs_only_the_snapshot(
    changes: list[Change], program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "WORKER", (sys.executable, "-c", program))
    store, compact = stored(changes)
    assert await make(store, compact) is None
    assert store.snapshot(HERE) is None


async def test_a_worker_that_takes_for_ever_is_ended(
    changes: list[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import time; time.sleep(1000)"
    monkeypatch.setattr(compaction, "WORKER", (sys.executable, "-c", program))
    monkeypatch.setattr(compaction, "_SECONDS", 0.2)
    store, compact = stored(changes)
    assert await make(store, compact) is None


async def test_a_cancelled_compaction_leaves_no_process(
    changes: list[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import time; time.sleep(1000)"
    monkeypatch.setattr(compaction, "WORKER", (sys.executable, "-c", program))
    store, compact = stored(changes)
    making = asyncio.create_task(make(store, compact))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await asyncio.shield(making)
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making


def test_the_worker_refuses_what_is_no_document() -> None:
    ended = subprocess.run(WORKER, input=b"no chunks", capture_output=True, check=False)
    assert ended.returncode != 0
    assert ended.stdout == b""


def test_the_worker_has_little_memory_and_time_and_can_write_no_file() -> None:
    program = """
import resource, os
from sync_server.relay.snapshot_worker import limit_self
before = os.nice(0)
limit_self()
assert os.nice(0) >= min(before + 10, 19)
limits = [resource.getrlimit(which)[1] for which in
    (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
print(*limits)
try:
    bytearray(3 << 30)
except MemoryError:
    print("small")
"""
    said = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert said.split() == [str(2 << 30), "60", "0", "small"]


# In the hub


async def test_newcomers_get_the_snapshot_and_what_came_after_it(changes: list[Change]) -> None:
    story = Story(Limits(quiet_tail=1000))
    ada = story.connect("ada").join()
    copy = ada.copies[HERE] = Copy(HERE)
    copy.write("words " * 50)
    ada.push()
    story.wait(60)
    [compact] = story.compacts
    assert isinstance(story.store, MemoryStore)
    story.hub.compacted(HERE, await make(story.store, compact))
    ada.write("and more")
    story.settle()

    new = story.connect("new").join().open(advertise=True)
    plain = story.connect("plain").join().open()
    story.settle()
    assert new.text() == plain.text() == copy.text
    size = {
        str(writer.name): sum(len(m.data) for m in writer.heard if isinstance(m, Sync))
        for writer in (new, plain)
    }
    assert size["new"] < size["plain"] / 5


async def test_a_stored_snapshot_is_used_after_a_restart(changes: list[Change]) -> None:
    store, compact = stored(changes)
    await make(store, compact)
    story = Story(Limits(quiet_tail=1000), store)
    new = story.connect("new").join().open(advertise=True)
    story.wait(60)
    assert new.text() == "words " * 50
    assert sum(len(m.data) for m in new.heard if isinstance(m, Sync)) < 5000
    assert story.compacts == []


async def test_a_snapshot_that_covers_more_than_there_is_is_not_used(
    changes: list[Change],
) -> None:
    store, compact = stored(changes)
    snapshot = await make(store, compact)
    assert snapshot is not None
    shorter, _ = stored(changes[:100])
    shorter.put_snapshot(HERE, snapshot)
    story = Story(store=shorter)
    new = story.connect("new").join().open(advertise=True)
    story.settle()
    assert new.text() == ("words " * 50)[: len(new.text())]
    assert len(new.copies[HERE].graph) == 100


class TellingStore(MemoryStore):
    """A store that tells when it has a snapshot."""

    def __init__(self) -> None:
        super().__init__()
        self.told = asyncio.Event()

    def put_snapshot(self, document: DocumentId, snapshot: StoredSnapshot) -> None:
        super().put_snapshot(document, snapshot)
        self.told.set()


async def test_a_relay_compacts_by_itself() -> None:
    limits = Limits(quiet=0.1, quiet_tail=1000)
    store = TellingStore()
    async with (
        Relay.serve(Settings(port=0, open=True, limits=limits), store) as relay,
        Client.connect(relay.url, "ada") as ada,
    ):
        copy = Copy(HERE)
        copy.write("words " * 50)
        await ada.open(HERE, copy)
        async with asyncio.timeout(20):
            await store.told.wait()
    snapshot = store.snapshot(HERE)
    assert snapshot is not None
    assert snapshot.covers == 300


async def test_of_a_document_that_is_erased_meanwhile_nothing_is_stored(
    changes: list[Change],
) -> None:
    store, compact = stored(changes)
    visits = 0

    async def free() -> None:
        nonlocal visits
        visits += 1
        if visits == 2:  # it was read, and the snapshot is made
            store.erase(HERE, b"stone")

    assert await Compactor(store, free).make(compact) is None
    assert visits == 2
    assert store.snapshot(HERE) is None
