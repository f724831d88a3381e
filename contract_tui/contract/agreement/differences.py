"""What counts and is another than at an earlier version, in sentences that name the words."""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

from contract_tui.contract.agreement import words
from contract_tui.contract.agreement.content import COUNTS, Plain, by_key
from contract_tui.contract.contract import Contract
from contract_tui.contract.headings import first_words, headings, thing_heading
from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.contract.shape import PEOPLE, texts_of
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId

_Thing = Mapping[str, Plain]


def differences(contract: Contract, before: Heads, said: Callable[[str], str]) -> list[str]:
    """Say what changed since some heads, which have to be known; nothing where nothing counts.

    `said` puts a day into words, as it is where people read it, and leaves anything else alone.
    """
    return list(_Teller(contract, before, said).sentences())


class _Teller:
    def __init__(self, contract: Contract, before: Heads, said: Callable[[str], str]) -> None:
        self._contract, self._heads, self._in_words = contract, before, said
        self._old = contract.answers.content(before)
        self._new = contract.answers.content()
        self._names = headings(contract)

    def sentences(self) -> Iterator[str]:
        yield from self._text(TITLE, self._names[TITLE], self._old[TITLE], self._new[TITLE])
        yield from self._list("sections", self._old, self._new)
        yield from self._said(terms.STRUCTURE_CHOICE, *map(_choice, (self._old, self._new)))
        for kind in (paths.SUPPORTS_LIST, paths.GOALS_LIST, paths.PROMISES_LIST):
            yield from self._list(kind, self._old, self._new)
        yield from self._said(terms.REVISIT, self._old["revisit"], self._new["revisit"])

    def _list(
        self, kind: str, old: _Thing, new: _Thing, goal: ItemId | None = None
    ) -> Iterator[str]:
        before, after = by_key(old[kind]), by_key(new[kind])
        for key in after:
            if key not in before:
                yield words.NEW.format(name=self._name(kind, key, goal))
            else:
                yield from self._thing(kind, key, before[key], after[key], goal)
        for key in before:
            if key not in after:
                yield words.GONE.format(name=self._name(kind, key, goal))
        stood = [key for key in before if key in after]
        stand = [key for key in after if key in before]
        if stood != stand:
            moved = cut_out(stood, stand)
            named = ([self._short_name(kind, key, goal) for key in some] for some in moved)
            yield words.in_order(terms.ALL[kind], *named)

    def _thing(
        self, kind: str, key: str, old: _Thing, new: _Thing, goal: ItemId | None
    ) -> Iterator[str]:
        thing = paths.step(goal, key) if goal else paths.item(kind, key)
        for field in COUNTS[kind]:
            if old[field] == new[field]:
                continue
            if field == paths.STEPS_LIST:
                yield from self._list(field, old, new, thing)
            elif field == "hidden":
                said = words.HIDDEN if new[field] else words.SHOWN
                yield said.format(name=self._name(kind, key, goal))
            elif (part := _part(thing, field)) in self._names and part in self._contract.texts:
                yield from self._text(part, self._names[part], old[field], new[field])
            else:
                yield self._another(kind, field, self._name(kind, key, goal), old, new)

    def _another(self, kind: str, field: str, name: str, old: _Thing, new: _Thing) -> str:
        """Say of a thing from what to what it was changed; of what should be a text, only that."""
        called = terms.FIELDS[kind][field].name
        if kind == paths.SECTIONS or field in texts_of(kind):
            return words.ANOTHER.format(name=name, field=called)
        name = words.FIELD.format(name=name, field=called)
        said = (self._said_as(kind, field, str(one[field])) for one in (old, new))
        return words.said_now(name, *said, is_quoted=field not in PEOPLE)

    def _text(self, part: PartId, name: str, old: Plain, new: Plain) -> Iterator[str]:
        """What became of a text, of which covered words are not shown here either."""
        if old == new:
            return
        contract = self._contract
        before = contract.text_at(part, self._heads)
        gone, come = cut(before, contract.text_at(part, contract.heads))
        yield words.became(name, gone, come)

    def _said(self, field: terms.Term, old: Plain, new: Plain) -> Iterator[str]:
        if old != new:
            yield words.said_now(field.name, *map(self._in_words, (str(old), str(new))))

    def _said_as(self, kind: str, field: str, said: str) -> str:
        """What is said in a field as a whole, in the words in which it is shown."""
        if said and field in PEOPLE:
            return self._contract.roster.person(SeatId(said)).name
        return terms.VALUES.get((kind, field), {}).get(said) or self._in_words(said)

    def _short_name(self, kind: str, key: str, goal: ItemId | None) -> str:
        """What tells a thing from the others of its list, by its own words alone."""
        if kind == paths.SECTIONS:
            return self._name(kind, key, goal)
        found = self._contract.items.find(paths.step(goal, key) if goal else paths.item(kind, key))
        said = first_words(self._contract, found) if found else ""
        return words.NAMED.format(words=said) if said else self._name(kind, key, goal)

    def _name(self, kind: str, key: str, goal: ItemId | None) -> str:
        if kind == "sections":
            return self._names.get(PartId(key), key)
        thing = paths.step(goal, key) if goal else paths.item(kind, key)
        found = self._contract.items.find(thing)
        return thing_heading(self._contract, found) if found else terms.ALL[kind]


def cut(old: str, new: str) -> tuple[str, str]:
    """Return of two texts the words in which they differ, as far as they lie together."""
    gone, come = cut_out(old.split(), new.split())
    return " ".join(gone), " ".join(come)


def cut_out(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Return of two rows what lies between their common beginning and their common end."""
    same = zip(before, after, strict=False)
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], same))
    rest = zip(reversed(before[first:]), reversed(after[first:]), strict=False)
    last = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    return before[first : len(before) - last], after[first : len(after) - last]


def _part(thing: ItemId, field: str) -> PartId:
    is_body = paths.kind(thing) == paths.SECTIONS and field == paths.BODY
    return PartId(paths.key(thing)) if is_body else paths.part_of(thing, field)


def _choice(content: _Thing) -> str:
    said = str(content["structure_choice"])
    return terms.CHOSEN.get(said, said)
