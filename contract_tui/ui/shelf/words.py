"""What the list of contracts says."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime

from contract_tui.library.summaries import Consent
from contract_tui.ui import words as common

EMPTY = """\
Nothing is here yet. What would you like to do?

  N   begin a new contract
  J   join one: somebody gave you an invitation link or a short code
  I   bring one in from a file

Just looking? Leave with Ctrl+Q and run
  contract-tui rehearse
to try everything with a made-up student."""

HEADING = "Learning contracts on this computer"
FIND_PROMPT = "Type a word of a title, or a name"
NOTHING_FITS = "Nothing here fits “{wanted}”. Esc shows all contracts again."
ORDERS = ("the latest change first", "by title", "by when to look again")
ORDER = "{order} · S sorts"

YOU = "you"
ONLY_YOU = "only you so far"
TO_READ = "only to read"
READ_ALONG = "you read along"
AND_OTHERS = "{first} and others"

NOT_HERE_YET = "nothing has arrived yet"
CHANGED = "changed {when}"
BY = "{change} by {who}"
SINCE = "{change}, since you looked"
SINCE_TOO = "{change}, by others too since you looked"
UNSHARED = "not all is shared yet"
UNSHARED_SHORT = "not all shared"

EVERYBODY_AGREES = "everybody agrees"
SOME_AGREE = "{who} agree"
ONE_AGREES = "{who} agrees"
AGREED_BEFORE = "agreed, then changed"
NOT_YET_AGREED = "not agreed yet"

LOOK_AGAIN = "look again {when}"
LOOKED_DUE = "look again: since {when}"
LOOK_AGAIN_WORDS = "look again: {when}"

TITLE_HEAD, PEOPLE_HEAD, CHANGE_HEAD = "Contract", "Who", "Last change"
CONSENT_HEAD, REVISIT_HEAD, SHARED_HEAD = "Agreement", "Look again", "Shared"
NOT_ALL = "not all yet"


def listed(names: Sequence[str]) -> str:
    """Names as people say them one after the other."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def when(then: float, now: float) -> str:
    """How long ago something was; both in seconds since 1970."""
    return common.ago(then, now).removeprefix("changed ").removeprefix("on ")


def consent(found: Consent, agree: Sequence[str]) -> str:
    """How far people agree; nothing where nobody has answered. "" stands for this person."""
    match found:
        case Consent.EVERYBODY:
            return EVERYBODY_AGREES
        case Consent.SOME:
            names = [name for name in agree if name] + [YOU] * ("" in agree)
            sentence = ONE_AGREES if len(names) == 1 and names != [YOU] else SOME_AGREE
            return sentence.format(who=listed(names))
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


def date_of(said: str) -> date | None:
    """The day that is meant, where it was said as one."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _day(day: date, today: date) -> str:
    """A day as people write it, with the year where it is another."""
    form = "%d %b" if day.year == today.year else "%d %b %Y"
    return time.strftime(form, day.timetuple()).removeprefix("0")


def _today(now: float) -> date:
    """The day it is here."""
    return datetime.fromtimestamp(now, UTC).astimezone().date()
