"""A room that has closed is left alone, until somebody asks for it again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from contract_tui.library.errors import LinkTrouble
from contract_tui.library.settings import room_address
from contract_tui.session.link import dialling, resting
from contract_tui.session.link.dialling import NobodyThere, WentAway
from contract_tui.session.link.resting import PATIENCE, Absence, closed
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.contract_tui.session import circle
from tests.contract_tui.session.company import Company, company, read, until, write
from tests.contract_tui.session.impostors import free_port

ROOM, SCHOOL = "ws://192.0.2.1:3030/room", "wss://school.example"


@pytest.mark.parametrize(
    ("url", "trouble", "away", "over"),
    [
        (ROOM, WentAway(), PATIENCE, True),
        (ROOM, WentAway(), PATIENCE - 1, False),
        (ROOM, NobodyThere(), PATIENCE, True),
        (ROOM, NobodyThere(), PATIENCE - 1, False),
        (ROOM, LinkTrouble(), PATIENCE, False),
        (SCHOOL, WentAway(), PATIENCE, False),
        (SCHOOL, NobodyThere(), PATIENCE, False),
    ],
)
def test_a_room_is_over_when_it_or_its_computer_has_said_so_a_while_ago(
    url: str, trouble: LinkTrouble, away: float, over: bool
) -> None:
    now = [0.0]
    absence = Absence(url, lambda: now[0])
    absence.note(trouble)
    now[0] += away
    assert absence.is_final is over


def test_a_goodbye_holds_in_another_network_until_the_room_is_back() -> None:
    now = [0.0]
    absence = Absence(ROOM, lambda: now[0])
    absence.note(WentAway())
    absence.note(LinkTrouble())
    now[0] += PATIENCE
    assert absence.is_final
    absence.begin()
    now[0] += PATIENCE
    assert not absence.is_final


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever dials at all dials again at once."""
    monkeypatch.setattr(dialling, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(dialling, "SHORT_WAIT", 0.001)


class Door:
    """Hangs up on whoever calls, and counts them."""

    def __init__(self) -> None:
        self.calls = 0
        self._called = asyncio.Event()

    async def answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        self._called.set()
        writer.close()

    async def called(self, times: int) -> None:
        """Wait until so many have called."""
        async with asyncio.timeout(60):
            while self.calls < times:
                self._called.clear()
                await self._called.wait()


@asynccontextmanager
async def door(port: int) -> AsyncIterator[Door]:
    found = Door()
    async with await asyncio.start_server(found.answer, "127.0.0.1", port):
        yield found


async def guest(people: Company, room: str, other: str) -> Session:
    people.invite("Clara", Role.TEACHER)
    clara = people.library("Clara")
    clara.add_relays(people.contract, [other])
    return await people.open("Clara")


async def test_whoever_stays_when_a_room_closes_dials_it_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "PATIENCE", 0.0)
    port, school = free_port(), free_port()
    room = room_address(f"ws://127.0.0.1:{port}")
    async with company(tmp_path, room) as people:
        async with circle.closed(tmp_path / "room", port):
            heidi = await people.open("Heidi")
            clara = await guest(people, room, f"ws://127.0.0.1:{school}")
            write(heidi, "goats")
            await until(clara, lambda: read(clara) == "goats")
            assert clara.notices == []
        await until(clara, lambda: clara.links[0].is_resting)
        assert clara.notices == [closed(room)]
        async with door(port) as stranger, door(school) as relay:
            await relay.called(20)
            write(clara, "! ", at=0)
            await relay.called(relay.calls + 20)
            assert stranger.calls == 0
        assert clara.status.kind is StatusKind.ALONE
        assert clara.status.detail == closed(room)
        async with circle.closed(tmp_path / "room", port):
            heidi.reconnect()
            clara.reconnect()
            await until(heidi, lambda: read(heidi) == "! goats")
            assert clara.notices == []


async def test_a_room_that_opens_again_soon_is_found_by_itself(tmp_path: Path) -> None:
    port = free_port()
    async with company(tmp_path, room_address(f"ws://127.0.0.1:{port}")) as people:
        heidi = await people.open("Heidi")
        for words in ("goats", "cheese"):
            async with circle.closed(tmp_path / "room", port):
                await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
            await until(heidi, lambda: heidi.status.kind is StatusKind.ALONE)
            assert heidi.notices == []
            write(heidi, words)
        async with circle.closed(tmp_path / "room", port):
            await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)


async def test_a_relay_that_stops_is_looked_for_until_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    async with company(tmp_path, f"ws://127.0.0.1:{port}") as people:
        heidi = await people.open("Heidi")
        for _ in range(2):
            async with circle.closed(tmp_path / "relay", port):
                await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
            await until(heidi, lambda: heidi.status.kind is StatusKind.ALONE)
        assert not heidi.links[0].is_resting


async def test_nobody_is_told_that_a_room_has_closed_where_it_goes_on_at_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "PATIENCE", 0.0)
    port = free_port()
    room = room_address(f"ws://127.0.0.1:{port}")
    async with company(tmp_path, room) as people, circle.closed(tmp_path / "other") as other:
        async with circle.closed(tmp_path / "room", port):
            heidi = await people.open("Heidi")
            heidi.meet_at(room_address(other.url))
            await until(heidi, lambda: all(link.is_heard for link in heidi.links))
        await until(heidi, lambda: heidi.links[0].is_resting)
        assert heidi.notices == []
        await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
