from dataclasses import replace

import pytest

from contract_tui.contract.reading import Written
from contract_tui.library.papers import Form, NoPaper, NoSuchGoal, find_goal, form_of, write
from tests.contract_tui.exports.readings import EMPTY, full_reading

NOW = 1_795_000_000.0
KITE, ALOUD = full_reading().goals


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.pdf", Form.PAPER),
        ("A.PDF", Form.PAPER),
        ("b.markdown", Form.MARKDOWN),
        ("c.htm", Form.PAGE),
        ("d.ics", Form.CALENDAR),
        ("e.automerge", None),
        ("pdf", None),
        ("f.pdf.bak", None),
    ],
)
def test_how_a_name_ends_says_what_it_becomes(name: str, form: Form | None) -> None:
    assert form_of(name) is form


@pytest.mark.parametrize("form", Form)
def test_every_form_can_be_written(form: Form) -> None:
    data = write(full_reading(), form, NOW).data
    assert data.startswith(
        {
            Form.TEXT: "Maya’s".encode(),
            Form.MARKDOWN: "# Maya’s".encode(),
            Form.JSON: b'{\n  "format"',
            Form.PAGE: b"<!doctype html>",
            Form.PAPER: b"%PDF-",
            Form.CALENDAR: b"BEGIN:VCALENDAR\r\n",
        }[form]
    )


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


def test_without_any_goal_or_day_one_is_told_so() -> None:
    with pytest.raises(NoSuchGoal, match="there is no goal in this contract yet"):
        write(EMPTY, Form.PAPER, NOW, "1")
    with pytest.raises(NoPaper, match="nobody has said yet when"):
        write(EMPTY, Form.CALENDAR, NOW)
