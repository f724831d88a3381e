"""The addresses that a contract is shared at: relays stay, and rooms that have closed do not."""

from __future__ import annotations

from pathlib import Path

from contract_tui.contract.schema import INTERESTS
from contract_tui.library.settings import room_address
from contract_tui.session.link.status import StatusKind
from sync_server.access.proof import Role
from tests.contract_tui.session.circle import closed
from tests.contract_tui.session.company import Company, company, read, relay, until, write
from tests.contract_tui.session.impostors import free_port


def known(people: Company, name: str) -> tuple[str, ...]:
    return people.library(name).entry(people.contract).relays


async def visit(people: Company, name: str) -> None:
    """Open the contract until everything is shared, write, and leave."""
    session = await people.open(name)
    await until(session, lambda: session.status.kind is StatusKind.SHARED)
    write(session, f"{name} ", at=0)
    await until(session, lambda: session.status.kind is StatusKind.SHARED)
    await session.close()


async def find_nobody(people: Company, name: str) -> None:
    """Open the contract where no relay answers, and leave."""
    session = await people.open(name)
    await until(session, lambda: all(link.state.trouble for link in session.links))
    await session.close()


async def test_a_room_that_is_open_when_a_guest_leaves_is_found_again(tmp_path: Path) -> None:
    async with closed(tmp_path / "room") as hosted:
        room = room_address(hosted.url)
        async with company(tmp_path, room) as people:
            people.invite("Clara", Role.TEACHER)
            for name in ("Heidi", "Clara", "Clara"):
                await visit(people, name)
            assert known(people, "Clara") == (room,)


async def test_a_room_that_has_closed_is_forgotten_and_other_relays_stay(tmp_path: Path) -> None:
    port, silent = free_port(), f"ws://127.0.0.1:{free_port()}"
    room = room_address(f"ws://127.0.0.1:{port}")
    async with company(tmp_path, room) as people:
        people.invite("Clara", Role.TEACHER)
        clara = people.library("Clara")
        clara.add_relays(people.contract, [silent])
        clara.confirm_unencrypted(room)
        async with closed(tmp_path / "room", port):
            await visit(people, "Heidi")
            await visit(people, "Clara")
        assert known(people, "Clara") == (room, silent)
        await find_nobody(people, "Clara")
        assert known(people, "Clara") == (silent,)
        assert not clara.is_confirmed(room)
        assert "Clara" in (await people.open("Clara")).contract.text(INTERESTS).text


async def test_whoever_has_nothing_yet_goes_on_looking_for_the_room(tmp_path: Path) -> None:
    room = room_address(f"ws://127.0.0.1:{free_port()}")
    async with company(tmp_path, room) as people:
        people.invite("Clara", Role.TEACHER)
        await find_nobody(people, "Clara")
        assert known(people, "Clara") == (room,)


async def test_a_room_that_there_was_no_time_to_reach_is_kept(tmp_path: Path) -> None:
    room = room_address(f"ws://127.0.0.1:{free_port()}")
    async with company(tmp_path, room) as people:
        heidi = await people.open("Heidi")
        await heidi.close()
        assert known(people, "Heidi") == (room,)


async def test_an_open_contract_is_shared_at_one_more_relay_and_undo_goes_on(
    tmp_path: Path,
) -> None:
    async with relay() as first, relay() as second, company(tmp_path, first.url) as people:
        people.invite("Clara", Role.TEACHER)
        clara = people.library("Clara")
        clara.forget_relay(people.contract, first.url)
        clara.add_relays(people.contract, [second.url])
        heidi, other = await people.open("Heidi"), await people.open("Clara")
        await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
        write(heidi, "whales")
        for _ in range(2):
            heidi.meet_at(second.url)
        assert [link.url for link in heidi.links] == [first.url, second.url]
        await until(other, lambda: read(other) == "whales")
        await until(heidi, lambda: any(one.here for one in heidi.people if not one.me))
        assert heidi.undo(INTERESTS)
        await until(other, lambda: read(other) == "")
        await heidi.close()
        assert set(known(people, "Heidi")) == {first.url, second.url}
