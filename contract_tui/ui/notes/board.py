"""All notes of a contract, and all words that are missing, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.notes import Located, is_suggestion
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.items.values import Note
from contract_tui.contract.past.losses import Lost
from contract_tui.contract.schema import PartId
from contract_tui.contract.shape import LISTED
from contract_tui.contract.text.voice import not_theirs
from contract_tui.session.session import Session
from contract_tui.ui.ink import Ink
from contract_tui.ui.names import name_of, student_of, together
from contract_tui.ui.pages.places import place_of
from contract_tui.ui.people import Inks
from sync_server.access.proof import SeatId


@dataclass(frozen=True, slots=True)
class Posted:
    """One thing that stands beside the words."""

    key: str
    """What tells it from all others."""
    part: PartId | None
    """The text that it stands beside; None where there is none any more."""
    at: int
    """Where in that text."""
    by: SeatId
    ink: Ink | None
    name: str
    words: str
    """What it says: of a suggestion what would come, of missing words these."""
    is_open: bool
    """Whether it waits for the student."""
    old: str = ""
    """The words that it is about, as far as they stand."""
    note: Note | None = None
    located: Located | None = None
    answer_text: str = ""
    lost: Lost | None = None
    whose: str = ""
    """Of missing words, who wrote them."""
    is_mixed: bool = False
    """Whether somebody else wrote in it, or in the answer, who may not."""

    @property
    def is_suggestion(self) -> bool:
        """Whether it suggests other words."""
        return self.note is not None and is_suggestion(self.note)


class Board:
    """Everything that is beside the words of an open contract."""

    def __init__(self, session: Session, inks: Inks) -> None:
        self._session = session
        self._contract = session.contract
        self._inks = inks
        remarks = session.remarks
        found = [self._note(note) for note in remarks.notes]
        found += [self._missing(lost) for lost in session.recovery.lost]
        found = [one for one in found if one.part is None or self._is_shown(one.part)]
        self.posted: Sequence[Posted] = sorted(found, key=self._place())
        """In the order of the contract; what stands nowhere any more comes last."""

    @property
    def student(self) -> str:
        """What the student is called inside a sentence."""
        return student_of(self._contract)

    def owner(self, part: PartId) -> str:
        """Whose words alone belong in a text: the student’s, or whoever’s reflection it is."""
        thing = self._contract.items.find(paths.owner(part) or ItemId(""))
        is_authors = thing is not None and paths.kind(thing.id) == paths.REFLECTIONS_LIST
        return name_of(self._contract, thing.added_by) if thing and is_authors else self.student

    def _is_shown(self, part: PartId) -> bool:
        """Whether a text is on any page: what was taken away or hidden takes its notes along."""
        thing = paths.owner(part)
        if thing is None or paths.kind(thing) not in LISTED:
            section = paths.key(thing) if thing else part
            hidden = {one.part for one in self._contract.sections if one.hidden}
            return section not in hidden
        things = (thing, paths.goal_of(thing))
        found = [self._contract.items.find(one) for one in things]
        return all(one is None or one.removal is None for one in found)

    def beside(self, part: PartId) -> list[Posted]:
        """Return what stands beside one text."""
        return [one for one in self.posted if one.part == part]

    def places(self) -> frozenset[PartId]:
        """Return the places of the outline at which something waits for the student."""
        return frozenset(place_of(one.part) for one in self.posted if one.is_open and one.part)

    def next(self, key: str | None) -> Posted | None:
        """Return what comes behind one of them in a ring; what waits for the student first."""
        ring = self._ring()
        at = next((at for at, one in enumerate(ring) if one.key == key), -1)
        return ring[(at + 1) % len(ring)] if ring else None

    def behind(self, part: PartId | None, caret: int) -> Posted | None:
        """Return the first at or behind a place, else the first of all."""
        order = [*self._contract.texts]
        here = order.index(part) if part in order else 0
        ring = self._ring()
        waiting = [one for one in ring if one.is_open] or ring
        ahead = (
            one
            for one in waiting
            if one.part in order and (order.index(one.part), one.at) >= (here, caret)
        )
        return next(ahead, next(iter(waiting), None))

    def _ring(self) -> list[Posted]:
        return [*filter(_is_open, self.posted), *(one for one in self.posted if not one.is_open)]

    def find(self, key: str | None) -> Posted | None:
        """Return one of them again, as it is now."""
        return next((one for one in self.posted if one.key == key), None)

    def _note(self, note: Note) -> Posted:
        remarks, contract = self._session.remarks, self._contract
        located = remarks.located(note)
        part = _part(contract, located)
        at, old = 0, ""
        if located is not None and located.part is not None:
            text = contract.text(located.part).text
            old = " ".join(text[start:end] for start, end in located.stretches)
            about_all = note.kind is not NoteKind.SUGGESTION and not located.stretches
            at = len(text) if about_all else located.at
            stretches = located.stretches or remarks.became(note)
            at = stretches[0][0] if stretches else at
        return Posted(
            note.id,
            part,
            at,
            note.added_by,
            self._inks.of_seat(note.added_by),
            name_of(contract, note.added_by),
            remarks.words(note),
            remarks.is_open(note),
            old,
            note,
            located,
            remarks.words(note, "answer_text"),
            is_mixed=any(not_theirs(contract, part) for part in note.parts),
        )

    def _missing(self, lost: Lost) -> Posted:
        by = min(lost.takers, default=SeatId(""))
        contract = self._contract
        is_here = lost.part in contract.texts and lost.part not in contract.detached
        names = dict.fromkeys(name_of(contract, one) for one in sorted(lost.authors))
        text = self._contract.text(lost.part) if is_here else None
        at = text.offset_of(lost.after) if text else 0
        return Posted(
            f"lost/{lost.elements[0].counter}@{lost.elements[0].actor.hex()}",
            lost.part if is_here else None,
            len(text.text) if text and at is None else at or 0,
            by,
            self._inks.of_seat(by) or self._inks.stranger,
            name_of(self._contract, by),
            lost.text,
            is_open=True,
            lost=lost,
            whose=together(list(names)),
        )

    def _place(self) -> Callable[[Posted], tuple[int, int, str]]:
        order = {part: number for number, part in enumerate(self._contract.texts)}

        def place(one: Posted) -> tuple[int, int, str]:
            return order.get(one.part, len(order)) if one.part else len(order), one.at, one.key

        return place


def _part(contract: Contract, located: Located | None) -> PartId | None:
    """The text that a note stands beside: of a thing, the one that says what it is."""
    if located is None:
        return None
    if located.part is not None:
        return located.part
    thing = located.thing or ItemId("")
    names = ("what", "text")
    parts = [paths.part_of(thing, name) for name in names]
    return next((part for part in parts if part in contract.texts), None)


def _is_open(one: Posted) -> bool:
    return one.is_open
