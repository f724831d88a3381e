"""The things of a contract as they go along into one that is begun anew.

What was taken away stays behind. People have other seats in the new contract, so that whoever
promises something is named by name until they have come in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Writer
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.notes import newest_last
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Goal, Item, Note, Promise, standing
from contract_tui.contract.membership.seats import NAMED
from contract_tui.contract.schema import ROOT_OBJECTS, PartId
from contract_tui.contract.shape import PEOPLE
from contract_tui.contract.text.places import (
    BadPlace,
    read_character,
    read_place,
    write_character,
    write_place,
)
from contract_tui.contract.text.splice import clean
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId

_PLACES = frozenset({"about", "became"})
_GREATEST = 2**53
"""Numbers beyond this are nobody's: programs of others cannot even read them."""

Rewrite = Callable[[ElementId, PartId], list[ElementId]]
"""Writes the words of a part of the old contract into a text of the new one.

Returns which characters they were, in their order.
"""


@dataclass(slots=True)
class Carrier:
    """Carries the things of one contract into the document of another."""

    old: Contract
    document: CrdtDocument
    rewrite: Rewrite
    objects: dict[ElementId, ElementId] = field(default_factory=dict)
    """The text or thing of the new contract that each of the old one has become."""
    characters: dict[ElementId, ElementId] = field(default_factory=dict)
    """The same for each character that goes along."""

    def carry_text(self, part: PartId, text: ElementId) -> None:
        """Write the words of a part, and remember which characters they have become."""
        self.objects[self.old.text(part).object] = text
        old = self.rewrite(text, part)
        new = [one.id for one in self.document.elements(text)]
        if len(old) == len(new):
            self.characters.update(zip(old, new, strict=True))

    def carry(self) -> None:
        """Carry everything that stands: notes last, since they are about the rest."""
        items = self.old.items
        for thing in (*items.supports, *items.goals, *items.promises, *items.reflections):
            if thing.removal is None:
                self._carry(thing, ROOT_OBJECTS[paths.kind(thing.id)])
        for note in newest_last(standing(items.notes)):
            self._carry(note, ROOT_OBJECTS[paths.NOTES_LIST])
        if items.revisit:
            self.document.transact(lambda writer: writer.put(None, "revisit", items.revisit))

    def _carry(self, thing: Item, within: ElementId) -> None:
        key, kind = paths.key(thing.id), paths.kind(thing.id)
        said = {
            name: self._said(thing, name)
            for name, one in thing.said.items()
            if not isinstance(one.value, int) or abs(one.value) <= _GREATEST
        }
        add = writing.add(kind, key, said, within=within, turn_at=None)
        self.document.transact(add)
        made = self._object(within, key)
        self.objects[thing.object] = made
        for name in thing.texts:
            self.carry_text(thing.part(name), self._object(made, name))
        match thing:
            case Goal():
                for step in standing(thing.steps):
                    self._carry(step, self._object(made, paths.STEPS_LIST))
            case Promise() if thing.outcome is not Outcome.NOT_SAID:
                outcomes = self._object(made, "outcome")
                self.document.transact(self._outcome(outcomes, thing))
            case _:
                pass

    def _outcome(self, outcomes: ElementId, promise: Promise) -> Callable[[Writer], None]:
        person = self._name(promise.to)
        return lambda writer: writer.put(outcomes, person, promise.outcome.value)

    def _said(self, thing: Item, name: str) -> str | int | bool:
        value = thing.said[name].value
        if name in PEOPLE:
            return self._name(SeatId(str(value)))
        if isinstance(thing, Note) and name in _PLACES:
            return self._place(str(value))
        if isinstance(thing, Note) and name == "after":
            return self._after(thing)
        return clean(value) if isinstance(value, str) else value

    def _name(self, person: SeatId) -> str:
        """How somebody is called who is not there yet; nobody known stays who they are."""
        entry = self.old.roster.person(person)
        return f"{NAMED}{entry.name}" if entry.proven else person

    def _place(self, place: str) -> str:
        """Where in the new contract the same words are; "" where they did not go along."""
        try:
            obj, elements = read_place(place)
        except BadPlace:
            return ""
        if obj not in self.objects:
            return ""
        there = [self.characters[one] for one in elements if one in self.characters]
        return write_place(self.objects[obj], there)

    def _after(self, note: Note) -> str:
        """The character behind which a suggestion puts its words."""
        try:
            after = read_character(note.after)
            obj, elements = read_place(note.about)
        except BadPlace:
            return ""
        if after is None or after in self.characters:
            return write_character(self.characters[after]) if after else ""
        return self._before(obj, elements)

    def _before(self, obj: ElementId, elements: frozenset[ElementId]) -> str:
        """What stands before the first of some words, or at the end where none is left."""
        part = self._parts().get(obj)
        ids = self.old.text(part).ids if part else []
        first = next((at for at, one in enumerate(ids) if one in elements), len(ids))
        kept = [one for one in ids[:first] if one in self.characters]
        return write_character(self.characters[kept[-1]]) if kept else ""

    def _parts(self) -> Mapping[ElementId, PartId]:
        return {obj: part for part, obj in self.old.texts.items()}

    def _object(self, within: ElementId, key: str) -> ElementId:
        found = self.document.get(within, key)
        assert isinstance(found, Branch)
        assert found.kind in (Kind.MAP, Kind.TEXT)
        return found.object
