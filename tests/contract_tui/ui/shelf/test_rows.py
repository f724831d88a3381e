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


def row(one: Facts, cells: int = NARROW) -> str:
    return rows.paint(one, cells, NOW).plain.rstrip()


def foot(one: Facts, cells: int = NARROW) -> list[str]:
    return rows.foot(one, cells, NOW).split("\n")


def test_a_line_says_what_matters_most_where_there_is_little_room() -> None:
    full = facts(FULL, title="Tidepools and lighthouses")
    assert row(full) == "● Tidepools and light…  Maya, Cleo a…  2 days ago   everybody agrees"
    heads = rows.heads(NARROW)
    for head, piece in (("Contract", "Tide"), ("Who", "Maya"), ("Last", "2"), ("Agree", "every")):
        assert heads.index(head) == row(full).index(piece)


def test_the_rest_is_said_below_the_list() -> None:
    assert foot(facts(FULL)) == [
        "My year",
        "Maya, Cleo and you · changed 2 days ago by Maya, since you looked",
        "everybody agrees · look again 12 Dec",
    ]
    assert rows.foot(facts(FULL), WIDE, NOW) == ""


def test_a_line_says_all_of_it_where_there_is_room() -> None:
    line = row(facts(FULL, unshared=True), WIDE)
    columns = ["My year", "Maya, Cleo and you", "2 days ago by Maya, since you looked"]
    columns += ["everybody agrees", "12 Dec", "not all yet"]
    heads = rows.heads(WIDE)
    for head, piece in zip(
        ("Contract", "Who", "Last change", "Agreement", "Look again", "Shared"),
        columns,
        strict=True,
    ):
        assert heads.index(head) == line.index(piece)


@pytest.mark.parametrize(
    ("days", "cells", "said"),
    [(2, 120, "2 days ago by Maya"), (2, 70, "2 days ago "), (20, 70, "1 Nov "), (400, 70, "17 O")],
)
def test_a_change_is_told_as_fully_as_its_column_has_room(days: int, cells: int, said: str) -> None:
    one = facts(FULL)
    changed = replace(one, entry=replace(one.entry, changed_at=int(NOW) - days * 86_400))
    assert said in row(changed, cells)


def test_what_others_changed_before_this_person_did_is_news_of_theirs() -> None:
    below = foot(facts(replace(FULL, changed_by="", is_mine=True)), 90)[1]
    assert below.endswith("2 days ago by you, by others too since you looked")


def test_what_has_no_room_is_said_more_briefly_before_it_is_cut() -> None:
    said = [foot(facts(FULL, unshared=True), cells)[1] for cells in (100, 90, 82, 74, 40)]
    assert said[0].endswith("since you looked · not all is shared yet")
    assert said[1].endswith("changed 2 days ago by Maya, since you looked · not all shared")
    assert said[2] == "Maya, Cleo and you · 2 days ago by Maya, since you looked · not all shared"
    assert said[3] == "Maya and others · 2 days ago by Maya, since you looked · not all shared"
    assert said[4].endswith("…")


def test_a_contract_that_nobody_has_summed_up_says_what_is_known() -> None:
    assert row(facts(None)).split("  ")[1:] == [
        "My year",
        *[""] * 6,
        " you",
        *[""] * 5,
        "2 days ago",
    ]
    assert foot(facts(None)) == ["My year", "you · changed 2 days ago", ""]
    assert foot(facts(None, heads=())) == ["My year", "you · nothing has arrived yet", ""]
    assert foot(facts(Summary(HEADS, is_mine=True)))[1] == (
        "only you so far · changed 2 days ago by you"
    )


@pytest.mark.parametrize(("refused", "said"), [("erased", "erased it"), ("revoked", "take part")])
def test_where_nobody_writes_on_that_is_said_instead(refused: str, said: str) -> None:
    one = replace(facts(FULL), refused=refused)
    assert said in foot(one)[1]
    assert said in row(one, WIDE)
    assert "2 days ago" not in row(one)
    assert "since you looked" not in foot(one)[1]


def test_a_day_that_has_passed_says_since_when() -> None:
    assert foot(facts(replace(MAYA, revisit="2025-11-01")))[2].endswith("look again: since 1 Nov")
    assert foot(facts(replace(MAYA, revisit="2026-01-09")))[2].endswith("look again 9 Jan 2026")
    assert foot(facts(replace(MAYA, revisit="in May")))[2].endswith("look again: in May")


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
    made = [rows.paint(one, cells, NOW).plain, *foot(one, cells)]
    assert all(cell_len(line) <= cells for line in made)
    assert not any(category(letter) in ("Cc", "Cs") for line in made for letter in line)
