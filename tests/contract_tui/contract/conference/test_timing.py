"""The time of a phase on screens whose clocks on the wall all say something else."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.conference.timing import Timing, Told, found, guess, saw, skew
from contract_tui.contract.conference.values import LONGEST_STAY
from sync_server.access.proof import SeatId

VISIT = "1:ab"
ALMOST = 1e-6
SLOWEST = 2.0
"""Seconds that a message takes at most here."""


@dataclass
class Seat:
    """Somebody's program, with a clock on the wall and one that only counts."""

    wrong_by: float
    counted: float
    """What its counting clock says at the beginning."""
    timing: Timing | None = None

    def seconds(self, now: float) -> float:
        return self.counted + now

    def elapsed(self, now: float) -> float:
        assert self.timing
        return self.timing.elapsed(self.seconds(now))

    @property
    def knows(self) -> bool:
        return self.timing is not None and self.timing.knows

    def see(self, now: float) -> None:
        self.timing = saw(VISIT, self.seconds(now))

    def find(self, noted: float, now: float) -> None:
        wall = now + self.wrong_by
        ago = guess(int(noted), SeatId("a"), wall, {})
        self.timing = found(VISIT, self.seconds(now), ago)

    def hear(self, told: Told, now: float) -> None:
        assert self.timing
        self.timing = self.timing.hear(told, self.seconds(now))


WRONG = st.floats(-3600, 3600)
COUNTED = st.floats(0, 10_000_000)
DELAY = st.floats(0, SLOWEST)
SEATS = st.lists(st.builds(Seat, WRONG, COUNTED), min_size=3, max_size=5)
WHISPERS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(0, 30), DELAY), max_size=30
)


@given(SEATS, st.sets(st.integers(1, 4)), st.floats(0, 600), WHISPERS, DELAY)
def test_all_screens_show_the_same_time_but_for_what_a_message_takes(
    seats: list[Seat],
    late: set[int],
    joined: float,
    whispers: list[tuple[int, int, float, float]],
    slow: float,
) -> None:
    """The first one steps; some are there to see it, others come later; all tell all they know."""
    first, *others = seats
    first.see(0)
    now = 0.0
    for number, one in enumerate(others, 1):
        if number not in late:
            one.see(slow)
            now = slow
    if late:
        now = max(now, joined)
    for number, one in enumerate(others, 1):
        if number in late:
            one.find(first.wrong_by, now)
    for teller, hearer, pause, delay in whispers:
        now = _whisper(seats[teller % len(seats)], seats[hearer % len(seats)], now + pause, delay)
        for one in seats:
            if one.knows:
                assert one.elapsed(now) <= min(now, LONGEST_STAY) + ALMOST
    for one in others:
        now = _whisper(first, one, now, slow)
    for one in seats:
        assert one.knows
        assert one.elapsed(now) == pytest.approx(now, abs=SLOWEST + ALMOST)


def _whisper(teller: Seat, hearer: Seat, now: float, delay: float) -> float:
    """One says what they know; it arrives later. Returns when."""
    assert teller.timing
    told = teller.timing.told(teller.seconds(now))
    hearer.hear(told, now + delay)
    return now + delay


def test_who_comes_late_guesses_by_the_wall_until_somebody_says_who_knows() -> None:
    ada, ben = Seat(0, 500), Seat(-240, 9)
    ada.see(100)
    ben.find(100, 160)
    assert (ben.knows, ben.elapsed(160)) == (
        False,
        0,
    )  # by their clock the phase begins in three minutes
    ben.hear(Told(VISIT, 60.0), 160)
    assert (ben.knows, ben.elapsed(190)) == (True, 90)


def test_a_phase_that_is_yet_to_begin_by_the_clock_on_the_wall_begins_now() -> None:
    ben = Seat(-240, 9)
    ben.find(100, 160)
    assert ben.elapsed(360) == 200


def test_who_comes_to_a_phase_knows_that_it_has_lasted_since_then() -> None:
    ben = Seat(-240, 0)
    ben.find(100, 160)
    ben.hear(Told(VISIT, 5.0), 170)  # it was on its way for long
    assert (ben.knows, ben.elapsed(170)) == (True, 10)


def test_a_guess_never_moves_somebody_who_knows() -> None:
    ada = Seat(0, 0)
    ada.see(0)
    ada.hear(Told(VISIT, 400.0, knows=False), 10)
    assert ada.elapsed(10) == 10


def test_two_who_guess_come_to_show_the_same_and_stay_there() -> None:
    ada, ben = Seat(30, 0), Seat(90, 700)
    ada.find(0, 60)
    ben.find(0, 60)
    now = 60.0
    for _ in range(10):
        now = _whisper(ada, ben, now, 0.5)
        now = _whisper(ben, ada, now, 0.5)
        assert ben.elapsed(now) == now + 90
        assert ada.elapsed(now) == pytest.approx(ben.elapsed(now), abs=1)


@pytest.mark.parametrize("elapsed", [-1.0, LONGEST_STAY + 1.0, float("nan"), float("inf")])
def test_no_time_that_cannot_be_is_believed(elapsed: float) -> None:
    timing = saw(VISIT, 100)
    assert timing.hear(Told(VISIT, elapsed), 200) == timing


def test_what_is_told_of_another_stay_is_passed_over() -> None:
    timing = saw(VISIT, 100)
    assert timing.hear(Told("1:cd", 50), 110) == timing


def test_a_clock_that_has_proved_wrong_is_put_right_when_it_is_all_there_is() -> None:
    writer = SeatId("aa")
    learned = saw(VISIT, 50.0)  # a step noted at 1,000 by a clock four minutes behind
    skews = {writer: skew(learned, 1_000, 50.0, 1_240.0)}
    assert guess(1_300, writer, 1_570.0, skews) == 30
    assert guess(1_300, SeatId("bb"), 1_570.0, skews) == 270


def test_a_program_that_slept_is_woken_to_the_time_of_the_others() -> None:
    ben = saw(VISIT, 100)  # its counting clock stood still for five minutes
    assert ben.hear(Told(VISIT, 330.0), 130).elapsed(130) == 330
