"""What the list of contracts says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from contract_tui.language import _
from contract_tui.language.days import in_short
from contract_tui.library.summaries import Consent
from contract_tui.ui import words as common

# At most 68 columns.
EMPTY = _("""\
Nothing is here yet. What would you like to do?

  Ctrl+N   begin a new contract
  F6       join one: you were given a link or a short code
  Ctrl+O   bring one in from a file

Just looking? Leave with Ctrl+Q and run
  contract-tui rehearse
to try everything with a made-up student.""")

# At most 38 columns.
HEADING = _("Learning contracts on this computer")
# At most 60 columns.
FIND_PROMPT = _("Type a word of a title, or a name")
NOTHING_FITS = _("Nothing here fits “{wanted}”. Esc shows all contracts again.")
ORDERS = (
    # At most 24 columns.
    _("the latest change first"),
    # At most 24 columns.
    _("by title"),
    # At most 24 columns.
    _("by when to look again"),
)
# At most 12 columns.
ORDER = _("{order} · F4 sorts")

YOU = _("you")
ONLY_YOU = _("only you so far")
TO_READ = _("only to read")
READ_ALONG = _("you read along")
AND_OTHERS = _("{first} and others")

NOT_HERE_YET = _("nothing has arrived yet")
CHANGED = _("changed {when}")
BY, BY_YOU = _("{change} by {who}"), _("{change} by you")
SINCE = _("{change}, since you looked")
SINCE_TOO = _("{change}, by others too since you looked")
UNSHARED = _("not all is shared yet")
# At most 18 columns.
UNSHARED_SHORT = _("not all shared")

# At most 26 columns.
EVERYBODY_AGREES = _("everybody agrees")
SOME_AGREE = _("{who} agree")
ONE_AGREES = _("{who} agrees")
# At most 26 columns.
AGREED_BEFORE = _("agreed before")
# At most 26 columns.
NOT_YET_AGREED = _("not agreed yet")

LOOK_AGAIN = _("look again {when}")
LOOKED_DUE = _("look again: since {when}")
LOOK_AGAIN_WORDS = _("look again: {when}")

TITLE_HEAD, PEOPLE_HEAD, CHANGE_HEAD = _("Contract"), _("Who"), _("Last change")
# At most 18 columns.
CONSENT_HEAD = _("Agreement")
# At most 14 columns.
REVISIT_HEAD = _("Look again")
# At most 10 columns.
SHARED_HEAD = _("Shared")
# At most 11 columns.
NOT_ALL = _("not all yet")


def consent(found: Consent, agree: Sequence[str]) -> str:
    """How far people agree; nothing where nobody has answered. "" stands for this person."""
    match found:
        case Consent.EVERYBODY:
            return EVERYBODY_AGREES
        case Consent.SOME:
            names = [name for name in agree if name] + [YOU] * ("" in agree)
            sentence = ONE_AGREES if len(names) == 1 and names != [YOU] else SOME_AGREE
            return sentence.format(who=common.listed(names))
        case Consent.BEFORE:
            return AGREED_BEFORE
        case Consent.NOT_YET:
            return NOT_YET_AGREED
        case Consent.UNASKED:
            return ""


def revisit(said: str, now: float) -> str:
    """When a contract is to be taken up again, with what it is about."""
    day = date_of(said)
    if day is None:
        return LOOK_AGAIN_WORDS.format(when=said) if said else ""
    today = _today(now)
    sentence = LOOKED_DUE if day < today else LOOK_AGAIN
    return sentence.format(when=_day(day, today))


def revisit_alone(said: str, now: float) -> str:
    """The same under a heading of its own."""
    day = date_of(said)
    return _day(day, _today(now)) if day else said


def short_day(seconds: float, now: float) -> str:
    """The day of a moment, as briefly as it can be said."""
    return _day(_today(seconds), _today(now))


def date_of(said: str) -> date | None:
    """The day that is meant, where it was said as one."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _day(day: date, today: date) -> str:
    """A day as people write it, with the year where it is another."""
    return in_short(day, with_year=day.year != today.year)


def _today(now: float) -> date:
    """The day it is here."""
    return datetime.fromtimestamp(now, UTC).astimezone().date()
