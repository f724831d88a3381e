"""A connection to somebody who reads slowly, says nothing or does not end."""

from __future__ import annotations

import asyncio

import pytest
from websockets.frames import Frame, Opcode

from sync_server.relay.connection import BEHIND, SLOW
from tests.sync_server.relay.pipe import connection, opened, wire


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
