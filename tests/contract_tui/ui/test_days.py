"""Days where this computer stands."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from contract_tui.ui.days import NoSuchDay, day_here, day_in

NEW_YEAR = 1_798_761_600
"""2027-01-01, at midnight in Greenwich."""


@pytest.fixture
def in_lima() -> Iterator[None]:
    """Stand where the year begins five hours later."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "<-05>5"
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("in_lima")
def test_a_day_is_told_with_its_year_as_it_is_here() -> None:
    assert day_here(NEW_YEAR) == "31 December 2026"
    assert day_here(NEW_YEAR + 5 * 60 * 60) == "1 January 2027"


@pytest.mark.parametrize("seconds", [10**12, 10**20, -(10**12)])
def test_a_moment_that_is_in_no_calendar_has_no_day(seconds: int) -> None:
    assert day_here(seconds) is None


def test_a_day_is_written_as_in_a_calendar_and_words_stay_words() -> None:
    assert day_in(" 2027-3-4 ") == "2027-03-04"
    assert day_in("4 March  2027") == "2027-03-04"
    assert day_in("after  the hay") == "after the hay"
    assert day_in("") == ""
    with pytest.raises(NoSuchDay):
        day_in("2027-02-30")
