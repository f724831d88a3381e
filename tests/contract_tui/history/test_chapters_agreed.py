"""Agreements among the chapters of a contract."""

from datetime import UTC, datetime, timedelta

import pytest

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR
from tests.contract_tui.history.noting import DAY, HOUR, PAPA, Table, note, signed
from tests.contract_tui.history.reading import history
from tests.contract_tui.history.telling import AGREEMENT, ALONE, CONFERENCE, last, shape, words


@pytest.fixture
def table() -> Table:
    return Table()


def test_an_agreement_is_a_chapter_between_two_turns(table: Table) -> None:
    table.write(table.maya, DAY, "ours")
    agreed = table.maya.heads
    for who in (MAYA, OKAFOR, PAPA):
        table.agree(who)
    table.write(table.okafor, DAY + 60, " and more")
    assert shape(table) == [(ALONE, [1]), (ALONE, [2]), (AGREEMENT, []), (ALONE, [3])]
    made = history(table.maya)
    chapter = made.chapters[2]
    assert chapter.people == (MAYA.id, OKAFOR.id, PAPA.id)
    assert chapter.began == datetime.fromtimestamp(BEGINNING + DAY, UTC)
    assert words(made, made.end_of(chapter)) == "ours" == table.maya.text_at(INTERESTS, agreed)


def test_an_agreement_is_dated_as_it_was_signed_unless_that_cannot_be(table: Table) -> None:
    table.write(table.maya, DAY)
    table.agree(MAYA, seconds=2 * DAY)
    table.agree(OKAFOR, seconds=3 * DAY)
    table.agree(PAPA, seconds=0)
    chapter = last(table)
    assert chapter.began == datetime.fromtimestamp(BEGINNING + 2 * DAY, UTC)
    assert chapter.ended == chapter.began + timedelta(days=1)
    assert not chapter.by_their_clock


def test_what_is_not_signed_or_does_not_agree_is_no_chapter(table: Table) -> None:
    table.write(table.maya, DAY)
    note(table.maya, MAYA, lambda writer: writer.put(AGREEMENTS, MAYA.id, {"a": "e30.e30.e30"}))
    table.agree(OKAFOR, answer=Answer.NOT_YET)
    mine = {"a": signed(table.maya, MAYA)}
    note(table.maya, PAPA, lambda writer: writer.put(AGREEMENTS, PAPA.id, mine))
    table.meet()
    assert shape(table) == [(ALONE, [1]), (ALONE, [2])]


def test_an_agreement_that_is_noted_again_is_told_once(table: Table) -> None:
    table.write(table.maya, DAY)
    mine = {"a": signed(table.maya, MAYA)}
    note(table.maya, MAYA, lambda writer: writer.put(AGREEMENTS, MAYA.id, mine))
    table.write(table.okafor, DAY + 60)
    note(table.maya, MAYA, lambda writer: writer.put(AGREEMENTS, MAYA.id, {"b": mine["a"]}))
    table.meet()
    assert [kind for kind, _ in shape(table)] == [ALONE, ALONE, AGREEMENT, ALONE]


def test_what_was_written_apart_is_not_in_what_was_agreed(table: Table) -> None:
    table.write(table.maya, DAY, "ours")
    table.write_alone(table.papa, DAY, " apart")
    mine = {"a": signed(table.maya, MAYA)}
    note(table.maya, MAYA, lambda writer: writer.put(AGREEMENTS, MAYA.id, mine))
    table.meet()
    made = history(table.papa)
    (agreement,) = (one for one in made.chapters if one.kind is AGREEMENT)
    assert words(made, made.end_of(agreement)) == "ours"


def test_signatures_between_which_somebody_wrote_are_two_agreements(table: Table) -> None:
    table.agree(MAYA)
    table.write(table.okafor, HOUR)
    table.agree(OKAFOR)
    table.agree(MAYA, name="b")
    assert shape(table) == [(ALONE, [1]), (AGREEMENT, []), (ALONE, [2]), (AGREEMENT, [])]


def test_an_agreement_cuts_the_conference_that_it_is_made_in(table: Table) -> None:
    table.open(OKAFOR)
    table.write(table.maya, DAY)
    table.agree(MAYA)
    table.write(table.papa, DAY + 60)
    table.add(MAYA, ended_at=BEGINNING + DAY)
    table.write(table.papa, DAY + 120, part=SUPPORTS)
    assert shape(table) == [
        (ALONE, [1]),
        (CONFERENCE, [2]),
        (AGREEMENT, []),
        (CONFERENCE, [3]),
        (ALONE, [4]),
    ]


def test_who_signs_when_the_conference_is_over_is_part_of_its_agreement(table: Table) -> None:
    table.open(OKAFOR)
    table.write(table.maya, DAY)
    table.agree(MAYA)
    table.add(MAYA, ended_at=BEGINNING + DAY)
    table.agree(PAPA)
    assert shape(table) == [(ALONE, [1]), (CONFERENCE, [2]), (AGREEMENT, [])]
    assert last(table).people == (MAYA.id, PAPA.id)


@pytest.mark.parametrize("seat", [OKAFOR.id, "nobody", "ab" * 8, "ab" * 16, "ä"])
def test_nobody_agrees_in_the_name_of_another(table: Table, seat: str) -> None:
    table.agree(MAYA, seat)
    assert shape(table) == [(ALONE, [1])]


def test_an_agreement_that_somebody_takes_out_has_been(table: Table) -> None:
    table.write(table.maya, DAY)
    table.agree(MAYA)
    table.agree(OKAFOR, MAYA.id)
    table.write(table.okafor, DAY + 60)
    assert [kind for kind, _ in shape(table)] == [ALONE, ALONE, AGREEMENT, ALONE]
