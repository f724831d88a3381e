"""Finding the goal, and the person, that somebody means."""

from dataclasses import replace

import pytest

from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.reading import Written
from contract_tui.library.layouts import NoSuchGoal, NoSuchPerson, find_goal, find_person
from sync_server.access.proof import SeatId
from tests.contract_tui.exports.readings import full_reading

KITE, ALOUD = full_reading().goals


def test_a_goal_is_found_by_its_place_and_by_how_it_begins() -> None:
    assert find_goal(full_reading(), "1") is KITE
    assert find_goal(full_reading(), " read  ALOUD") is ALOUD
    twice = replace(full_reading(), goals=(KITE, replace(ALOUD, what=Written("Build a boat"))))
    assert find_goal(twice, "build a k") is KITE
    with pytest.raises(NoSuchGoal, match="“build” fits several goals: there is “Build a kite"):
        find_goal(twice, "build")


@pytest.mark.parametrize("said", ["", "0", "3", "kite", "²"])
def test_a_goal_that_is_not_there_is_answered_with_those_that_are(said: str) -> None:
    with pytest.raises(NoSuchGoal, match="there is “Build a kite that flies”, “Read aloud"):
        find_goal(full_reading(), said)


@pytest.mark.parametrize("said", ["Jonas", " jonas", "JO"])
def test_a_person_is_found_by_their_name_or_how_it_begins(said: str) -> None:
    assert find_person(full_reading(), said).name == "Jonas"


def test_a_whole_name_is_not_taken_for_the_beginning_of_another() -> None:
    longer = _named("ms okafor-bell", "0a")
    both = replace(full_reading(), promises=(replace(full_reading().promises[0], by=longer),))
    assert find_person(both, "Ms Okafor").name == "Ms Okafor"
    assert find_person(both, "ms okafor-").name == "ms okafor-bell"


def test_two_people_of_one_name_are_told_apart_by_their_ids() -> None:
    jonas = find_person(full_reading(), "Jonas")
    first = full_reading().promises[0]
    both = replace(full_reading(), promises=(replace(first, by=_named("Jonas", "0a1b")),))
    with pytest.raises(NoSuchPerson, match=r"fits several people: there is Jonas \(.*\(0a1b\)"):
        find_person(both, "Jonas")
    assert find_person(both, "0a1b").id == "0a1b"
    assert find_person(both, jonas.id) == jonas


@pytest.mark.parametrize("said", ["Ada", "", "okafor"])
def test_nobody_is_answered_with_those_who_are_there(said: str) -> None:
    with pytest.raises(NoSuchPerson, match=r"nobody here is called .* there is Maya, "):
        find_person(full_reading(), said)


def _named(name: str, seat: str) -> SeatEntry:
    return SeatEntry(SeatId(seat), name, None, None)
