"""What chapters are called: by their date and who was there, each by a name of its own."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import count

from contract_tui.history.chapters import Chapter, ChapterKind
from contract_tui.language import _
from contract_tui.language.days import in_words as day_in_words
from contract_tui.language.lists import both
from sync_server.access.proof import SeatId

Local = Callable[[datetime], datetime]
"""A moment in the time zone of whoever looks."""

UNKNOWN = _("somebody unknown")
MOST_NAMED = 4
"""Of so many people all are named."""

_ON = {
    ChapterKind.CONFERENCE: _("Conference of {days}"),
    ChapterKind.AGREEMENT: _("Agreement of {days}"),
    ChapterKind.ALONE: "{days}",
}
_BY_THEIR_CLOCK = {
    ChapterKind.CONFERENCE: _("Conference of {days} by their clock"),
    ChapterKind.AGREEMENT: _("Agreement of {days} by their clock"),
    ChapterKind.ALONE: _("{days} by their clock"),
}
_UNDATED = {
    ChapterKind.CONFERENCE: _("Conference without a date"),
    ChapterKind.AGREEMENT: _("Agreement without a date"),
    ChapterKind.ALONE: _("Without a date"),
}
_WITH = _("{date}, {people}")
_FROM_TO = _("{first} to {last}")
"""The first day, or its number alone where it is of the same month, and the last day."""
_HELD = _("from {begin} to {end}")
_AT = _("{day}, {time}")
_BETWEEN = _(", ")
"""Between names, all but the last two."""
_OTHERS = _("others")


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
        plain = _with_people(chapter, _date(chapter, some, with_year=with_year), name)
        called = (plain if number == 1 else f"{plain}, {number}" for number in count(1))
        names[next(one for one in called if one not in names)] = None
    return list(names)


def other_names(chapter: Chapter, name: Callable[[SeatId], str], local: Local) -> set[str]:
    """Return what a chapter may be called besides: with its year, without it, or its date alone.

    Others may be called the same.
    """
    days = _days(chapter, local)
    dates = [_date(chapter, days, with_year=with_year) for with_year in (True, False)]
    return {*dates, *(_with_people(chapter, date, name) for date in dates)}


def times_of(chapter: Chapter, local: Local) -> str:
    """Say from when to when a conference was; "" of other chapters, and where nobody noted it.

    Days are said where it ended on another one, or was on another one than its name says.
    """
    days = _days(chapter, local)
    if chapter.held is None or days is None:
        return ""
    try:
        begin, end = map(local, chapter.held)
    except (OverflowError, ValueError, OSError):
        return ""
    if begin.date() == end.date() == days[0]:
        return _HELD.format(begin=f"{begin:%H:%M}", end=f"{end:%H:%M}")
    return _HELD.format(begin=_moment(begin, days[0]), end=_moment(end, days[0]))


def _moment(local: datetime, known: date) -> str:
    day = day_in_words(local.date(), with_year=local.year != known.year)
    return _AT.format(day=day, time=f"{local:%H:%M}")


def in_words(names: Sequence[str]) -> str:
    """Return some names as a list in words."""
    some = list(dict.fromkeys(names))
    if len(some) > MOST_NAMED:
        some = [*some[: MOST_NAMED - 1], _OTHERS]
    if len(some) < 2:
        return "".join(some)
    return both(_BETWEEN.join(some[:-1]), some[-1])


def _days(chapter: Chapter, local: Local) -> tuple[date, date] | None:
    if chapter.began is None or chapter.ended is None:
        return None
    try:
        return local(chapter.began).date(), local(chapter.ended).date()
    except (OverflowError, ValueError, OSError):  # the ends of all calendars
        return chapter.began.date(), chapter.ended.date()


def _with_people(chapter: Chapter, date: str, name: Callable[[SeatId], str]) -> str:
    people = in_words([name(person) for person in chapter.people])
    return _WITH.format(date=date, people=people) if people else date


def _date(chapter: Chapter, days: tuple[date, date] | None, *, with_year: bool) -> str:
    if days is None:
        return _UNDATED[chapter.kind]
    form = _BY_THEIR_CLOCK if chapter.by_their_clock else _ON
    return form[chapter.kind].format(days=_span(*days, with_year=with_year))


def _span(first: date, last: date, *, with_year: bool) -> str:
    """Return some days in words, with nothing said twice."""
    end = day_in_words(last, with_year=with_year)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return _FROM_TO.format(first=first.day, last=end)
    begin = day_in_words(first, with_year=first.year != last.year)
    return _FROM_TO.format(first=begin, last=end)
