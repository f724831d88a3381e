"""How long who was shown out waits, told without sockets and clocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.devices import Device, verify_device
from sync_server.hub.limits import DEFAULT_LIMITS, Limits, Rate
from sync_server.relay.patience import LONGEST_PAUSE, Patience
from tests.sync_server.relay.guests import Holder, Person

SCHOOL = "192.0.2.7"
HOLDER = Holder()


def device(person: Person) -> Device:
    return verify_device(person.proof, person.contract)


ADA, EVE = HOLDER.seat("Ada"), HOLDER.seat("Eve")
ADAS, EVES = device(ADA), device(EVE)


def wait(patience: Patience, who: Device, now: float) -> int:
    refused = patience.refusal(who, now)
    return refused.wait if refused else 0


def test_a_bad_day_costs_nothing_and_a_habit_more_and_more() -> None:
    patience = Patience(DEFAULT_LIMITS)
    waits = []
    for _ in range(12):
        patience.note(EVES, SCHOOL, 100.0)
        waits.append(wait(patience, EVES, 100.0))
    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert wait(patience, EVES, 159.5) == 1
    assert wait(patience, EVES, 160.0) == 0
    assert wait(patience, ADAS, 100.0) == 0


def test_thousands_of_times_are_forgotten_as_a_dozen_are() -> None:
    patience = Patience(DEFAULT_LIMITS)
    for _ in range(5_000):
        patience.note(EVES, SCHOOL, 0.0)
    assert wait(patience, EVES, 0.0) == 60
    patience.note(EVES, SCHOOL, 15 * 60.0)
    assert wait(patience, EVES, 15 * 60.0) == 0


def test_it_is_said_in_one_sentence_with_a_time() -> None:
    patience = Patience(DEFAULT_LIMITS)
    for _ in range(5):
        patience.note(EVES, SCHOOL, 0.0)
    refused = patience.refusal(EVES, 1.0)
    assert refused is not None
    assert (refused.status, refused.reason, refused.wait) == (429, "unruly", 3)
    assert "wait a moment" in refused.sentence


def test_all_computers_of_a_seat_wait_together() -> None:
    patience = Patience(DEFAULT_LIMITS)
    laptop = device(Person.take(EVE.invite_device()))
    for _ in range(5):
        patience.note(laptop, SCHOOL, 0.0)
    assert wait(patience, EVES, 0.0) == wait(patience, laptop, 0.0) == 4


def test_whoever_comes_back_as_soon_as_they_may_is_slowed_for_good() -> None:
    patience, now, times = Patience(DEFAULT_LIMITS), 0.0, 0
    while now < 3600:
        patience.note(EVES, SCHOOL, now)
        times += 1
        now += max(0.01, wait(patience, EVES, now))
    assert times < 75


def test_what_is_long_ago_is_forgotten() -> None:
    patience = Patience(DEFAULT_LIMITS)
    for _ in range(9):
        patience.note(EVES, SCHOOL, 0.0)
    patience.tidy(500.0)
    patience.note(EVES, SCHOOL, 500.0)
    assert wait(patience, EVES, 500.0) == 0
    patience.tidy(1000.0)
    for _ in range(3):
        patience.note(EVES, SCHOOL, 1000.0)
        assert wait(patience, EVES, 1000.0) == 0


def test_a_network_pauses_when_many_of_it_were_shown_out() -> None:
    patience = Patience(Limits(shown_out=Rate(1, 10)))
    for _ in range(10):
        patience.note(None, SCHOOL, 0.0)
        assert patience.pause(SCHOOL, 0.0) == 0
    patience.note(None, SCHOOL, 0.0)
    assert patience.pause(SCHOOL, 0.0) == 1.0
    assert patience.pause("198.51.100.1", 0.0) == 0
    assert patience.pause(SCHOOL, 1.5) == 0
    patience.tidy(1.5)
    patience.note(None, SCHOOL, 1.5)
    assert patience.pause(SCHOOL, 1.5) > 0, "not forgotten too soon"


@given(st.lists(st.floats(0, 5), max_size=300))
def test_no_network_is_ever_kept_out(steps: list[float]) -> None:
    patience, now = Patience(Limits(shown_out=Rate(2, 3))), 0.0
    for step in steps:
        now += step
        patience.note(EVES, SCHOOL, now)
        assert 0 <= patience.pause(SCHOOL, now) <= LONGEST_PAUSE
        assert patience.refusal(ADAS, now) is None
    assert patience.pause(SCHOOL, now + 10) == 0


@pytest.mark.parametrize("who", [EVES, None])
def test_a_limit_makes_it_shorter_or_longer(who: Device | None) -> None:
    patience = Patience(Limits(shown_out_wait=7, shown_out=Rate(1, 1)))
    for _ in range(20):
        patience.note(who, SCHOOL, 0.0)
    assert wait(patience, EVES, 0.0) == (7 if who else 0)
    assert patience.pause(SCHOOL, 0.0) == LONGEST_PAUSE
