"""How a note stands on a page: who says what about which words, and what the student said to it."""

from collections.abc import Iterator

from contract_tui.contract.items.tokens import NoteAnswer
from contract_tui.contract.reading import Reading, ReadNote, Written
from contract_tui.exports import words
from contract_tui.exports.blocks import Entry


def note_entry(note: ReadNote, reading: Reading) -> Entry:
    """A note with the place that it is about and what the student said to it."""
    hidden = {one.part for one in reading.sections if one.hidden}
    quoted = "" if note.about in hidden else " ".join(note.quoted.split())
    place = f"“{quoted}”" if quoted else _place(note, reading)
    kinds = words.NOTE_ABOUT if place else words.NOTE_KINDS
    label = kinds[note.kind].format(name=note.by.name, place=place)
    answer = words.NOTE_ANSWERS.get(note.answer, "")
    own = note.answer_text.text.strip()
    if own:
        answer = words.ANSWERED_SO.format(answer=answer or words.ANSWERED, words=own)
    instead = words.NOTHING_INSTEAD if note.answer is not NoteAnswer.NOT_SAID or place else ""
    text = Written(instead) if note.text.is_blank else note.text
    return Entry(text, (answer,) if answer else (), label)


def _place(note: ReadNote, reading: Reading) -> str:
    """What the text or the thing is called that a note is about."""
    about = str(note.about or "")
    called = {
        **{str(section.part): section.heading for section in reading.shown},
        **{str(one.id): one.what.text for one in reading.goals},
        **{str(one.id): one.what.text for one in reading.supports},
        **{str(one.id): one.what.text for one in reading.promises},
    }
    name = next((called[one] for one in (about, *_around(about)) if one in called), "")
    return f"“{' '.join(name.split())}”" if name.strip() else ""


def _around(about: str) -> Iterator[str]:
    """Yield the things that a text or a thing is in, the nearest first."""
    while "/" in about:
        about = about.rpartition("/")[0]
        yield about
