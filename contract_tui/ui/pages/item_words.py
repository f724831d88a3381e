"""What the pages of goals, of what helps, of promises and of reflections say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items import terms
from contract_tui.contract.items.tokens import Origin
from contract_tui.language import _

ORIGIN_NOTES: Mapping[str, str] = MappingProxyType(
    {
        # At most 22 columns.
        Origin.MINE: _("How I came to it"),
        # At most 22 columns.
        Origin.NEGOTIATED: _("What we agreed on"),
        # At most 22 columns.
        Origin.REQUIRED: _("Who requires it"),
        # At most 22 columns.
        Origin.NOT_SAID: _("More about that"),
    }
)
STEPS = _("Steps from A to B")
NO_SUCH_GOAL = _("This goal is not in the contract any more.")

# At most 34 columns.
ORIGIN_THEIRS = _("it is {name}’s own")
DONE: Mapping[str, str] = MappingProxyType({"done": terms.DONE, "ahead": terms.AHEAD})

OFFERED_BY_YOU = _("offered by you")

# At most 22 columns.
PROMISE_TO = _("A promise to")
OUTCOME_SAID = _("{outcome}, says {name}")
OUTCOME_SAID_BY_YOU = _("{outcome}, you say")
YOU_PROMISE = _("You promise {name}")
PROMISES_YOU = _("{name} promises you")
PROMISES = _("{by} promises {to}")
YOU_PROMISE_YOURSELF = _("You promise yourself")
PROMISES_SELF = _("{name} promises themselves")
WRITTEN_DOWN_BY_YOU = _("written down by you")
# At most 34 columns.
MYSELF = _("myself")
# At most 34 columns.
ME = _("I do")

DAY = "{day} · {name}"
NO_DAY = _("Some day")
YOUR_OWN = _("you")

THEIR_OWN_WORDS = _("{name}’s own words")

# At most 16 columns.
NEW_STEP = _("New step")
# At most 16 columns.
NEW_SUPPORT = _("New support")
# At most 16 columns.
NEW_PROMISE = _("New promise")
# At most 16 columns.
NEW_REFLECTION = _("New reflection")
ADD_STEP = _("Add a step")
ADD_SUPPORT = _("Add something that helps")
ADD_PROMISE = _("Add a promise")
ADD_REFLECTION = _("Write something about today")

TAKEN_AWAY = _("What was taken away is kept here")
STEPS_TAKEN_AWAY = _("Steps that were taken away are kept here")
GOALS_TAKEN_AWAY = _("Goals that were taken away are kept here")
COMES_BACK = _("“{words}”  (Enter brings it back)")
TAKEN_AWAY_JUST_NOW = _("Taken away: “{words}”")
BRING_BACK_HINT = _("Enter brings it back")
BRINGS_BACK = _("Taken away. Enter there brings it back; later it is at the end of the page.")
BROUGHT_BACK = _("It is back.")
NOTHING_WRITTEN = _("nothing written yet")
TAKEN_AWAY_UNSEEN = _("{name} took “{words}” away without having seen all of it.")
GONE_WHILE_HERE = _("{name} took this away just now. Your words are kept; Ctrl+K brings it back.")
GOAL_GONE_BY_YOU = _("You took this goal away. It is kept: Ctrl+K brings it back.")
GOAL_GONE = _("{name} took this goal away. Its words are kept: Ctrl+K brings it back.")
GOAL_GONE_FOR_OTHERS = _(
    "{name} took this goal away. Its words are kept, and {student} can bring it back."
)
NOT_YOURS_TO_TAKE = _("Only {name} can take a goal away. Ctrl+R says that you see it differently.")
