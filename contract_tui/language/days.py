"""Days as people write them in their language, and what they mean."""

from __future__ import annotations

import re
from datetime import date

from contract_tui.language import _, gettext_noop, pgettext

_ENGLISH = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
MONTHS = tuple(_(name) for name in _ENGLISH)
MONTHS_IN_SHORT = (
    pgettext("a month in short", "Jan"),
    pgettext("a month in short", "Feb"),
    pgettext("a month in short", "Mar"),
    pgettext("a month in short", "Apr"),
    pgettext("a month in short", "May"),
    pgettext("a month in short", "Jun"),
    pgettext("a month in short", "Jul"),
    pgettext("a month in short", "Aug"),
    pgettext("a month in short", "Sep"),
    pgettext("a month in short", "Oct"),
    pgettext("a month in short", "Nov"),
    pgettext("a month in short", "Dec"),
)
DAY = _("{day} {month}")
"""A day of this year, or of one that was said already; the order is the language's."""
DAY_OF_YEAR = _("{day} {month} {year}")
DAY_IN_SHORT = pgettext("a day in short", "{day} {month}")
DAY_OF_YEAR_IN_SHORT = pgettext("a day in short", "{day} {month} {year}")
_NUMBERS = re.compile(r"[0-9]+")
_LONGEST = 60
"""Characters of what could be a day in any language."""


def in_words(day: date, *, with_year: bool = False) -> str:
    """Return a day as people write it: 14 March, or 14 March 2027."""
    form = DAY_OF_YEAR if with_year else DAY
    return form.format(day=day.day, month=MONTHS[day.month - 1], year=day.year)


def in_short(day: date, *, with_year: bool = False) -> str:
    """Return a day where there is little room: 14 Mar, or 14 Mar 2027."""
    form = DAY_OF_YEAR_IN_SHORT if with_year else DAY_IN_SHORT
    return form.format(day=day.day, month=MONTHS_IN_SHORT[day.month - 1], year=day.year)


def meant(text: str) -> date | None:
    """Return the day that was written in words, with its year; None for anything else."""
    numbers = [int(one) for one in _NUMBERS.findall(text[:_LONGEST])]
    if len(text) > _LONGEST or len(numbers) != 2:
        return None
    year, number = max(numbers), min(numbers)
    plain = _NUMBERS.sub(lambda one: str(int(one[0])), text)
    days = (_day(year, month, number) for month in range(1, len(MONTHS) + 1))
    return next((day for day in days if day and in_words(day, with_year=True) == plain), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
