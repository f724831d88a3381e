"""Reads a whole contract at one version, with who wrote what and whose words are whose."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, groupby
from types import MappingProxyType

from contract_tui.contract.conference.insisting import Letters, runs
from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.items import terms
from contract_tui.contract.items.hands import KnownHands, known_hands
from contract_tui.contract.items.notes import newest_last
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.reading import read_items
from contract_tui.contract.items.values import (
    Goal,
    Item,
    Items,
    Promise,
    Reflection,
    Step,
    Support,
    standing,
)
from contract_tui.contract.membership.authorship import NOBODY, Doubts, is_doubted
from contract_tui.contract.membership.seats import Roster, SeatEntry, seat_of
from contract_tui.contract.opening.outline import read_choice
from contract_tui.contract.past.covers import Covers, shown
from contract_tui.contract.reading import (
    Foreign,
    ReadGoal,
    Reading,
    ReadNote,
    ReadPromise,
    ReadReflection,
    ReadSection,
    ReadStep,
    ReadSupport,
    Typed,
    Written,
)
from contract_tui.contract.schema import TITLE, TITLE_TEXT, PartId
from contract_tui.contract.sections import Section, read_sections
from contract_tui.contract.text.places import BadPlace, read_place
from contract_tui.contract.values import Element
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor, DocumentId
from sync_server.protocol.operations import ElementId

NOTHING_TYPED: Mapping[ElementId, Letters] = MappingProxyType({})


def read(
    document: CrdtDocument,
    contract: DocumentId | None,
    roster: Roster,
    covers: Covers,
    heads: Heads | None = None,
    doubtful: Doubts = NOBODY,
    typed: Mapping[ElementId, Letters] = NOTHING_TYPED,
) -> Reading:
    """Read a document at some heads, which have to be known; as it stands by default.

    What is covered by now is shown as covered at every version, and what is in doubt as in doubt:
    `doubtful` says from which operation of an actor on nothing shows that it is theirs, `typed`
    what somebody was asked to type, as it was known at that version.
    """
    hands = known_hands(document, roster)
    return _Reader(document, roster, covers, heads, doubtful, hands, typed).reading(contract)


def words_at(document: CrdtDocument, text: ElementId, covers: Covers, heads: Heads | None) -> str:
    """Return the words of one text at some heads as they may be shown."""
    if text not in covers:
        return document.text(text, heads)
    return shown(document.elements(text, heads), covers[text])


@dataclass(frozen=True, slots=True)
class _Reader:
    document: CrdtDocument
    roster: Roster
    covers: Covers
    heads: Heads | None
    doubtful: Doubts
    hands: KnownHands
    typed: Mapping[ElementId, Letters]
    known: dict[ElementId, list[Element]] = field(default_factory=dict)
    """The elements of the texts that were read already."""

    def reading(self, contract: DocumentId | None) -> Reading:
        items = read_items(self.document, self.roster, [], self.heads)
        sections = read_sections(self.document, self.heads, self.hands)
        return Reading(
            contract,
            words_at(self.document, TITLE_TEXT, self.covers, self.heads),
            tuple(map(self._section, sections)),
            read_choice(self.document, self.heads),
            tuple(sorted(self.roster.seats.values(), key=lambda seat: seat.id)),
            self.document.heads if self.heads is None else tuple(sorted(self.heads)),
            tuple(map(self._goal, standing(items.goals))),
            tuple(map(self._support, standing(items.supports))),
            tuple(map(self._promise, standing(items.promises))),
            tuple(map(self._reflection, _dated(standing(items.reflections)))),
            tuple(self._notes(items, sections)),
            items.revisit,
            title_typed=self._text(TITLE, TITLE_TEXT).typed if TITLE_TEXT in self.typed else (),
        )

    def _section(self, section: Section) -> ReadSection:
        words = self._text(section.part, section.body)
        written = (words.text, section.hidden, words.writers, words.in_doubt, words.typed)
        return ReadSection(section.part, section.heading, *written)

    def _goal(self, goal: Goal) -> ReadGoal:
        words = partial(self._words, goal)
        return ReadGoal(
            goal.id,
            words("what"),
            words("matters"),
            words("success"),
            words("evidence"),
            words("together_with"),
            goal.origin,
            words("origin_note"),
            goal.structure,
            words("structure_note"),
            goal.stretch,
            goal.state,
            tuple(map(self._step, standing(goal.steps))),
        )

    def _step(self, step: Step) -> ReadStep:
        who = self._person(step.by)
        return ReadStep(step.id, self._words(step, "what"), who, step.when, step.done)

    def _support(self, support: Support) -> ReadSupport:
        what, when = self._words(support, "what"), self._words(support, "when")
        who = self._person(support.offered_by)
        return ReadSupport(support.id, what, when, who, support.state, support.check_on)

    def _promise(self, promise: Promise) -> ReadPromise:
        by, to = self._person(promise.by), self._person(promise.to)
        what = self._words(promise, "what")
        return ReadPromise(promise.id, what, by, to, promise.when, promise.outcome)

    def _reflection(self, one: Reflection) -> ReadReflection:
        words = self._words(one, "text")
        return ReadReflection(one.id, words, self.roster.person(one.added_by), one.at)

    def _notes(self, items: Items, sections: Iterable[Section]) -> Iterator[ReadNote]:
        places: dict[ElementId, PartId | ItemId] = {
            TITLE_TEXT: TITLE,
            **{one.body: one.part for one in sections},
            **{one.title: one.part for one in sections if one.title},
            **{obj: part for part, obj in items.texts.items()},
            **{one.object: one.id for one in items},
        }
        for note in newest_last(standing(items.notes)):
            if note.kind is None:
                continue
            obj, elements = _place(note.about)
            about = places.get(obj) if obj else None
            yield ReadNote(
                note.id,
                note.kind,
                self.roster.person(note.added_by),
                self._words(note, "text"),
                about,
                self._quoted(obj, elements) if obj and about else "",
                note.answer,
                self._words(note, "answer_text"),
            )

    def _quoted(self, obj: ElementId, chosen: frozenset[ElementId]) -> str:
        found = [one for one in self._elements(obj) if one.id in chosen]
        return shown(found, self.covers.get(obj, frozenset()))

    def _elements(self, obj: ElementId) -> list[Element]:
        """Every element of a text: many notes may quote a long one, and it is read once."""
        if obj not in self.known:
            self.known[obj] = self.document.elements(obj, self.heads)
        return self.known[obj]

    def _person(self, seat: SeatId) -> SeatEntry | None:
        return self.roster.person(seat) if seat else None

    def _author(self, element: ElementId) -> SeatEntry:
        return self.roster.person(seat_of(Actor(element.actor)))

    def _words(self, thing: Item, field: str) -> Written:
        if field not in thing.texts:
            return Written()
        return self._text(thing.part(field), thing.texts[field], thing)

    def _text(self, part: PartId, obj: ElementId, thing: Item | None = None) -> Written:
        elements = [one for one in self._elements(obj) if one.text]
        sure = [one.id for one in elements if not is_doubted(one.id, self.doubtful)]
        unsure = [one.id for one in elements if is_doubted(one.id, self.doubtful)]
        covered = self.covers.get(obj, frozenset())
        hands = self.hands

        def is_foreign(one: Element) -> bool:
            return not hands.may_have_written(part, one.id, thing)

        return Written(
            shown(elements, covered),
            self._names(sure),
            self._names(unsure),
            tuple(_foreign(elements, is_foreign, covered, lambda one: self._author(one.id).name)),
            tuple(self._typed(elements, self.typed.get(obj, {}), covered)),
        )

    def _typed(
        self, elements: list[Element], known: Letters, covered: frozenset[ElementId]
    ) -> Iterator[Typed]:
        """Yield the passages that somebody was asked to type."""
        if not known:
            return
        pupils = sorted(self.hands.pupils)
        student = self.roster.person(pupils[0]).name if pupils else terms.THE_STUDENT
        at = [0, *accumulate(len(one.text) for one in elements)]
        for start, end, (by, confirmation) in runs([known.get(one.id) for one in elements]):
            words = shown(elements[start:end], covered)
            if words.strip():
                yield Typed(words, self.roster.person(by).name, at[start], confirmation, student)

    def _names(self, elements: Iterable[ElementId]) -> tuple[str, ...]:
        actors = dict.fromkeys(one.actor for one in elements)
        people = (self.roster.person(seat_of(Actor(actor))) for actor in actors)
        return tuple(dict.fromkeys(person.name for person in people))


def _foreign(
    elements: Iterable[Element],
    is_foreign: Callable[[Element], bool],
    covered: frozenset[ElementId],
    author: Callable[[Element], str],
) -> Iterator[Foreign]:
    """Yield the passages that are somebody else's than whose the text is."""
    start = 0
    for name, run in groupby(elements, lambda one: author(one) if is_foreign(one) else None):
        words = shown(run, covered)
        if name is not None and words.strip():
            yield Foreign(words, name, start)
        start += len(words)


def _dated(reflections: tuple[Reflection, ...]) -> list[Reflection]:
    return sorted(reflections, key=lambda one: (one.at, one.id))


def _place(about: str) -> tuple[ElementId | None, frozenset[ElementId]]:
    try:
        return read_place(about)
    except BadPlace:
        return None, frozenset()
