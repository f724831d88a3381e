"""What stands in a part while it is empty: a question worth answering, another one for each role.

The student is asked; an adult is given something to ask or to think about; whoever reads along is
told that nothing is there. Nothing of it ever writes itself into the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items import paths
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, TITLE, PartId
from contract_tui.language import _
from contract_tui.ui.prompt import Prompt
from contract_tui.ui.prompts_of_others import OF_OTHERS
from sync_server.access.proof import Role

_TITLE = Prompt(
    _("What is this contract called?"),
    _("You could ask {name}: “What shall we call it?”"),
    _("You could ask {name}: “Which name would you like for it?”"),
    _("This contract has no title yet."),
)
_BEGINS = _("{name} begins here. You could ask:") + "\n"
_THEIRS = _("Only {name} writes here. You could ask:") + "\n"

AGREEMENT = PartId("page/agreement")
_ALOUD = _("Let {name} read it aloud first. You could ask:") + "\n"
_AGREEMENT = Prompt(
    _("Read it aloud, all of it.\nAre these still your words?"),
    _ALOUD + _("“Are these still your words?”"),
    _ALOUD + _("“What of this should we remember?”"),
    _("Here everybody says whether they agree."),
)

SECTIONS: Mapping[PartId, Prompt] = MappingProxyType(
    {
        INTERESTS: Prompt(
            _(
                "What are you into? What could you talk about for hours?\n"
                "What do you do when nobody tells you what to do?"
            ),
            _BEGINS + _("“What have you enjoyed finding out lately?”"),
            _BEGINS + _("“Tell me about something you enjoyed lately. What was good about it?”"),
        ),
        SUPPORTS: Prompt(
            _(
                "What helps you learn? Think of a time when it went well: what was different?\n"
                "What gets in the way?"
            ),
            _BEGINS + _("“I’ve noticed that … Is that how it feels to you?”"),
            _BEGINS + _("“When did it go well at home? What was different then?”"),
        ),
        STRUCTURE: Prompt(
            _(
                "How do you like to work? Is it the same for everything?\n"
                "You can choose something below, write here, do both, or leave it open for now."
            ),
            _BEGINS + _("“When would you like me beside you, and when not?”"),
            _BEGINS + _("“What should I ask about, and what should I leave to you?”"),
        ),
    }
)
OTHER_SECTION = Prompt(
    _("What would you like to say here?"),
    _BEGINS + _("“What would you like us to know about this?”"),
    _BEGINS + _("“What would you like to tell us here?”"),
)
_HEADING = Prompt(
    _("What is this section called?"),
    _("You could ask {name}: “What shall we call this section?”"),
    _("You could ask {name}: “Which name fits what you write here?”"),
    _("This section has no name yet."),
)

ITEMS: Mapping[tuple[str, str], Prompt] = MappingProxyType(
    {
        (paths.GOALS_LIST, "what"): Prompt(
            _("What would you like to do, make, learn or find out?"),
            _("You could ask {name}: “What would you love to be able to do?”"),
            _("You could ask {name}: “What would you like to have more time for?”"),
        ),
        (paths.GOALS_LIST, "matters"): Prompt(
            _("Why does it matter to you? What will be different?"),
            _THEIRS + _("“What makes this worth the trouble?”"),
            _THEIRS + _("“What would it be like to have done it?”"),
        ),
        (paths.GOALS_LIST, "success"): Prompt(
            _("How will you know? I’ll know I have succeeded when…"),
            _THEIRS + _("“How will you notice that you are there?”"),
            _THEIRS + _("“What would you show us, or tell us about?”"),
        ),
        (paths.GOALS_LIST, "evidence"): Prompt(
            _("What could you show somebody? A page, a picture, a thing, a story?"),
            _("You could ask {name}: “What would you like to keep from it?”"),
            _("You could ask {name}: “What could we look at together?”"),
        ),
        (paths.GOALS_LIST, "together_with"): Prompt(
            _("With whom? At school, at home, anywhere. Alone is an answer too."),
            _("You could ask {name}: “Who would you like to do this with?”"),
            _("You could ask {name}: “Who else knows about this? Whom could we visit?”"),
        ),
        (paths.GOALS_LIST, "origin_note"): Prompt(
            _("Who asks for it, or with whom did you agree on it?"),
            _("Does somebody require it? Who, and what for? Plainly said is fairer."),
            _("Did you agree on it together? How did that come about?"),
        ),
        (paths.GOALS_LIST, "structure_note"): Prompt(
            _("Because… What works for you when you do something like this?"),
            _("You could ask {name}: “When would you like me beside you in this?”"),
            _("You could ask {name}: “What should I do, and what should I leave to you?”"),
        ),
        (paths.STEPS_LIST, "what"): Prompt(
            _("What could you do next? Something that fits into a week."),
            _("You could ask {name}: “What would be a first small piece of it?”"),
            _("You could ask {name}: “What do you need for this?”"),
        ),
        (paths.SUPPORTS_LIST, "what"): Prompt(
            _("What helps you? A person, a place, a time, a thing, a way of doing it?"),
            _("What have you seen help? Ask {name} whether it feels like that."),
            _("What helps at home? Ask {name} whether it would help elsewhere."),
        ),
        (paths.SUPPORTS_LIST, "when"): Prompt(
            _("When, or for what? Always is an answer too."),
            _("When could you offer this? For what kind of work?"),
            _("When does it fit at home?"),
        ),
        (paths.PROMISES_LIST, "what"): Prompt(
            _("I will… What can you do yourself, and really keep?"),
            _("At school I will… What is small enough to keep?"),
            _("At home I will… What is small enough to keep?"),
        ),
        (paths.REFLECTIONS_LIST, "text"): Prompt(
            _("How is it going? What surprised you? Are these still your words?"),
            _("What have you noticed? What would you do differently yourself?"),
            _("What have you enjoyed seeing? What do you wonder about?"),
        ),
        (paths.NOTES_LIST, "text"): Prompt(
            _("What would you change, or what do you wonder about?"),
            _("What do you wonder? A question opens more than a statement does."),
            _("What do you wonder? What do you see at home?"),
        ),
        (paths.NOTES_LIST, "answer_text"): Prompt(
            _("What do you say to it? No, because… is an answer too."),
            _("{name} answers here when the time has come. Would a no be all right, too?"),
            _("{name} answers here, in their own time. Can it wait a little?"),
        ),
    }
)
"""By the list that a thing is in, and the field."""

_STARTERS: Mapping[PartId, tuple[str, ...]] = MappingProxyType(
    {
        INTERESTS: (_("I’m into…"), _("I’m proud of…"), _("I’d love to find out…")),
        SUPPORTS: (_("It works when…"), _("It gets in the way when…"), _("It helps if somebody…")),
        STRUCTURE: (_("I want… because…"), _("Please show me…"), _("Please let me…")),
    }
)
_ITEM_STARTERS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        (paths.GOALS_LIST, "what"): (
            _("I want…"),
            _("I’d like to find out…"),
            _("I’d like to make…"),
        ),
        (paths.GOALS_LIST, "matters"): (_("It matters to me because…"), _("So that I can…")),
        (paths.GOALS_LIST, "success"): (
            _("I’ll know I have succeeded when…"),
            _("I’ll be able to…"),
        ),
        (paths.PROMISES_LIST, "what"): (_("I will…"), _("If… then I will…")),
        (paths.REFLECTIONS_LIST, "text"): (
            _("I’m proud of…"),
            _("I did not expect…"),
            _("Next time…"),
        ),
    }
)


_FIRST_ON: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "supports": (paths.SUPPORTS_LIST, "what"),
        "promises": (paths.PROMISES_LIST, "what"),
        "reflections": (paths.REFLECTIONS_LIST, "text"),
    }
)


def prompt_of(part: PartId) -> Prompt:
    """Return what stands in a part while it is empty."""
    if part == TITLE:
        return _TITLE
    if part == AGREEMENT:
        return _AGREEMENT
    thing = paths.owner(part)
    if thing is None:
        return SECTIONS.get(part, OTHER_SECTION)
    return ITEMS.get(_field(part), _HEADING)


def _field(part: PartId) -> tuple[str, str]:
    """Return of what kind of thing a text is, and which; of a page, the first that stands on it."""
    kind, _, rest = part.partition("/")
    if kind == "page":
        return _FIRST_ON.get(rest, (paths.GOALS_LIST, "what"))
    thing = paths.owner(part)
    return ("", "") if thing is None else (paths.kind(thing), paths.field(part))


def prompt(part: PartId, role: Role | None, student_name: str, other: str | None = None) -> str:
    """Return what somebody of a role reads in a part where nothing is written yet.

    `other` is whose thing it is, if not their own: "" for nobody's.
    """
    asked = prompt_of(part) if other is None else OF_OTHERS.get(_field(part), prompt_of(part))
    return asked.said(role, student_name, other or "")


def beginnings(
    part: PartId, role: Role | None, student_name: str, other: str | None = None
) -> tuple[str, ...]:
    """Return ways to begin, for the student; for an adult, what to ask."""
    if role is not Role.STUDENT or part == AGREEMENT or other:
        return (prompt(part, role, student_name, other),)
    found = _STARTERS.get(part) or _ITEM_STARTERS.get(_field(part))
    return found or (prompt(part, role, student_name),)
