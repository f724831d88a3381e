"""Where a room can be reached."""

from __future__ import annotations

import ipaddress
import socket
from argparse import Namespace
from pathlib import Path

import pytest
from aiohttp import ClientSession

from contract_tui.commands import hosting
from contract_tui.commands.hosting import LOOPBACK, TwoPlaces, own_address
from contract_tui.commands.receiving import free_port
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.guests.serving import Listening
from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to, join, new_contract
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import PARROT
from tests.contract_tui.session.company import until


def test_the_address_is_one_of_this_computers() -> None:
    address = own_address()
    assert ipaddress.ip_address(address).version == 4
    with socket.create_server((address, 0)) as listening:
        assert listening.getsockname()[0] == address


def test_without_any_network_the_room_is_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    assert own_address() == LOOPBACK


def test_a_port_that_somebody_has_is_left_to_them() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(LOOPBACK, port) == 0
    assert free_port(LOOPBACK, port) == port


async def test_a_room_takes_its_own_contract_and_no_other(tmp_path: Path) -> None:
    with Library(tmp_path / "Ana") as library, Library(tmp_path / "Zoe") as stranger:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        other = new_contract(stranger, "Elsewhere", "Zoe", Role.STUDENT)
        async with hosting._serving(library, library.entry(contract), LOOPBACK, 0) as relay:
            mine = await Session.open(library, contract, relays=[relay.url])
            theirs = await Session.open(stranger, other, relays=[relay.url])
            await until(mine, lambda: mine.status.kind is StatusKind.SHARED)
            await until(theirs, lambda: theirs.links[0].state.refusal is RefusalKind.FORBIDDEN)
            await mine.close()
            await theirs.close()


async def test_a_room_is_kept_on_the_disk_until_its_contract_is_erased(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        entry = library.entry(contract)
        for _ in range(2):
            async with hosting._serving(library, entry, LOOPBACK, 0) as relay:
                assert relay.vitals.storing
            assert library.room(contract).is_dir()
        library.erase(contract)
        assert not library.room(contract).exists()


def test_a_room_is_at_one_relay(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        options = Namespace(relay="wss://school.example", address=None, port=3030)
        with pytest.raises(TwoPlaces, match="without --relay"):
            hosting._meet_at(library, library.entry(contract), options, Listening())
        assert library.entry(contract).relays == ()


async def test_what_guests_wrote_last_is_brought_home_before_the_room_closes(
    tmp_path: Path,
) -> None:
    with Library(tmp_path / "Ana") as library, Library(tmp_path / "Ben") as other:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        entry = library.entry(contract)
        where = Listening(LOOPBACK, command=PARROT)
        async with hosting.hosted(library, entry, LOOPBACK, 0, where) as room:
            assert room.door is not None
            room.door.expect(Role.TEACHER, "Ben")
            (seat,) = room.door.seats()
            async with ClientSession() as browser:
                said = {"name": "Ben"}
                await browser.post(seat.address, data=said, headers={"Origin": room.door.url})
            assert [one.is_in for one in room.door.seats()] == [True]
            mine = await Session.open(library, contract)
            await until(mine, lambda: mine.status.kind is StatusKind.SHARED)
            await mine.close()
            join(other, invite_to(library, entry, Role.TEACHER, "Ben", relays=[room.url]).link())
            ben = await Session.open(other, contract)
            await until(ben, lambda: ben.status.kind is StatusKind.SHARED)
            ben.edit(INTERESTS, Splice(0, 0, "last words"))
            await until(ben, lambda: ben.status.kind is StatusKind.SHARED)
            await ben.close()
        assert library.entry(contract).relays == ()
        home = await Session.open(library, contract)
        assert home.contract.text(INTERESTS).text == "last words"
        await home.close()
