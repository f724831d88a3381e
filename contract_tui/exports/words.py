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
from contract_tui.language import _, pgettext

LANGUAGE = pgettext("the tag of the language that this is translated into", "en")
CONTRACT = _("Learning contract")
NO_GOAL, NO_PROMISE, NO_STEP = _("A goal without a name"), _("A promise without words"), _("A step")
NO_SUPPORT = _("Something that helps")

WRITTEN_BY = _("Written by {names}")
FOREIGN = _("Not the student’s words: “{words}” ({name})")
FOREIGN_ELSEWHERE = _("Not their own words: “{words}” ({name})")
WHO_HELPS = _("Who helps")
REPLACED = _(
    "{instead} stands for a letter or sign that the fonts of this page do not have. "
    "The contract itself has it."
)
PROMISE = _("{by} to {to}")
OWN_PROMISES = _("{name}: what I promise")
PROMISED_TO, PROMISED_TO_MYSELF = _("to {name}"), _("to myself")
PART_OF = _("This is part of “{title}”.")
STILL_YOURS = _(
    "Later, when you are alone with this: are these still your words? They are yours to change."
)
ALL_OF_IT = _("To read all of it: contract-tui open {contract}")
NO_PROMISES = _("nobody has promised anything yet: there is nothing to take home")
NOTHING_PROMISED = _("{name} has not promised anything yet: there is nothing to take home")
CHOICE_BECAME = _("Structure wanted: from {before} to {after}")
CHOICE_IS_OTHER = _("Structure wanted: {words}")
NO_CHOICE = _("no choice")
BECAME = _("{name}: {gone} became {come}")
TOOK_OUT, WITHOUT = _("{name} took out {gone}"), _("without {gone}")
WROTE = _("{name} wrote {come}")
QUOTED = "“{words}”"
NOTHING_YET = _("Nothing is written here yet.")
WRITTEN_ON = _("As it was on {day}")
TAKE_UP = _("Look at it again: {title}")
NO_REVISIT = _("nobody has said yet when to look at it again: there is no day to be shown")
NO_DAY = _("“{when}” is no day that a calendar could show: choose a date like 2026-09-30")
GET_TYPST = _(
    "a PDF needs one more package, which sets pages: pip install typst==0.15.2 where this program "
    "is installed"
)
CONTRACT_ID = _("The contract {contract}")
CHECKING = _(
    "To check these answers: contract-tui verify CONTRACT, or the contract’s file in its place. "
    "It names the contract that it has checked: this one is {contract}."
)

ORIGINS: Mapping[Origin, str] = MappingProxyType(
    {
        Origin.MINE: _("My own goal"),
        Origin.NEGOTIATED: _("We agreed on this goal together"),
        Origin.REQUIRED: _("This goal is required"),
    }
)
STRETCHES: Mapping[Stretch, str] = MappingProxyType(
    {
        Stretch.TOO_EASY: _("It feels too easy"),
        Stretch.RIGHT: _("It feels about right"),
        Stretch.TOO_MUCH: _("It feels like too much"),
    }
)
GOAL_STATES: Mapping[GoalState, str] = MappingProxyType(
    {
        GoalState.IDEA: _("An idea so far"),
        GoalState.TRYING: _("I am trying it"),
        GoalState.CHANGED: _("It has changed"),
        GoalState.REACHED: _("Reached"),
        GoalState.LET_GO: _("I let it go"),
    }
)
NOTE_KINDS: Mapping[NoteKind, str] = MappingProxyType(
    {
        NoteKind.SUGGESTION: _("{name} suggested"),
        NoteKind.WONDERING: _("{name} wonders"),
        NoteKind.DISSENT: _("{name} sees it differently"),
    }
)
NOTE_ABOUT: Mapping[NoteKind, str] = MappingProxyType(
    {
        NoteKind.SUGGESTION: _("{name} suggested, about {place}"),
        NoteKind.WONDERING: _("{name} wonders about {place}"),
        NoteKind.DISSENT: _("{name} sees {place} differently"),
    }
)
NOTHING_INSTEAD = _("to leave this out")
NOTE_ANSWERS: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: _("The student took it"),
        NoteAnswer.CHANGED: _("The student changed it"),
        NoteAnswer.NO: _("The student said no"),
    }
)
ANSWERED = _("The student answered")
ANSWERED_SO = "{answer}: {words}"

BROKEN = _("Something is wrong with an answer, and it does not count: {why}")
