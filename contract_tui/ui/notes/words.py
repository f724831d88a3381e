"""What is said around notes: calm, and always whose words these are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.headings import beginning
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.language import _, pgettext

SHORT, LONG = 60, 240
"""Characters of a passage inside a sentence, and of a note in a text."""

REPLACES = _("{name} suggests “{words}” instead of “{old}”.")
LEAVES_OUT = _("{name} suggests leaving out “{old}”.")
ADDS = _("{name} suggests adding “{words}”.")
MIXED = _("Some of these words are by somebody else, who may not write here.")
REPLACED = _("{name} suggested “{words}” instead of “{old}”.")
LEFT_OUT = _("{name} suggested leaving out “{old}”.")
ADDED = _("{name} suggested “{words}”.")
GONE = _("{name} suggested leaving something out.")
WONDERS = _("{name} wonders about {about}: {words}")
DISSENTS = _("{name} sees {about} differently: {words}")
MISSING = _("{name} took out words of {whose}’s: “{words}”")
SAID: Mapping[NoteKind, str] = MappingProxyType(
    {NoteKind.WONDERING: WONDERS, NoteKind.DISSENT: DISSENTS}
)
ABOUT_WORDS = "“{words}”"
ABOUT_ALL = _("this")
ABOUT_GONE = _("words that are not here any more")

ANSWERED: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: _("{student} took it."),
        NoteAnswer.CHANGED: _("{student} changed it."),
        NoteAnswer.NO: _("{student} said no."),
        NoteAnswer.NOT_SAID: "{student}:",
    }
)

TOLD: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: _("{student} took what you suggested: “{words}”."),
        NoteAnswer.CHANGED: _("{student} changed what you suggested: “{words}”."),
        NoteAnswer.NO: _("{student} said no to what you suggested: “{words}”."),
        NoteAnswer.NOT_SAID: _("{student} answered your note “{words}”:"),
    }
)
"""What is told to whoever wrote a note, once; the student’s own words come behind it."""
TOLD_BRIEFLY: Mapping[NoteAnswer, str] = MappingProxyType(
    {
        NoteAnswer.TOOK: _("{student} took what you suggested."),
        NoteAnswer.CHANGED: _("{student} changed what you suggested."),
        NoteAnswer.NO: _("{student} said no to what you suggested."),
        NoteAnswer.NOT_SAID: _("{student} answered your note:"),
    }
)

INLINE_WONDERS = _("wonders:") + " "
INLINE_DISSENTS = _("sees this differently:") + " "
INLINE_LEAVE_OUT = _("suggests leaving this out")
INLINE_AFTER = "… {words}"
BEHIND = " …"
"""Behind words that would come before all others of a line."""
INLINE_MISSING = _("took out {whose}’s own words:") + " "
NOT_THEIRS = _("wrote this, not {name}’s words:") + " "

# At most 30 columns.
ANSWER_KEY = _("Ctrl+R answer")
# At most 30 columns.
PUT_BACK_KEY = _("Ctrl+R put back")
# At most 30 columns.
WITHDRAW_KEY = _("Ctrl+R take it back")
# At most 30 columns.
WRITE_KEY = _("Ctrl+R a note of your own")
# At most 22 columns.
NEXT_KEY = _("Ctrl+L next")
# At most 22 columns.
CLOSE_KEY = _("Esc close")

NO_NOTES = _("There are no notes yet. Ctrl+R writes one beside what you selected.")
GO_TO_WORDS = _("Go to the words that your note is about, then press Ctrl+R.")
NOT_BESIDE_TITLE = _(
    "Nothing stands beside the title: everybody can change it. Go to other words for a note."
)
MADE = _("Your note is beside the words now. {student} can answer it.")
MADE_BY_STUDENT = _("Your note is beside the words now.")
TAKEN = _("These words are yours now. Ctrl+Z takes them out again.")
ANSWER_SAID = _("Your answer is beside the note now.")
WITHDRAWN = _("Your note is taken back.")
IS_BACK = _("The words are back.")
LET_GO = _("These words stay out.")

NOTE = _("A note beside the words")
NOTE_ABOUT = _("About “{words}”")
NOTE_AT_CARET = _(
    "A suggestion comes where your cursor is. Anything else is about this whole part."
)
KIND = _("What is it?")
KINDS: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        NoteKind.WONDERING: _("I wonder"),
        # At most 34 columns.
        NoteKind.SUGGESTION: _("I suggest"),
        # At most 34 columns.
        NoteKind.DISSENT: _("I see it differently"),
    }
)
YOUR_WORDS = _("In your words")
YOUR_WORDS_HINT = _("for a suggestion: the words you would put there")
# At most 16 columns.
WRITE_BESIDE = _("Put it beside")
SAY_SOMETHING = _("write what you would say")

ALONE = _("These words are {student}’s alone")
BECOMES = _(
    "What you type becomes a suggestion. {student} sees it beside the words, and takes it, changes "
    "it, or says no."
)
NOBODY_YET = _(
    "What you type becomes a suggestion. As soon as the student is here, they take it, change it, "
    "or say no."
)
# At most 16 columns.
SUGGEST = _("Suggest it")
NO_DELETING = _("You can suggest something: select some of them and press Ctrl+R.")

ANSWER = _("What do you say?")
YOUR_ANSWER = _("Your answer")
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        NoteAnswer.TOOK: _("I take it"),
        # At most 34 columns.
        NoteAnswer.CHANGED: _("I changed it"),
        # At most 34 columns.
        NoteAnswer.NO: _("No, because…"),
    }
)
IN_YOUR_OWN_WORDS = _("In your own words, if you like")
# At most 16 columns.
SAY_IT = pgettext("button", "Answer")
CHOOSE_ANSWER = _("choose one of the three")
BECAUSE = _("Because…? Say why, if you like, or answer once more without it")
WRITE_ANSWER = _("write what you would answer")

WITHDRAW = _("Take your note back?")
# At most 16 columns.
WITHDRAW_CONFIRM = _("Take it back")

PUT_BACK = _("Words are missing")
PUT_BACK_WHAT = _("What becomes of them?")
BACK, GO = "back", "go"
PUT_BACK_CHOICES: Mapping[str, str] = MappingProxyType(
    {
        # At most 34 columns.
        BACK: _("put them back"),
        # At most 34 columns.
        GO: _("let them go"),
    }
)
# At most 16 columns.
DO_IT = _("Do it")

KEPT = _(
    "What you wrote is kept for as long as this contract is open. It stands there when you come "
    "back to it."
)


def short(text: str, most: int = SHORT) -> str:
    """Return the beginning of a text in one line."""
    return beginning(text, most)
