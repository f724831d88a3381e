"""When the contract is to be taken up again: a day, or words."""

from __future__ import annotations

from contract_tui.exports import dates
from contract_tui.language import _
from contract_tui.session.session import Session
from contract_tui.ui.days import day_in
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field

TITLE = _("When do you look at it again?")
EXPLAINED = _(
    "A day, or words such as “after the summer holidays”. Whoever has a calendar can take the day "
    "along; with nothing here, it is left open."
)
WHEN, HINT = _("When?"), _("2027-03-14, or words")
# At most 16 columns.
SET = _("Say so")
SAID, SAID_IN_WORDS = _("You look at it again on {day}."), _("You look at it again: {words}.")
LEFT_OPEN = _("When you look at it again is left open.")


def ask_when(session: Session) -> Dialog[str]:
    """Ask when the contract is to be taken up again; the answer is what is said of it then."""

    def attempt(answers: Answers) -> str:
        when = day_in(answers["when"])
        session.desk.set_revisit(when)
        return looked_at_again(when)

    field = Field("when", WHEN, HINT, session.contract.items.revisit)
    return Dialog(TITLE, EXPLAINED, [field], SET, attempt)


def looked_at_again(when: str) -> str:
    """Return as a sentence when the contract is to be taken up again."""
    if not when:
        return LEFT_OPEN
    day = dates.as_date(when)
    return SAID.format(day=dates.told(day)) if day else SAID_IN_WORDS.format(words=when)
