"""What a person is told who may not do something in a conference, or cannot."""

AGENDA_IS_THE_STUDENTS = (
    "What the conference goes through, and in which order, is for the student to say: ask them."
)
STUDENT_GOES_ON = "The student’s key goes on: you can ask to go on."
STUDENT_CLOSES = "The student closes the conference. You can leave, and it rests."
NO_CONFERENCE = "No conference is going on: begin one."
NOTHING_TO_BEGIN_WITH = "The agenda is empty: put something into it first."
MOVED_TOO_OFTEN = "This conference has gone back and forth too often: close it and begin another."
MINUTES_OUT_OF_RANGE = "Between 1 and {most} minutes, please."
TOO_MANY_PHASES = "There is no room for another phase: take one out first."
LAST_PHASE = "A conference needs at least one phase: add another before you take this one out."
NO_NAME = "Give this phase a name."
NAME_TOO_LONG = "The name of a phase has at most {most} characters."
PROMPT_TOO_LONG = "A question has at most {most} characters here."
NO_SUCH_PHASE = "This phase is not in the agenda any more."
NOT_YOURS_TO_CONFIRM = "The student says whether these are their words."
"""Said to whoever else would confirm what an adult was asked to write."""
