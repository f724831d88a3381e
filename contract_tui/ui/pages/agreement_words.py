"""What is said on the page of agreement."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.language import _

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        "agree": _("Agree"),
        # At most 34 columns.
        "note": _("Agree with a note"),
        # At most 34 columns.
        "not-yet": _("Not yet"),
    }
)
NOBODY = _("Nobody has answered yet. There is time: read it together first.")
LOOKING = _("Looking up what everybody said…")
ASKED = _("What do you say to the contract as it stands now?")
ASKED_AGAIN = _("And what do you say to it as it stands now?")
ANSWERED = _("You have answered. Another answer takes the place of this one.")
NOTE = _("Your note")
# At most 22 columns.
REVISIT = _("Look at it again")
MORE_CHANGED = _("and more")
SEE_IN_THE_PAST = _("See each word that changed")
YOUR_ANSWER = _("your answer of {day}")
THEIR_ANSWER = _("the answer of {name}, {day}")
SIGNED = _("Signed. Everybody here can see it, and check it.")
SAID_ALREADY = _("You have said that already.")
LOOK_FIRST = _("Somebody has just changed something: look at it once more, then answer.")
