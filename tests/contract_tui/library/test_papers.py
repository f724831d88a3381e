import pytest

from contract_tui.library.layouts import NoSuchGoal, OneGoal, Promises
from contract_tui.library.papers import Form, NoPaper, asked_for, form_of, write
from tests.contract_tui.exports.readings import EMPTY, full_reading

NOW = 1_795_000_000.0


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


def test_only_the_file_with_the_whole_history_may_lack_an_ending() -> None:
    assert asked_for("year.AUTOMERGE") is asked_for("2027.plans/year") is None
    assert asked_for("year.PDF") is Form.PAPER
    for name in ("year.docx", "year.pdf.bak"):
        with pytest.raises(NoPaper, match=r"ends in \.txt, .*\.ics or \.automerge"):
            asked_for(name)


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


def test_one_goal_is_for_paper_and_promises_are_for_pages() -> None:
    assert write(full_reading(), Form.PAPER, NOW, OneGoal("1")).data.startswith(b"%PDF-")
    for form in set(Form) - {Form.PAPER}:
        with pytest.raises(NoPaper, match=r"end the file’s name in \.pdf"):
            write(full_reading(), form, NOW, OneGoal("1"))
    for form in set(Form) - {Form.PAPER, Form.PAGE}:
        with pytest.raises(NoPaper, match=r"end the file’s name in \.pdf or \.html"):
            write(full_reading(), form, NOW, Promises())


@pytest.mark.parametrize("form", [Form.PAPER, Form.PAGE])
def test_promises_are_taken_home_by_everybody_or_by_one(form: Form) -> None:
    everybody, one = (write(full_reading(), form, NOW, Promises(who)).data for who in ("", "Jo"))
    if form is Form.PAGE:
        said = ("Maya: what I promise", "Ms Okafor: what I promise", "Jonas: what I promise")
        assert [name in everybody.decode() for name in said] == [True, True, True]
        assert [name in one.decode() for name in said] == [False, False, True]
    assert everybody != one


def test_without_any_goal_promise_or_day_one_is_told_so() -> None:
    with pytest.raises(NoSuchGoal, match="there is no goal in this contract yet"):
        write(EMPTY, Form.PAPER, NOW, OneGoal("1"))
    with pytest.raises(NoPaper, match="nobody has promised anything yet"):
        write(EMPTY, Form.PAPER, NOW, Promises())
    with pytest.raises(NoPaper, match="nobody has said yet when"):
        write(EMPTY, Form.CALENDAR, NOW)
