"""What chapters are called: by their date and who was there, each by a name of its own."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import count

from contract_tui.history.chapters import Chapter, ChapterKind
from sync_server.access.proof import SeatId

Local = Callable[[datetime], datetime]
"""A moment in the time zone of whoever looks."""

UNKNOWN = "somebody unknown"
MOST_NAMED = 4
"""Of so many people all are named."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_BEGINNINGS = {
    ChapterKind.CONFERENCE: "Conference of ",
    ChapterKind.AGREEMENT: "Agreement of ",
    ChapterKind.ALONE: "",
}
_UNDATED = {
    ChapterKind.CONFERENCE: "Conference without a date",
    ChapterKind.AGREEMENT: "Agreement without a date",
    ChapterKind.ALONE: "Without a date",
}


def chapter_names(
    chapters: Sequence[Chapter], name: Callable[[SeatId], str], local: Local
) -> list[str]:
    """Return what each chapter is called; no two have the same name.

    The year is in all of them as soon as they are of several years. Of those that would be called
    the same, all but the first have a number.
    """
    days = [_days(chapter, local) for chapter in chapters]
    with_year = len({day.year for some in days if some for day in some}) > 1
    names: dict[str, None] = {}
    for chapter, some in zip(chapters, days, strict=True):
        plain = _plain(chapter, some, name, with_year=with_year)
        called = (plain if number == 1 else f"{plain}, {number}" for number in count(1))
        names[next(one for one in called if one not in names)] = None
    return list(names)


def other_names(chapter: Chapter, name: Callable[[SeatId], str], local: Local) -> set[str]:
    """Return what a chapter may be called besides: with its year, without it, or its date alone.

    Others may be called the same.
    """
    days = _days(chapter, local)
    full = [_plain(chapter, days, name, with_year=with_year) for with_year in (True, False)]
    return {*full, *(one.partition(", ")[0] for one in full)}


def day_in_words(day: date, *, with_year: bool = False) -> str:
    """Return a day as people write it: 14 March."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def in_words(names: Sequence[str]) -> str:
    """Return some names as a list in words."""
    some = list(dict.fromkeys(names))
    if len(some) > MOST_NAMED:
        some = [*some[: MOST_NAMED - 1], "others"]
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)


def _days(chapter: Chapter, local: Local) -> tuple[date, date] | None:
    if chapter.began is None or chapter.ended is None:
        return None
    try:
        return local(chapter.began).date(), local(chapter.ended).date()
    except (OverflowError, ValueError, OSError):  # the ends of all calendars
        return chapter.began.date(), chapter.ended.date()


def _plain(
    chapter: Chapter,
    days: tuple[date, date] | None,
    name: Callable[[SeatId], str],
    *,
    with_year: bool,
) -> str:
    people = in_words([name(person) for person in chapter.people])
    beginning = _UNDATED[chapter.kind]
    if days is not None:
        beginning = _BEGINNINGS[chapter.kind] + _span(*days, with_year=with_year)
        beginning += " by their clock" if chapter.by_their_clock else ""
    return f"{beginning}, {people}" if people else beginning


def _span(first: date, last: date, *, with_year: bool) -> str:
    """Return some days in words, with nothing said twice."""
    end = day_in_words(last, with_year=with_year)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{day_in_words(first, with_year=first.year != last.year)} to {end}"
