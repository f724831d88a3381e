"""A relay on a real loopback socket, and a document of its own for each test."""

import os
from collections.abc import AsyncIterator

import pytest

from sync_server.hub.limits import Limits
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.sync_server.relay.entrance import CLOSED, SlowStore
from tests.sync_server.relay.guests import Holder


@pytest.fixture
def document() -> DocumentId:
    return DocumentId(os.urandom(16))


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    limits = Limits(join_within=0.3)
    settings = Settings(port=0, open=True, max_frame=200_000, limits=limits)
    async with Relay.serve(settings) as relay:
        yield relay


@pytest.fixture(params=[MemoryStore, SlowStore], ids=["quick", "slow"])
def store(request: pytest.FixtureRequest) -> MemoryStore:
    made: MemoryStore = request.param()
    return made


@pytest.fixture
async def closed(store: MemoryStore) -> AsyncIterator[Relay]:
    async with Relay.serve(CLOSED, store) as relay:
        yield relay


@pytest.fixture
def holder() -> Holder:
    return Holder()
