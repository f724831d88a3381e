"""Guests' programs ask others to stand by, and these see when the host's computer has gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.contract.conference import moves, writing
from contract_tui.contract.conference.standby import standing_by, write_key
from contract_tui.library import seats
from contract_tui.library.keepsakes import HOST
from contract_tui.session.conference.standing_by import MOST_GIVEN, PATIENCE, Takeover
from contract_tui.session.session import Session
from sync_server.access.proof import Role, SeatId
from sync_server.access.standby import STANDBY_LIFETIME, Standby
from tests.contract_tui.session.company import Company, company, relay, until
from tests.contract_tui.session.table import NOW, Clocks, meet, until_here

HOST_IS_GONE = PATIENCE + 1
ROOM = "ws://192.0.2.7:3030/room"


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    """Heidi hosts; Clara and Grandfather have programs of their own, Ben is a guest of Heidi's."""
    async with relay() as server, company(tmp_path, server.url) as people:
        for name, role in (("Clara", Role.TEACHER), ("Ben", Role.PARENT), ("Eve", Role.OBSERVER)):
            people.invite(name, role)
        as_guest(people, "Ben", of="Heidi")
        yield people


def as_guest(people: Company, name: str, of: str) -> None:
    """Have somebody take part on another's computer."""
    host = bytes.fromhex(computer(people, of))
    people.library(name).keepsakes(people.contract).put(HOST, {b"": host})


def computer(people: Company, name: str) -> SeatId:
    own = people.library(name).own_seat(people.contract)
    assert own is not None
    return SeatId(own.device.prefix.hex())


def given(session: Session) -> list[Standby]:
    current, contract = session.conferring.current, session.contract
    assert current is not None
    assert contract.id is not None
    return list(standing_by(current, contract.roster, contract.id))


def path(session: Session) -> moves.Path | None:
    current = session.conferring.current
    return current.path if current else None


async def at_the_table(people: Company, clocks: Clocks) -> tuple[Session, Session, Session]:
    heidi, clara, ben = await meet(people, "Heidi", "Clara", "Ben", clocks=clocks)
    heidi.conferring.standby.be_host()
    clara.conferring.standby.be_ready()
    return heidi, clara, ben


async def all_given(people: Company, clocks: Clocks) -> tuple[Session, Session, Session]:
    heidi, clara, ben = await at_the_table(people, clocks)
    await until(clara, lambda: bool(given(clara)))
    return heidi, clara, ben


def takeover(session: Session) -> Takeover | None:
    session.conferring.standby.beat()
    return session.conferring.standby.takeover


async def host_dies(clara: Session, heidi: Session, ben: Session, clocks: Clocks) -> None:
    """Their programs end; and for a while nothing is heard of them."""
    await ben.close()
    await heidi.close()
    await until_here(clara, 1)
    assert takeover(clara) is None
    clocks.counted += HOST_IS_GONE


async def test_a_guests_program_asks_whoever_could_let_them_in(people: Company) -> None:
    _, clara, ben = await all_given(people, Clocks())
    for session in (clara, ben):
        (one,) = given(session)
        assert one.computer.fingerprint.hex().startswith(computer(people, "Clara"))
        assert (one.seat.name, one.host) == ("Ben", computer(people, "Heidi"))
        assert (one.conference, one.issued) == (1, int(NOW))
    before = ben.size
    ben.conferring.beat()
    assert ben.size == before


async def test_when_the_host_has_gone_for_a_while_somebody_can_take_over(people: Company) -> None:
    clocks = Clocks()
    heidi, clara, ben = await all_given(people, clocks)
    clocks.counted += HOST_IS_GONE
    assert takeover(clara) is None
    await host_dies(clara, heidi, ben, clocks)
    assert takeover(clara) == Takeover("Heidi", tuple(given(clara)), ())
    clocks.wrong_by += STANDBY_LIFETIME - 60
    assert takeover(clara) is not None
    clocks.wrong_by = STANDBY_LIFETIME
    # Nobody has done anything for four hours, so nobody is in the conference any more.
    assert takeover(clara) is None


async def test_after_four_hours_others_are_asked_anew_to_stand_by(people: Company) -> None:
    clocks = Clocks()
    heidi, clara, ben = await all_given(people, clocks)
    clocks.wrong_by = STANDBY_LIFETIME - 60
    assert heidi.conferring.go_on()
    await until(ben, lambda: path(ben) == path(heidi))
    ben.conferring.beat()
    assert [one.issued for one in given(ben)] == [int(NOW)]
    clocks.wrong_by = STANDBY_LIFETIME + 60
    ben.conferring.beat()
    await until(clara, lambda: [one.issued for one in given(clara)] == [int(NOW) + 14_460])


async def test_without_a_certificate_that_counts_guests_are_named_who_stay_away(
    people: Company,
) -> None:
    clocks = Clocks()
    heidi, clara, ben = await all_given(people, clocks)
    clocks.wrong_by = STANDBY_LIFETIME - 60
    assert heidi.conferring.go_on()
    await until(clara, lambda: path(clara) == path(heidi))
    await host_dies(clara, heidi, ben, clocks)
    clocks.wrong_by = STANDBY_LIFETIME + 60
    assert takeover(clara) == Takeover("Heidi", (), ("Ben",))


async def test_a_host_who_comes_back_goes_on(people: Company) -> None:
    clocks = Clocks()
    heidi, clara, ben = await all_given(people, clocks)
    await host_dies(clara, heidi, ben, clocks)
    again = await people.open("Heidi", clocks.world())
    await until_here(clara, 2)
    assert takeover(clara) is not None  # she is there, and lets nobody in
    again.conferring.standby.be_host()
    await until(clara, lambda: takeover(clara) is None)


async def test_who_takes_over_is_the_host_for_everybody_else(people: Company) -> None:
    clocks = Clocks()
    people.invite("Dan", Role.TEACHER)
    heidi, clara, ben = await at_the_table(people, clocks)
    dan = await people.open("Dan", clocks.world())
    dan.conferring.standby.be_ready(lambda: ROOM)
    await until(dan, lambda: path(dan) is not None and len(given(dan)) == 2)
    await until(clara, lambda: any(one.together.at == ROOM for one in clara._whispers))
    await host_dies_for_two(clara, dan, heidi, ben, clocks)
    assert takeover(dan) is not None
    instead = takeover(clara)
    assert instead is not None
    assert instead.elsewhere == (("Dan", ROOM),)
    clara.conferring.standby.be_host()
    await until(dan, lambda: takeover(dan) is None)
    await clara.close()
    await until_here(dan, 1)
    takeover(dan)
    clocks.counted += HOST_IS_GONE
    found = takeover(dan)
    assert found is not None
    assert found.host == "Clara"
    assert [one.seat.name for one in found.guests] == ["Ben"]


async def test_a_host_who_is_back_and_stands_by_has_the_seats_of_their_own_guests(
    people: Company,
) -> None:
    clocks = Clocks()
    heidi, clara, ben = await all_given(people, clocks)
    await host_dies(clara, heidi, ben, clocks)
    clara.conferring.standby.be_host()
    people.invite("Dan", Role.TEACHER)
    for name in ("Ben", "Dan"):
        as_guest(people, name, of="Clara")
    heidi, ben, dan = [await people.open(name, clocks.world()) for name in ("Heidi", "Ben", "Dan")]
    heidi.conferring.standby.be_ready()
    await until_here(heidi, 4)
    assert takeover(heidi) is None
    for guest in (ben, dan):
        await guest.close()
    await clara.close()
    await until_here(heidi, 1)
    assert takeover(heidi) is None
    clocks.counted += HOST_IS_GONE
    assert takeover(heidi) == Takeover("Clara", (), ("Dan",), ("Ben",))


async def host_dies_for_two(
    clara: Session, dan: Session, heidi: Session, ben: Session, clocks: Clocks
) -> None:
    await ben.close()
    await heidi.close()
    for one in (clara, dan):
        await until_here(one, 2)
        assert takeover(one) is None
    clocks.counted += HOST_IS_GONE


async def test_nobody_is_asked_who_reads_along_or_is_somebody_else(people: Company) -> None:
    heidi, _, ben = await meet(people, "Heidi", "Clara", "Ben", clocks=Clocks())
    eve = await people.open("Eve", Clocks().world())
    eve.conferring.standby.be_ready()
    assert not eve._whispers.together.stands_by
    for name in ("Eve", "Clara"):  # an observer, and somebody else's computer
        heidi.conferring.standby._say(on="", stands_by=computer(people, name))
        await until_heard(ben, computer(people, name))
        ben.conferring.standby.beat()
        assert given(ben) == []
    ben.conferring.standby.be_ready()
    assert not ben._whispers.together.stands_by


async def until_heard(session: Session, stands_by: SeatId) -> None:
    await until(
        session, lambda: any(one.together.stands_by == stands_by for one in session._whispers)
    )


async def test_whoever_overwrites_a_certificate_is_not_answered_for_ever(people: Company) -> None:
    _, _, ben = await all_given(people, Clocks())
    assert ben.me
    key = write_key(ben.me.id, computer(people, "Clara"))
    for number in range(2 * MOST_GIVEN):
        spoil(ben, key, f"spoilt {number}")
        ben.conferring.standby.beat()
        assert bool(given(ben)) == (number < MOST_GIVEN - 1)


def spoil(session: Session, key: str, token: str) -> None:
    current = session.conferring.current
    assert current is not None
    spoilt = writing.stand_by(current, key, token)
    session.pen.write(None, lambda _: session.contract.change(spoilt))


async def test_a_seat_that_was_taken_elsewhere_certifies_nobody(people: Company) -> None:
    ben = people.library("Ben")
    link = seats.invite_me(ben, ben.entry(people.contract)).link()
    tablet = people.library("tablet")
    seats.join(tablet, link)
    as_guest(people, "tablet", of="Heidi")
    _, clara, there = await meet(people, "Heidi", "Clara", "tablet", clocks=Clocks())
    clara.conferring.standby.be_ready()
    await until_heard(there, computer(people, "Clara"))
    there.conferring.standby.beat()
    assert given(there) == []
