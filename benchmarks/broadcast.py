"""The floor: a `websockets` server that passes every message on to the others."""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    """Serve until killed; prints the port as the relays print theirs."""
    everyone: set[ServerConnection] = set()

    async def pass_on(connection: ServerConnection) -> None:
        everyone.add(connection)
        try:
            async for frame in connection:
                broadcast(everyone - {connection}, frame)
        finally:
            everyone.discard(connection)

    async with serve(pass_on, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"listening on ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
