"""Notes and where they are attached: to some words, to a text, or to a thing of the contract."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from contract_tui.contract.crdt import Writer
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.items.values import Items, Note
from contract_tui.contract.places import BadPlace, Place, read_character, read_place, write_place
from contract_tui.contract.records import Write, begin_turn
from contract_tui.contract.schema import PartId
from contract_tui.contract.splice import Splice, stretches
from contract_tui.contract.text import SharedText
from sync_server.protocol.operations import ElementId

TextOf = Callable[[PartId], SharedText]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a note stands now. All offsets count code points."""

    part: PartId | None = None
    """The text that it is about; None where it is about a thing."""
    thing: ItemId | None = None
    """The thing that it is about."""
    stretches: tuple[tuple[int, int], ...] = ()
    """What is left of the words that it is about, from offset to offset."""
    at: int = 0
    """Where the words of a suggestion would come."""
    is_gone: bool = False
    """Whether it was about some words and none of them is left."""


class Places:
    """Finds what notes are about among the texts and things of a contract as they stand."""

    def __init__(self, items: Items, texts: Mapping[PartId, ElementId], text_of: TextOf) -> None:
        self._parts = {obj: part for part, obj in texts.items()}
        self._things = {thing.object: thing.id for thing in items}
        self._text_of = text_of

    def find(self, note: Note) -> Located | None:
        """Where a note stands; None where what it is about is no part of the contract."""
        try:
            place, after = read_place(note.about), read_character(note.after)
        except BadPlace:
            return None
        if (part := self._parts.get(place.object)) is not None:
            return _in_text(part, self._text_of(part), place, after)
        thing = self._things.get(place.object)
        return Located(thing=thing) if thing is not None and not place.elements else None

    def became(self, note: Note) -> tuple[tuple[int, int], ...]:
        """What is left of the words that a suggestion became, in the text that it is about."""
        try:
            place = read_place(note.became)
        except BadPlace:
            return ()
        part = self._parts.get(place.object)
        return _standing(self._text_of(part), place.elements) if part is not None else ()


def is_open(note: Note, answer_text: str) -> bool:
    """Whether a note waits for a word of the student's."""
    if note.removal is not None or note.kind is None:
        return False
    return note.answer is NoteAnswer.NOT_SAID and not answer_text.strip()


def is_suggestion(note: Note) -> bool:
    """Whether a note suggests other words."""
    return note.kind is NoteKind.SUGGESTION


@dataclass(frozen=True, slots=True)
class Taking:
    """What makes a suggestion text."""

    splices: tuple[Splice, ...]
    """Each of the text after the one before."""
    start: int
    """Where the new words stand in the end."""
    end: int


def taking(located: Located, text: str) -> Taking:
    """Put in the words of a suggestion, and take out what it replaces as far as that stands.

    What others wrote between the old words stays, behind the new ones.
    """
    at = located.at
    runs = [
        run
        for start, end in located.stretches
        for run in ((start, min(end, at)), (max(start, at), end))
        if run[0] < run[1]
    ]
    splices = [Splice(at, at, text)] if text else []
    for start, end in reversed(runs):
        shift = len(text) if start >= at else 0
        splices.append(Splice(start + shift, end + shift, ""))
    begin = at - sum(end - start for start, end in runs if end <= at)
    return Taking(tuple(splices), begin, begin + len(text))


def answering(
    note: Note,
    answer: NoteAnswer,
    words: tuple[ElementId, int, int] | None = None,
    turn_at: int | None = None,
) -> Write:
    """Note the student's answer, and which words of a text a suggestion became."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        if words is not None:
            writer.put(note.object, "became", write_place(words[0], writer.ids(*words)))
        if note.answer is not answer:
            writer.put(note.object, "answer", answer.value)

    return write


def _in_text(part: PartId, text: SharedText, place: Place, after: ElementId | None) -> Located:
    runs = _standing(text, place.elements)
    at = text.offset_of(after)
    if at is None:  # it went before the contract was opened here
        at = runs[0][0] if runs else len(text.text)
    return Located(part, None, runs, at, bool(place.elements) and not runs)


def _standing(text: SharedText, elements: frozenset[ElementId]) -> tuple[tuple[int, int], ...]:
    if not elements:
        return ()
    return tuple(stretches(at for at, one in enumerate(text.ids) if one in elements))


def newest_last(notes: Sequence[Note]) -> list[Note]:
    """Notes in the order in which they came to be."""
    return sorted(notes, key=lambda one: (one.object.counter, one.object.actor))
