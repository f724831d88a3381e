from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.errors import LinkTrouble
from contract_tui.session.link.redeeming import CodeRefused, redeem
from contract_tui.session.link.refusals import Unconfirmed
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.code import make_code
from sync_server.access.errors import NotACode
from sync_server.access.proof import Role
from tests.contract_tui.session.circle import closed, three
from tests.contract_tui.session.company import Company, relay, until
from tests.contract_tui.session.impostors import free_port, tcp

CODE = make_code(b"abcde")


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        yield people


async def shared(people: Company) -> Session:
    session = await people.open("Heidi")
    await until(session, lambda: session.status.kind is StatusKind.SHARED)
    return session


def invitation(people: Company) -> str:
    library = people.library("Heidi")
    return seats.invite_to(library, library.entry(people.contract), Role.PARENT, "Oma").link()


async def test_an_invitation_travels_in_nine_letters_and_only_once(people: Company) -> None:
    heidi, link = await shared(people), invitation(people)
    given = await heidi.short_code(link, 600)
    assert given.expires > 0
    typed = given.code.lower().replace("-", " ")
    assert await redeem(people.url, typed) == link
    assert seats.join(people.library("Oma"), link) == people.contract
    with pytest.raises(CodeRefused, match="used already"):
        await redeem(people.url, given.code)
    with pytest.raises(CodeRefused, match="no such code"):
        await redeem(people.url, CODE)


async def test_a_code_names_the_relay_that_keeps_it(people: Company, tmp_path: Path) -> None:
    link = invitation(people)
    async with closed(tmp_path / "second") as second:
        people.library("Heidi").add_relays(people.contract, [second.url])
        heidi = await people.open("Heidi")
        for url in (second.url, people.url):
            given = await heidi.short_code(link, relays=[url])
            assert given.relay == url
            assert await redeem(given.relay, given.code) == link


async def test_a_relay_says_why_it_makes_no_code(people: Company) -> None:
    heidi = await shared(people)
    with pytest.raises(LinkTrouble, match="refuses: "):
        await heidi.short_code("hello", 600)


async def test_without_a_relay_there_is_no_code(tmp_path: Path) -> None:
    async with three(tmp_path, f"ws://127.0.0.1:{free_port()}") as people:
        heidi = await people.open("Heidi")
        await until(heidi, lambda: bool(heidi.status.detail))
        with pytest.raises(LinkTrouble, match="no relay answers"):
            await heidi.short_code("hello", 600)


async def test_a_mistyped_code_asks_nobody() -> None:
    with pytest.raises(NotACode, match="mistyped"):
        await redeem("ws://127.0.0.1:1", CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))


async def test_a_code_is_not_sent_where_others_may_read_along() -> None:
    with pytest.raises(Unconfirmed):
        await redeem("ws://192.168.1.5:3030", CODE)


async def test_what_is_no_relay_is_told() -> None:
    with pytest.raises(LinkTrouble, match="no relay answers"):
        await redeem(f"ws://127.0.0.1:{free_port()}", CODE)
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    async with tcp(answer) as url:
        with pytest.raises(LinkTrouble, match="HTTP 302"):
            await redeem(url, CODE)
    async with tcp(b"220 mail.example ESMTP\r\n") as url:
        with pytest.raises(LinkTrouble, match="is not a relay"):
            await redeem(url, CODE)


async def test_an_open_relay_has_no_codes_either() -> None:
    async with relay() as server:
        with pytest.raises(CodeRefused):
            await redeem(server.url, CODE)
