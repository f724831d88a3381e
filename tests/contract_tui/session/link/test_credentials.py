"""Being let in: the badge alone, and on a relay that lets in only the invited."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from contract_tui.library import seats
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.library import Library, OwnSeat
from contract_tui.library.settings import REGISTRATION_VARIABLE
from contract_tui.library.world import World
from contract_tui.session.link import dialling, talk
from contract_tui.session.link.credentials import REGISTRATION_HEADER, Badge
from contract_tui.session.link.link import LinkPhase
from contract_tui.session.link.refusals import RefusalKind, Unconfirmed
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.credential import HEADER_LIFETIME, read_credential
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.circle import closed, is_shared, three
from tests.contract_tui.session.company import company, read, until, write
from tests.contract_tui.session.impostors import free_port

SCHOOL = "wss://School.example/relay"
AUDIENCE = "wss://school.example:443"
LAN = "ws://192.168.1.5:3030"


@dataclass(frozen=True)
class Owner:
    contract: DocumentId
    own: OwnSeat
    library: Library

    def badge(self, url: str, key: str | None = None, clock: float = 1000.0) -> Badge:
        world = World(clock=lambda: clock)
        return Badge(url, self.own, self.contract, world, self.library.is_confirmed, key)


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    library = Library(tmp_path)
    contract = seats.new_contract(library, "My year", "Heidi", Role.STUDENT)
    own = library.own_seat(contract)
    assert own is not None
    return Owner(contract, own, library)


def token(headers: dict[str, str]) -> str:
    scheme, _, credential = headers["Authorization"].partition(" ")
    assert scheme == "Bearer"
    return credential


def test_each_credential_is_new_and_made_for_one_relay(owner: Owner) -> None:
    badge = owner.badge(SCHOOL)
    read = [
        read_credential(token(badge.headers()), 1000, [AUDIENCE], HEADER_LIFETIME) for _ in range(2)
    ]
    assert [one.contract for one in read] == [owner.contract] * 2
    assert [one.device for one in read] == [owner.own.device] * 2
    assert read[0].jti != read[1].jti


def test_no_private_key_is_shown(owner: Owner) -> None:
    shown = " ".join(owner.badge(SCHOOL).headers().values()).encode()
    key = owner.library.contract_key(owner.contract)
    assert key is not None
    assert owner.own.key.seed not in shown
    assert key.seed not in shown


def test_a_clock_that_is_wrong_is_corrected_by_the_relays(owner: Owner) -> None:
    badge = owner.badge(SCHOOL, clock=1000.0)
    assert badge.learn(5000.0)
    credential = read_credential(token(badge.headers()), 5000, [AUDIENCE], HEADER_LIFETIME)
    assert credential.issued == 5000
    assert not badge.learn(5001.0)
    assert not badge.learn(None)


def test_the_registration_key_goes_along_where_there_is_one(owner: Owner) -> None:
    assert REGISTRATION_HEADER not in owner.badge(SCHOOL).headers()
    assert owner.badge(SCHOOL, "open sesame").headers()[REGISTRATION_HEADER] == "open sesame"


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "ws://[::1]:1", "ws://localhost:1", SCHOOL])
def test_a_sheltered_way_needs_no_word_of_the_person(owner: Owner, url: str) -> None:
    assert not owner.badge(url).is_held_back
    assert token(owner.badge(url).headers())


@pytest.mark.parametrize("url", [LAN, "ws://127.0.0.1.example:1", "ws://localhost.example:1"])
def test_an_open_way_needs_the_persons_word_once(owner: Owner, url: str) -> None:
    badge = owner.badge(url)
    with pytest.raises(Unconfirmed, match="not encrypted"):
        badge.headers()
    owner.library.confirm_unencrypted(f"{url}/some/path")
    assert not badge.is_held_back
    assert token(badge.headers())
    assert owner.badge("ws://another.example").is_held_back


async def test_a_relay_far_away_hears_nothing_before_the_person_agrees(tmp_path: Path) -> None:
    async with company(tmp_path, LAN) as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.links[0].state.refusal is RefusalKind.UNCONFIRMED)
        assert session.unconfirmed == [LAN]
        assert session.status.words.startswith("not shared: confirm the relay’s address")
        assert "not encrypted" in session.status.detail
        session.confirm(LAN)
        assert session.unconfirmed == []
        assert (await people.open("Heidi", World(online=False))).unconfirmed == []


async def test_a_computer_whose_clock_is_a_day_off_comes_in(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        for name, off in (("Heidi", 86_400), ("Clara", -86_400)):
            world = World(clock=lambda off=off: World().clock() + off)  # type: ignore[misc]
            session = await people.open(name, world)
            write(session, "x")
            await until(session, lambda s=session: s.status.kind is StatusKind.SHARED)  # type: ignore[misc]


@asynccontextmanager
async def refusing(status: int, words: str, **headers: str) -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a server that lets nobody in, and what it was shown."""
    shown: list[str] = []

    def refuse(connection: ServerConnection, request: Request) -> Response:
        shown.append(request.headers.get("Authorization", ""))
        response = connection.respond(status, words)
        response.headers.update(headers)
        return response

    async def nobody(_: ServerConnection) -> None:
        raise AssertionError

    async with serve(nobody, "127.0.0.1", 0, process_request=refuse) as server:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}", shown


async def test_a_relay_that_refuses_is_not_asked_again_before_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "FIRST_WAIT", 0.0)
    refused = refusing(403, "you have been here before\n")
    async with refused as (url, shown), company(tmp_path, url) as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.links[0].state.phase is LinkPhase.WAITING)
        for _ in range(3):
            again = await people.open("Heidi")
            await until(again, lambda s=again: s.links[0].state.phase is LinkPhase.WAITING)  # type: ignore[misc]
        assert len(shown) == 4
        session.reconnect()
        await until(session, lambda: session.links[0].state.phase is LinkPhase.CONNECTING)
        await until(session, lambda: session.links[0].state.phase is LinkPhase.WAITING)
        assert len(set(shown)) == len(shown) == 5
        assert session.status.words.startswith("not shared: the relay refuses")
        assert session.status.detail.endswith("you have been here before")


async def test_a_clock_is_set_right_once_and_not_for_ever(tmp_path: Path) -> None:
    date = "Thu, 01 Jan 2099 00:00:00 GMT"
    refused = refusing(401, "check the clock\n", Date=date)
    async with refused as (url, shown), company(tmp_path, url) as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.links[0].state.phase is LinkPhase.WAITING)
        assert len(set(shown)) == len(shown) == 2


async def test_nobody_is_followed_elsewhere_with_a_credential(tmp_path: Path) -> None:
    async with (
        refusing(403, "no\n") as (elsewhere, asked),
        refusing(302, "that way\n", Location=elsewhere) as (url, shown),
        company(tmp_path, url) as people,
    ):
        session = await people.open("Heidi")
        await until(session, lambda: session.links[0].state.phase is LinkPhase.WAITING)
        assert (len(shown), asked) == (1, [])
        assert "is not a relay" in session.status.detail


async def test_an_observer_fills_no_relay_and_is_not_shown_out_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "NUDGE_AFTER", 0.1)
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi = await people.open("Heidi")
        write(heidi, "look ")
        people.invite("Inspector", Role.OBSERVER)
        async with closed(tmp_path / "empty") as other:
            people.library("Inspector").add_relays(people.contract, [other.url])
            inspector = await people.open("Inspector")
            await until(inspector, partial(is_shared, inspector, 5))
            link, troubles = inspector.links[1], set[str]()
            inspector.listen(lambda: troubles.add(link.state.trouble))
            await until(inspector, lambda: link.is_heard)
            people.library("Heidi").add_relays(people.contract, [other.url])
            again = await people.open("Heidi")
            await until(again, lambda: all(one.is_done for one in again.links))
            await until(inspector, lambda: link.is_done)
            assert (link.url, troubles) == (other.url, {""})


async def test_a_contract_without_a_seat_is_told_how_to_get_one(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi = people.library("Heidi")
        file = tmp_path / "file"
        export_contract(heidi, heidi.entry(people.contract), file)
        reader = Library(tmp_path / "Oma")
        people.opened.append(reader)
        import_contract(reader, file, 0)
        session = await Session.open(reader, people.contract, relays=[server.url])
        people.sessions.append(session)
        await until(session, lambda: session.links[0].state.refusal is RefusalKind.UNKNOWN)
        assert "ask for an invitation and join" in session.status.detail


async def test_an_observer_reads_and_is_seen_and_never_sends_a_change(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi = await people.open("Heidi")
        write(heidi, "look ")
        people.invite("Inspector", Role.OBSERVER)
        inspector = await people.open("Inspector")
        await until(inspector, partial(is_shared, inspector, 5))
        await until(heidi, lambda: any(p.name == "Inspector" and p.here for p in heidi.people))
        write(heidi, "here ")
        await until(inspector, partial(is_shared, inspector, 10))
        entry = next(e for e in heidi.contract.seats.values() if e.name == "Inspector")
        assert entry.proven
        assert entry.id not in heidi.contract.roster.listed
        assert inspector.contract.heads == heidi.contract.heads
        assert inspector.links[0].is_done
    assert inspector.links[0].state.refusal is None


async def test_a_new_contract_is_registered_by_whoever_has_the_relays_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(port=free_port(), power_safe=False, register_key="open sesame")
    async with Relay.serve(settings) as server, company(tmp_path, server.url) as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.links[0].state.refusal is RefusalKind.FORBIDDEN)
        assert "registration key" in session.status.detail
        monkeypatch.setenv(REGISTRATION_VARIABLE, " open sesame\n")
        again = await people.open("Heidi")
        await until(again, lambda: again.status.kind is StatusKind.SHARED)
        session.reconnect()
        await until(session, lambda: session.status.kind is StatusKind.SHARED)
        assert read(session) == ""
