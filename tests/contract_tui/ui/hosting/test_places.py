"""Who sits at the table."""

from dataclasses import replace

from contract_tui.session.presence.presence import Person
from contract_tui.ui.hosting.door import GuestSeat
from contract_tui.ui.hosting.places import expect_missing, gather
from sync_server.access.proof import Role, SeatId
from tests.contract_tui.ui.hosting.stage import Doorway


def person(name: str, role: Role | None, *, here: bool = False, me: bool = False) -> Person:
    return Person(SeatId(name), name, role, None, None, None, typing=False, here=here, me=me)


def guest(name: str, role: Role, *, is_in: bool = True, is_here: bool = False) -> GuestSeat:
    return GuestSeat(f"guest {name}", role, name, "", "", is_in=is_in, is_here=is_here)


ANA = person("Ana", Role.STUDENT, here=True, me=True)
BEN = person("Ben", Role.TEACHER)


def test_a_guest_who_is_in_the_contract_has_one_place() -> None:
    cleo = guest("Cleo", Role.PARENT, is_here=True)
    found = gather([ANA, BEN, person("Cleo", Role.PARENT)], [cleo])
    assert [(one.name, one.is_here, one.guest) for one in found] == [
        ("Ana", True, None),
        ("Ben", False, None),
        ("Cleo", True, cleo),
    ]


def test_two_guests_of_one_name_have_two_places() -> None:
    both = [guest("Cleo", Role.PARENT), guest("Cleo", Role.PARENT, is_here=True)]
    found = gather([ANA, person("Cleo", Role.PARENT)], both)
    assert [one.guest for one in found[1:]] == both


def test_whoever_is_expected_by_the_name_of_somebody_with_a_program_is_somebody_else() -> None:
    expected = guest("Ben", Role.TEACHER, is_in=False)
    assert [one.guest for one in gather([ANA, BEN], [expected])] == [None, None, expected]


def test_whoever_comes_back_from_another_computer_has_one_place() -> None:
    cleo = replace(guest("Cleo", Role.PARENT, is_in=False), seat="Cleo")
    assert [one.guest for one in gather([ANA, person("Cleo", Role.PARENT)], [cleo])] == [None, cleo]


def test_whoever_stands_by_is_told_from_the_others() -> None:
    found = gather([ANA, BEN], [], {BEN.seat})
    assert [(one.name, one.stands_by) for one in found] == [("Ana", False), ("Ben", True)]


def test_a_seat_that_proves_nothing_is_none() -> None:
    assert gather([person("Eve", None)], []) == []


def test_each_of_the_three_who_is_missing_is_expected_once() -> None:
    doorway = Doorway()
    door = doorway.door()
    expect_missing([ANA, BEN], door)
    expect_missing([ANA, BEN], door)
    assert [(one.role, one.name) for one in door.seats()] == [(Role.PARENT, "")]
