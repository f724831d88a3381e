import asyncio
from contextlib import suppress
from pathlib import Path

from contract_tui.guests.connections import MOST, MOST_FROM_ONE, Crowd
from contract_tui.guests.serving import Guests
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import PATIENCE, door, visitor


def test_so_many_may_come_from_one_address_and_so_many_in_all() -> None:
    crowd = Crowd()
    assert all(crowd.enter("one") for _ in range(MOST_FROM_ONE))
    assert not crowd.enter("one")
    entered = [crowd.enter(f"address {number}") for number in range(MOST)]
    assert crowd.size == MOST
    assert not all(entered)
    crowd.leave("one")
    assert crowd.enter("another")


async def test_a_crowd_of_strangers_is_let_go_and_a_guest_stays(tmp_path: Path) -> None:
    async with door(tmp_path, unknown_last=0.5) as guests, visitor(guests) as cleo:
        seat = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            for _ in range(3):
                await asyncio.gather(*(hang_about(guests, number) for number in range(80)))
            await window.type("still here")
            await window.wait_for("heard still here")
        assert await cleo.status(seat) == 200


async def hang_about(guests: Guests, number: int) -> None:
    """Connect and say nothing, or never come to an end, until the server has had enough."""
    host, port = guests.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    if number % 2:
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    with suppress(ConnectionError):
        async with asyncio.timeout(PATIENCE):
            await reader.read()
    writer.close()


async def test_a_header_without_an_end_and_a_line_without_one_are_cut_off(tmp_path: Path) -> None:
    async with door(tmp_path) as guests:
        host, port = guests.url.removeprefix("http://").split(":")
        for begun in (b"GET /" + b"a" * 9000, b"GET / HTTP/1.1\r\nX: " + b"a" * 9000):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(begun + b"\r\n\r\n")
            async with asyncio.timeout(PATIENCE):
                assert b" 400 " in (await reader.read()).partition(b"\r\n")[0]
            writer.close()
