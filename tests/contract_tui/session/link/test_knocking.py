"""What relays say to a seat that was just taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.session.link.knocking import knock
from contract_tui.session.link.refusals import RefusalKind
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.impostors import free_port, tcp


@pytest.fixture
def heidi(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "heidi") as library:
        yield library


@pytest.fixture
def opa(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "opa") as library:
        yield library


@pytest.fixture
def oma(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "oma") as library:
        yield library


def invitation(heidi: Library, *relays: str) -> str:
    contract = seats.new_contract(heidi, "My year", "Heidi", Role.STUDENT, relays)
    return seats.invite_to(heidi, heidi.entry(contract), Role.PARENT, "Opa").link()


async def knock_with(library: Library, link: str) -> RefusalKind | None:
    contract: DocumentId = seats.join(library, link)
    refusal = await knock(library, library.entry(contract))
    return refusal.kind if refusal else None


async def test_the_first_is_let_in_and_the_second_is_not(
    heidi: Library, opa: Library, oma: Library
) -> None:
    async with Relay.serve(Settings(port=0, power_safe=False)) as relay:
        link = invitation(heidi, relay.url)
        assert await knock_with(opa, link) is None
        assert await knock_with(oma, link) is RefusalKind.SPENT


async def test_one_relay_that_lets_in_is_enough(heidi: Library, opa: Library, oma: Library) -> None:
    settings = Settings(port=0, power_safe=False)
    async with Relay.serve(settings) as one, Relay.serve(settings) as two:
        link = invitation(heidi, one.url)
        assert await knock_with(opa, link) is None
        contract = seats.join(oma, link)
        oma.add_relays(contract, [two.url])
        assert await knock(oma, oma.entry(contract)) is None


async def test_what_is_no_relay_says_nothing_about_a_seat(heidi: Library, opa: Library) -> None:
    async with tcp(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as website:
        link = invitation(heidi, website, f"ws://127.0.0.1:{free_port()}")
        assert await knock_with(opa, link) is None


async def test_who_only_reads_does_not_knock(heidi: Library) -> None:
    contract = seats.new_contract(heidi, "My year", "Heidi", Role.STUDENT, ["wss://x.example"])
    heidi.give_up_seat(contract)
    assert await knock(heidi, heidi.entry(contract)) is None
