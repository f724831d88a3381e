"""A line that somebody is about to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor.line import Line


@st.composite
def splices(draw: st.DrawFn, text: str) -> Splice:
    start = draw(st.integers(0, len(text)))
    return Splice(start, draw(st.integers(start, len(text))), draw(st.text(max_size=4)))


@given(st.data())
def test_whoever_follows_its_splices_has_its_text(data: st.DataObject) -> None:
    line = Line(data.draw(st.text(max_size=8)))
    shown, version = line.text, line.version
    for _ in range(data.draw(st.integers(0, 6))):
        if data.draw(st.booleans()):
            line.edit(data.draw(splices(line.text)))
        else:
            line.undo()
        for splice in line.since(version) or ():
            shown = splice.apply(shown)
        version = line.version
        assert shown == line.text


@given(st.text(max_size=8), st.data())
def test_everything_written_since_one_came_is_taken_back(text: str, data: st.DataObject) -> None:
    line = Line(text)
    for _ in range(3):
        line.edit(data.draw(splices(line.text)))
    while line.undo():
        pass
    assert line.text == text


def test_what_another_says_is_shown_unless_somebody_is_about_to_say_something() -> None:
    line = Line("May")
    line.follow("June")
    assert line.text == "June"
    line.edit(Splice(0, 0, "in "))
    line.follow("July")
    assert line.text == "in June"
    assert line.is_open


def test_said_anew_it_tells_no_splices() -> None:
    line = Line("May")
    version = line.version
    line.follow("June")
    assert line.version > version
    assert line.since(version) is None


def test_spaces_around_words_are_nothing_else_to_say() -> None:
    line = Line("in May")
    line.edit(Splice(6, 6, " "))
    assert not line.is_open
    line.close()
    assert line.text == "in May"
