"""Plain requests to a relay."""

import asyncio

from sync_server.relay.server import Relay
from tests.sync_server.relay.client import PATIENCE


async def http(relay: Relay, request: str) -> tuple[str, str]:
    """Status line and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
    writer.write(request.encode())
    async with asyncio.timeout(PATIENCE):
        answer = (await reader.read()).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return head.splitlines()[0], body
