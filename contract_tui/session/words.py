"""What a person is told who cannot do what they wanted in an open contract.

What is only theirs or another's to write is told in the words of the things (`items.words`).
"""

from contract_tui.language import _

READING_ALONG = _("you are reading along: ask for an invitation to write here")
NO_ANSWER_ALONG = _("you are reading along: ask for an invitation to answer")

TOO_LONG_TO_BRING_BACK = _("This is too long to be brought back: {most} characters fit here.")
NO_ROOM_FOR_PASSAGE = _("This passage does not fit here any more: make room for it first.")
NO_ROOM = _("There is no room for this: make something shorter first.")

LOST_WORDS_ARE_THEIRS = _("Only those whose words these are put them back, or let them go.")

NO_SUGGESTION_HERE = _("These are somebody’s own words: you can wonder about them instead.")
NOBODY_PUTS_WORDS_HERE = _("These are somebody else’s own words: nobody puts others into them.")
ONLY_SUGGESTIONS_ARE_TAKEN = _("Only a suggestion can be taken or not: answer in words.")
NO_SUCH_NOTE = _("This note is not in the contract any more.")
WORDS_ARE_GONE = _("The words that this is about are not in the contract any more.")
SUGGESTION_IS_OTHER = _("The suggestion has changed meanwhile: read it once more.")
ANSWER_TOO_LONG = _("This is too long for an answer: {most:,} characters fit here.")
NOTE_TOO_LONG = _("This is too long for a note: {most:,} characters fit in one.")
PASSAGE_TOO_LONG = _("This is too long for one note: choose a shorter passage.")

NOTE_MISSING = _("Write the note first, or agree without one.")
NOTE_BESIDE_TOO_LONG = _("A note has at most {most} characters: write it shorter.")
TOO_MANY_HEADS = _("Too many people wrote at once for this to be signed: write a word.")
