"""What a person is told who cannot do what they wanted in an open contract.

What is only theirs or another's to write is told in the words of the things (`items.words`).
"""

READING_ALONG = "you are reading along: ask for an invitation to write here"
NO_ANSWER_ALONG = "you are reading along: ask for an invitation to answer"

TOO_LONG_TO_BRING_BACK = "This is too long to be brought back: {most} characters fit here."
NO_ROOM_FOR_PASSAGE = "This passage does not fit here any more: make room for it first."
NO_ROOM = "There is no room for this: make something shorter first."

LOST_WORDS_ARE_THEIRS = "Only those whose words these are put them back, or let them go."

NO_SUGGESTION_HERE = "These are somebody’s own words: you can wonder about them instead."
NOBODY_PUTS_WORDS_HERE = "These are somebody else’s own words: nobody puts others into them."
ONLY_SUGGESTIONS_ARE_TAKEN = "Only a suggestion can be taken or not: answer in words."
NO_SUCH_NOTE = "This note is not in the contract any more."
WORDS_ARE_GONE = "The words that this is about are not in the contract any more."
SUGGESTION_IS_OTHER = "The suggestion has changed meanwhile: read it once more."
ANSWER_TOO_LONG = "This is too long for an answer: {most:,} characters fit here."
NOTE_TOO_LONG = "This is too long for a note: {most:,} characters fit in one."
PASSAGE_TOO_LONG = "This is too long for one note: choose a shorter passage."

NOTE_MISSING = "Write the note first, or agree without one."
NOTE_BESIDE_TOO_LONG = "A note has at most {most} characters: write it shorter."
TOO_MANY_HEADS = "Too many people wrote at once for this to be signed: write a word."
