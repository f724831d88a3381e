"""Notes and where they are attached: to some words, to a text, or to a thing of the contract."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from contract_tui.contract.crdt import Writer
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.items.values import Items, Note
from contract_tui.contract.records import Write, begin_turn
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.mirror import SharedText
from contract_tui.contract.text.places import (
    BadPlace,
    Place,
    read_character,
    read_place,
    write_place,
)
from contract_tui.contract.text.splice import Splice, stretches
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
    is_guessed: bool = False
    """Whether nobody here knows any more what stood before the words of a suggestion."""


class Places:
    """Finds what notes are about among the texts and things of a contract as they stand."""

    def __init__(self, items: Items, texts: Mapping[PartId, ElementId], text_of: TextOf) -> None:
        self._parts = {obj: part for part, obj in texts.items()}
        self._things = {thing.object: thing.id for thing in items}
        self._text_of = text_of
        self._offsets: dict[PartId, _Offsets] = {}

    def find(self, note: Note) -> Located | None:
        """Where a note stands; None where what it is about is no part of the contract."""
        try:
            place, after = read_place(note.about), read_character(note.after)
        except BadPlace:
            return None
        if (part := self._parts.get(place.object)) is not None:
            return _in_text(part, self._of(part), place, after)
        thing = self._things.get(place.object)
        return Located(thing=thing) if thing is not None and not place.elements else None

    def became(self, note: Note) -> tuple[tuple[int, int], ...]:
        """What is left of the words that a suggestion became, in the text that it is about."""
        try:
            place = read_place(note.became)
        except BadPlace:
            return ()
        part = self._parts.get(place.object)
        return self._of(part).standing(place.elements) if part is not None else ()

    def _of(self, part: PartId) -> "_Offsets":
        """Where the characters of a text stand; looked up once for all notes about it."""
        text, known = self._text_of(part), self._offsets.get(part)
        if known is None or known.text is not text or known.version != text.version:
            known = self._offsets[part] = _Offsets(text)
        return known


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


class _Offsets:
    """Where the characters of a text stand at one version of it."""

    def __init__(self, text: SharedText) -> None:
        self.text = text
        self.version = text.version
        self._last = {element: offset for offset, element in enumerate(text.ids)}
        """An element of several characters stands where its last one does."""

    def standing(self, elements: frozenset[ElementId]) -> tuple[tuple[int, int], ...]:
        """From where to where some characters stand."""
        if not self.text.plain:
            offsets = [at for at, one in enumerate(self.text.ids) if one in elements]
        else:
            here = self._last.keys() & elements if elements else ()
            offsets = sorted(self._last[one] for one in here)
        return tuple(stretches(offsets))

    def behind(self, element: ElementId | None) -> int | None:
        """The offset behind a character, or where it was; None where nobody knows any more."""
        alive = self.text.tombstones.survivor(element)
        if alive is None:
            return 0
        return self._last[alive] + 1 if alive in self._last else None


def _in_text(part: PartId, text: _Offsets, place: Place, after: ElementId | None) -> Located:
    runs = text.standing(place.elements)
    known = text.behind(after)
    guessed = runs[0][0] if runs else len(text.text.text)
    at = guessed if known is None else known
    return Located(part, None, runs, at, bool(place.elements) and not runs, known is None)


def newest_last(notes: Sequence[Note]) -> list[Note]:
    """Notes in the order in which they came to be."""
    return sorted(notes, key=lambda one: (one.object.counter, one.object.actor))
