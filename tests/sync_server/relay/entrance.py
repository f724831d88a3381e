"""A closed relay on a real socket, and who comes in."""

import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.http11 import Response

from sync_server.relay.runner import QUICK
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore, StoredRecord
from tests.sync_server.relay.guests import now

CLOSED = Settings(port=0)


class SlowStore(MemoryStore):
    """A store on a slow disk, during whose commits other things happen."""

    def put_records(self, batch: Sequence[StoredRecord]) -> None:
        time.sleep(1.5 * QUICK)
        super().put_records(batch)


async def comes_in(relay: Relay, headers: dict[str, str] | None = None, path: str = "/") -> None:
    async with connect(relay.url + path, additional_headers=headers):
        pass


async def refused(relay: Relay, headers: dict[str, str] | None = None, path: str = "/") -> Response:
    """The refusal, which is one sentence with a date."""
    with pytest.raises(InvalidStatus) as caught:
        await comes_in(relay, headers, path)
    answer = caught.value.response
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert abs(parsedate_to_datetime(answer.headers["Date"]).timestamp() - now()) < 60
    assert answer.body is not None
    assert answer.body.decode().count("\n") == 1
    return answer
