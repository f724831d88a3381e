"""What the holder of a contract's key does, on a relay that lets in only the invited."""

from functools import partial
from pathlib import Path

import pytest

from contract_tui.library import holding, seats
from contract_tui.library.errors import NotASeat, NotTheFirst, NotTheHolder, WrongKey
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session import session as session_module
from contract_tui.session.link.asking import erase
from contract_tui.session.link.link import LinkPhase
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from contract_tui.session.signing import sealing
from sync_server.access.errors import BadPaper
from sync_server.access.proof import Role
from tests.contract_tui.session.circle import closed, is_shared, three
from tests.contract_tui.session.company import Company, company, read, until, write


@pytest.fixture(autouse=True)
def _seal_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.02)


def refusal(session: Session) -> RefusalKind | None:
    return session.links[0].state.refusal


async def one_more_computer(people: Company, name: str, home: str) -> Session:
    library = people.library(name)
    invitation = seats.invite_me(library, library.entry(people.contract))
    seats.join(people.library(home), invitation.link())
    return await people.open(home)


async def test_a_person_writes_on_two_computers_and_is_one_to_everybody(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        tablet = await one_more_computer(people, "Clara", "tablet")
        await until(tablet, lambda: len(tablet.contract.roster.devices) == 1)
        write(tablet, "on the tablet")
        await until(heidi, partial(is_shared, heidi, 13))
        await until(clara, partial(is_shared, clara, 13))
        actor = tablet.contract.actor
        assert clara.me == tablet.me
        assert not actor.startswith(bytes.fromhex(clara.me.id))  # type: ignore[union-attr]
        for session in (heidi, clara, tablet):
            assert session.contract.author(actor).id == clara.me.id  # type: ignore[union-attr]
            assert sorted(person.name for person in session.people) == ["Clara", "Heidi"]
            assert not session.set_aside


async def test_only_the_first_computer_invites_further_ones(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        tablet = await one_more_computer(people, "Heidi", "tablet")
        library = people.library("tablet")
        assert tablet.can_write
        with pytest.raises(NotTheFirst, match="where you joined first"):
            seats.invite_me(library, library.entry(people.contract))
        stranger = Library(tmp_path / "stranger")
        people.opened.append(stranger)
        stranger.add(people.contract)
        with pytest.raises(NotASeat, match="no seat"):
            seats.invite_me(stranger, stranger.entry(people.contract))


async def test_whoever_is_taken_out_is_shown_out_and_stays_out(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        clara, heidi = await people.open("Clara"), await people.open("Heidi")
        write(clara, "hello")
        await until(heidi, partial(is_shared, heidi, 5))
        await heidi.close()
        library = people.library("Heidi")
        entry = library.entry(people.contract)
        seat = holding.find_seat(heidi.contract.roster, "clara")
        assert holding.revoke(library, entry, [seat.id]).number == 1
        again = await people.open("Heidi")
        await until(clara, lambda: refusal(clara) is RefusalKind.REVOKED)
        assert clara.status.words.startswith("not shared: this computer was taken out")
        assert ["You no longer take part" in notice for notice in clara.notices] == [True]
        clara.reconnect()
        await until(clara, lambda: clara.links[0].state.phase is LinkPhase.CONNECTING)
        await until(clara, lambda: clara.links[0].state.phase is LinkPhase.WAITING)
        assert refusal(clara) is RefusalKind.REVOKED
        assert "may no longer take part" in clara.status.detail
        assert read(again) == "hello"
        later = await people.open("Clara")
        assert later.notices == clara.notices
        await later.close()
        holding.reinstate(library, entry, [seat.id])
        await again.close()
        again = await people.open("Heidi")
        await until(again, lambda: again.status.kind is StatusKind.SHARED)
        await let_in(clara)
        assert clara.notices == []
        assert (await people.open("Clara", World(online=False))).notices == []


async def let_in(session: Session) -> None:
    """Try until the relay knows that this person may take part again."""
    while session.status.kind is not StatusKind.SHARED:
        session.reconnect()
        await until(session, lambda: session.links[0].state.phase is not LinkPhase.WAITING)
        await until(session, lambda: session.links[0].state.phase is not LinkPhase.CONNECTING)
        if session.links[0].is_connected:
            await until(session, lambda: session.status.kind is StatusKind.SHARED)


async def test_a_command_takes_somebody_out_while_the_program_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "PULSE", 0.01)
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        clara, heidi = await people.open("Clara"), await people.open("Heidi")
        write(clara, "hello")
        await until(heidi, partial(is_shared, heidi, 5))
        library = people.library("Heidi")
        seat = holding.find_seat(heidi.contract.roster, "clara")
        holding.revoke(library, library.entry(people.contract), [seat.id])
        await until(clara, lambda: refusal(clara) is RefusalKind.REVOKED)


async def test_a_lost_computer_alone_is_taken_out(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        tablet = await one_more_computer(people, "Clara", "tablet")
        await until(heidi, lambda: len(heidi.contract.roster.devices) == 1)
        (device,) = heidi.contract.roster.devices
        library = people.library("Heidi")
        holding.revoke(library, library.entry(people.contract), [device])
        await heidi.close()
        await people.open("Heidi")
        await until(tablet, lambda: refusal(tablet) is RefusalKind.REVOKED)
        write(clara, "still here")
        await until(clara, partial(is_shared, clara, 10))


async def test_a_lost_seat_is_replaced_and_its_person_stays_the_same(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        clara, heidi = await people.open("Clara"), await people.open("Heidi")
        write(clara, "before ")
        await until(heidi, partial(is_shared, heidi, 7))
        await clara.close()
        old = clara.contract.actor
        library = people.library("Heidi")
        lost = holding.find_seat(heidi.contract.roster, "Clara")
        invitation = holding.replace_seat(library, library.entry(people.contract), lost)
        await heidi.close()
        heidi = await people.open("Heidi")
        seats.join(people.library("new laptop"), invitation.link())
        laptop = await people.open("new laptop")
        await until(laptop, partial(is_shared, laptop, 7))
        write(laptop, "after ")
        await until(heidi, partial(is_shared, heidi, 13))
        assert heidi.contract.author(old) == heidi.contract.author(laptop.contract.actor)
        assert sorted(person.name for person in heidi.people) == ["Clara", "Heidi"]


async def test_the_key_is_handed_over_on_paper_and_everybody_sees_who_holds_it(
    tmp_path: Path,
) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: clara.contract.roster.holder is not None)
        holder = clara.contract.roster.holder
        assert holder is not None
        assert holder.name == "Heidi"
        await clara.close()
        giving, taking = people.library("Heidi"), people.library("Clara")
        entry = giving.entry(people.contract)
        letters = holding.paper_backup(giving, entry)
        with pytest.raises(BadPaper, match="line 1"):
            holding.take_key(taking, taking.entry(people.contract), mistyped(letters))
        later = World(clock=lambda: World().clock() + 60)
        holding.take_key(taking, taking.entry(people.contract), letters.lower(), later)
        holding.give_up_key(giving, entry)
        clara = await people.open("Clara")
        await until(heidi, lambda: holds(heidi, "Clara"))
        assert taking.entry(people.contract).holder
        with pytest.raises(NotTheHolder):
            holding.revoke(giving, entry, [clara.me.id])  # type: ignore[union-attr]
        seats.invite_to(taking, taking.entry(people.contract), Role.PARENT, "Opa")


def holds(session: Session, name: str) -> bool:
    holder = session.contract.roster.holder
    return holder is not None and holder.name == name


def mistyped(letters: str) -> str:
    return ("1" if letters[0] != "1" else "2") + letters[1:]


def test_the_key_of_another_contract_is_told(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        one = seats.new_contract(library, "One", "Heidi", Role.STUDENT)
        other = seats.new_contract(library, "Other", "Heidi", Role.STUDENT)
        letters = holding.paper_backup(library, library.entry(other))
        with pytest.raises(WrongKey, match="another contract"):
            holding.take_key(library, library.entry(one), letters)


def test_nobody_takes_themselves_out(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        entry = library.entry(seats.new_contract(library, "One", "Heidi", Role.STUDENT))
        assert entry.seat is not None
        with pytest.raises(holding.TakesOutItself, match="hand over the key first"):
            holding.revoke(library, entry, [entry.seat.id])
        with pytest.raises(NotASeat, match="16 letters"):
            holding.revoke(library, entry, ["Clara"])


def test_who_was_taken_out_by_mistake_is_let_in_again(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        entry = library.entry(seats.new_contract(library, "One", "Heidi", Role.STUDENT))
        holding.revoke(library, entry, ["0" * 16, "1" * 16])
        assert holding.reinstate(library, entry, ["0" * 16]).prefixes == {b"\x11" * 8}
        assert holding.revocations(library, entry).number == 2


async def test_the_holder_erases_at_the_relay_and_everybody_keeps_their_copy(
    tmp_path: Path,
) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "mine")
        await until(clara, partial(is_shared, clara, 4))
        with pytest.raises(NotTheHolder):
            seats.contract_key(people.library("Clara"), clara.entry)
        key = seats.contract_key(people.library("Heidi"), heidi.entry)
        assert await erase(heidi.links, heidi.listen, key, World()) == [server.url]
        await until(clara, lambda: refusal(clara) is RefusalKind.ERASED)
        clara.reconnect()
        await until(clara, lambda: "your own copy" in clara.status.detail)
        assert clara.status.words.startswith("not shared: erased at the relay")
        assert any("erased" in notice for notice in clara.notices)
        again = await people.open("Clara", World(online=False))
        assert read(again) == "mine"
        assert any("erased" in notice for notice in again.notices)
