import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest

from contract_tui.commands.meeting import share_quietly
from contract_tui.commands.visiting import NoHost, NoInvitation, NotSeated, sit_down
from contract_tui.guests.book import INVITATION
from contract_tui.guests.environment import CONTRACT_VARIABLE, HOST_VARIABLE, RELAY_VARIABLE
from contract_tui.guests.packets import HEAD_SIZE, PRELUDE
from contract_tui.guests.program import COMMAND
from contract_tui.library import seats
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.library.world import World
from sync_server.access.errors import AccessError, Expired
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

NOWHERE = "ws://127.0.0.1:1/room"
HOST = "ab" * 8


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The host's library, with one contract for which guests are told what they need."""
    with Library(tmp_path / "host") as library:
        contract = seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        told = {
            CONTRACT_VARIABLE: format_document_id(contract),
            RELAY_VARIABLE: NOWHERE,
            HOST_VARIABLE: HOST,
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        yield library


def invitation(host: Library, contract: str = "Tidepools", world: World | None = None) -> str:
    entry = host.resolve(contract)
    return seats.invite_to(host, entry, Role.PARENT, "Cleo", days=1, world=world).link()


def lay(tmp_path: Path, link: str) -> Path:
    home = tmp_path / "Cleo"
    home.mkdir(mode=0o700)
    (home / INVITATION).write_text(link)
    return home


def test_a_guest_takes_a_seat_with_a_key_of_their_own_that_is_said_to_be_here(
    host: Library, tmp_path: Path
) -> None:
    home = lay(tmp_path, invitation(host))
    with Library(home) as library:
        contract = sit_down(library, home)
        own = library.own_seat(contract)
        assert own is not None
        assert (own.seat.name, own.seat.role, own.host) == ("Cleo", Role.PARENT, HOST)
        assert library.entry(contract).relays == (NOWHERE,)
    assert not (home / INVITATION).exists()


def test_whoever_returns_has_the_seat_that_they_had(host: Library, tmp_path: Path) -> None:
    home = lay(tmp_path, invitation(host))
    with Library(home) as library:
        contract = sit_down(library, home)
        first = library.own_seat(contract)
        assert sit_down(library, home) == contract
        assert library.own_seat(contract) == first


@pytest.mark.parametrize("link", ["", "learning-contract:AAAA", "hello", "learning-contract:" * 9])
def test_a_forged_invitation_is_refused(host: Library, tmp_path: Path, link: str) -> None:
    home = lay(tmp_path, link)
    with Library(home) as library:
        with pytest.raises((AccessError, SessionError)):
            sit_down(library, home)
        assert library.entries() == []


def test_an_expired_invitation_is_refused(host: Library, tmp_path: Path) -> None:
    long_ago = World(clock=lambda: 1_000_000_000.0)
    home = lay(tmp_path, invitation(host, world=long_ago))
    with Library(home) as library, pytest.raises(Expired):
        sit_down(library, home)


def test_an_invitation_to_another_contract_leaves_nothing_behind(
    host: Library, tmp_path: Path
) -> None:
    seats.new_contract(host, "Another", "Ana", Role.STUDENT)
    home = lay(tmp_path, invitation(host, "Another"))
    with Library(home) as library:
        with pytest.raises(NoInvitation):
            sit_down(library, home)
        assert library.entries() == []


def test_without_an_invitation_there_is_no_seat(host: Library, tmp_path: Path) -> None:
    home = tmp_path / "Cleo"
    with Library(home) as library, pytest.raises(NoInvitation):
        sit_down(library, home)


def test_it_is_not_started_by_hand(tmp_path: Path) -> None:
    with Library(tmp_path) as library, pytest.raises(NoHost):
        sit_down(library, tmp_path)


def test_what_keeps_it_from_beginning_is_said_on_the_page(tmp_path: Path) -> None:
    ended = run(COMMAND, env={"CONTRACT_TUI_HOME": str(tmp_path)}, capture_output=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout.startswith(PRELUDE)
    said = json.loads(ended.stdout[len(PRELUDE) + HEAD_SIZE :])
    assert said["type"] == "refused"
    assert said["words"].startswith("this begins when a guest opens")


async def test_a_used_invitation_is_refused_by_the_relay_and_leaves_nothing_behind(
    host: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Relay.serve(Settings(port=0, power_safe=False), None) as relay:
        monkeypatch.setenv(RELAY_VARIABLE, relay.url)
        contract = host.resolve("Tidepools").id
        host.add_relays(contract, [relay.url])
        await share_quietly(host, contract)
        link = invitation(host)
        with Library(tmp_path / "Ben") as other:
            seats.join(other, link)
            await share_quietly(other, contract)
        home = lay(tmp_path, link)
        with Library(home) as library:
            with pytest.raises(NotSeated):
                await asyncio.to_thread(sit_down_in, home)
            assert library.entries() == []


def sit_down_in(home: Path) -> None:
    with Library(home) as library:
        sit_down(library, home)
