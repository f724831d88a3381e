"""What is said around notes: calm, and always whose words these are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.headings import beginning
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind

SHORT, LONG = 60, 240
"""Characters of a passage inside a sentence, and of a note in a text."""

REPLACES = "{name} suggests “{words}” instead of “{old}”."
LEAVES_OUT = "{name} suggests leaving out “{old}”."
ADDS = "{name} suggests adding “{words}”."
MIXED = "Some of these words are by somebody else, who may not write here."
REPLACED = "{name} suggested “{words}” instead of “{old}”."
LEFT_OUT = "{name} suggested leaving out “{old}”."
ADDED = "{name} suggested “{words}”."
GONE = "{name} suggested leaving something out."
WONDERS = "{name} wonders about {about}: {words}"
DISSENTS = "{name} sees {about} differently: {words}"
MISSING = "{name} took out words of {whose}’s: “{words}”"
SAID: Mapping[NoteKind, str] = MappingProxyType(
    {NoteKind.WONDERING: WONDERS, NoteKind.DISSENT: DISSENTS}
)
ABOUT_WORDS = "“{words}”"
ABOUT_ALL = "this"
ABOUT_GONE = "words that are not here any more"

ANSWERED: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: "{student} took it.",
        NoteAnswer.CHANGED: "{student} changed it.",
        NoteAnswer.NO: "{student} said no.",
        NoteAnswer.NOT_SAID: "{student}:",
    }
)

TOLD: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: "{student} took what you suggested: “{words}”.",
        NoteAnswer.CHANGED: "{student} changed what you suggested: “{words}”.",
        NoteAnswer.NO: "{student} said no to what you suggested: “{words}”.",
        NoteAnswer.NOT_SAID: "{student} answered your note “{words}”:",
    }
)
"""What is told to whoever wrote a note, once; the student’s own words come behind it."""
TOLD_BRIEFLY: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: "{student} took what you suggested.",
        NoteAnswer.CHANGED: "{student} changed what you suggested.",
        NoteAnswer.NO: "{student} said no to what you suggested.",
        NoteAnswer.NOT_SAID: "{student} answered your note:",
    }
)

INLINE_WONDERS = "wonders: "
INLINE_DISSENTS = "sees this differently: "
INLINE_LEAVE_OUT = "suggests leaving this out"
INLINE_AFTER = "… {words}"
BEHIND = " …"
"""Behind words that would come before all others of a line."""
INLINE_MISSING = "took out {whose}’s own words: "
NOT_THEIRS = "wrote this, not {name}’s words: "

ANSWER_KEY = "Ctrl+R answer"
PUT_BACK_KEY = "Ctrl+R put back"
WITHDRAW_KEY = "Ctrl+R take it back"
WRITE_KEY = "Ctrl+R a note of your own"
NEXT_KEY = "Ctrl+L next"
CLOSE_KEY = "Esc close"

NO_NOTES = "There are no notes yet. Ctrl+R writes one beside what you selected."
GO_TO_WORDS = "Go to the words that your note is about, then press Ctrl+R."
NOT_BESIDE_TITLE = (
    "Nothing stands beside the title: everybody can change it. Go to other words for a note."
)
MADE = "Your note is beside the words now. {student} can answer it."
MADE_BY_STUDENT = "Your note is beside the words now."
TAKEN = "These words are yours now. Ctrl+Z takes them out again."
ANSWER_SAID = "Your answer is beside the note now."
WITHDRAWN = "Your note is taken back."
IS_BACK = "The words are back."
LET_GO = "These words stay out."

NOTE = "A note beside the words"
NOTE_ABOUT = "About “{words}”"
NOTE_AT_CARET = "A suggestion comes where your cursor is. Anything else is about this whole part."
KIND = "What is it?"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        NoteKind.WONDERING: "I wonder",
        NoteKind.SUGGESTION: "I suggest",
        NoteKind.DISSENT: "I see it differently",
    }
)
YOUR_WORDS = "In your words"
YOUR_WORDS_HINT = "for a suggestion: the words you would put there"
WRITE_BESIDE = "Put it beside"
SAY_SOMETHING = "write what you would say"

ALONE = "These words are {student}’s alone"
BECOMES = (
    "What you type becomes a suggestion. {student} sees it beside the words, and takes it, changes "
    "it, or says no."
)
NOBODY_YET = (
    "What you type becomes a suggestion. As soon as the student is here, they take it, change it, "
    "or say no."
)
SUGGEST = "Suggest it"
NO_DELETING = "You can suggest something: select some of them and press Ctrl+R."

ANSWER = "What do you say?"
YOUR_ANSWER = "Your answer"
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: "I take it",
        NoteAnswer.CHANGED: "I changed it",
        NoteAnswer.NO: "No, because…",
    }
)
IN_YOUR_OWN_WORDS = "In your own words, if you like"
SAY_IT = "Answer"
CHOOSE_ANSWER = "choose one of the three"
WRITE_ANSWER = "write what you would answer"

WITHDRAW = "Take your note back?"
WITHDRAW_CONFIRM = "Take it back"

PUT_BACK = "Words are missing"
PUT_BACK_WHAT = "What becomes of them?"
BACK, GO = "back", "go"
PUT_BACK_CHOICES: Mapping[str, str] = MappingProxyType({BACK: "put them back", GO: "let them go"})
DO_IT = "Do it"


def short(text: str, most: int = SHORT) -> str:
    """Return the beginning of a text in one line."""
    return beginning(text, most)
