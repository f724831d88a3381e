"""What is said on the page of agreement."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ANSWERS: Mapping[str, str] = MappingProxyType(
    {"agree": "Agree", "note": "Agree with a note", "not-yet": "Not yet"}
)
NOBODY = "Nobody has answered yet. There is time: read it together first."
LOOKING = "Looking up what everybody said…"
ASKED = "What do you say to the contract as it stands now?"
ASKED_AGAIN = "And what do you say to it as it stands now?"
ANSWERED = "You have answered. Another answer takes the place of this one."
NOTE = "Your note"
NOTE_PROMPT = "Something to say beside it, if you like"
REVISIT = "Look at it again"
REVISIT_PROMPT = "A day, such as 14 March 2027, or a few words"
MORE_CHANGED = "and more"
SEE_IN_THE_PAST = "See each word that changed"
YOUR_ANSWER = "your answer of {day}"
SIGNED = "Signed. Everybody here can see it, and check it."
SAID_ALREADY = "You have said that already."
LOOK_FIRST = "Somebody has just changed something: look at it once more, then answer."
