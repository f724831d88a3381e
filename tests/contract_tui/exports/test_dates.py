"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.exports import dates


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_in_words_means_that_day(day: date) -> None:
    assert dates.meant(dates.when(day.isoformat())) == day.isoformat()


@pytest.mark.parametrize("words", ["", "in spring", "31 February 2027", "3 Brumaire 1795", "May"])
def test_what_is_no_day_stays_as_it_is(words: str) -> None:
    assert dates.meant(words) == words


@given(st.text())
def test_no_words_are_lost_by_looking_for_a_day(words: str) -> None:
    assert words in (dates.meant(words), dates.when(dates.meant(words)))
