"""Conferences as the program itself notes them, in the chapters of a contract's history."""

from contract_tui.contract.conference import arranging, writing
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.history.chapters import Chapter, ChapterKind
from tests.contract_tui.contract.conference.table import Table, current, do, put
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR
from tests.contract_tui.full_contract import JONAS
from tests.contract_tui.history.reading import history

MINUTE, DAY = 60, 86_400


def chapters(table: Table) -> list[Chapter]:
    """What everybody tells."""
    first, *others = (history(one).chapters for one in table.all)
    assert all(one == first for one in others)
    return first


def word(table: Table, who: int, at: int) -> None:
    one = table.all[who]
    one.splice(INTERESTS, Splice(0, 0, "word "), BEGINNING + at)
    table.meet()


def hold(table: Table, at: int) -> None:
    """Begin one, write in it, go through three phases and close it."""
    table.begin(table.okafor, BEGINNING + at)
    table.meet()
    do(table.jonas, writing.come(current(table.jonas), JONAS.id, BEGINNING + at))
    table.meet()
    for minutes in (1, 2, 3):
        word(table, 0, at + minutes * MINUTE)
        table.go_on(table.maya, BEGINNING + at + minutes * MINUTE)
    table.end(table.maya, BEGINNING + at + 4 * MINUTE)
    table.meet()


def test_it_is_a_chapter_between_what_was_written_alone_with_everybody_who_was_there() -> None:
    table = Table()
    word(table, 0, MINUTE)
    hold(table, DAY)
    word(table, 1, DAY + 30 * MINUTE)
    before, chapter, after = chapters(table)[-3:]
    kinds = [one.kind for one in (before, chapter, after)]
    assert kinds == [ChapterKind.ALONE, ChapterKind.CONFERENCE, ChapterKind.ALONE]
    assert set(chapter.people) == {OKAFOR.id, MAYA.id, JONAS.id}


def test_no_step_break_or_agenda_is_a_turn() -> None:
    table = Table()
    word(table, 0, MINUTE)
    turns = len(history(table.maya).turns)
    table.begin(table.maya)
    table.go_on(table.maya)
    table.pause(table.maya)
    do(table.maya, arranging.choose_form(table.maya.conferences.agenda, Form.SHORT))
    table.end(table.maya)
    assert len(history(table.maya).turns) == turns


def test_one_that_two_began_at_once_is_one_chapter() -> None:
    table = Table()
    table.begin(table.okafor, BEGINNING + DAY)
    table.begin(table.maya, BEGINNING + DAY)
    table.meet()
    word(table, 0, DAY + MINUTE)
    table.end(table.maya, BEGINNING + DAY + 2 * MINUTE)
    table.meet()
    word(table, 0, DAY + 30 * MINUTE)
    *_, chapter, after = chapters(table)
    assert (chapter.kind, after.kind) == (ChapterKind.CONFERENCE, ChapterKind.ALONE)
    assert set(chapter.people) == {OKAFOR.id, MAYA.id}


def test_two_conferences_are_two_chapters() -> None:
    table = Table()
    hold(table, DAY)
    hold(table, 30 * DAY)
    kinds = [one.kind for one in chapters(table)]
    assert kinds.count(ChapterKind.CONFERENCE) == 2


def test_what_others_than_the_student_note_as_its_end_is_none() -> None:
    table = Table()
    table.begin(table.okafor, BEGINNING + DAY)
    table.meet()
    word(table, 0, DAY + MINUTE)
    put(table.okafor, ("c1",), {"ended_at": BEGINNING + DAY + MINUTE, "closed_heads": ""})
    table.meet()
    word(table, 0, DAY + 2 * MINUTE)
    last = chapters(table)[-1]
    assert (last.kind, last.held) == (ChapterKind.CONFERENCE, None)


def test_when_it_was_is_told_as_those_said_who_began_and_closed_it() -> None:
    table = Table()
    hold(table, DAY)
    before = chapters(table)
    assert before[-1].held is not None
    for name in ("started_at", "ended_at"):
        put(table.jonas, ("c1",), {name: BEGINNING + DAY + 3 * MINUTE})
    for name in ("opened_heads", "closed_heads"):
        put(table.jonas, ("c1",), {name: ""})
    table.meet()
    assert [one.held for one in chapters(table)] == [one.held for one in before]
    assert [one.kind for one in chapters(table)] == [one.kind for one in before]
