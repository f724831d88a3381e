import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from contract_tui.guests import program as running
from contract_tui.guests.serving import Guests
from contract_tui.guests.window import Goodbye
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import Visitor, door, until, visitor


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def seated(guests: Guests, cleo: Visitor) -> tuple[str, str]:
    guest = guests.book.expect(Role.PARENT)
    return await cleo.come_in(guests, guest), guest.id


async def test_a_second_window_takes_over_and_the_first_is_told(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, id_ = await seated(guests, cleo)
        async with cleo.window(seat) as first:
            await first.wait_for("begun")
            pid = guests.house.running[id_].pid
            async with cleo.window(seat, "?width=60&height=20") as second:
                assert await first.closed() == Goodbye.MOVED
                await second.wait_for('"type": "show", "width": 60, "height": 20')
                await second.type("here")
                await second.wait_for("heard here")
                assert guests.house.running[id_].pid == pid


async def test_whoever_drops_out_finds_everything_as_it_was(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, id_ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            pid = guests.house.running[id_].pid
            transport = window.socket.get_extra_info("socket")
            assert transport is not None
            await window.type("half a wo")
            window.socket._response.close()  # as a lost network does
        await until(guests, lambda: not guests.here)
        async with cleo.window(seat) as window:
            await window.type("rd")
            await window.wait_for("heard rd")
            assert guests.house.running[id_].pid == pid


async def test_whoever_stays_away_leaves_no_program_behind(tmp_path: Path) -> None:
    async with door(tmp_path, lingering=0.05) as guests, visitor(guests) as cleo:
        seat, id_ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            pid = guests.house.running[id_].pid
        await until(guests, lambda: not guests.house.running)
        assert not alive(pid)
        assert (guests.book.folder / id_ / "last words").read_text() == "kept"
        async with cleo.window(seat) as window:
            await window.wait_for("begun")


async def test_who_dropped_out_makes_room_for_somebody_who_is_there(tmp_path: Path) -> None:
    async with (
        door(tmp_path, most=1) as guests,
        visitor(guests) as cleo,
        visitor(guests) as ben,
    ):
        (seat, first), (other, second) = await seated(guests, cleo), await seated(guests, ben)
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
        await until(guests, lambda: not guests.here)
        assert list(guests.house.running) == [first]
        async with ben.window(other) as window:
            await window.wait_for("begun")
            assert list(guests.house.running) == [second]
        assert (guests.book.folder / first / "last words").read_text() == "kept"


async def test_whoever_is_expected_no_longer_is_gone_with_what_was_kept(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, id_ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            (guest,) = guests.book.guests
            await asyncio.gather(guests.dismiss(guest), window.closed())
        assert not (guests.book.folder / id_).exists()
        assert not guests.house.running
        assert await cleo.status(seat) == 403


async def test_a_program_that_dies_is_told_and_starts_again(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, _ = await seated(guests, cleo)
        for word in ("die", "nonsense"):
            async with cleo.window(seat) as window:
                await window.wait_for("begun")
                await window.type(word)
                assert await window.closed() == Goodbye.FELL
        async with cleo.window(seat) as window:
            await window.wait_for("begun")


async def test_a_program_that_does_not_begin_says_why(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, _ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.type("refuse")
            assert await window.wait_until_told("say") == "this seat was taken away"
            assert await window.closed() == Goodbye.REFUSED


async def test_when_the_host_leaves_last_words_are_kept_and_nothing_goes_on(
    tmp_path: Path,
) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo, visitor(guests) as ben:
        (seat, first), (other, second) = await seated(guests, cleo), await seated(guests, ben)
        async with cleo.window(seat) as window, ben.window(other) as beside:
            await window.wait_for("begun")
            await beside.wait_for("begun")
            pids = [one.pid for one in guests.house.running.values()]
            await asyncio.gather(guests.house.close(), window.closed(), beside.closed())
            assert window.socket.close_code == Goodbye.HOST_LEAVES
        assert not any(map(alive, pids))
        for id_ in (first, second):
            assert (guests.book.folder / id_ / "last words").read_text() == "kept"
        assert await cleo.status(seat) == 503


async def test_a_program_that_does_not_listen_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LAST_WORDS", 0.1)
    monkeypatch.setattr(running, "INSISTENCE", 0.1)
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, id_ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.type("deaf")
            await window.wait_for("heard deaf")
            pid = guests.house.running[id_].pid
            await asyncio.gather(guests.house.close(), window.closed())
        assert not alive(pid)


async def test_a_window_that_takes_nothing_does_not_hold_up_the_program(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, _ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.type("flood")
            await until(guests, lambda: not guests.here)
        async with cleo.window(seat) as window:
            await window.type("here again")
            await window.wait_for("heard here again")


async def test_a_program_sees_no_secret_in_its_environment_or_its_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTRACT_TUI_REGISTRATION_KEY", "secret of the host")
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        seat = await cleo.come_in(guests, guest)
        (cookie,) = [one.value for one in cleo.http.cookie_jar]
        async with cleo.window(seat, look="light") as window:
            await window.type("environment")
            said = await window.wait_for('"args": [')
        for secret in (guest.code, cookie, "secret of the host", "invitation of"):
            assert secret not in said
        told = json.loads(said[said.index('{"env"') :])["env"]
        assert told["CONTRACT_TUI_GUEST_LOOK"] == "light"
        assert told["LANGUAGE"] == "es_MX:es:en"


async def test_a_key_at_the_hosts_terminal_does_not_end_a_guests_program(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat, id_ = await seated(guests, cleo)
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            pid = guests.house.running[id_].pid
            assert os.getsid(pid) == pid
            os.kill(pid, signal.SIGKILL)
            assert await window.closed() == Goodbye.FELL
