"""A connection with nothing at its other end but a list."""

from __future__ import annotations

import asyncio

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.uri import parse_uri

from sync_server.hub.effects import ConnectionId
from sync_server.relay.connection import Connection
from sync_server.relay.settings import Settings


class Pipe(asyncio.Transport):
    """A transport whose other end is read when a test says so."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection
        self.unsent = bytearray()
        self.ended = False
        self.aborted = False
        self.reading = True
        self._high = 1 << 16
        self._paused = False

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._high = high or self._high

    def get_write_buffer_size(self) -> int:
        return len(self.unsent)

    def write(self, data: bytes | bytearray | memoryview[int]) -> None:
        self.unsent += data
        if len(self.unsent) > self._high and not self._paused:
            self._paused = True
            self.connection.pause_writing()

    def read(self, size: int = 1 << 30) -> bytes:
        """Take out what was sent, as a peer does."""
        taken = bytes(self.unsent[:size])
        del self.unsent[:size]
        if self._paused and len(self.unsent) <= self._high // 4:
            self._paused = False
            self.connection.resume_writing()
        return taken

    def is_closing(self) -> bool:
        return self.aborted

    def is_cut(self) -> bool:
        return self.aborted

    def has_ended(self) -> bool:
        return self.ended

    def is_read(self) -> bool:
        return self.reading

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.ended = True

    def abort(self) -> None:
        if not self.aborted:
            self.aborted = True
            self.connection.connection_lost(None)

    def close(self) -> None:
        self.abort()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True


class Ear:
    """A listener that writes down what it is told."""

    def __init__(self) -> None:
        self.ready = True
        self.told: list[str] = []
        self.messages: list[bytes | str] = []

    def arrived(self, connection: Connection) -> None:
        self.told.append("arrived")

    def asked(self, connection: Connection, request: Request) -> None:
        self.told.append("asked")
        if self.ready:
            connection.accept()

    def opened(self, connection: Connection) -> None:
        self.told.append("opened")

    def received(self, connection: Connection, message: bytes | str) -> None:
        self.messages.append(message)

    def paused(self, connection: Connection) -> None:
        self.told.append("paused")

    def resumed(self, connection: Connection) -> None:
        self.told.append("resumed")

    def refused(self, connection: Connection, code: int) -> None:
        self.told.append(f"refused {code}")

    def cut(self, connection: Connection) -> None:
        self.told.append("cut")

    def closed(self, connection: Connection) -> None:
        self.told.append("closed")


def connection(**settings: float) -> tuple[Connection, Pipe, Ear]:
    """A connection before its handshake; needs a running loop."""
    ear = Ear()
    made = Connection(ConnectionId(1), ear, Settings(**{"max_frame": 100_000, **settings}))  # type: ignore[arg-type]  # numbers only
    pipe = Pipe(made)
    made.connection_made(pipe)
    return made, pipe, ear


def greeting() -> bytes:
    """A client's handshake."""
    client = ClientProtocol(parse_uri("ws://relay/"))
    client.send_request(client.connect())
    return b"".join(client.data_to_send())


def opened(**settings: float) -> tuple[Connection, Pipe, Ear]:
    """A connection after its handshake."""
    made, pipe, ear = connection(**settings)
    made.data_received(greeting())
    assert pipe.read().startswith(b"HTTP/1.1 101")
    return made, pipe, ear


def wire(opcode: Opcode, data: bytes, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)
