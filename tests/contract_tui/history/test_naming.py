from datetime import UTC, datetime, timedelta, timezone

import pytest

from contract_tui.history.chapters import Chapter, ChapterKind
from contract_tui.history.naming import chapter_names, in_words
from contract_tui.language.days import in_words as day_in_words
from sync_server.access.proof import SeatId
from tests.contract_tui.contract.people import OKAFOR
from tests.contract_tui.history.noting import DAY, HOUR, PAPA, Table
from tests.contract_tui.history.reading import history

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
ALONE, CONFERENCE, AGREEMENT = ChapterKind.ALONE, ChapterKind.CONFERENCE, ChapterKind.AGREEMENT


def utc(at: datetime) -> datetime:
    return at


def chapter(
    began: datetime | None = NOON,
    kind: ChapterKind = ALONE,
    *people: str,
    ended: datetime | None = None,
    doubted: bool = False,
) -> Chapter:
    who = tuple(SeatId(one) for one in people or ("Maya",))
    return Chapter(1, kind, 0, 0, who, began, ended or began, doubted, 1)


def names(*chapters: Chapter) -> list[str]:
    return chapter_names(chapters, str, utc)


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (chapter(), "14 March, Maya"),
        (chapter(NOON, ALONE, "Maya", "Ms Okafor"), "14 March, Maya and Ms Okafor"),
        (chapter(NOON, CONFERENCE, "A", "B", "C"), "Conference of 14 March, A, B and C"),
        (chapter(NOON, AGREEMENT, "A", "B"), "Agreement of 14 March, A and B"),
        (chapter(NOON, ALONE, *"ABCDE"), "14 March, A, B, C and others"),
        (chapter(None), "Without a date, Maya"),
        (chapter(None, CONFERENCE), "Conference without a date, Maya"),
        (chapter(doubted=True), "14 March by their clock, Maya"),
        (chapter(ended=NOON + timedelta(days=2)), "14 to 16 March, Maya"),
        (chapter(ended=NOON + timedelta(days=20)), "14 March to 3 April, Maya"),
        (
            chapter(ended=NOON + timedelta(days=300)),
            "14 March 2026 to 8 January 2027, Maya",
        ),
    ],
)
def test_a_chapter_is_named_by_date_and_who_was_there(made: Chapter, name: str) -> None:
    assert names(made) == [name]


def test_the_year_is_in_every_name_once_there_are_several() -> None:
    assert names(chapter(), chapter(NOON + timedelta(days=365))) == [
        "14 March 2026, Maya",
        "14 March 2027, Maya",
    ]


def test_no_two_chapters_have_the_same_name() -> None:
    assert names(chapter(), chapter(NOON, ALONE, "Maya", "2"), chapter(), chapter()) == [
        "14 March, Maya",
        "14 March, Maya and 2",
        "14 March, Maya, 2",
        "14 March, Maya, 3",
    ]
    several = [chapter(NOON, ALONE, "Maya, 2"), chapter(), chapter()]
    assert names(*several) == ["14 March, Maya, 2", "14 March, Maya", "14 March, Maya, 3"]


def test_the_date_is_that_of_whoever_looks() -> None:
    far_east = timezone(timedelta(hours=13))
    made = [chapter()]
    assert chapter_names(made, str, lambda at: at.astimezone(far_east)) == ["15 March, Maya"]


def test_a_date_that_no_calendar_here_knows_is_told_in_utc() -> None:
    far_west = timezone(-timedelta(hours=13))
    first = chapter(datetime(1, 1, 1, tzinfo=UTC))
    assert chapter_names([first], str, lambda at: at.astimezone(far_west)) == ["1 January, Maya"]


def test_two_people_of_one_name_are_said_once() -> None:
    assert in_words(["Maya", "Maya"]) == "Maya"
    assert in_words([]) == ""
    assert day_in_words(NOON.date(), with_year=True) == "14 March 2026"


def test_people_have_their_names_and_strangers_none() -> None:
    table = Table()
    table.write(table.okafor, DAY)
    table.papa.write_as(type(table.papa.actor)(b"?" * 16))
    table.write(table.papa, DAY + HOUR)
    table.agree(OKAFOR)
    table.agree(PAPA)
    assert history(table.maya).chapter_names(utc) == [
        "14 November, Maya",
        "15 November, Ms Okafor and somebody unknown",
        "Agreement of 15 November, Ms Okafor and Papa",
    ]
