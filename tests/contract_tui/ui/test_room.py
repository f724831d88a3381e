"""What a room remembers of whoever is expected in it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.tickets import Ticket
from contract_tui.session.link.redeeming import CodeRefused, redeem
from contract_tui.session.link.status import StatusKind
from contract_tui.ui.room import Hosting, Room
from sync_server.access.invitation import parse_invitation
from sync_server.access.proof import Role
from tests.contract_tui.session.circle import closed
from tests.contract_tui.session.company import Company, company, until


@asynccontextmanager
async def hosted(people: Company, port: int = 0) -> AsyncIterator[Room]:
    """Heidi's room, whose relay keeps what it knows on her disk."""
    library = people.library("Heidi")
    async with closed(people.directory / "room", port) as relay:
        library.add_relays(people.contract, [relay.url])
        session = await people.open("Heidi")
        await until(session, lambda: session.status.kind is StatusKind.SHARED)
        hosting = Hosting(relay.url, lambda: relay.unheard(people.contract))
        yield Room(library, session, hosting, time.time)
        await session.close()


async def invited(room: Room, name: str) -> Ticket:
    ticket = room.invite(name, Role.TEACHER)
    await room.give_codes()
    assert ticket.code, ticket.trouble
    return ticket


def port_of(room: Room) -> int:
    return int(room.hosting.url.rpartition(":")[2])


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as people:
        yield people


async def test_after_a_restart_the_same_code_still_opens_the_room(people: Company) -> None:
    async with hosted(people) as room:
        ticket, port = await invited(room, "Ben"), port_of(room)
    async with hosted(people, port) as room:
        assert room.expected == [ticket]
        await room.give_codes()
        (again,) = room.expected
        assert again.code == ticket.code
        link = await redeem(room.hosting.url, ticket.code)
        assert seats.join(people.library("Ben"), link) == people.contract


async def test_at_another_address_there_is_a_new_code_for_the_same_seat(people: Company) -> None:
    async with hosted(people) as room:
        ticket = await invited(room, "Ben")
    async with hosted(people) as room:
        await room.give_codes()
        (moved,) = room.expected
        assert (moved.jti, moved.name) == (ticket.jti, "Ben")
        assert moved.code != ticket.code
        link = await redeem(room.hosting.url, moved.code)
        assert parse_invitation(link).relays[0] == room.hosting.url


async def test_a_code_that_is_nearly_over_is_replaced_by_another(people: Company) -> None:
    async with hosted(people) as room:
        ticket = room.invite("Ben", Role.TEACHER)
        given = await room.session.short_code(ticket.link, lifetime=1)
        ticket.code, ticket.expires = given.code, given.expires
        room._kept.keep(ticket)
        port = port_of(room)
    async with hosted(people, port) as room:
        await room.give_codes()
        (renewed,) = room.expected
        assert renewed.code != given.code
        assert await redeem(room.hosting.url, renewed.code) == ticket.link


async def test_whoever_has_come_in_is_not_expected_after_a_restart(people: Company) -> None:
    async with hosted(people) as room:
        ticket = await invited(room, "Ben")
        await invited(room, "Cleo")
        seats.join(people.library("Ben"), await redeem(room.hosting.url, ticket.code))
        ben = await people.open("Ben")
        await until(room.session, lambda: len(room.expected) == 1)
        await room.give_codes()
        await ben.close()
        with pytest.raises(CodeRefused, match="used"):
            await redeem(room.hosting.url, ticket.code)
    async with hosted(people) as room:
        assert [one.name for one in room.expected] == ["Cleo"]


async def test_a_code_is_kept_by_the_relay_of_the_room_and_no_other(people: Company) -> None:
    async with closed(people.directory / "school") as school:
        people.library("Heidi").add_relays(people.contract, [school.url])
        async with hosted(people) as room:
            await until(room.session, lambda: all(one.talk for one in room.session.links))
            ticket = await invited(room, "Ben")
            assert await redeem(room.hosting.url, ticket.code) == ticket.link
