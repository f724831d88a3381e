"""What the timeline says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import DEFAULT_HEADINGS, INTERESTS, SUPPORTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.history.walk import Only, Walk
from contract_tui.ui.timeline import words
from sync_server.access.proof import Role
from tests.contract_tui.contract import people
from tests.contract_tui.contract.people import MAYA, OKAFOR, actor, actor_of, copy, new_contract
from tests.contract_tui.history.noting import PAPA, Table
from tests.contract_tui.history.reading import history

DAY = 86_400
ZONE = timezone(timedelta(hours=1))


def said(walk: Walk) -> str:
    return words.said(walk, DEFAULT_HEADINGS, ZONE)


@pytest.fixture
def table() -> Table:
    """Maya writes, then Papa, then Ms Okafor a day later."""
    table = Table()
    table.write(table.maya, 1_000)
    table.write(table.papa, 2_000, "quiet ", SUPPORTS)
    table.write(table.okafor, DAY)
    return table


def test_a_turn_is_told_by_its_number_who_wrote_where_and_when(table: Table) -> None:
    walk = Walk(history(table.maya))
    assert said(walk) == "Turn 4 of 4, the teacher, interests, 15 November, 23:13"
    walk.step(-1)
    assert said(walk) == "Turn 3 of 4, the parent, supports needed, 14 November, 23:46"
    walk.first()
    assert said(walk) == "Turn 1 of 4, the student, the title, 14 November, 23:13"


def test_a_turn_of_somebody_who_was_asked_to_type_says_for_whom(table: Table) -> None:
    walk = Walk(history(table.maya))
    whole = words.said(walk, DEFAULT_HEADINGS, ZONE, for_whom=lambda turn: f"Maya ({turn.number})")
    assert whole == "Turn 4 of 4, the teacher for Maya (4), interests, 15 November, 23:13"


def test_where_there_is_little_room_only_the_name_of_the_part_is_cut(table: Table) -> None:
    walk = Walk(history(table.maya))
    headings = {**DEFAULT_HEADINGS, walk.turns[-1].section: "‘Read to Grandmother’, why it matters"}
    whole = words.said(walk, headings, ZONE)
    cut = words.said(walk, headings, ZONE, room=64)
    assert cut == "Turn 4 of 4, the teacher, ‘Read to Grandmot…, 15 November, 23:13"
    assert len(cut) <= 64 < len(whole)
    assert words.said(walk, headings, ZONE, room=len(whole)) == whole


def test_a_single_change_is_told_without_how_many_there_are() -> None:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "a"))
    maya.splice(INTERESTS, Splice(1, 1, "b"))
    walk = Walk(history(maya))
    walk.step_version(-1)
    assert said(walk) == "Change 1 of turn 2, the student, interests, at an unknown time"


def test_who_follows_somebody_is_not_told_how_much_they_wrote(table: Table) -> None:
    walk = Walk(history(table.maya))
    walk.only(Only(OKAFOR.id))
    assert said(walk) == "Turn 4 of 4, only the teacher, interests, 15 November, 23:13"
    walk.only(Only(PAPA.id, SUPPORTS))
    assert said(walk) == "Turn 3 of 4, only the parent, only supports needed, 14 November, 23:46"
    walk.only(Only(OKAFOR.id, SUPPORTS))
    assert said(walk) == "Nothing by the teacher in supports needed yet."
    walk.only(Only(None, PartId("dreams")))
    assert said(walk) == "Nothing in dreams yet."


def test_where_nothing_was_written_it_is_said() -> None:
    contract = new_contract().id
    assert contract is not None
    walk = Walk(history(Contract.blank(actor("a"), contract)))
    assert said(walk) == "Nothing has been written yet."


def test_two_of_one_role_are_told_by_their_names(table: Table) -> None:
    mama, proof = people.seat("Mama", Role.PARENT)
    contract = copy(table.maya, actor_of(mama))
    contract.add_seat(mama, proof)
    contract.splice(INTERESTS, Splice(0, 0, "x"))
    told = history(contract)
    assert said(Walk(told)) == "Turn 5 of 5, Mama (parent), interests, at an unknown time"
    assert words.name_of(told, PAPA.id) == "Papa (parent)"
    assert words.name_of(told, MAYA.id) == "the student"


def test_a_stranger_is_no_role() -> None:
    stranger = copy(new_contract(), actor("s"))
    stranger.splice(INTERESTS, Splice(0, 0, "x"))
    assert said(Walk(history(stranger))).startswith("Turn 2 of 2, somebody unknown, interests")


def test_a_time_that_cannot_be_right_is_told_as_their_clocks(table: Table) -> None:
    table.write(table.papa, -400 * DAY)
    walk = Walk(history(table.maya))
    assert said(walk).endswith("the parent, interests, 10 October, 23:13 by their clock")
    walk.step(-1)
    assert said(walk).endswith("15 November 2023, 23:13")


@pytest.mark.parametrize(
    ("heading", "inside"),
    [
        ("Supports needed", "supports needed"),
        ("What Maya likes", "what Maya likes"),
        ("PE and music", "PE and music"),
        ("É", "é"),
        ("", ""),
    ],
)
def test_a_heading_inside_a_sentence_keeps_its_names(heading: str, inside: str) -> None:
    assert words.place(INTERESTS, {INTERESTS: heading}) == inside


def test_the_ends_of_all_calendars_are_unknown_times() -> None:
    far = timezone(-timedelta(hours=12))
    first = datetime(1, 1, 1, tzinfo=UTC)
    assert words.moment(first, first, far) == words.NO_TIME


def test_a_chapters_name_becomes_its_date_where_there_is_no_room() -> None:
    assert words.shortened("Conference of 14 March, Maya and Papa") == (
        "Conference of 14 March, Maya and Papa",
        "Conference of 14 March",
        "14 March",
    )
