"""Words that are missing because somebody took them out who had no right to, found in the past.

Everybody may take words out of most texts. But some are one person's alone; and no program of ours
takes a whole text out of its place, or puts another there. What it held is offered back then, to
whoever wrote in it and to the student.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.rights import ALONE, is_the_students
from contract_tui.contract.schema import CONSTANT_SECTIONS, SECTION_MAPS, SECTIONS_MAP, PartId
from contract_tui.contract.sections import heading_part
from contract_tui.contract.shape import texts_of
from contract_tui.contract.slots import Slots
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import Action, ElementId, Operation

_MOST = 200
"""Stretches of lost words of which all are told."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Words that somebody else took out, of a text that is one person's alone or with all of it."""

    part: PartId
    object: ElementId
    """The text that held them: another one may stand in its place by now, or none."""
    text: str
    after: ElementId | None
    """The character that stood before them and is there still; None at the beginning."""
    elements: tuple[ElementId, ...]
    takers: frozenset[SeatId]
    """Who took them out."""
    authors: frozenset[SeatId]
    """Whose they are: those and the student are asked what becomes of them."""
    holder: ElementId
    """The map of the thing or section that the text belonged to."""
    is_shared: bool = False
    """Whether it is a whole text in which everybody may write, as it stood."""
    with_section: bool = False
    """Whether the whole section went, of which it was the words or the name."""


def attached(contract: Contract) -> dict[ElementId, PartId]:
    """The texts that stand in their places, by object."""
    found = {obj: part for part, obj in contract.items.texts.items()}
    for section in contract.sections:
        found[section.body] = section.part
        if section.title is not None:
            found[section.title] = section.heading_part
    return found


class Losses:
    """Looks for lost words among all operations of a document, one after the other."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._attached = attached(contract)
        self._things = {one.object: one for one in contract.items}
        self._sections = {obj: str(part) for part, obj in SECTION_MAPS.items()}
        self._slots = Slots()
        self._texts: dict[ElementId, _Gatherer] = {}
        self._people: dict[bytes, SeatId] = {}

    def take(self, one: Operation) -> None:
        """Take the next operation, whose `predecessors` are what came after it.

        The operations of an object come before those of what it holds.
        """
        obj = one.object
        if obj is None:
            return
        if (text := self._texts.get(obj)) is not None:
            if one.insert and one.action is Action.SET:
                self._letter(text, one)
        elif not isinstance(one.key, str):
            return  # a letter of a text in which everybody may write
        elif obj == SECTIONS_MAP or obj in self._things or obj in self._sections:
            self._slots.take(one)
            if one.action is Action.MAKE_TEXT and obj != SECTIONS_MAP:
                self._learn(one, obj)
            elif one.action is Action.MAKE_MAP and obj == SECTIONS_MAP:
                key = str(one.key)
                if "/" not in key and key not in CONSTANT_SECTIONS:
                    self._sections[one.id] = key

    def found(self) -> tuple[Lost, ...]:
        """What is missing; of a flood what somebody lost to another person."""
        found = [lost for one in self._texts.values() for lost in one.lost() if lost.text]
        if len(found) <= _MOST:
            return tuple(found)
        return tuple(sorted(found, key=lambda one: one.authors <= one.takers)[:_MOST])

    def _learn(self, one: Operation, holder: ElementId) -> None:
        """Look also at a text of a thing or section, whether it stands there or not."""
        part = self._part(holder, str(one.key))
        if part is None:
            return
        stands, owners = one.id in self._attached, self._owners(part, holder)
        if not stands and holder in SECTION_MAPS.values():
            return  # the texts of these are reached whatever stands there
        if not stands or owners is not None:
            self._texts[one.id] = _Gatherer(part, one, owners, is_gone=self._is_gone(holder))

    def _part(self, holder: ElementId, key: str) -> PartId | None:
        """Which part the text under a key of a map is."""
        thing = self._things.get(holder)
        if thing is not None:
            known = key in texts_of(paths.kind(thing.id))
            return paths.part_of(thing.id, key) if known else None
        name = PartId(self._sections[holder])
        if self._is_gone(holder) and not self._slots.is_free(SECTIONS_MAP, name):
            name = PartId(f"{name}~{holder.counter}")
        return {"body": name, "heading": heading_part(name)}.get(key)

    def _taker(self, text: "_Gatherer") -> ElementId | None:
        """What took a text out of its place, or the section that held it."""
        if text.object in self._attached:
            return None
        if (taker := self._slots.taker(text.holder, text.key, text.object)) is not None:
            return taker
        section = self._sections.get(text.holder)
        return self._slots.taker(SECTIONS_MAP, section, text.holder) if section else None

    def _is_known(self, text: "_Gatherer") -> bool:
        """Whether a text was known to what took its place, and not put there at the same time."""
        return self._slots.is_taken(text.object) or self._slots.is_taken(text.holder)

    def _owners(self, part: PartId, holder: ElementId) -> frozenset[SeatId] | None:
        """Whose alone a text is; None where everybody may write."""
        if is_the_students(part):
            return self._contract.pupils
        thing = self._things.get(holder)
        if thing is not None and paths.kind(thing.id) in ALONE:
            return frozenset({thing.added_by})
        return None

    def _letter(self, text: "_Gatherer", one: Operation) -> None:
        """Take a letter that stands, or that somebody took out; or its whole text."""
        element, taken = one.id, one.predecessors
        if text.owners is None and taken:
            return
        knew = True
        if not taken and (taker := self._taker(text)) is not None:
            taken, knew = (taker,), self._is_known(text)
        if not taken:
            text.stand(element)
            return
        author, takers = self._author(text, element), frozenset(map(self._person, taken))
        if element in self._contract.covered_in(text.object):
            return
        is_settled = element in self._contract.settled.get(text.object, frozenset())
        words = one.value if isinstance(one.value, str) else ""
        if text.owners is None:
            is_missed = not is_settled and (author not in takers or not knew)
            text.lose(element, words, takers, frozenset({author} if is_missed else ()))
        elif is_settled or author not in text.owners:
            return
        elif not knew or not self._theirs(text, taken):
            text.lose(element, words, takers, frozenset({author}))

    def _is_gone(self, holder: ElementId) -> bool:
        """Whether a map was that of a section that is there no more."""
        key = self._sections.get(holder)
        return key is not None and self._slots.taker(SECTIONS_MAP, key, holder) is not None

    def _author(self, text: "_Gatherer", element: ElementId) -> SeatId:
        """Whose a letter is; what stood in the student's own texts before they came is theirs."""
        person = self._person(element)
        pupils = self._contract.pupils
        if text.owners is not None and text.owners == pupils and person not in pupils:
            return min(pupils) if pupils and self._contract.hands.is_early(element) else person
        return person

    def _theirs(self, text: "_Gatherer", taken: Iterable[ElementId]) -> bool:
        """Whether one of those whose alone a text is took something out of it."""
        return any(self._author(text, one) in (text.owners or ()) for one in taken)

    def _person(self, operation: ElementId) -> SeatId:
        actor = operation.actor
        if actor not in self._people:
            self._people[actor] = self._contract.author(Actor(actor)).id
        return self._people[actor]


class _Gatherer:
    """Puts neighbouring lost characters of one text together."""

    def __init__(
        self,
        part: PartId,
        made: Operation,
        owners: frozenset[SeatId] | None,
        *,
        is_gone: bool,
    ) -> None:
        """`made` is the operation that made the text, `owners` whose alone it is, if anybody's.

        `is_gone` tells that it went with its section.
        """
        assert made.object is not None
        self.object, self.holder, self.key = made.id, made.object, str(made.key)
        self.owners, self._is_gone = owners, is_gone
        self._part = part
        self._last: ElementId | None = None
        self._lost: list[Lost] = []
        self._is_open = False

    def stand(self, element: ElementId) -> None:
        """A character that is there."""
        self._last, self._is_open = element, False

    def lose(
        self, element: ElementId, text: str, takers: frozenset[SeatId], authors: frozenset[SeatId]
    ) -> None:
        """A character that is missing; without `authors` only what stands beside it is missed."""
        elements: tuple[ElementId, ...] = (element,)
        if self._is_open:
            last = self._lost.pop()
            text, elements = last.text + text, (*last.elements, element)
            takers, authors = last.takers | takers, last.authors | authors
        place = self._part, self.object, text, self._last, elements
        kinds = self.owners is None, self._is_gone
        self._lost.append(Lost(*place, takers, authors, self.holder, *kinds))
        self._is_open = True

    def lost(self) -> Iterable[Lost]:
        return (one for one in self._lost if one.authors)
