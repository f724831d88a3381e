"""What is said of a place at the table."""

from dataclasses import replace

import pytest

from contract_tui.ui.hosting import sayings, words
from contract_tui.ui.hosting.door import GuestSeat
from contract_tui.ui.hosting.places import Place
from sync_server.access.proof import Role

ADDRESS = "http://192.0.2.7:8080/j/K7D-Q2M-XW4"


def guest(code: str = "", *, is_in: bool = False, is_here: bool = False) -> Place:
    name = "Cleo" if is_in else ""
    seat = GuestSeat("1", Role.PARENT, name, code, ADDRESS, is_in=is_in, is_here=is_here)
    return Place("1", name, Role.PARENT, is_here, guest=seat)


def away(number: int) -> Place:
    return Place(str(number), f"Ben {number}", Role.TEACHER, is_here=False)


@pytest.mark.parametrize(
    ("place", "person", "state"),
    [
        (guest("K7D-Q2M-XW4"), "A parent", "not here yet"),
        (guest(is_in=True), "Cleo, a parent", "was here before"),
        (guest(is_in=True, is_here=True), "Cleo, a parent", "here"),
        (away(1), "Ben 1, a teacher", "not here"),
    ],
)
def test_a_place_says_whose_it_is_and_whether_they_are_there(
    place: Place, person: str, state: str
) -> None:
    assert (sayings.person(place), sayings.state(place)) == (person, state)


def test_where_there_is_a_code_there_is_nothing_else_to_say() -> None:
    assert sayings.situation(guest("K7D-Q2M-XW4"), can_invite=True) == ""
    assert sayings.situation(guest(), can_invite=True) == words.CODE_IS_OVER


def test_whoever_has_a_seat_is_told_both_ways_in() -> None:
    said = sayings.situation(away(1), can_invite=True)
    assert said.startswith("Ben 1 has a seat already.")
    assert "192.0.2.7:8080/j/K7D-Q2M-XW4" in sayings.situation(guest(is_in=True), can_invite=True)


def test_it_says_whose_computer_could_go_on_while_they_are_here() -> None:
    ben = replace(away(1), name="Ben", is_here=True)
    plain = sayings.situation(ben, can_invite=True)
    assert plain == "Ben is here, with a program of their own."
    assert "theirs can go on" in sayings.situation(replace(ben, stands_by=True), can_invite=True)
    gone = replace(ben, stands_by=True, is_here=False)
    assert "can go on" not in sayings.situation(gone, can_invite=True)


def test_only_an_encrypted_address_is_typed_with_its_scheme() -> None:
    assert sayings.short_address("http://192.0.2.7:8080") == "192.0.2.7:8080"
    assert sayings.short_address("https://192.0.2.7") == "https://192.0.2.7"


@pytest.mark.parametrize("chosen", range(9))
def test_of_many_places_the_one_that_is_shown_is_among_those_on_the_screen(chosen: int) -> None:
    places = [away(number) for number in range(9)]
    shown = sayings.rows(places, places[chosen], 3, "#ffffff").plain.split("\n")
    assert len(shown) == 3
    (marked,) = (row for row in shown if row.startswith("▸"))
    assert f"Ben {chosen}," in marked
