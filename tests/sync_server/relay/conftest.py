"""A relay on a real loopback socket, and a document of its own for each test."""

import os
from collections.abc import AsyncIterator

import pytest

from sync_server.hub.limits import Limits
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings


@pytest.fixture
def document() -> DocumentId:
    return DocumentId(os.urandom(16))


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    limits = Limits(join_within=0.3)
    settings = Settings(port=0, open=True, max_frame=200_000, limits=limits)
    async with Relay.serve(settings) as relay:
        yield relay
