"""What the pages of goals, of what helps, of promises and of reflections say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items import terms
from contract_tui.contract.items.tokens import Origin

ORIGIN_NOTES: Mapping[str, str] = MappingProxyType(
    {
        Origin.MINE: "How I came to it",
        Origin.NEGOTIATED: "What we agreed on",
        Origin.REQUIRED: "Who requires it",
        Origin.NOT_SAID: "More about that",
    }
)
STEPS = "Steps from A to B"
NO_SUCH_GOAL = "This goal is not in the contract any more."

ORIGIN_THEIRS = "it is {name}’s own"
DONE: Mapping[str, str] = MappingProxyType({"done": terms.DONE, "ahead": terms.AHEAD})

OFFERED_BY_YOU = "offered by you"

PROMISE_TO = "A promise to"
OUTCOME_SAID = "{outcome}, says {name}"
OUTCOME_SAID_BY_YOU = "{outcome}, you say"
YOU_PROMISE = "You promise {name}"
PROMISES_YOU = "{name} promises you"
PROMISES = "{by} promises {to}"
YOU_PROMISE_YOURSELF = "You promise yourself"
PROMISES_SELF = "{name} promises themselves"
WRITTEN_DOWN_BY_YOU = "written down by you"
MYSELF = "myself"
ME = "I do"

DAY = "{day} · {name}"
NO_DAY = "Some day"
YOUR_OWN = "you"

DATE_PROMPT = "A date, or words: “after the holidays”"

THEIR_OWN_WORDS = "{name}’s own words"

NEW_STEP = "New step"
NEW_SUPPORT = "New support"
NEW_PROMISE = "New promise"
NEW_REFLECTION = "New reflection"
ADD_STEP = "Add a step"
ADD_SUPPORT = "Add something that helps"
ADD_PROMISE = "Add a promise"
ADD_REFLECTION = "Write something about today"

TAKEN_AWAY = "What was taken away is kept here"
STEPS_TAKEN_AWAY = "Steps that were taken away are kept here"
GOALS_TAKEN_AWAY = "Goals that were taken away are kept here"
COMES_BACK = "“{words}”  (Enter brings it back)"
TAKEN_AWAY_JUST_NOW = "Taken away: “{words}”"
BRING_BACK_HINT = "Enter brings it back"
BRINGS_BACK = "Taken away. Enter there brings it back; later it is at the end of the page."
BROUGHT_BACK = "It is back."
NOTHING_WRITTEN = "nothing written yet"
TAKEN_AWAY_UNSEEN = "{name} took “{words}” away without having seen all of it."
GONE_WHILE_HERE = "{name} took this away just now. Your words are kept; Ctrl+K brings it back."
GOAL_GONE_BY_YOU = "You took this goal away. It is kept: Ctrl+K brings it back."
GOAL_GONE = "{name} took this goal away. Its words are kept: Ctrl+K brings it back."
GOAL_GONE_FOR_OTHERS = (
    "{name} took this goal away. Its words are kept, and {student} can bring it back."
)
NOT_YOURS_TO_TAKE = "Only {name} can take a goal away. Ctrl+R says that you see it differently."

NO_SUPPORTS = "Nothing here yet. What would help?"
NO_PROMISES = "No promises yet."
NO_REFLECTIONS = "Nothing here yet."
