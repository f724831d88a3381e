"""What the things of a contract, their fields and what can be chosen are called: in a few words.

The same on every screen, on paper and in every sentence. Whole sentences stay where they are said.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from contract_tui.contract.items import paths
from contract_tui.contract.items.tokens import GoalState, Origin, Outcome, Stretch, SupportState
from contract_tui.contract.schema import StructureChoice
from contract_tui.language import _
from sync_server.access.proof import Role

GOALS, HELP, PROMISES = "Goals", "What helps", "Promises"
LOOKING_BACK, NOTES, AGREEMENT = "Looking back on it", "Notes", "Agreement"
TITLE = "the title"

ONE: Mapping[str, str] = MappingProxyType(
    {
        paths.SECTIONS: "a section",
        paths.SUPPORTS_LIST: "something that helps",
        paths.GOALS_LIST: "a goal",
        paths.STEPS_LIST: "a step",
        paths.PROMISES_LIST: "a promise",
        paths.REFLECTIONS_LIST: "a reflection",
        paths.NOTES_LIST: "a note",
    }
)
"""One thing of a list, where it has no words of its own yet."""
ALL: Mapping[str, str] = MappingProxyType(
    {
        paths.SECTIONS: "the sections",
        paths.SUPPORTS_LIST: "what helps",
        paths.GOALS_LIST: "the goals",
        paths.STEPS_LIST: "the steps",
        paths.PROMISES_LIST: "the promises",
        paths.REFLECTIONS_LIST: "the reflections",
        paths.NOTES_LIST: "the notes",
    }
)
"""All things of a list."""
LACKING = "In {one}, “{field}” is missing: a program took it out of its place."


class Term(NamedTuple):
    """What one field is called."""

    label: str
    """Above or beside it."""
    name: str
    """In the middle of a sentence."""


_WHAT = Term("What it is", "what it is")
_BY_WHEN = Term("By when", "by when")
_STATE = Term("How it stands", "how it stands")
STRUCTURE_CHOICE = Term("How much structure", "how much structure")
REVISIT = Term("When we look at it again", "when to look at it again")
FIELDS: Mapping[str, Mapping[str, Term]] = MappingProxyType(
    {
        paths.SECTIONS: {
            "heading": Term("What it is called", "what it is called"),
            "body": Term("What it says", "what it says"),
        },
        paths.SUPPORTS_LIST: {
            "what": _WHAT,
            "when": Term("When", "when"),
            "offered_by": Term("Who offers it", "who offers it"),
            "state": _STATE,
            "check_on": Term("When to look again", "when to look again"),
        },
        paths.GOALS_LIST: {
            "what": _WHAT,
            "matters": Term("Why it matters to me", "why it matters"),
            "success": Term("How I’ll know I have succeeded", "how I’ll know I have succeeded"),
            "evidence": Term("What could show it", "what could show it"),
            "together_with": Term("With whom", "with whom"),
            "origin": Term("Where it comes from", "where it comes from"),
            "origin_note": Term("More about where it comes from", "where it comes from"),
            "structure_choice": STRUCTURE_CHOICE,
            "structure_note": Term("How much structure, and why", "how much structure, and why"),
            "stretch": Term("How it feels", "how it feels"),
            "state": _STATE,
        },
        paths.STEPS_LIST: {
            "what": _WHAT,
            "by": Term("Who does it", "who does it"),
            "when": _BY_WHEN,
            "done": Term("Done", "whether it is done"),
        },
        paths.PROMISES_LIST: {
            "what": _WHAT,
            "by": Term("Who promises", "who promises it"),
            "to": Term("To whom", "to whom"),
            "when": _BY_WHEN,
            "outcome": Term("What became of it", "what became of it"),
        },
        paths.REFLECTIONS_LIST: {
            "text": _WHAT,
            "by": Term("Who thought it", "who thought it"),
            "at": Term("Of which day", "of which day"),
        },
        paths.NOTES_LIST: {
            "text": _WHAT,
            "by": Term("Who wrote it", "who wrote it"),
            "kind": Term("What kind of note", "what kind of note"),
            "about": Term("What it is about", "what it is about"),
            "answer": Term("The answer", "the answer"),
            "answer_text": Term("The answer", "the answer"),
        },
    }
)
"""The fields of each kind of thing."""
BECAUSE = "Because"
"""Above the reasons for a choice that stands over them."""

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        StructureChoice.TOGETHER: "do it together",
        StructureChoice.OWN_WAY: "leave me to it",
        StructureChoice.STEPS: "show me the steps",
        StructureChoice.OWN_WORDS: "in my own words",
        StructureChoice.CHECK_IN: "check in with me",
    }
)
"""All that can be chosen stands in an order that goes neither up nor down: nothing here is more."""
CHOSEN: Mapping[str, str] = MappingProxyType(
    {
        StructureChoice.TOGETHER: "Do it together",
        StructureChoice.OWN_WAY: "Leave me to it",
        StructureChoice.STEPS: "Show me the steps",
        StructureChoice.OWN_WORDS: "In my own words",
        StructureChoice.CHECK_IN: "Check in with me",
    }
)
"""The same where one of them stands alone."""
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        Origin.NEGOTIATED: "we agreed on it",
        Origin.MINE: "it is mine",
        Origin.REQUIRED: "it is required",
    }
)
STRETCHES: Mapping[str, str] = MappingProxyType(
    {
        Stretch.RIGHT: "about right",
        Stretch.TOO_MUCH: "too much",
        Stretch.TOO_EASY: "too easy",
    }
)
GOAL_STATES: Mapping[str, str] = MappingProxyType(
    {
        GoalState.TRYING: "trying",
        GoalState.IDEA: "an idea",
        GoalState.CHANGED: "changed",
        GoalState.REACHED: "reached",
        GoalState.LET_GO: "let go",
    }
)
SUPPORT_STATES: Mapping[str, str] = MappingProxyType(
    {
        SupportState.TRYING: "trying it",
        SupportState.WANTED: "wanted",
        SupportState.NOT_NOW: "not now",
        SupportState.HELPS: "it helps",
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        Outcome.NOT_YET: "not yet",
        Outcome.KEPT: "kept",
        Outcome.CHANGED: "changed",
    }
)
DONE, AHEAD = "done", "still ahead"
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
        Role.STUDENT: "student",
        Role.TEACHER: "teacher",
        Role.PARENT: "parent",
        Role.OBSERVER: "reads along",
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

OFFERED_BY = "offered by {name}"
LOOK_AGAIN = "look again: {when}"
WRITTEN_DOWN_BY = "written down by {name}"


def with_role(name: str, role: Role | None) -> str:
    """Return a person with what they are here; the name alone where nothing shows what."""
    return WITH_ROLE.format(name=name, role=ROLES[role]) if role else name
