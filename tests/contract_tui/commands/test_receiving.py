"""The guests' door of a host's program."""

from __future__ import annotations

import socket
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from contract_tui.commands.hosting import LOOPBACK
from contract_tui.commands.receiving import CannotKeep, HalfACertificate, listening, receiving
from contract_tui.guests.book import DAY
from contract_tui.guests.errors import CannotListen, NoName
from contract_tui.guests.serving import Listening
from contract_tui.library.hosting import UnfitCertificate
from contract_tui.library.library import Library
from contract_tui.library.seats import new_contract
from contract_tui.library.world import World
from contract_tui.ui.hosting.door import Door
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import PARROT
from tests.contract_tui.guests.test_serving import certificate

NOWHERE = "ws://127.0.0.1:1/room"
HERE = Listening(LOOPBACK, command=PARROT)


def options(**said: object) -> Namespace:
    none = {"guests_port": None, "guests_address": None, "tls_cert": None, "tls_key": None}
    return Namespace(**{**none, **said})


@asynccontextmanager
async def opened(
    folder: Path, where: Listening = HERE, world: World | None = None
) -> AsyncIterator[tuple[Door, Library]]:
    with Library(folder) as library:
        if not library.entries():
            new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        (entry,) = library.entries()
        async with receiving(library, entry, NOWHERE, where, world) as door:
            yield door, library


def test_an_address_of_this_computer_is_listened_on_and_a_name_is_only_shown() -> None:
    where = listening(options(guests_address=LOOPBACK, guests_port=7), "192.0.2.1")
    assert (where.address, where.port, where.name) == (LOOPBACK, 7, LOOPBACK)
    where = listening(options(guests_address="tidepools.local", guests_port=7), LOOPBACK)
    assert (where.address, where.port, where.name) == (LOOPBACK, 7, "tidepools.local")
    where = listening(options(guests_address="192.0.2.1", guests_port=7), LOOPBACK)
    assert (where.address, where.name) == (LOOPBACK, "192.0.2.1")


def test_a_certificate_without_its_key_is_refused() -> None:
    with pytest.raises(HalfACertificate, match="go together"):
        listening(options(tls_cert="cert.pem"), LOOPBACK)


def test_what_is_no_certificate_is_named(tmp_path: Path) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("nothing")
    named = options(tls_cert=tmp_path / "cert.pem", tls_key=tmp_path / "key.pem")
    with pytest.raises(UnfitCertificate, match=r"key\.pem holds no private key"):
        listening(named, LOOPBACK)


async def test_with_a_certificate_guests_open_an_encrypted_address_by_the_name_in_it(
    tmp_path: Path,
) -> None:
    cert, key = certificate(tmp_path, "tidepools.local")
    named = options(tls_cert=str(cert), tls_key=str(key), guests_address="tidepools.local")
    where = replace(listening(named, LOOPBACK), port=0)
    async with opened(tmp_path / "Ana", where=where) as (door, _):
        door.expect(Role.PARENT, "")
        (seat,) = door.seats()
        assert seat.address.startswith("https://tidepools.local:")


async def test_a_port_that_somebody_has_is_said(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=f"port {port}: address already in use"):
            async with opened(tmp_path, replace(HERE, port=port)):
                pass


async def test_whoever_is_expected_has_an_address_until_it_is_renewed(tmp_path: Path) -> None:
    async with opened(tmp_path) as (door, _):
        woken: list[bool] = []
        end = door.listen(lambda: woken.append(True))
        seat = door.expect(Role.PARENT, "")
        (first,) = door.seats()
        assert (first.id, first.role, first.name) == (seat, Role.PARENT, "")
        assert first.address == f"{door.url}/j/{first.code}"
        door.renew(seat)
        (second,) = door.seats()
        assert second.id == seat
        assert second.code != first.code
        await door.dismiss(seat)
        assert door.seats() == []
        assert len(woken) == 3
        end()
        door.expect(Role.TEACHER, "Ben")
        assert len(woken) == 3


async def test_a_name_that_nobody_can_have_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as (door, _):
        with pytest.raises(NoName):
            door.expect(Role.PARENT, "x" * 1000)
        assert door.seats() == []


async def test_a_code_that_has_run_out_is_not_shown_and_is_new_another_day(tmp_path: Path) -> None:
    now = [1_790_000_000.0]
    world = World(clock=lambda: now[0])
    async with opened(tmp_path, world=world) as (door, _):
        door.expect(Role.PARENT, "")
        (seat,) = door.seats()
        assert seat.code
        now[0] += DAY
        assert [one.code for one in door.seats()] == [""]
    async with opened(tmp_path, world=world) as (door, _):
        (late,) = door.seats()
        assert late.id == seat.id
        assert late.code not in ("", seat.code)


async def test_what_the_disk_does_not_take_is_said_in_a_sentence(tmp_path: Path) -> None:
    async with opened(tmp_path) as (door, library):
        (entry,) = library.entries()
        folder = library.guests(entry.id)
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("in the way")
        with pytest.raises(CannotKeep, match="could not be kept on this computer: "):
            door.expect(Role.PARENT, "")
