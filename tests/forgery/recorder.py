"""What goes over the wire between programs and a relay, every byte of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Recorder:
    """A network on which somebody reads along."""

    url: str = ""
    target: int = 0
    """The port of the relay."""
    streams: list[bytearray] = field(default_factory=list)
    """One for each direction of each connection."""

    def everything(self) -> bytes:
        """All bytes as they were sent, and the contents of every frame without its mask."""
        raw = b"\n".join(map(bytes, self.streams))
        return raw + b"".join(one for stream in self.streams for one in payloads(bytes(stream)))

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner = await asyncio.open_connection("127.0.0.1", self.target)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._pump(reader, inner[1]))
            both.create_task(self._pump(inner[0], writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        stream = bytearray()
        self.streams.append(stream)
        with suppress(ConnectionError):
            while octets := await reader.read(1 << 16):
                stream += octets
                writer.write(octets)
                await writer.drain()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()


@asynccontextmanager
async def recording() -> AsyncIterator[Recorder]:
    """A proxy that goes by a name of its own; set its target once the relay listens."""
    recorder = Recorder()
    carrying: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        carrying.add(asyncio.create_task(recorder.carry(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    recorder.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        async with server:
            yield recorder
    finally:
        for task in carrying:
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)


def payloads(stream: bytes) -> Iterator[bytes]:
    """The contents of the websocket frames behind the handshake (RFC 6455, section 5.2)."""
    head, _, rest = stream.partition(b"\r\n\r\n")
    if b"websocket" not in head.lower():
        return
    assert b"permessage-deflate" not in head.lower(), "compressed frames cannot be searched"
    at = 0
    while at + 2 <= len(rest):
        masked, length = rest[at + 1] & 0x80, rest[at + 1] & 0x7F
        at += 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length = int.from_bytes(rest[at : at + size], "big")
            at += size
        mask = rest[at : at + 4] if masked else bytes(4)
        at += 4 if masked else 0
        body = rest[at : at + length]
        at += length
        key = int.from_bytes((mask * (len(body) // 4 + 1))[: len(body)], "big")
        yield (int.from_bytes(body, "big") ^ key).to_bytes(len(body), "big")
