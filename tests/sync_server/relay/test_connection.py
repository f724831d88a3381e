"""One websocket of the relay, fed by hand with what a loop would bring."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode

from sync_server.relay.frames import MOST_FRAGMENTS, SMALL_FRAGMENT
from sync_server.relay.pages import plain
from sync_server.relay.settings import Settings
from tests.sync_server.relay.pipe import connection, greeting, opened, wire


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
