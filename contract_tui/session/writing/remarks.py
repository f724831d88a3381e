"""What people say beside the words of a contract: suggestions, wonderings, dissents, and answers.

A suggestion is the words of whoever makes it, and no part of the contract. The student makes them
their own by taking them, or says what else becomes of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, NotYours, TooMuch
from contract_tui.contract.items import notes, paths, writing
from contract_tui.contract.items.notes import Located, Places
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.rights import ALONE
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.items.values import Items, Note
from contract_tui.contract.items.words import ANSWER_IS_THE_STUDENTS
from contract_tui.contract.schema import PartId, limit
from contract_tui.contract.text.places import (
    BadPlace,
    read_place,
    write_character,
    write_place,
)
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.contract.values import Heads
from contract_tui.library.world import World
from contract_tui.session import words
from contract_tui.session.copies.mending import rewriting
from contract_tui.session.copies.replica import Replica
from contract_tui.session.writing.desk import Desk
from contract_tui.session.writing.pen import Pen
from sync_server.access.proof import Seat
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId


class Passage(NamedTuple):
    """Some words of a text, from offset to offset."""

    part: PartId
    start: int
    end: int


About = Passage | PartId | ItemId
"""What a note is about: some words, a whole text, or a thing."""


class Remarks:
    """Writes notes and answers for one person; everything raises ReadOnlySeat for who reads along.

    What a person has no right to do raises NotYours, what is not there any more ContractError.
    """

    def __init__(
        self, me: Seat | None, replica: Replica, pen: Pen, desk: Desk, world: World
    ) -> None:
        self._me = me
        self._replica = replica
        self._pen = pen
        self._desk = desk
        self._world = world
        self._sought: set[ElementId] = set()
        """The notes for which the past was asked where their place was."""
        self._places: tuple[Items, Contract, Places] | None = None

    # Looking

    @property
    def notes(self) -> Sequence[Note]:
        """All notes that nobody withdrew, the first ones first."""
        found = [one for one in self._contract.items.notes if one.removal is None and one.kind]
        return notes.newest_last(found)

    def located(self, note: Note) -> Located | None:
        """Where a note stands now; None where what it is about is no part of the contract."""
        found = self._placed.find(note)
        if found is None or found.part is None or not found.is_guessed:
            return found
        if note.object in self._sought:
            return found
        self._sought.add(note.object)  # what stood there went before the contract was opened
        self._contract.text(found.part).remember(self._version_of(note.object))
        return self._placed.find(note)

    def became(self, note: Note) -> tuple[tuple[int, int], ...]:
        """What is left of the words that a suggestion became."""
        return self._placed.became(note)

    def is_open(self, note: Note) -> bool:
        """Whether a note waits for a word of the student's."""
        return notes.is_open(note, self.words(note, "answer_text"))

    def words(self, note: Note, field: str = "text") -> str:
        """What a note says, or what the student answered it in their own words."""
        return self._contract.text(note.part(field)).text if field in note.texts else ""

    # Writing

    def suggest(self, part: PartId, splice: Splice) -> ItemId:
        """Suggest a change of a text; raises TooMuch for more than one note can be about."""
        owner = paths.owner(part)
        if owner is not None and paths.kind(owner) in ALONE:
            raise NotYours(words.NO_SUGGESTION_HERE)
        text = self._contract.text(part)
        if splice.is_empty or not splice.fits(len(text.text)):
            raise ValueError(f"cannot suggest {splice!r} for {len(text.text)} characters")
        about = _written(text.object, text.ids[splice.start : splice.end])
        after = write_character(text.anchor_at(splice.start))
        return self._add(NoteKind.SUGGESTION, about, splice.text, {"after": after})

    def wonder(self, about: About, text: str) -> ItemId:
        """Ask something about some words, a text or a thing."""
        return self._add(NoteKind.WONDERING, self._name(about), text)

    def dissent(self, about: About, text: str) -> ItemId:
        """Say that one sees it differently."""
        return self._add(NoteKind.DISSENT, self._name(about), text)

    def withdraw(self, note: ItemId) -> bool:
        """Take a note of one's own back; it can be brought back."""
        return self._desk.remove(note)

    def answer(
        self, note: ItemId, answer: NoteAnswer, text: str = "", *, seen: str | None = None
    ) -> None:
        """Answer a note as the student, with words of one's own or without.

        To take a suggestion makes its words text, in one change. `seen` are the words that the
        student was shown: if they are others by now, nothing is taken.
        """
        found = self._found(note)
        if not self._desk.is_student:
            raise NotYours(ANSWER_IS_THE_STUDENTS)
        if answer is not NoteAnswer.NOT_SAID and not notes.is_suggestion(found):
            raise ContractError(words.ONLY_SUGGESTIONS_ARE_TAKEN)
        own, most = clean(text), limit(found.part("answer_text"))
        if len(own) > most:
            raise TooMuch(words.ANSWER_TOO_LONG.format(most=most))
        if answer is NoteAnswer.TOOK and not self.became(found):
            self._take(note, seen)
        elif answer is not found.answer:
            self._pen.write(found.part("text"), lambda at: self._noting(note, answer, at))
        self._say(found, own)

    # How it is done

    def _version_of(self, made: ElementId) -> Heads:
        """The version at which somebody made an object; empty where that cannot be told."""
        graph, actor = self._replica.graph, Actor(made.actor)
        seqs = range(1, graph.last_seq(actor) + 1)
        seq = bisect_right(seqs, made.counter, key=lambda seq: graph.start_of(actor, seq))
        return (graph.hashes[graph.position_of(actor, seq)],) if seq else ()

    @property
    def _contract(self) -> Contract:
        return self._replica.contract

    @property
    def _placed(self) -> Places:
        contract = self._contract
        known = self._places
        if known is None or known[0] is not contract.items or known[1] is not contract:
            places = Places(contract.items, contract.texts, contract.text)
            if known is None or known[1] is not contract:
                self._sought.clear()
            known = self._places = (contract.items, contract, places)
        return known[2]

    def _found(self, note: ItemId) -> Note:
        found = self._contract.items.find(note)
        if not isinstance(found, Note) or found.kind is None or found.removal is not None:
            raise ContractError(words.NO_SUCH_NOTE)
        return found

    def _name(self, about: About) -> str:
        """What a note is about, as every copy of the contract finds it."""
        if isinstance(about, Passage):
            text = self._contract.text(about.part)
            return _written(text.object, text.ids[about.start : about.end])
        thing = self._contract.items.find(ItemId(about))
        return write_place(thing.object if thing else self._contract.text(PartId(about)).object)

    def _add(
        self, kind: NoteKind, about: str, text: str, said: dict[str, writing.Plain] | None = None
    ) -> ItemId:
        key = self._world.entropy(8).hex()
        by = self._me.id if self._me else ""
        note = paths.item(paths.NOTES_LIST, key)
        part = paths.part_of(note, "text")
        if len(text) > limit(part):
            raise TooMuch(words.NOTE_TOO_LONG.format(most=limit(part)))
        all_said = {"kind": kind.value, "by": by, "about": about, **(said or {})}
        thing = {"text": text}
        self._pen.write(
            part,
            lambda at: self._contract.change(
                writing.add(paths.NOTES_LIST, key, all_said, thing, turn_at=at)
            ),
        )
        return note

    def _take(self, note: ItemId, seen: str | None) -> None:
        located = self.located(self._found(note))
        if located is None or located.part is None:
            raise ContractError(words.WORDS_ARE_GONE)
        part = located.part
        if not self._pen.may_write(part):
            raise NotYours(words.NOBODY_PUTS_WORDS_HERE)

        def write(turn_at: int | None) -> bytes | None:
            return self._taking(note, part, seen, turn_at)

        self._pen.write(part, write)

    def _taking(
        self, note: ItemId, part: PartId, seen: str | None, turn_at: int | None
    ) -> bytes | None:
        found = self._found(note)
        located, come = self.located(found), clean(self.words(found))
        if located is None or (seen is not None and clean(seen) != come):
            raise ContractError(words.SUGGESTION_IS_OTHER)
        taking = notes.taking(located, come)
        room = limit(part) - len(self._contract.text(part).text)
        if sum(splice.length_change for splice in taking.splices) > max(0, room):
            raise TooMuch(words.NO_ROOM)
        if not taking.splices:
            return self._noting(note, NoteAnswer.TOOK, turn_at)
        became = (self._contract.texts[part], taking.start, taking.end)
        noted = notes.answering(found, NoteAnswer.TOOK, became)
        return self._contract.rewrite(part, taking.splices, turn_at, noted)

    def _noting(self, note: ItemId, answer: NoteAnswer, turn_at: int | None) -> bytes | None:
        found = self._found(note)
        if found.answer is answer:
            return None
        return self._contract.change(notes.answering(found, answer, turn_at=turn_at))

    def _say(self, note: Note, text: str) -> None:
        """Put the student's own words under a note; those that are there stay if there are none."""
        if not text or "answer_text" not in note.texts:
            return
        part = note.part("answer_text")
        while self._pen.write(part, rewriting(self._replica, part, text)):
            pass


def _written(obj: ElementId, elements: Sequence[ElementId]) -> str:
    """A place that everybody can read; raises TooMuch."""
    place = write_place(obj, elements)
    try:
        read_place(place)
    except BadPlace as error:
        raise TooMuch(words.PASSAGE_TOO_LONG) from error
    return place
