"""What a person is told who may not do something in a conference, or cannot; and who typed what."""

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.language import _

AGENDA_IS_THE_STUDENTS = _(
    "What the conference goes through, and in which order, is for the student to say: ask them."
)
STUDENT_GOES_ON = _("The student’s key goes on: you can ask to go on.")
STUDENT_CLOSES = _("The student closes the conference. You can leave, and it rests.")
STUDENT_BEGINS_ANOTHER = _("This conference goes on: the student can leave it and begin another.")
NO_CONFERENCE = _("No conference is going on: begin one.")
NOTHING_TO_BEGIN_WITH = _("The agenda is empty: put something into it first.")
MOVED_TOO_OFTEN = _(
    "This conference has gone back and forth too often: close it and begin another."
)
MINUTES_OUT_OF_RANGE = _("Between 1 and {most} minutes, please.")
TOO_MANY_PHASES = _("There is no room for another phase: take one out first.")
LAST_PHASE = _("A conference needs at least one phase: add another before you take this one out.")
NO_NAME = _("Give this phase a name.")
NAME_TOO_LONG = _("The name of a phase has at most {most} characters.")
PROMPT_TOO_LONG = _("A question has at most {most} characters here.")
NO_SUCH_PHASE = _("This phase is not in the agenda any more.")
STUDENTS_OWN = _("Only the student writes here, whoever was asked to: you can suggest words.")
NOT_YOURS_TO_CONFIRM = _("The student says whether these are their words.")
"""Said to whoever else would confirm what an adult was asked to write."""

TYPED: Mapping[Confirmation, str] = MappingProxyType(
    {
        Confirmation.NOT_YET: _("typed by {name}, not confirmed yet by {student}"),
        Confirmation.CONFIRMED: _("typed by {name}, confirmed by {student}"),
        Confirmation.NOT_MINE: _("typed by {name}, not {student}’s words"),
    }
)
"""Said of what somebody was asked to type, wherever it is shown: on screens, on pages, of the past.

Where nobody knows what the student is called, `student` is *the student*.
"""
