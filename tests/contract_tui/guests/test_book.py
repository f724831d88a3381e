import stat
from pathlib import Path

import pytest

from contract_tui.guests.book import DAY, INVITATION, RECORD, GuestBook
from contract_tui.guests.errors import ExpiredCode, NoName, UnknownCode, UsedCode
from contract_tui.library.errors import NotTheHolder
from contract_tui.library.world import World
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import book, certify


def test_whoever_comes_in_says_their_name_and_finds_their_invitation(tmp_path: Path) -> None:
    guests = book(tmp_path)
    guest, secret = guests.enter(guests.expect(Role.PARENT).code, "  Cleo   Ruiz ")
    assert guest.name == "Cleo Ruiz"
    assert (guests.home(guest) / INVITATION).read_text() == "invitation of Cleo Ruiz, parent"
    assert guests.of_browser(guest.id, secret) == guest


def test_an_address_is_good_once(tmp_path: Path) -> None:
    guests = book(tmp_path)
    code = guests.expect(Role.TEACHER, "Ben").code
    guests.enter(code, "Ben")
    with pytest.raises(UsedCode):
        guests.enter(code, "Somebody else")


def test_an_address_is_read_aloud_and_typed_as_people_do(tmp_path: Path) -> None:
    guests = book(tmp_path)
    guest = guests.expect(Role.TEACHER)
    assert guests.invited(guest.code.lower().replace("-", " ")).id == guest.id


@pytest.mark.parametrize("code", ["", "ABC-DEF-GHJ", "../../etc/passwd", "🦀" * 9, "0" * 9])
def test_an_address_that_was_never_given_is_unknown(tmp_path: Path, code: str) -> None:
    guests = book(tmp_path)
    guests.expect(Role.TEACHER)
    with pytest.raises(UnknownCode):
        guests.invited(code)


def test_an_address_is_good_for_a_day(tmp_path: Path) -> None:
    now = [1_000.0]
    guests = GuestBook(tmp_path / "guests", certify, World(clock=lambda: now[0]))
    guest = guests.expect(Role.TEACHER)
    now[0] += DAY - 1
    guests.invited(guest.code)
    now[0] += 1
    with pytest.raises(ExpiredCode):
        guests.invited(guest.code)
    guests.invited(guests.renew(guest).code)


@pytest.mark.parametrize("name", ["", "   ", "n" * 61, "a\x1b[2Jb", "\u202eback to front"])
def test_a_guest_without_a_name_stays_outside_and_may_try_again(tmp_path: Path, name: str) -> None:
    guests = book(tmp_path)
    code = guests.expect(Role.PARENT).code
    with pytest.raises(NoName):
        guests.enter(code, name)
    guests.enter(code, "Cleo")


def test_an_invitation_that_cannot_be_made_spends_nothing(tmp_path: Path) -> None:
    guests = book(tmp_path)
    code = guests.expect(Role.PARENT).code
    with pytest.raises(NotTheHolder):
        guests.enter(code, "Nobody")
    guests.enter(code, "Cleo")


def test_an_invitation_that_was_made_beforehand_says_the_name(tmp_path: Path) -> None:
    guests = book(tmp_path)
    expected = guests.expect(Role.PARENT, "Cleo", "the invitation of Cleo")
    guest, _ = guests.enter(expected.code, "Somebody else")
    assert guest.name == "Cleo"
    assert (guests.home(guest) / INVITATION).read_text() == "the invitation of Cleo"


def test_another_address_leads_to_the_same_seat_and_away_from_the_old_browser(
    tmp_path: Path,
) -> None:
    guests = book(tmp_path)
    guest, old = guests.enter(guests.expect(Role.PARENT).code, "Cleo")
    renewed = guests.renew(guest)
    assert guests.of_browser(guest.id, old) is not None
    again, new = guests.enter(renewed.code, "Somebody else")
    assert (again.id, again.name) == (guest.id, "Cleo")
    assert guests.of_browser(guest.id, old) is None
    assert guests.of_browser(guest.id, new) == again


def test_an_invitation_that_was_of_no_use_is_made_anew_with_the_next_address(
    tmp_path: Path,
) -> None:
    guests = book(tmp_path)
    guest, _ = guests.enter(guests.expect(Role.PARENT, "Cleo", "a spent one").code, "")
    guest, _ = guests.enter(guests.renew(guest).code, "")
    invitation = guests.home(guest) / INVITATION
    assert invitation.read_text() == "invitation of Cleo, parent"
    invitation.unlink()  # as their program does once it has the seat
    guests.enter(guests.renew(guest).code, "")
    assert not invitation.exists()


def test_the_book_is_found_again_and_a_torn_page_is_passed_over(tmp_path: Path) -> None:
    guests = book(tmp_path)
    guest, secret = guests.enter(guests.expect(Role.PARENT).code, "Cleo")
    expected = guests.expect(Role.TEACHER)
    torn = guests.expect(Role.OBSERVER)
    (guests.home(torn) / RECORD).write_text('{"id": "')
    again = book(tmp_path)
    assert {one.id for one in again.guests} == {guest.id, expected.id}
    assert again.of_browser(guest.id, secret) == guest
    assert again.invited(expected.code) == expected


def test_nobody_else_may_look_and_no_secret_of_a_browser_is_kept(tmp_path: Path) -> None:
    guests = book(tmp_path)
    guest, secret = guests.enter(guests.expect(Role.PARENT).code, "Cleo")
    home = guests.home(guest)
    for place, mode in ((home, 0o700), (home / RECORD, 0o600), (home / INVITATION, 0o600)):
        assert stat.S_IMODE(place.stat().st_mode) == mode
    assert secret not in (home / RECORD).read_text()
    assert guest.code not in repr(guest)
    assert guest.key not in repr(guest)


def test_whoever_is_forgotten_leaves_nothing(tmp_path: Path) -> None:
    guests = book(tmp_path)
    guest, secret = guests.enter(guests.expect(Role.PARENT).code, "Cleo")
    guests.forget(guest)
    assert not guests.home(guest).exists()
    assert guests.of_browser(guest.id, secret) is None
    assert guests.guests == []


def test_a_browser_shows_nothing_for_a_seat_that_nobody_has_taken(tmp_path: Path) -> None:
    guests = book(tmp_path)
    guest = guests.expect(Role.PARENT)
    assert guests.of_browser(guest.id, "") is None
    assert guests.of_browser("no such", "") is None
