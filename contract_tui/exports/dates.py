"""Days and moments as people write them: the same on every computer that speaks a language."""

import re
from datetime import UTC, date, datetime

from contract_tui.language import days

_LAST = 253_402_300_799
"""The last second of the year 9999."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_date(text: str) -> date | None:
    """Return the day that a text is, as in ISO 8601; None for words."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def moment(seconds: int) -> datetime | None:
    """Return a moment in UTC; None where no time was kept, or none that there is."""
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LAST else None


def told(one: date) -> str:
    """Return a day in words."""
    return days.in_words(one, with_year=True)


def when(text: str) -> str:
    """Return a date in words, and anything else as it is."""
    day = as_date(text)
    return told(day) if day else text


def meant(text: str) -> str:
    """Return a date that was written in words as in ISO 8601, and anything else as it is."""
    day = days.meant(text)
    return day.isoformat() if day else text
