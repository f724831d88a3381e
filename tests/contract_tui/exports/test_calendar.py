import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from contract_tui.exports.calendar import to_calendar
from contract_tui.exports.errors import NoDate
from sync_server.protocol.ids import format_document_id
from tests.contract_tui.contract.people import CONTRACT
from tests.contract_tui.exports.readings import SAMPLE

NOW = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
MARCH = replace(SAMPLE, revisit="2027-03-14")


def test_the_day_of_looking_again_is_a_whole_day() -> None:
    event = only_event(to_calendar(MARCH, NOW))
    assert event.decoded("dtstart") == date(2027, 3, 14)
    assert event["summary"] == "Look at it again: Birds and me"
    assert event["uid"] == f"{format_document_id(CONTRACT)}-revisit"
    assert event.decoded("dtstamp") == NOW


@given(st.text(max_size=200))
def test_every_title_comes_back_as_it_is(title: str) -> None:
    made = to_calendar(replace(MARCH, title=title), NOW)
    event = only_event(made)
    said = str(event["summary"]).removeprefix("Look at it again: ")
    assert said == (_in_one_line(title) or "Learning contract")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))


def test_commas_and_the_like_are_escaped_and_long_lines_folded_between_letters() -> None:
    made = to_calendar(replace(MARCH, title=r"a, b; c \ d"), NOW)
    assert "\r\nSUMMARY:Look at it again: a\\, b\\; c \\\\ d\r\n" in made
    long = to_calendar(replace(MARCH, title=f"x{'é' * 80}"), NOW).split("\r\n")
    first, second, third = (len(line.encode()) for line in long if "é" in line)
    assert (first, second) == (75, 75)
    assert third < 75
    plain = to_calendar(replace(MARCH, title="x" * 100), NOW).split("\r\n")
    assert max(map(len, plain)) == 75


@pytest.mark.parametrize(
    ("revisit", "why"),
    [
        ("", "nobody has said yet when"),
        ("after the holidays", "“after the holidays” is no day"),
        ("2027-02-30", "“2027-02-30” is no day"),
        ("2027-W10-1", "“2027-W10-1” is no day"),
    ],
)
def test_what_is_no_day_is_said_in_a_sentence(revisit: str, why: str) -> None:
    with pytest.raises(NoDate, match=why):
        to_calendar(replace(SAMPLE, revisit=revisit), NOW)


def only_event(text: str) -> Event:
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def _in_one_line(title: str) -> str:
    shown = re.sub(r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]", "", title)
    return " ".join(shown.split())
