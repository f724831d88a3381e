"""What a person is told who may not do something with a part of the contract, or cannot."""

from contract_tui.language import _

SECTIONS_ARE_THE_STUDENTS = _(
    "Which sections there are, and in which order, is for the student to say: ask them, or write a "
    "note."
)
HEADING_IS_THE_STUDENTS = _("The student says what this section is called: you can write a note.")
STUDENTS_OWN_WORDS = _(
    "These words are the student’s alone: what you write here becomes a suggestion beside them."
)
ANSWER_IS_THE_STUDENTS = _("The student answers: you can write a note of your own beside it.")
SOMEBODYS_REFLECTION = _("Somebody else thought this: you can write a reflection of your own.")
SOMEBODYS_NOTE = _("Somebody else wrote this note: you can write one of your own beside it.")
NOT_TO_SAY = _("This is not yours to say: write a note beside it instead.")
NOT_TO_CLOSE = _("Whoever this was promised to says what became of it.")
GOAL_IS_THE_STUDENTS = _(
    "A goal is the student’s: only they can let it go. You can write why you see it otherwise."
)
GOAL_COMES_BACK = _(
    "A goal is the student’s: only they can bring it back. You can ask them, or write a note."
)
ADDED_BY_ANOTHER = _("Somebody else added this: only they can take it away.")
TAKEN_BY_ANOTHER = _("Somebody else took this away: they can bring it back, or you write it anew.")
DESTROYED_BY_ANOTHER = _("Whose words these are can bring this back: tell them that it is missing.")
TOO_MANY_HEADS = _("Too many people wrote at once for this to be taken away: write a word.")
HEADING_TOO_LONG = _("A heading has at most {most} characters: put the rest into the section.")
NO_SUCH_SECTION = _("This section is not in the contract any more.")
NO_SUCH_THING = _("This is not in the contract any more.")
NO_STEPS_HERE = _("This goal cannot hold steps.")
