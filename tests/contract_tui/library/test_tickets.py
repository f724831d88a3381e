"""Codes for a room that outlive the program."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.library.keepsakes import TICKET, Keepsakes
from contract_tui.library.library import Library
from contract_tui.library.seats import DAY, invite_to, new_contract
from contract_tui.library.tickets import Ticket, Tickets
from contract_tui.library.world import World
from sync_server.access.invitation import parse_invitation
from sync_server.access.proof import Role

ROOM, ELSEWHERE, SCHOOL = "ws://192.0.2.1:3030/room", "ws://192.0.2.2:9/room", "wss://a.example"
NOW = 1_000_000.0


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path) as library:
        new_contract(library, "Tidepools", "Ana", Role.STUDENT, [SCHOOL])
        yield library


def keepsakes(library: Library) -> Keepsakes:
    (entry,) = library.entries()
    return library.keepsakes(entry.id)


def ticket(library: Library, name: str, made: float = NOW) -> Ticket:
    (entry,) = library.entries()
    world = World(clock=lambda: NOW)
    invitation = invite_to(library, entry, Role.TEACHER, name, relays=[ROOM], days=1, world=world)
    made_now = Ticket.of(invitation, ROOM, made)
    made_now.code, made_now.expires = f"code of {name}", NOW + 60
    return made_now


def test_a_ticket_comes_back_with_its_code_in_the_order_of_inviting(library: Library) -> None:
    tickets = [ticket(library, f"Ben {number}", NOW + number) for number in range(5)]
    for one in reversed(tickets):
        Tickets(keepsakes(library)).keep(one)
    assert Tickets(keepsakes(library)).all(ROOM, NOW) == tickets


def test_at_another_address_the_invitation_is_the_same_and_the_code_a_new_one(
    library: Library,
) -> None:
    old = ticket(library, "Ben")
    Tickets(keepsakes(library)).keep(old)
    (moved,) = Tickets(keepsakes(library)).all(ELSEWHERE, NOW)
    assert (moved.name, moved.role, moved.jti) == (old.name, old.role, old.jti)
    assert (moved.relay, moved.code, moved.expires) == (ELSEWHERE, "", 0)
    assert parse_invitation(moved.link).relays == (ELSEWHERE, SCHOOL)


def test_a_ticket_whose_invitation_is_over_is_let_go(library: Library) -> None:
    Tickets(keepsakes(library)).keep(ticket(library, "Ben"))
    assert Tickets(keepsakes(library)).all(ROOM, NOW + DAY - 1)
    assert Tickets(keepsakes(library)).all(ROOM, NOW + DAY) == []
    assert keepsakes(library).all(TICKET) == {}


def test_a_ticket_that_was_used_is_let_go(library: Library) -> None:
    ben, cleo = ticket(library, "Ben"), ticket(library, "Cleo")
    for one in (ben, cleo):
        Tickets(keepsakes(library)).keep(one)
    Tickets(keepsakes(library)).drop([ben])
    assert Tickets(keepsakes(library)).all(ROOM, NOW) == [cleo]


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x80", b"\x86\x01ax\x00\x00\x00\x00"])
def test_what_cannot_be_read_is_passed_over(library: Library, data: bytes) -> None:
    keepsakes(library).put(TICKET, {b"x": data})
    assert Tickets(keepsakes(library)).all(ROOM, NOW) == []
