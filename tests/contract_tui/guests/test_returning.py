"""Guests whose host's computer has died find the same seat on another one."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tui.guests.book import INVITATION, GuestBook
from contract_tui.guests.returning import expect_back
from contract_tui.library.library import Library, OwnSeat
from contract_tui.library.world import World
from sync_server.access.errors import BadKey
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role
from sync_server.access.seat import SeatId
from sync_server.access.standby import Standby, issue_standby, read_standby
from tests.sync_server.access.people import CONTRACT, EXPIRES, key, proof

MIRA = key("mira")


def standby() -> Standby:
    token = issue_standby(
        key("seat"),
        CONTRACT,
        MIRA.public,
        conference=1,
        host=SeatId("ab" * 8),
        jti="s",
        now=EXPIRES - 60,
    )
    return read_standby(token, proof(), CONTRACT)


@dataclass
class Asked:
    """Counts invitations, of which none is needed."""

    count: int = 0

    def certify(self, role: Role, name: str) -> str:
        self.count += 1
        return f"invitation of {name}, {role}"


def own_seat(book: GuestBook) -> OwnSeat:
    (guest,) = book.guests
    with Library(book.home(guest)) as library:
        found = library.own_seat(CONTRACT)
    assert found is not None
    return found


def test_a_guest_comes_back_to_their_seat_with_a_new_key_and_no_question(tmp_path: Path) -> None:
    asked = Asked()
    book = GuestBook(tmp_path, asked.certify)
    (guest,) = expect_back(book, [standby()], MIRA, World())
    assert (guest.name, guest.is_known, guest.is_in) == ("Grandfather", True, False)
    own = own_seat(book)
    assert own.seat.id == standby().seat.id
    assert own.key.public != own.seat.key
    entered, _ = book.enter(guest.code, "Somebody else")
    assert entered.name == "Grandfather"
    assert asked.count == 0
    assert not (book.home(guest) / INVITATION).exists()


def test_whoever_takes_over_again_finds_them_as_they_were(tmp_path: Path) -> None:
    book = GuestBook(tmp_path, Asked().certify)
    (guest,) = expect_back(book, [standby()], MIRA, World())
    _, secret = book.enter(guest.code, "")
    first = own_seat(book)
    again = GuestBook(tmp_path, Asked().certify)
    expect_back(again, [standby()], MIRA, World())
    assert own_seat(again).key == first.key
    assert again.of_browser(guest.id, secret) is not None


def test_who_is_not_named_seats_nobody(tmp_path: Path) -> None:
    with pytest.raises(BadKey):
        expect_back(
            GuestBook(tmp_path, Asked().certify), [standby()], SigningKey(b"t" * 32), World()
        )
