"""What stands on every page that people read, whatever its format."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pypdfium2
import pytest

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.reading import Foreign, Reading, ReadNote, Typed, Written
from contract_tui.exports.blocks import Caution, Heading
from contract_tui.exports.home import taken_home
from contract_tui.exports.html import to_html
from contract_tui.exports.markdown import to_markdown
from contract_tui.exports.notes import note_entry
from contract_tui.exports.pdf import contract_page, path_page, promises_pages
from contract_tui.exports.sheet import sheet
from contract_tui.exports.text import to_text
from tests.contract_tui.exports.readings import SAMPLE, full_reading

NOT_YET, CONFIRMED, NOT_MINE = Confirmation


def asked(words: str, confirmation: Confirmation) -> Written:
    """Words that Jonas was asked to type for Maya."""
    return Written(words, ("Jonas",), typed=(Typed(words, "Jonas", 0, confirmation, "Maya"),))


def path(reading: Reading) -> bytes:
    return path_page(reading, reading.goals[0]).pdf


def promises(reading: Reading) -> bytes:
    return promises_pages(reading, taken_home(reading)).pdf


def printed(reading: Reading) -> str:
    return words_of(contract_page(reading).pdf)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


FORMATS: tuple[Callable[[Reading], str], ...] = (
    to_text,
    to_markdown,
    lambda reading: unescape(to_html(reading)),
    printed,
)


@pytest.mark.parametrize("write", FORMATS)
def test_words_that_are_not_the_students_are_marked_in_every_format(
    write: Callable[[Reading], str],
) -> None:
    reading = full_reading()
    matters = Written("I like it. Be tidy.", ("Maya",), (), (Foreign("Be tidy.", "Jonas", 11),))
    goal = replace(reading.goals[0], matters=matters)
    assert "Not the student’s words: “Be tidy.” (Jonas)" in write(replace(reading, goals=(goal,)))


@pytest.mark.parametrize("write", FORMATS)
def test_what_somebody_was_asked_to_type_says_so_wherever_it_stands_in_every_format(
    write: Callable[[Reading], str],
) -> None:
    reading = full_reading()
    goal, support, promise = reading.goals[0], reading.supports[0], reading.promises[0]
    step = replace(goal.steps[0], what=asked("step", NOT_YET))
    goal = replace(goal, what=asked("goal", NOT_MINE), evidence=asked("evidence", NOT_MINE))
    goal = replace(goal, structure_note=asked("because", NOT_MINE), steps=(step,))
    told = replace(
        reading,
        title_typed=asked("title", CONFIRMED).typed,
        sections=(replace(reading.sections[0], typed=asked("section", CONFIRMED).typed),),
        goals=(replace(goal, origin_note=asked("origin", CONFIRMED)),),
        supports=(replace(support, what=asked("help", NOT_YET), when=asked("when", NOT_YET)),),
        promises=(replace(promise, what=asked("promise", NOT_YET)),),
    )
    text = write(told)
    for words in ("title", "section", "origin"):
        assert f"“{words}”: typed by Jonas, confirmed by Maya" in text
    for words in ("step", "promise", "help”, “when"):
        assert f"“{words}”: typed by Jonas, not confirmed yet by Maya" in text
    for words in ("goal", "evidence", "because"):
        assert f"“{words}”: typed by Jonas, not Maya’s words" in text


@pytest.mark.parametrize("print_", [path, promises])
def test_what_is_printed_to_be_put_up_or_taken_home_says_it_too(
    print_: Callable[[Reading], bytes],
) -> None:
    reading = full_reading()
    goal = replace(reading.goals[0], what=asked("Kites", NOT_YET), evidence=asked("Film", NOT_MINE))
    promise = replace(reading.promises[0], what=asked("Kites", NOT_YET))
    text = words_of(print_(replace(reading, goals=(goal,), promises=(promise,))))
    assert "“Kites”: typed by Jonas, not confirmed yet by Maya" in text
    assert ("“Film”: typed by Jonas, not Maya’s words" in text) is (print_ is path)


@pytest.mark.parametrize("write", FORMATS)
def test_the_students_words_about_a_goal_come_before_everything_else(
    write: Callable[[Reading], str],
) -> None:
    text = write(full_reading())
    places = [
        text.index(words)
        for words in (
            "Kites and everything else",
            "Build a kite",
            "Why it matters to me",
            "How I’ll know I have succeeded",
            "What could show it",
            "My own goal",
            "I ask on Mondays",
            "Maya (student)",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("write", FORMATS)
def test_who_promised_what_to_whom_is_told(write: Callable[[Reading], str]) -> None:
    text = write(full_reading())
    for names, words in (
        ("Maya to Ms Okafor", "I say so before I am lost."),
        ("Ms Okafor to Maya", "I ask on Mondays, and only then."),
        ("Jonas to Maya", "I come along to the hill."),
        ("Maya to Jonas", "I show you the film first."),
    ):
        assert 0 < text.index(words) - text.index(names) < 120


@pytest.mark.parametrize("write", FORMATS)
def test_what_is_empty_is_left_out(write: Callable[[Reading], str]) -> None:
    text = write(SAMPLE)
    for heading in ("Goals", "What helps", "Promises", "Looking back", "Notes", "Agreement"):
        assert heading not in text
    assert "What will show it" not in write(replace(full_reading(), goals=full_reading().goals[1:]))


def test_what_helps_has_a_heading_of_its_own_where_its_section_is_hidden() -> None:
    reading = full_reading()
    hidden = tuple(replace(one, hidden=True) for one in reading.sections)
    headings = _headings(replace(reading, sections=hidden))
    assert headings[:2] == ["Maya’s learning contract", "Goals"]
    assert "What helps" in headings
    assert "What helps" not in _headings(reading)


def test_a_promise_that_somebody_else_wrote_down_says_so() -> None:
    reading = full_reading()
    for written in (Written("I help.", ("Ms Okafor",)), Written("I help.", (), ("Ms Okafor",))):
        promise = replace(reading.promises[2], what=written)
        assert "[10 February 2024 · written down by Ms Okafor]" in to_text(
            replace(reading, promises=(promise,))
        )
    assert "written down by" not in to_text(reading)


def test_an_answer_that_does_not_count_is_named() -> None:
    reading = full_reading()
    assert reading.agreement is not None
    broken = replace(reading.agreement, broken=("the signature is another's",))
    blocks = sheet(replace(reading, agreement=broken))
    assert [one.text for one in blocks if isinstance(one, Caution)] == [
        "Something is wrong with an answer, and it does not count: the signature is another's"
    ]


def test_a_suggestion_to_leave_words_out_says_so() -> None:
    reading = full_reading()
    note = replace(reading.notes[0], text=Written(""), answer=NoteAnswer.NOT_SAID)
    assert note_entry(note, reading).written.text == "to leave this out"


def test_a_note_about_a_thing_names_it() -> None:
    reading = full_reading()
    goal = reading.goals[0]
    for about in (goal.id, f"{goal.id}/what", f"{goal.id}/steps/plan"):
        note = _about(reading.notes[2], about)
        assert note_entry(note, reading).label == "Jonas wonders about “Build a kite that flies”"
    assert note_entry(_about(reading.notes[2], "gone"), reading).label == "Jonas wonders"
    seen = replace(_about(reading.notes[2], goal.id), kind=NoteKind.DISSENT)
    assert note_entry(seen, reading).label == "Jonas sees “Build a kite that flies” differently"


def test_no_note_shows_words_of_a_section_that_is_hidden() -> None:
    reading = full_reading()
    hidden = tuple(replace(one, hidden=True) for one in reading.sections)
    told = note_entry(reading.notes[2], replace(reading, sections=hidden))
    assert told.label == "Jonas wonders"


def test_what_somebody_sees_differently_stays_with_the_paper() -> None:
    reading = full_reading()
    seen = replace(reading.notes[2], kind=NoteKind.DISSENT, text=Written("I want it otherwise."))
    assert "I want it otherwise." in printed(replace(reading, notes=(seen,)))


def _about(note: ReadNote, about: str) -> ReadNote:
    return replace(note, about=about, quoted="")  # type: ignore[arg-type]


def _headings(reading: Reading) -> list[str]:
    return [one.text for one in sheet(reading) if isinstance(one, Heading)]


@pytest.mark.parametrize("write", FORMATS)
def test_paper_says_where_everybody_stands_as_the_screen_does(
    write: Callable[[Reading], str],
) -> None:
    reading = full_reading()
    assert reading.agreement is not None
    maya, jonas, okafor = reading.agreement.standings
    assert maya.given is not None
    assert okafor.given is not None
    not_yet = replace(maya.given, answer=Answer.NOT_YET)
    elsewhere = replace(okafor.given, host="Jonas")
    standings = (
        replace(maya, given=not_yet),
        replace(jonas, given=None),
        replace(okafor, given=elsewhere),
    )
    text = write(replace(reading, agreement=replace(reading.agreement, standings=standings)))
    for sentence in (
        "Maya said “not yet” to this version on 16 December 2023.",
        "Jonas has not answered yet.",
        "Ms Okafor agrees with this version, signed on 17 December 2023.",
        "Given on Jonas’s computer.",
        "“Mondays at eight?”",
    ):
        assert sentence in text
