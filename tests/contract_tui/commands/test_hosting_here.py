"""A room that is opened from the workshop."""

from __future__ import annotations

import socket
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from contract_tui.commands import hosting_here
from contract_tui.commands.hosting import LOOPBACK, own_address
from contract_tui.commands.hosting_here import open_room, room_here
from contract_tui.library.errors import SessionError
from contract_tui.library.hosting import FILE, Said, UnfitCertificate, keep
from contract_tui.library.library import Library
from contract_tui.library.seats import new_contract
from sync_server.access.proof import Role
from tests.contract_tui.guests.test_serving import certificate

SCHOOL = "wss://school.example:3030"


def kept(folder: Path, said: Said | None = None) -> Library:
    """A library, with a room on this computer alone."""
    library = Library(folder)
    keep(folder, {"address": LOOPBACK, "port": 0, "guests_port": 0, **(said or {})})
    return library


def test_others_are_told_where_a_room_would_be_only_where_that_is_certain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = own_address()
    with socket.create_server((address, 0)) as found:
        port = found.getsockname()[1]
    monkeypatch.setattr(hosting_here, "PORT", port)
    with Library(tmp_path) as library:
        with socket.create_server((address, port)):
            assert room_here(library) == ""
        assert room_here(library) == f"ws://{address}:{port}/room"
        keep(tmp_path, {"address": LOOPBACK, "port": port})
        assert room_here(library) == f"ws://{LOOPBACK}:{port}/room"
        (tmp_path / FILE).write_text("nonsense")
        assert room_here(library) == ""


async def test_a_certificate_that_was_kept_encrypts_the_way_of_browsers(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    with kept(tmp_path / "Ana", {"tls_cert": str(cert), "tls_key": str(key)}) as library:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        for back in (None, ()):
            async with AsyncExitStack() as rooms:
                room = await open_room(rooms, library, contract, back)
                assert room.door is not None
                assert room.door.url.startswith(f"https://{LOOPBACK}:")
        async with AsyncExitStack() as rooms:
            room = await open_room(rooms, library, contract, plain=True)
            assert room.door is not None
            assert room.door.url.startswith(f"http://{LOOPBACK}:")


async def test_one_that_has_run_out_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path, first=-9, last=-2)
    with kept(tmp_path / "Ana", {"tls_cert": str(cert), "tls_key": str(key)}) as library:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        async with AsyncExitStack() as rooms:
            with pytest.raises(UnfitCertificate, match="ran out"):
                await open_room(rooms, library, contract)
        assert not library.room(contract).exists()


async def test_a_relay_that_was_kept_is_where_all_meet_but_not_in_somebodys_place(
    tmp_path: Path,
) -> None:
    said: Said = {"guests_port": 0, "guests_address": LOOPBACK}
    with Library(tmp_path) as library:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        keep(tmp_path, {**said, "relay": SCHOOL})
        async with AsyncExitStack() as rooms:
            room = await open_room(rooms, library, contract)
            assert (room.url, room.stays) == (SCHOOL, True)
        assert library.entry(contract).relays == (SCHOOL,)
        async with AsyncExitStack() as rooms:
            room = await open_room(rooms, library, contract, ())
            assert room.url.endswith("/room")
            assert not room.stays


@pytest.mark.parametrize(
    ("relay", "said"),
    [
        ("ws://school.example:3030", "contract-tui host --relay ws://school.example:3030 asks"),
        ("school", "“school” is not the address of a relay"),
    ],
)
async def test_a_relay_that_may_not_be_spoken_to_is_said(
    tmp_path: Path, relay: str, said: str
) -> None:
    with Library(tmp_path) as library:
        contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        keep(tmp_path, {"relay": relay, "guests_port": 0})
        async with AsyncExitStack() as rooms:
            with pytest.raises(SessionError, match=said):
                await open_room(rooms, library, contract)
        assert library.entry(contract).relays == ()
