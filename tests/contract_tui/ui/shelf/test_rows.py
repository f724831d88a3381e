from dataclasses import replace
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from contract_tui.library.summaries import Consent, Summary
from contract_tui.ui.shelf import rows
from contract_tui.ui.shelf.facts import Facts
from tests.contract_tui.ui.shelf.shelves import HEADS, MAYA, NOW, entry, facts

FULL = replace(MAYA, is_news=True, consent=Consent.EVERYBODY, revisit="2025-12-12")
NARROW, WIDE = 70, 190
pytestmark = pytest.mark.usefixtures("utc")


def lines(one: Facts, cells: int = NARROW) -> list[str]:
    return [line.rstrip() for line in rows.paint(one, cells, NOW).plain.split("\n")]


def test_two_lines_say_what_matters_where_there_is_little_room() -> None:
    assert lines(facts(FULL, title="Tidepools and lighthouses")) == [
        "● Tidepools and lighthouses       everybody agrees · look again 12 Dec",
        "  Maya, Cleo and you · changed 2 days ago by Maya, since you looked",
    ]


def test_a_line_with_columns_says_the_same_where_there_is_room() -> None:
    (line,) = lines(facts(FULL, unshared=True), WIDE)
    columns = ["My year", "Maya, Cleo and you", "2 days ago by Maya, since you looked"]
    columns += ["everybody agrees", "12 Dec", "not all yet"]
    heads = rows.heads(WIDE)
    for head, piece in zip(
        ("Contract", "Who", "Last change", "Agreement", "Look again", "Shared"),
        columns,
        strict=True,
    ):
        assert heads.index(head) == line.index(piece)
    assert rows.heads(NARROW) == ""


def test_what_others_changed_before_this_person_did_is_news_of_theirs() -> None:
    (_, below) = lines(facts(replace(FULL, changed_by="", is_mine=True)), 90)
    assert below.endswith("2 days ago by you, by others too since you looked")


def test_what_has_no_room_is_said_more_briefly_before_it_is_cut() -> None:
    said = [lines(facts(FULL, unshared=True), cells)[1] for cells in (100, 90, 82, 74, 40)]
    assert said[0].endswith("since you looked · not all is shared yet")
    assert said[1].endswith("changed 2 days ago by Maya, since you looked · not all shared")
    assert said[2] == "  Maya, Cleo and you · 2 days ago by Maya, since you looked · not all shared"
    assert said[3] == "  Maya and others · 2 days ago by Maya, since you looked · not all shared"
    assert said[4].endswith("…")


def test_a_contract_that_nobody_has_summed_up_says_what_is_known() -> None:
    assert lines(facts(None)) == ["  My year", "  you · changed 2 days ago"]
    assert lines(facts(None, heads=())) == ["  My year", "  you · nothing has arrived yet"]
    assert lines(facts(Summary(HEADS, is_mine=True))) == [
        "  My year",
        "  only you so far · changed 2 days ago by you",
    ]


@pytest.mark.parametrize(("refused", "said"), [("erased", "erased it"), ("revoked", "take part")])
def test_where_nobody_writes_on_that_is_said_instead(refused: str, said: str) -> None:
    one = replace(facts(FULL), refused=refused)
    assert said in lines(one)[1]
    assert said in lines(one, WIDE)[0]
    assert "since you looked" not in lines(one)[1]


def test_a_day_that_has_passed_says_since_when() -> None:
    assert lines(facts(replace(MAYA, revisit="2025-11-01")))[0].endswith("look again: since 1 Nov")
    assert lines(facts(replace(MAYA, revisit="2026-01-09")))[0].endswith("look again 9 Jan 2026")
    assert lines(facts(replace(MAYA, revisit="in May")))[0].endswith("look again: in May")


@given(
    st.text(max_size=90),
    st.lists(st.text(max_size=30), max_size=4),
    st.text(max_size=40),
    st.sampled_from(list(Consent)),
    st.booleans(),
    st.sampled_from([56, 70, 100, 139, 140, 190]),
)
def test_no_row_is_wider_than_its_room_whatever_people_are_called(
    title: str, people: list[str], revisit: str, consent: Consent, is_news: bool, cells: int
) -> None:
    names = tuple(people)
    summary = Summary(HEADS, names, title[:9], False, is_news, consent, names, revisit)
    one = Facts(entry(title, unshared=is_news), summary)
    made = rows.paint(one, cells, NOW).plain.split("\n")
    assert len(made) == (1 if cells >= rows.ONE_LINE else 2)
    assert all(cell_len(line) <= cells for line in made)
    assert not any(category(letter) in ("Cc", "Cs") for line in made for letter in line)
