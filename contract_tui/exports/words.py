"""What the pages say of themselves, in whole sentences with names to be filled in."""

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.items.tokens import (
    GoalState,
    NoteAnswer,
    NoteKind,
    Origin,
    Stretch,
)

CONTRACT = "Learning contract"
NO_GOAL, NO_PROMISE, NO_STEP = "A goal without a name", "A promise without words", "A step"
NO_SUPPORT = "Something that helps"

WRITTEN_BY = "Written by {names}"
FOREIGN = "Not the student’s words: “{words}” ({name})"
FOREIGN_ELSEWHERE = "Not their own words: “{words}” ({name})"
WHO_HELPS = "Who helps"
REPLACED = (
    "{instead} stands for a letter or sign that the fonts of this page do not have. "
    "The contract itself has it."
)
PROMISE = "{by} to {to}"
OWN_PROMISES = "{name}: what I promise"
PROMISED_TO, PROMISED_TO_MYSELF = "to {name}", "to myself"
PART_OF = "This is part of “{title}”."
ALL_OF_IT = "To read all of it: contract-tui open {contract}"
NO_PROMISES = "nobody has promised anything yet: there is nothing to take home"
NOTHING_PROMISED = "{name} has not promised anything yet: there is nothing to take home"
CHOICE_BECAME = "Structure wanted: {before} became {after}"
CHOICE_IS_OTHER = "Structure wanted: {words}"
NO_CHOICE = "no choice"
BECAME = "{name}: {gone} became {come}"
TOOK_OUT, WITHOUT = "{name} took out {gone}", "without {gone}"
WROTE = "{name} wrote {come}"
QUOTED = "“{words}”"
NOTHING_YET = "Nothing is written here yet."
WRITTEN_ON = "As it was on {day}"
TAKE_UP = "Look at it again: {title}"
NO_REVISIT = "nobody has said yet when to look at it again: there is no day to be shown"
NO_DAY = "“{when}” is no day that a calendar could show: choose a date like 2026-09-30"
GET_TYPST = (
    "a PDF needs one more package, which sets pages: pip install typst==0.15.2 where this program "
    "is installed"
)
CONTRACT_ID = "The contract {contract}"
CHECKING = (
    "To check these answers: contract-tui verify CONTRACT, or the contract’s file in its place. "
    "It names the contract that it has checked: this one is {contract}."
)

ORIGINS: Mapping[Origin, str] = MappingProxyType(
    {
        Origin.MINE: "My own goal",
        Origin.NEGOTIATED: "We agreed on this goal together",
        Origin.REQUIRED: "This goal is required",
    }
)
STRETCHES: Mapping[Stretch, str] = MappingProxyType(
    {
        Stretch.TOO_EASY: "It feels too easy",
        Stretch.RIGHT: "It feels about right",
        Stretch.TOO_MUCH: "It feels like too much",
    }
)
GOAL_STATES: Mapping[GoalState, str] = MappingProxyType(
    {
        GoalState.IDEA: "An idea so far",
        GoalState.TRYING: "I am trying it",
        GoalState.CHANGED: "It has changed",
        GoalState.REACHED: "Reached",
        GoalState.LET_GO: "I let it go",
    }
)
NOTE_KINDS: Mapping[NoteKind, str] = MappingProxyType(
    {
        NoteKind.SUGGESTION: "{name} suggested",
        NoteKind.WONDERING: "{name} wonders",
        NoteKind.DISSENT: "{name} sees it differently",
    }
)
NOTE_ABOUT: Mapping[NoteKind, str] = MappingProxyType(
    {
        NoteKind.SUGGESTION: "{name} suggested, about {place}",
        NoteKind.WONDERING: "{name} wonders about {place}",
        NoteKind.DISSENT: "{name} sees {place} differently",
    }
)
NOTHING_INSTEAD = "to leave this out"
NOTE_ANSWERS: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: "The student took it",
        NoteAnswer.CHANGED: "The student changed it",
        NoteAnswer.NO: "The student said no",
    }
)
ANSWERED = "The student answered"
ANSWERED_SO = "{answer}: {words}"

BROKEN = "Something is wrong with an answer, and it does not count: {why}"
