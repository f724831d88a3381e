"""The day on which a contract is taken up again, for a calendar: iCalendar (RFC 5545)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from contract_tui.contract.reading import Reading
from contract_tui.exports import words
from contract_tui.exports.dates import as_date
from contract_tui.exports.errors import NoDate
from sync_server.protocol.ids import format_document_id

_WIDTH = 75
"""Octets of a line without its break (3.1)."""
_SPECIAL = re.compile(r"([\\;,])")


def to_calendar(reading: Reading, now: datetime) -> str:
    """Return a calendar of one day; `now` is when it is made, in UTC. Raises NoDate.

    The day's name in it is always the same, so that a calendar moves the day when it is moved.
    """
    day = as_date(reading.revisit)
    if day is None:
        sentence = words.NO_DAY if reading.revisit else words.NO_REVISIT
        raise NoDate(sentence.format(when=reading.revisit))
    contract = format_document_id(reading.contract) if reading.contract else "contract"
    title = words.TAKE_UP.format(title=_plain(reading.title) or words.CONTRACT)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//contract-tui//learning contract//EN",
        "BEGIN:VEVENT",
        f"UID:{contract}-revisit",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_basic(day.isoformat())}",
        f"SUMMARY:{_escaped(title)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _basic(date: str) -> str:
    return date.replace("-", "")


def _plain(text: str) -> str:
    """Return a text in one line, without control characters."""
    shown = (one for one in text if one.isspace() or unicodedata.category(one) != "Cc")
    return " ".join("".join(shown).split())


def _escaped(text: str) -> str:
    """Return a text as a value (3.3.11)."""
    return _SPECIAL.sub(r"\\\1", text)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces that are short enough, none of them cut inside of a character."""
    piece = ""
    for one in line:
        if len((piece + one).encode()) > _WIDTH:
            yield piece
            piece = " "
        piece += one
    yield piece
