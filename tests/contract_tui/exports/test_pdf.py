import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from contract_tui.contract.reading import Foreign, Reading, ReadSection, Written
from contract_tui.contract.schema import INTERESTS, STRUCTURE, StructureChoice
from contract_tui.exports.errors import NoTypst
from contract_tui.exports.home import taken_home
from contract_tui.exports.paper.printable import INSTEAD
from contract_tui.exports.pdf import contract_page, path_page, promises_pages
from sync_server.protocol.ids import format_document_id
from tests.contract_tui.exports.readings import (
    EMPTY,
    SAMPLE,
    SECRETS,
    full_reading,
    reading,
    section,
)

CODE = (
    '#let x = 1 #read("/etc/passwd") #panic("x") $x^2$ *bold* _it_ `raw` = Heading <label> @ref '
    "\\ // comment /* [x] {y} ~ -- #include"
)


def test_a_contract_fits_on_two_calm_pages() -> None:
    first, second = texts(contract_page(full_reading()).pdf)
    assert first.startswith("Maya’s learning contract")
    assert "Maya to Ms Okafor" in second
    assert "contract-tui verify" in second
    assert "Jonas agreed on 15 December 2023; it has changed since." in second


def test_what_was_only_said_beside_the_contract_is_not_on_the_fridge() -> None:
    printed = "".join(texts(contract_page(full_reading()).pdf))
    assert "too heavy" not in printed
    assert "when the phone is away" not in printed


def test_a_goal_is_a_path_on_one_page() -> None:
    (page,) = texts(path_page(full_reading(), full_reading().goals[0]).pdf)
    words = ("Draw the plan", "Find light wood", "Sew the tail", "Try it on the hill")
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert page.index("Why it matters to me") < places[0]
    assert page.index("It stays up until I want it down.") > places[-1]
    assert "Noor from the other class" in page


def test_a_goal_without_steps_is_a_page_and_says_whose_wish_it_is() -> None:
    (page,) = texts(path_page(full_reading(), full_reading().goals[1]).pdf)
    assert "Read aloud" in page
    assert "This goal is required: The school asks it of everybody." in page
    assert "Who helps" not in page


def test_words_that_look_like_a_layout_stay_words() -> None:
    printed = contract_page(reading(section(INTERESTS, CODE, CODE, CODE), title=CODE))
    (page,) = texts(printed.pdf)
    assert page.startswith(CODE)
    assert page.count(CODE) == 4
    assert printed.missing == ()


@pytest.mark.parametrize(
    "words",
    [
        "Żółć, naïve façade, Iğdır, Tiếng Việt",
        "Μαθαίνω να φτιάχνω χαρταετούς",
        "Я хочу запускать змеев, ґанок, їжак",
        "أريد أن أصنع طائرة ورقية",
        "我想做一个会飞的风筝 我想放風箏",
        "🪁 🦅 👩‍🏫 👍🏽 ❤️ 1️⃣ ☀ ✓ → ★",
        "▒▒▒ covered",
    ],
)
def test_a_script_is_printed_with_nothing_missing(words: str) -> None:
    printed = contract_page(reading(section(INTERESTS, "Interests", words, "Maya")))
    (page,) = texts(printed.pdf)
    assert printed.missing == ()
    assert INSTEAD not in page
    assert letters(words) - letters(page) == set()


def test_a_line_that_runs_from_right_to_left_begins_at_the_right() -> None:
    assert furthest(contract_page(reading(section(INTERESTS, "I", "birds"), title="B")).pdf) < 0.6
    arabic = contract_page(reading(section(INTERESTS, "I", "أريد"), title="B"))
    assert furthest(arabic.pdf) > 0.85


def test_what_no_font_has_is_replaced_and_said_so() -> None:
    printed = contract_page(reading(section(INTERESTS, "Interests", "हि and \x07 and 한", "Maya")))
    assert printed.missing == ("ह", "ि", "\x07", "한")
    (page,) = texts(printed.pdf)
    assert f"{INSTEAD}{INSTEAD} and {INSTEAD} and {INSTEAD}" in page
    assert "do not have. The contract itself has it." in page


def test_words_that_are_not_the_students_are_marked_on_the_path() -> None:
    goal = full_reading().goals[0]
    matters = Written(
        "I like it. Be tidy.", ("Maya", "Jonas"), (), (Foreign("Be tidy.", "Jonas", 11),)
    )
    (page,) = texts(path_page(full_reading(), replace(goal, matters=matters)).pdf)
    assert "Not the student’s words: “Be tidy.” (Jonas)" in page


def test_words_in_doubt_are_named_so_on_paper() -> None:
    doubted = ReadSection(INTERESTS, "Interests", "birds", False, (), ("Maya",))
    sentence = "Written by somebody in Maya’s name"
    assert sentence in texts(contract_page(reading(doubted)).pdf)[0]
    goal = replace(full_reading().goals[0], success=Written("It flies.", (), ("Maya",)))
    assert sentence in texts(path_page(full_reading(), goal).pdf)[0]


@pytest.mark.parametrize("some", [SAMPLE, EMPTY])
def test_every_contract_can_be_printed_and_shows_no_key(some: Reading) -> None:
    page = texts(contract_page(some).pdf)[0]
    assert page.startswith(some.title or "Learning contract")
    assert not [secret for secret in SECRETS if secret in page]


@pytest.mark.parametrize("word", ["w" * 300, "M" * 30, "Donaudampfschifffahrtsgesellschaft"])
def test_no_word_runs_off_the_page(word: str) -> None:
    goal = full_reading().goals[0]
    written = Written(word)
    steps = tuple(replace(one, what=written) for one in goal.steps)
    long = replace(goal, what=written, matters=written, steps=steps)
    promises = tuple(replace(one, what=written) for one in full_reading().promises)
    whole = replace(full_reading(), title=word, goals=(long,), promises=promises)
    for printed in (contract_page(whole), path_page(whole, long)):
        assert 0 < furthest(printed.pdf) < 0.95


def test_no_word_of_a_text_that_is_longer_than_a_page_is_lost() -> None:
    many = Written(" ".join(f"w{number}" for number in range(2_000)))
    goal = replace(full_reading().goals[0], matters=many, success=many, together_with=many)
    steps = (replace(goal.steps[0], what=many),)
    goal = replace(goal, steps=steps)
    promise = replace(full_reading().promises[0], what=many)
    support = replace(full_reading().supports[0], what=many)
    whole = replace(full_reading(), goals=(goal,), promises=(promise,), supports=(support,))
    for printed, times in (
        (contract_page(whole), 6),
        (path_page(whole, goal), 4),
        (promises_pages(whole, taken_home(whole)), 1),
    ):
        found = Counter(" ".join(texts(printed.pdf)).split())
        assert {found[f"w{number}"] for number in range(2_000)} == {times}
        assert lowest(printed.pdf) > 0.02


def test_a_section_in_which_nothing_stands_is_not_put_up() -> None:
    (page,) = texts(contract_page(SAMPLE).pdf)
    assert "Supports needed" not in page
    assert "Structure wanted Check in with me" in page
    chosen = reading(section(STRUCTURE, "Structure wanted"), choice=StructureChoice.STEPS)
    assert "Structure wanted Show me the steps" in texts(contract_page(chosen).pdf)[0]


def test_where_nothing_is_written_yet_the_page_says_so() -> None:
    (page,) = texts(contract_page(reading(section(INTERESTS, "Interests"), title="")).pdf)
    assert page.startswith("Learning contract Nothing is written here yet.")


def test_a_path_that_nobody_has_said_the_end_of_ends_at_the_goal_itself() -> None:
    goal = replace(full_reading().goals[1], success=Written())
    (page,) = texts(path_page(full_reading(), goal).pdf)
    assert "How I’ll know" not in page
    assert page.count("Read aloud to somebody") == 2
    (page,) = texts(path_page(full_reading(), replace(goal, what=Written())).pdf)
    assert page.count("A goal without a name") == 1


def test_everybody_takes_their_own_promises_home_on_a_page_each() -> None:
    maya, okafor, jonas = texts(promises_pages(full_reading(), taken_home(full_reading())).pdf)
    assert maya.startswith("Maya: what I promise I say so before I am lost. to Ms Okafor I show ")
    assert "to Jonas · when it is done" in maya
    assert okafor.startswith("Ms Okafor: what I promise I ask on Mondays, and only then. to Maya")
    assert jonas.startswith("Jonas: what I promise I come along to the hill. to Maya · 10 ")
    for page in (maya, okafor, jonas):
        assert "When we look at it again 14 March 2024" in page
        assert "This is part of “Maya’s learning contract”." in page
        contract = full_reading().contract
        assert contract is not None
        assert f"contract-tui open {format_document_id(contract)}" in page


def test_the_same_contract_gives_the_same_file() -> None:
    assert contract_page(SAMPLE).pdf == contract_page(SAMPLE).pdf


def test_without_typst_one_learns_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NoTypst, match="pip install typst"):
        contract_page(SAMPLE)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def letters(text: str) -> set[str]:
    """All that stands in a text, whatever shapes of letters a font has put in their place."""
    shown = unicodedata.normalize("NFKD", text)
    return {one for one in shown if unicodedata.category(one)[0] in "LNS"}


def lowest(pdf: bytes) -> float:
    """How far above the lower edge the last letter of a page stands, in heights of the page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return float(min(_bottom(page.get_textpage()) / page.get_height() for page in document))
    finally:
        document.close()


def _bottom(page: pypdfium2.PdfTextPage) -> Any:
    return min(page.get_charbox(index)[1] for index in range(page.count_chars()))


def furthest(pdf: bytes) -> float:
    """How far to the right the last letter of a line ends, in widths of the page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return float(max(_right(page.get_textpage()) / page.get_width() for page in document))
    finally:
        document.close()


def _right(page: pypdfium2.PdfTextPage) -> Any:
    return max(page.get_charbox(index)[2] for index in range(page.count_chars()))
