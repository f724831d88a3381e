"""Days as they are where this computer stands, and as people write them down."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from contract_tui.contract.errors import ContractError
from contract_tui.exports import dates
from contract_tui.language import _
from contract_tui.language.days import in_words as day_in_words

NO_SUCH_DAY = _("There is no such day in the calendar. Write it as 2027-03-14, or use words.")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class NoSuchDay(ContractError):
    """What looks like a day is none."""


def day_here(seconds: int) -> str | None:
    """Return the day of a moment in words, with its year; None for one that is in no calendar."""
    try:
        at = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return day_in_words(at.date(), with_year=True)


def day_in(said: str) -> str:
    """Return a day as in ISO 8601, words as they are. Raises NoSuchDay."""
    said = dates.meant(" ".join(said.split()))
    if (match := _DAY.fullmatch(said)) is None:
        return said
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError as error:
        raise NoSuchDay(NO_SUCH_DAY) from error
