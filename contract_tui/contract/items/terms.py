"""What the things of a contract, their fields and what can be chosen are called: in a few words.

The same on every screen, on paper and in every sentence. Whole sentences stay where they are said.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from contract_tui.contract.items import paths
from contract_tui.contract.items.tokens import GoalState, Origin, Outcome, Stretch, SupportState
from contract_tui.contract.schema import StructureChoice
from contract_tui.language import _, pgettext
from sync_server.access.proof import Role

# At most 20 columns.
GOALS = _("Goals")
# At most 20 columns.
HELP = _("What helps")
# At most 20 columns.
PROMISES = _("Promises")
# At most 20 columns.
LOOKING_BACK = _("Looking back on it")
# At most 20 columns.
NOTES = _("Notes")
# At most 20 columns.
AGREEMENT = _("Agreement")
TITLE = _("the title")

ONE: Mapping[str, str] = MappingProxyType(
    {
        paths.SECTIONS: _("a section"),
        paths.SUPPORTS_LIST: _("something that helps"),
        paths.GOALS_LIST: _("a goal"),
        paths.STEPS_LIST: _("a step"),
        paths.PROMISES_LIST: _("a promise"),
        paths.REFLECTIONS_LIST: _("a reflection"),
        paths.NOTES_LIST: _("a note"),
    }
)
"""One thing of a list, where it has no words of its own yet."""
ALL: Mapping[str, str] = MappingProxyType(
    {
        paths.SECTIONS: _("the sections"),
        paths.SUPPORTS_LIST: _("what helps"),
        paths.GOALS_LIST: _("the goals"),
        paths.STEPS_LIST: _("the steps"),
        paths.PROMISES_LIST: _("the promises"),
        paths.REFLECTIONS_LIST: _("the reflections"),
        paths.NOTES_LIST: _("the notes"),
    }
)
"""All things of a list."""
LACKING = _("In {one}, “{field}” is missing: a program took it out of its place.")


class Term(NamedTuple):
    """What one field is called."""

    label: str
    """Above or beside it."""
    name: str
    """In the middle of a sentence."""


# At most 23 columns.
_WHAT = Term(_("What it is"), _("what it is"))
# At most 23 columns.
_BY_WHEN = Term(_("By when"), _("by when"))
# At most 23 columns.
_STATE = Term(_("How it stands"), _("how it stands"))
# At most 23 columns.
STRUCTURE_CHOICE = Term(_("How much structure"), _("how much structure"))
REVISIT = Term(_("When we look at it again"), _("when to look at it again"))
FIELDS: Mapping[str, Mapping[str, Term]] = MappingProxyType(
    {
        paths.SECTIONS: {
            "heading": Term(_("What it is called"), _("what it is called")),
            "body": Term(_("What it says"), _("what it says")),
        },
        paths.SUPPORTS_LIST: {
            "what": _WHAT,
            # At most 23 columns.
            "when": Term(_("When"), _("when")),
            # At most 23 columns.
            "offered_by": Term(_("Who offers it"), _("who offers it")),
            "state": _STATE,
            # At most 23 columns.
            "check_on": Term(_("When to look again"), _("when to look again")),
        },
        paths.GOALS_LIST: {
            "what": _WHAT,
            "matters": Term(_("Why it matters to me"), _("why it matters")),
            "success": Term(
                _("How I’ll know I have succeeded"), _("how I’ll know I have succeeded")
            ),
            "evidence": Term(_("What could show it"), _("what could show it")),
            # At most 23 columns.
            "together_with": Term(_("With whom"), _("with whom")),
            # At most 23 columns.
            "origin": Term(_("Where it comes from"), _("where it comes from")),
            "origin_note": Term(_("More about where it comes from"), _("where it comes from")),
            "structure_choice": STRUCTURE_CHOICE,
            "structure_note": Term(
                _("How much structure, and why"), _("how much structure, and why")
            ),
            # At most 23 columns.
            "stretch": Term(_("How it feels"), _("how it feels")),
            "state": _STATE,
        },
        paths.STEPS_LIST: {
            "what": _WHAT,
            # At most 23 columns.
            "by": Term(_("Who does it"), _("who does it")),
            "when": _BY_WHEN,
            "done": Term(pgettext("a step", "Done"), _("whether it is done")),
        },
        paths.PROMISES_LIST: {
            "what": _WHAT,
            # At most 23 columns.
            "by": Term(_("Who promises"), _("who promises it")),
            # At most 23 columns.
            "to": Term(_("To whom"), _("to whom")),
            "when": _BY_WHEN,
            # At most 23 columns.
            "outcome": Term(_("What became of it"), _("what became of it")),
        },
        paths.REFLECTIONS_LIST: {
            "text": _WHAT,
            "by": Term(_("Who thought it"), _("who thought it")),
            "at": Term(_("Of which day"), _("of which day")),
        },
        paths.NOTES_LIST: {
            "text": _WHAT,
            "by": Term(_("Who wrote it"), _("who wrote it")),
            "kind": Term(_("What kind of note"), _("what kind of note")),
            "about": Term(_("What it is about"), _("what it is about")),
            "answer": Term(_("The answer"), _("the answer")),
            "answer_text": Term(_("The answer"), _("the answer")),
        },
    }
)
"""The fields of each kind of thing."""
BECAUSE = _("Because")
"""Above the reasons for a choice that stands over them."""

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        StructureChoice.TOGETHER: _("do it together"),
        # At most 34 columns.
        StructureChoice.OWN_WAY: _("leave me to it"),
        # At most 34 columns.
        StructureChoice.STEPS: _("show me the steps"),
        # At most 34 columns.
        StructureChoice.OWN_WORDS: _("in my own words"),
        # At most 34 columns.
        StructureChoice.CHECK_IN: _("check in with me"),
    }
)
"""All that can be chosen stands in an order that goes neither up nor down: nothing here is more."""
CHOSEN: Mapping[str, str] = MappingProxyType(
    {
        StructureChoice.TOGETHER: _("Do it together"),
        StructureChoice.OWN_WAY: _("Leave me to it"),
        StructureChoice.STEPS: _("Show me the steps"),
        StructureChoice.OWN_WORDS: _("In my own words"),
        StructureChoice.CHECK_IN: _("Check in with me"),
    }
)
"""The same where one of them stands alone."""
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        Origin.NEGOTIATED: _("we agreed on it"),
        # At most 34 columns.
        Origin.MINE: _("it is mine"),
        # At most 34 columns.
        Origin.REQUIRED: _("it is required"),
    }
)
STRETCHES: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        Stretch.RIGHT: _("about right"),
        # At most 34 columns.
        Stretch.TOO_MUCH: _("too much"),
        # At most 34 columns.
        Stretch.TOO_EASY: _("too easy"),
    }
)
GOAL_STATES: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        GoalState.TRYING: pgettext("how a goal stands", "trying"),
        # At most 34 columns.
        GoalState.IDEA: pgettext("how a goal stands", "an idea"),
        # At most 34 columns.
        GoalState.CHANGED: pgettext("how a goal stands", "changed"),
        # At most 34 columns.
        GoalState.REACHED: pgettext("how a goal stands", "reached"),
        # At most 34 columns.
        GoalState.LET_GO: pgettext("how a goal stands", "let go"),
    }
)
SUPPORT_STATES: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        SupportState.TRYING: pgettext("how a support stands", "trying it"),
        # At most 34 columns.
        SupportState.WANTED: pgettext("how a support stands", "wanted"),
        # At most 34 columns.
        SupportState.NOT_NOW: pgettext("how a support stands", "not now"),
        # At most 34 columns.
        SupportState.HELPS: pgettext("how a support stands", "it helps"),
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        Outcome.NOT_YET: pgettext("what became of a promise", "not yet"),
        # At most 34 columns.
        Outcome.KEPT: pgettext("what became of a promise", "kept"),
        # At most 34 columns.
        Outcome.CHANGED: pgettext("what became of a promise", "changed"),
    }
)
# At most 34 columns.
DONE = pgettext("a step", "done")
# At most 34 columns.
AHEAD = pgettext("a step", "still ahead")
VALUES: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType(
    {
        (paths.SUPPORTS_LIST, "state"): SUPPORT_STATES,
        (paths.GOALS_LIST, "origin"): ORIGINS,
        (paths.GOALS_LIST, "structure_choice"): CHOICES,
        (paths.GOALS_LIST, "stretch"): STRETCHES,
        (paths.GOALS_LIST, "state"): GOAL_STATES,
        (paths.PROMISES_LIST, "outcome"): OUTCOMES,
    }
)
"""What can be chosen in each field of each kind of thing."""

ROLES: Mapping[str, str] = MappingProxyType(
    {
        # At most 20 columns.
        Role.STUDENT: _("student"),
        # At most 20 columns.
        Role.TEACHER: _("teacher"),
        # At most 20 columns.
        Role.PARENT: _("parent"),
        # At most 20 columns.
        Role.OBSERVER: _("reads along"),
    }
)
THE: Mapping[str, str] = MappingProxyType(
    {
        Role.STUDENT: _("the student"),
        Role.TEACHER: _("the teacher"),
        Role.PARENT: _("the parent"),
        Role.OBSERVER: _("whoever reads along"),
    }
)
"""The only one who is here as that."""
SOMEBODY, THE_STUDENT = _("somebody"), THE[Role.STUDENT]
"""Of whom no name is known, inside a sentence."""
WITH_ROLE = _("{name} ({role})")
"""A person, with what they are here."""

OFFERED_BY = _("offered by {name}")
LOOK_AGAIN = _("look again: {when}")
WRITTEN_DOWN_BY = _("written down by {name}")


def with_role(name: str, role: Role | None) -> str:
    """Return a person with what they are here; the name alone where nothing shows what."""
    return WITH_ROLE.format(name=name, role=ROLES[role]) if role else name
