"""The floor: a `websockets` server that passes every message on to the others in a room."""

import asyncio
import sys
from collections import defaultdict

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    """Serve until killed; prints the port as the relays print theirs.

    The path that somebody connects to is the room.
    """
    rooms: defaultdict[str, set[ServerConnection]] = defaultdict(set)

    async def pass_on(connection: ServerConnection) -> None:
        assert connection.request
        room = rooms[connection.request.path]
        room.add(connection)
        try:
            async for frame in connection:
                broadcast(room - {connection}, frame)
        finally:
            room.discard(connection)

    async with serve(pass_on, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"listening on ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
