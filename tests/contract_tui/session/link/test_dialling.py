from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection

from contract_tui.session.link import link
from contract_tui.session.link.dialling import LONG_ABSENCE, waiting_time
from sync_server.protocol.codec import encode
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import (
    Error,
    Join,
    Peer,
)
from tests.contract_tui.session.impostors import (
    RELAY,
    answering,
    detail_of,
    free_port,
    greet,
    impostor,
    tcp,
)


async def test_nothing_there(tmp_path: Path) -> None:
    detail = await detail_of(tmp_path, f"ws://127.0.0.1:{free_port()}")
    assert detail.startswith("no relay answers at")
    assert "refused" in detail


async def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    assert "no relay answers" in await detail_of(tmp_path, "wss://nowhere.invalid:3030")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"\0\xff" * 50,
        b"",
    ],
)
async def test_something_that_is_no_websocket(tmp_path: Path, answer: bytes) -> None:
    async with tcp(answer) as url:
        assert "is not a relay" in await detail_of(tmp_path, url)


@pytest.mark.parametrize(
    "frame",
    [
        "hello",
        b"\xff\xff\xff",
        cbor2.dumps([1, 2]),
        cbor2.dumps({"type": "welcome"}),
        encode(Peer(RELAY, PeerId("x"), "2")),
        encode(Join(RELAY)),
    ],
    ids=["text", "garbage", "no map", "unknown type", "other version", "no answer"],
)
async def test_a_websocket_that_speaks_something_else(tmp_path: Path, frame: bytes | str) -> None:
    async with impostor(answering(frame)) as url:
        assert "is not a relay" in await detail_of(tmp_path, url)


async def test_a_relay_that_refuses_says_why(tmp_path: Path) -> None:
    async with impostor(answering(encode(Error("come back tomorrow")))) as url:
        detail = await detail_of(tmp_path, url)
        assert detail == f"the relay at {url} refuses: come back tomorrow"


async def test_a_relay_that_closes_half_way(tmp_path: Path) -> None:
    async def behave(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.recv()
        await connection.close(1011, "out of breath")

    async with impostor(behave) as url:
        assert "broke off the connection: out of breath" in await detail_of(tmp_path, url)


async def test_a_relay_that_falls_silent_before_greeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "PATIENCE", 0.05)

    async def behave(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with impostor(behave) as url:
        assert "nothing answers" in await detail_of(tmp_path, url)


@given(st.integers(0, 200), st.floats(0, 1e6), st.floats(0, 1, exclude_max=True))
def test_waiting_stays_within_bounds(failures: int, away: float, chance: float) -> None:
    wait = waiting_time(failures, away, chance)
    assert 0.05 <= wait <= (1.5 if away < LONG_ABSENCE else 30.0)


def test_waiting_doubles_and_then_is_capped() -> None:
    assert [waiting_time(n, 0, 0.999999) for n in range(4)] == pytest.approx([0.5, 1, 1.5, 1.5])
    assert waiting_time(10, LONG_ABSENCE, 0.999999) == pytest.approx(30)
