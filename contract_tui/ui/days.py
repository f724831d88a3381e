"""Days as they are where this computer stands."""

from __future__ import annotations

from datetime import UTC, datetime

from contract_tui.history.naming import day_in_words


def day_here(seconds: int) -> str | None:
    """Return the day of a moment in words, with its year; None for one that is in no calendar."""
    try:
        at = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return day_in_words(at.date(), with_year=True)
