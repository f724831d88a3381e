"""One websocket of the relay, fed by hand with what a loop would bring."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.http11 import Request
from websockets.uri import parse_uri

from sync_server.hub.effects import ConnectionId
from sync_server.relay.connection import BEHIND, SLOW, Connection
from sync_server.relay.frames import MOST_FRAGMENTS, SMALL_FRAGMENT
from sync_server.relay.pages import plain
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


async def test_a_handshake_opens_it() -> None:
    made, _, ear = opened()
    assert ear.told == ["arrived", "asked", "opened"]
    assert made.was_open


async def test_what_follows_the_handshake_waits_for_its_answer() -> None:
    made, pipe, ear = connection()
    ear.ready = False
    made.data_received(greeting() + wire(Opcode.BINARY, b"first"))
    made.data_received(wire(Opcode.BINARY, b"second"))
    assert made.upgrades
    assert not pipe.is_read()
    assert (ear.told, pipe.read(), ear.messages) == (["arrived", "asked"], b"", [])
    made.accept()
    assert pipe.read().startswith(b"HTTP/1.1 101")
    assert ear.messages == [b"first", b"second"]
    assert pipe.is_read()


async def test_a_handshake_may_be_refused_later() -> None:
    made, pipe, ear = connection()
    ear.ready = False
    made.data_received(greeting() + wire(Opcode.CLOSE, b""))
    made.respond(plain(403, "not you"))
    answer = pipe.read()
    assert answer.startswith(b"HTTP/1.1 403 Forbidden\r\nDate: ")
    assert answer.endswith(b"\r\n\r\nnot you\n")
    assert pipe.has_ended()
    assert ear.told == ["arrived", "asked"]
    assert not made.was_open


async def test_who_left_before_the_answer_is_not_let_in() -> None:
    made, pipe, ear = connection()
    ear.ready = False
    made.data_received(greeting())
    pipe.abort()
    made.accept()
    assert ear.told == ["arrived", "asked", "closed"]


async def test_an_answer_that_does_not_come_ends_it() -> None:
    made, pipe, ear = connection(handshake_within=10)
    ear.ready = False
    now = asyncio.get_running_loop().time()
    made.data_received(greeting())
    made.check(now + 9)
    assert not pipe.is_cut()
    made.check(now + 11)
    assert pipe.is_cut()


async def test_leaving_before_the_answer_cuts_it() -> None:
    made, pipe, ear = connection()
    ear.ready = False
    made.data_received(greeting())
    made.leave(1001, "bye")
    assert pipe.is_cut()


@given(st.lists(st.integers(0, 400), max_size=6))
def test_a_handshake_is_understood_however_the_network_cuts_it(cuts: list[int]) -> None:
    data = greeting() + wire(Opcode.BINARY, b"first") + wire(Opcode.BINARY, b"second")

    async def feed() -> list[bytes | str]:
        made, _, ear = connection()
        for begin, end in pairwise(sorted({0, *(min(cut, len(data)) for cut in cuts), len(data)})):
            made.data_received(data[begin:end])
        return ear.messages

    assert asyncio.run(feed()) == [b"first", b"second"]


frames = st.one_of(
    st.binary(max_size=300).map(lambda data: [(Opcode.BINARY, data, True)]),
    st.binary(max_size=10).map(lambda data: [(Opcode.PING, data, True)]),
    st.text(max_size=10).map(lambda text: [(Opcode.TEXT, text.encode(), True)]),
    st.tuples(st.binary(max_size=9), st.binary(max_size=9), st.binary(max_size=9)).map(
        lambda parts: [
            (Opcode.BINARY, parts[0], False),
            (Opcode.PING, b"between", True),
            (Opcode.CONT, parts[1], False),
            (Opcode.CONT, parts[2], True),
        ]
    ),
)


def messages(stream: Iterable[tuple[Opcode, bytes, bool]]) -> list[bytes | str]:
    """What a reader must make of frames."""
    found: list[bytes | str] = []
    parts = b""
    for opcode, data, fin in stream:
        if opcode is Opcode.TEXT:
            found.append(data.decode())
        elif opcode is not Opcode.PING:
            parts += data
            if fin:
                found.append(parts)
                parts = b""
    return found


@given(st.lists(frames, max_size=6), st.lists(st.integers(0, 2000), max_size=12))
def test_messages_are_whole_however_the_network_cuts_them(
    groups: list[list[tuple[Opcode, bytes, bool]]], cuts: list[int]
) -> None:
    stream = [frame for group in groups for frame in group]
    data = b"".join(wire(*frame) for frame in stream)
    # Every other cut falls on the end of a frame, where the short way through begins.
    ends = [0]
    for frame in stream:
        ends.append(ends[-1] + len(wire(*frame)))
    chosen = {ends[cut % len(ends)] if cut % 2 else cut % (len(data) + 1) for cut in cuts}

    async def feed() -> list[bytes | str]:
        made, _, ear = opened()
        for begin, end in pairwise(sorted({0, *chosen, len(data)})):
            made.data_received(data[begin:end])
        return ear.messages

    assert asyncio.run(feed()) == messages(stream)


async def test_a_message_behind_the_handshake_in_the_same_packet_is_read() -> None:
    made, _, ear = connection()
    made.data_received(greeting() + wire(Opcode.BINARY, b"first"))
    made.data_received(wire(Opcode.BINARY, b"second"))
    assert ear.messages == [b"first", b"second"]


async def test_pings_are_answered() -> None:
    made, pipe, _ = opened()
    made.data_received(wire(Opcode.PING, b"there?"))
    assert pipe.read() == Frame(Opcode.PONG, b"there?").serialize(mask=False)


async def test_refusing_says_why_and_listens_no_more() -> None:
    made, pipe, ear = opened()
    made.refuse(1008, "no" * 100)
    made.data_received(wire(Opcode.BINARY, b"more"))
    frame = pipe.read()
    close = Close.parse(frame[2:])
    assert close.code == 1008
    assert close.reason == ("no" * 100)[:123]
    assert pipe.has_ended()
    assert ear.messages == []


async def test_a_reason_is_not_cut_inside_a_letter() -> None:
    made, pipe, _ = opened()
    made.refuse(1008, "ä" * 100)
    assert Close.parse(pipe.read()[2:]).reason == "ä" * 61


async def test_leaving_waits_for_the_peer_to_agree() -> None:
    made, pipe, ear = opened()
    made.leave(1001, "bye")
    assert not pipe.has_ended()
    made.data_received(wire(Opcode.CLOSE, b"\x03\xe9"))
    assert pipe.has_ended()
    made.eof_received()
    made.connection_lost(None)
    assert ear.told[-1] == "closed"


async def test_after_the_end_nothing_is_sent() -> None:
    made, pipe, _ = opened()
    made.refuse(1008, "no")
    pipe.read()
    assert made.send(b"more")
    assert pipe.read() == b""


async def test_too_many_small_fragments_are_refused() -> None:
    made, pipe, ear = opened()
    made.data_received(wire(Opcode.BINARY, b"x", fin=False))
    made.data_received(wire(Opcode.CONT, b"x", fin=False) * (MOST_FRAGMENTS - 1))
    assert pipe.read() == b""
    made.data_received(wire(Opcode.CONT, b"x", fin=False))
    assert Close.parse(pipe.read()[2:]).code == 1009
    assert ear.messages == []


async def test_a_large_message_may_come_in_many_large_fragments() -> None:
    made, pipe, ear = opened(max_frame=8 << 20)
    part = b"x" * SMALL_FRAGMENT
    made.data_received(wire(Opcode.BINARY, part, fin=False))
    for _ in range(MOST_FRAGMENTS):
        made.data_received(wire(Opcode.CONT, part, fin=False))
    made.data_received(wire(Opcode.CONT, b""))
    assert ear.messages == [part * (MOST_FRAGMENTS + 1)]
    made.data_received(wire(Opcode.BINARY, b"x", fin=False))
    made.data_received(wire(Opcode.CONT, b"x", fin=False) * (MOST_FRAGMENTS - 1))
    made.data_received(wire(Opcode.CONT, b"x"))
    assert len(ear.messages) == 2, "each message has as many"
    assert pipe.read() == b""


async def test_what_stands_behind_too_many_fragments_is_not_even_looked_at() -> None:
    made, pipe, _ = opened()
    endless = wire(Opcode.CONT, b"", fin=False) * 40_000
    made.data_received(wire(Opcode.BINARY, b"", fin=False) + endless + wire(Opcode.PING, b"?"))
    assert Close.parse(pipe.read()[2:]).code == 1009, "the ping is not answered before"


async def test_a_flood_of_tiny_frames_is_read_in_sips() -> None:
    """Each is as much work as a keystroke: few are read behind the one that is refused."""
    made, pipe, ear = opened(controls=0)
    made.data_received(wire(Opcode.BINARY, b"!" * 3_000) + wire(Opcode.PING, b"") * 5_000)
    assert ear.messages == [b"!" * 3_000]
    assert ear.told[-1] == "refused 1008"
    assert 0 < pipe.read().count(bytes((0x80 | Opcode.PONG, 0))) < 200


@given(st.lists(st.integers(0, 5_000), max_size=12), st.integers(1, 5_000))
def test_messages_of_all_sizes_in_one_packet_are_read(sizes: list[int], cut: int) -> None:
    async def feed() -> list[int]:
        made, _, ear = opened()
        stream = b"".join(wire(Opcode.BINARY, bytes(size)) for size in sizes)
        for at in range(0, len(stream), cut):
            made.data_received(stream[at : at + cut])
        return [len(message) for message in ear.messages]

    assert asyncio.run(feed()) == sizes


async def test_pings_without_end_are_refused_and_a_few_are_not() -> None:
    most = Settings().controls
    made, pipe, ear = opened()
    for _ in range(5):
        made.data_received(wire(Opcode.PING, b"") * most)
        made.check(0.0)
    assert pipe.read() == Frame(Opcode.PONG, b"").serialize(mask=False) * 5 * most
    made.data_received(wire(Opcode.PING, b"") * 40_000)
    answer = pipe.read()
    assert len(answer) < 2 * 2 * most, "the others are not even answered"
    assert Close.parse(answer[answer.rindex(b"\x88") + 2 :]).code == 1008
    assert "refused 1008" in ear.told


# Slow readers


async def test_a_slow_reader_is_noticed_and_does_without_presence() -> None:
    made, pipe, ear = opened()
    made.send(bytes(SLOW + 1))
    assert ear.told[-1] == "paused"
    size = pipe.get_write_buffer_size()
    assert not made.send(b"presence", droppable=True)
    assert pipe.get_write_buffer_size() == size
    pipe.read()
    assert ear.told[-1] == "resumed"
    assert made.send(b"presence", droppable=True)


async def test_a_slow_reader_is_cut_off_when_too_much_waits_for_it() -> None:
    made, pipe, ear = opened()
    made.send(bytes(SLOW + 1))
    for _ in range(BEHIND // 1000):
        assert made.send(bytes(1000))
    assert not pipe.is_cut()
    made.send(bytes(1000))
    assert pipe.is_cut()
    assert ear.told[-2:] == ["cut", "closed"]


async def test_a_reader_that_has_caught_up_begins_anew() -> None:
    made, pipe, _ = opened()
    for _ in range(5):
        made.send(bytes(SLOW + 1))
        for _ in range(100):
            made.send(bytes(1000))
        pipe.read()
    assert not pipe.is_cut()


# Times


@pytest.mark.parametrize("hello", [b"", b"GET / HTTP/1.1\r\nHost:"])
async def test_a_handshake_that_does_not_come_ends_it(hello: bytes) -> None:
    made, pipe, _ = connection(handshake_within=10)
    now = asyncio.get_running_loop().time()
    made.data_received(hello)
    made.check(now + 9)
    assert not pipe.is_cut()
    made.check(now + 11)
    assert pipe.is_cut()


async def test_a_silent_peer_is_asked_and_then_taken_for_gone() -> None:
    made, pipe, _ = opened(ping_interval=20, ping_timeout=20)
    now = asyncio.get_running_loop().time()
    made.check(now + 19)
    assert pipe.read() == b""
    made.check(now + 21)
    made.check(now + 22)
    assert pipe.read() == Frame(Opcode.PING, b"").serialize(mask=False)
    made.check(now + 39)
    assert not pipe.is_cut()
    made.check(now + 41)
    assert pipe.is_cut()


async def test_a_peer_that_reads_slowly_but_reads_is_not_taken_for_gone() -> None:
    made, pipe, _ = opened(ping_interval=20, ping_timeout=20)
    now = asyncio.get_running_loop().time()
    made.send(bytes(90_000))
    for second in range(10, 300, 10):
        made.check(now + second)
        pipe.read(1000)
    assert not pipe.is_cut()


async def test_a_peer_that_sends_but_does_not_read_is_cut_off() -> None:
    made, pipe, ear = opened(ping_interval=20, ping_timeout=20)
    now = asyncio.get_running_loop().time()
    made.send(bytes(90_000))
    made.check(now + 1)
    for second in range(10, 60, 10):
        made.data_received(wire(Opcode.BINARY, b"I am here"))
        made.check(now + second)
    assert pipe.is_cut()
    assert "cut" in ear.told


async def test_a_peer_that_does_not_end_is_cut_off() -> None:
    made, pipe, _ = opened(close_within=5)
    made.leave(1001, "bye")
    now = asyncio.get_running_loop().time()
    made.check(now + 4)
    assert not pipe.is_cut()
    made.check(now + 6)
    assert pipe.is_cut()


async def test_holding_stops_reading() -> None:
    made, pipe, _ = opened()
    made.hold()
    assert not pipe.is_read()
    made.release()
    assert pipe.is_read()
