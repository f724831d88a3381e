"""When the contract is to be taken up again: a day, or words."""

from __future__ import annotations

import re
from datetime import date

from contract_tui.contract.errors import ContractError
from contract_tui.exports import dates
from contract_tui.session.session import Session
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field

TITLE = "When do you look at it again?"
EXPLAINED = (
    "A day, or words such as “after the summer holidays”. Whoever has a calendar can take the day "
    "along; with nothing here, it is left open."
)
WHEN, HINT, SET = "When?", "2027-03-14, or words", "Say so"
NO_SUCH_DAY = "There is no such day in the calendar. Write it as 2027-03-14, or use words."
SAID, SAID_IN_WORDS = "You look at it again on {day}.", "You look at it again: {words}."
LEFT_OPEN = "When you look at it again is left open."
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class NoSuchDay(ContractError):
    """What looks like a day is none."""


def ask_when(session: Session) -> Dialog[str]:
    """Ask when the contract is to be taken up again; the answer is what is said of it then."""

    def attempt(answers: Answers) -> str:
        when = day_in(answers["when"])
        session.desk.set_revisit(when)
        return told(when)

    field = Field("when", WHEN, HINT, session.contract.items.revisit)
    return Dialog(TITLE, EXPLAINED, [field], SET, attempt)


def day_in(said: str) -> str:
    """Return a day as in ISO 8601, words as they are. Raises NoSuchDay."""
    said = " ".join(said.split())
    if (match := _DAY.fullmatch(said)) is None:
        return said
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError as error:
        raise NoSuchDay(NO_SUCH_DAY) from error


def told(when: str) -> str:
    """Return as a sentence when the contract is to be taken up again."""
    if not when:
        return LEFT_OPEN
    if _DAY.fullmatch(when) is None:
        return SAID_IN_WORDS.format(words=when)
    return SAID.format(day=dates.when(when))
