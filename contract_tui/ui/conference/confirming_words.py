"""What the student is asked about words that somebody typed for them, and what becomes of these."""

from __future__ import annotations

from contract_tui.language import _

# At most 60 columns.
ASKED_KEY = _("Are these your words? F12 shows what {name} typed.")
# At most 20 columns.
WORDS_TYPED = _("Words typed for you")
WORDS_TYPED_HELP = _("Say whether they are yours (F12)")
NOTHING_TYPED = _("Nothing that somebody typed for you waits for your word.")
WAITS = _("Some of it was typed for you and waits for your word: F12 shows it.")

YOUR_WORDS = _("Are these your words?")
TYPED_FOR_YOU = _("{name} typed this for you ({place}):")
UNTIL_YOU_SAY = _("Nothing is taken out before you say so.")
# At most 20 columns.
MINE = _("These are my words")
# At most 16 columns.
NOT_MINE = _("Not mine")
# At most 16 columns.
LATER = _("Later")
CONFIRMED = _("You said that these are your words.")

NOT_YOURS = _("These are not your words")
SAID_SO = _("{name} typed this ({place}). Beside it everybody reads now that it is not yours:")
TAKE_OUT_OR_LEAVE = _("You can take it out of the text, or leave it there as it is, marked.")
# At most 16 columns.
TAKE_OUT = _("Take it out")
# At most 16 columns.
LEAVE_THEM = _("Leave it there")
TAKEN_OUT = _("It is out of the text. Ctrl+Z there brings it back, marked as it was.")
LEFT = _("It stays, and says that it is not yours. F12 asks again.")
