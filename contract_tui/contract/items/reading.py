"""The things of a contract, read from its document as it stands or stood."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind, Value
from contract_tui.contract.crdt.spoken import Word
from contract_tui.contract.heads import read_heads
from contract_tui.contract.items import paths
from contract_tui.contract.items.hands import known_hands
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.rightful import Found, Judge
from contract_tui.contract.items.rights import is_asked, may_close
from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.items.values import (
    Goal,
    Item,
    Items,
    Note,
    Promise,
    Reflection,
    Removal,
    Said,
    Step,
    Support,
)
from contract_tui.contract.items.vanished import Vanished
from contract_tui.contract.membership.seats import NAMED, Roster, as_string
from contract_tui.contract.names import ObjectId
from contract_tui.contract.opening.check import named, refused, unusable
from contract_tui.contract.opening.known import Known
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.shape import LISTED, PEOPLE, Leaf, texts_of
from contract_tui.language import _
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId

_Thing = TypeVar("_Thing", bound=Item)
_LATE = "\U0010ffff"
_ASKED = {
    kind: [field for field in shape.fields if field != "removed" and is_asked(kind, field)]
    for kind, shape in LISTED.items()
}
"""Of each kind of things the fields of which it matters who says them."""


class Entry(NamedTuple):
    """What was read of one thing."""

    thing: Item
    aside: tuple[str, ...]
    """What is not believed of it, one sentence each."""


def read_items(
    document: CrdtDocument,
    roster: Roster,
    aside: list[str],
    heads: Heads | None = None,
    known: Known[Entry] | None = None,
    vanished: Iterable[Vanished] = (),
) -> Items:
    """Read all things at some heads, which have to be known; as they stand by default.

    What somebody said who had no right to is not among it, and named in `aside` in words; what they
    wrote over is. What is `known` to stand as it did, among the same people, is not read again.
    What has `vanished` counts as taken away by somebody who had seen nothing of it.
    """
    known = Known() if known is None else known
    return _Reader(document, roster, aside, heads, known, vanished).items()


class _Reader:
    def __init__(
        self,
        document: CrdtDocument,
        roster: Roster,
        aside: list[str],
        heads: Heads | None,
        known: Known[Entry],
        vanished: Iterable[Vanished],
    ) -> None:
        self._document, self._roster, self._heads = document, roster, heads
        self._aside, self._known, self._vanished = aside, known, tuple(vanished)
        self._within: set[ElementId] = set()
        """The objects within the thing that is being read."""
        self._hands = known_hands(document, roster)
        self._spoken = document.spoken(heads)
        self._judge = Judge(document, heads, self._hands, self._spoken)

    def items(self) -> Items:
        revisit = self._string(None, "revisit")
        return Items(
            self._listed(paths.SUPPORTS_LIST, Support),
            self._listed(paths.GOALS_LIST, Goal),
            self._listed(paths.PROMISES_LIST, Promise),
            self._listed(paths.REFLECTIONS_LIST, Reflection),
            self._listed(paths.NOTES_LIST, Note),
            " ".join((revisit or "").split()),
        )

    def _listed(self, kind: str, make: type[_Thing]) -> tuple[_Thing, ...]:
        """Read a list of the contract's own, as far as it is not known."""
        there = dict(self._maps(kind, ROOT_OBJECTS[kind]))
        gone = self._gone({ROOT_OBJECTS[kind]}, there)
        found = list(self._each(kind, there, make))
        destroyed = self._each(kind, {key: one.object for key, one in gone.items()}, make)
        found += [self._destroyed(thing, gone) for thing in destroyed]
        return _in_order(found)

    def _gone(
        self, within: Collection[ObjectId], there: Mapping[str, ElementId]
    ) -> dict[str, Vanished]:
        """What somebody destroyed of a list, by key, as far as nobody has brought it back."""
        return {
            one.key: one
            for one in self._vanished
            if one.within in within
            and one.key not in there
            and one.object not in there.values()
            and not self._is_double(one, there.get(one.was))
        }

    def _is_double(self, one: Vanished, other: ElementId | None) -> bool:
        """Whether the same stands in its place: somebody brought it back on two computers at once.

        A copy that somebody else made is not the same: what is said in it is theirs.
        """
        if other is None or not one.is_beside:
            return False
        maker = self._hands.person(other)
        if maker not in self._hands.pupils and maker != self._hands.person(one.object):
            return False
        return self._words(one.kind, one.object) == self._words(one.kind, other)

    def _words(self, kind: str, obj: ElementId) -> list[str]:
        """All words of a thing, with those of its steps."""
        held, steps = self._document.items(obj, self._heads), list[str]()
        within = held.get(paths.STEPS_LIST) if kind == paths.GOALS_LIST else None
        if isinstance(within, Branch) and within.kind is Kind.MAP:
            maps = self._document.items(within.object, self._heads).values()
            some = (one.object for one in maps if isinstance(one, Branch))
            steps = sorted(" ".join(self._words(paths.STEPS_LIST, one)) for one in some)
        texts = (self._string(obj, field) or "" for field in texts_of(kind))
        return [*texts, *steps]

    def _destroyed(self, thing: _Thing, gone: Mapping[str, Vanished]) -> _Thing:
        place = named(*thing.id.split("/"))
        self._aside.append(_("{place} was destroyed; it can be brought back.").format(place=place))
        by = self._hands.person(gone[paths.key(thing.id)].by)
        return replace(thing, removal=Removal(by, ()))

    def _each(
        self, kind: str, there: Mapping[str, ElementId], make: type[_Thing]
    ) -> Iterator[_Thing]:
        for key, obj in there.items():
            if make is Note and self._note_kind(obj) not in list(NoteKind):
                continue  # notes of other kinds are not for people to read
            id_, entry = paths.item(kind, key), self._known.get(obj)
            if entry is None or entry.thing.id != id_:
                entry = self._entry(id_, kind, obj, make)
            self._aside += entry.aside
            assert isinstance(entry.thing, make)
            yield entry.thing

    def _note_kind(self, note: ElementId) -> object:
        """What a note is by the word of its author, whatever others made of it."""
        author = self._hands.person(note)
        stands = self._said(note, "kind")
        found = self._judge.judge(note, "kind", stands, lambda _, said: said.by == author)
        return found.said.value if found.said else None

    def _entry(self, id_: ItemId, kind: str, obj: ElementId, make: type[_Thing]) -> Entry:
        others, self._aside, self._within = self._aside, [], set()
        thing = self._thing(id_, kind, obj, make)
        match thing:
            case Goal():
                entry = Entry(self._with_steps(thing), tuple(self._aside))
            case Promise():
                entry = Entry(self._with_outcomes(thing), tuple(self._aside))
            case _:
                entry = Entry(thing, tuple(self._aside))
        self._known.keep(obj, entry, self._within)
        self._aside = others
        return entry

    def _with_steps(self, goal: Goal) -> Goal:
        steps = self._document.get(goal.object, paths.STEPS_LIST, self._heads)
        within = steps.object if isinstance(steps, Branch) and steps.kind is Kind.MAP else None
        there: dict[str, ElementId] = {}
        if within is not None:
            self._within.add(within)
            there = dict(self._maps(paths.STEPS_LIST, within))
        gone = self._gone({within, goal.object}, there)
        found = [self._step(goal, key, obj) for key, obj in there.items()]
        destroyed = [self._step(goal, key, one.object) for key, one in gone.items()]
        found += [self._destroyed(step, gone) for step in destroyed]
        return replace(goal, steps=_in_order(found), steps_map=within)

    def _step(self, goal: Goal, key: str, obj: ElementId) -> Step:
        return self._thing(paths.step(goal.id, key), paths.STEPS_LIST, obj, Step)

    def _with_outcomes(self, promise: Promise) -> Promise:
        found = self._document.get(promise.object, "outcome", self._heads)
        if not isinstance(found, Branch) or found.kind is not Kind.MAP:
            return promise
        self._within.add(found.object)
        said: dict[SeatId, Said] = {}
        for key in {
            *self._document.keys(found.object, self._heads),
            *self._spoken.keys(found.object),
        }:
            person = self._roster.person(SeatId(key)).id
            one = self._outcome(promise, found.object, key, person)
            if one is not None and (person == key or person not in said):
                said[person] = one
        return replace(promise, outcomes=said, outcomes_map=found.object)

    def _outcome(self, promise: Promise, outcomes: ElementId, key: str, to: SeatId) -> Said | None:
        """What a person says has become of a promise."""

        def counts(word: Word, said: Said) -> bool:
            is_theirs = may_close(to, said, self._hands.pupils)
            return is_theirs or self._came_along(promise, word.id, key)

        found = self._judge.judge(outcomes, key, self._said(outcomes, key), counts)
        if found.is_refused:
            self._refuse(promise, "outcome")
        return found.said

    def _came_along(self, promise: Promise, written: ElementId, key: str) -> bool:
        """Whether an outcome came into a contract that was begun anew together with its promise.

        Whoever began it wrote it down, for somebody who had no seat in it yet.
        """
        to, _ = self._document.found(promise.object, "to", self._heads)
        if not (key.startswith(NAMED) and isinstance(to, str) and to.startswith(NAMED)):
            return False
        _, founded = self._document.found(None, "contract")
        if written.actor != promise.object.actor:
            return False
        is_founders = founded is not None and founded.actor == written.actor
        return is_founders or self._hands.is_early(written)

    def _maps(self, kind: str, objects: ElementId) -> Iterator[tuple[str, ElementId]]:
        """Yield what may be a thing of a list, by key."""
        for key, value in self._document.items(objects, self._heads).items():
            if not isinstance(value, Branch) or value.kind is not Kind.MAP:
                continue
            if "/" in key:
                self._aside.append(unusable(kind, key))
                continue
            yield key, value.object

    def _thing(self, id_: ItemId, kind: str, obj: ElementId, make: type[_Thing]) -> _Thing:
        held = self._document.items(obj, self._heads)
        self._within.update(
            {obj, *(one.object for one in held.values() if isinstance(one, Branch))}
        )
        texts, said = {}, {}
        for field, shape in LISTED[kind].fields.items():
            value = held.get(field)
            if shape is Leaf.TEXT:
                if isinstance(value, Branch) and value.kind is Kind.TEXT:
                    texts[field] = value.object
            elif isinstance(shape, Leaf) and (one := self._said(obj, field)) is not None:
                said[field] = one
        added = self._hands.person(obj)
        thing = make(id_, obj, added, texts, said, _position(said))
        return self._believed(thing)

    def _believed(self, thing: _Thing) -> _Thing:
        """Keep of what was said of a thing what those said last who are to say it."""
        said, overruled = dict(thing.said), set[str]()
        removed, bare = said.pop("removed", None), replace(thing, said={})

        def keep(field: str, found: Found) -> Said | None:
            if found.is_overruled:
                overruled.add(field)
            if found.is_refused:
                self._refuse(thing, field)
            return found.said

        for field in _ASKED[paths.kind(thing.id)]:
            one = keep(field, self._judge.field(bare, field, said.pop(field, None)))
            if one is not None:
                said[field] = one
        for field in PEOPLE & said.keys():
            said[field] = self._about_a_person(said[field])
        believed = replace(thing, said=said)
        removal = self._removal(keep("removed", self._judge.removal(believed, removed)))
        if removal is None and not overruled:
            return believed
        return replace(believed, removal=removal, overruled=frozenset(overruled))

    def _removal(self, said: Said | None) -> Removal | None:
        heads = read_heads(str(said.value)) if said is not None else None
        return Removal(said.by, heads) if said is not None and heads is not None else None

    def _refuse(self, thing: Item, field: str) -> None:
        self._aside.append(refused(*thing.id.split("/"), field))

    def _string(self, obj: ObjectId, key: str) -> str | None:
        return as_string(self._document, self._document.get(obj, key, self._heads))

    def _said(self, obj: ElementId, key: str) -> Said | None:
        value, written = self._document.found(obj, key, self._heads)
        if isinstance(value, Branch):
            self._within.add(value.object)
        plain = _plain(self._document, value)
        if plain is None or written is None:
            return None
        return Said(plain, self._hands.person(written), self._hands.is_early(written))

    def _about_a_person(self, said: Said) -> Said:
        """Name somebody by the seat that they have now."""
        return replace(said, value=self._roster.person(SeatId(str(said.value))).id)


def _in_order(things: Iterable[_Thing]) -> tuple[_Thing, ...]:
    return tuple(sorted(things, key=lambda one: (one.position or _LATE, one.id)))


def _plain(document: CrdtDocument, value: Value) -> str | int | bool | None:
    if isinstance(value, bool | int):
        return value
    text = as_string(document, value)
    return None if text is None else " ".join(text.split())


def _position(said: Mapping[str, Said]) -> str:
    value = said["pos"].value if "pos" in said else ""
    return value if isinstance(value, str) else ""
