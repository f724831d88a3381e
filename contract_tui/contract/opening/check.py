"""What does not fit in a document, in words.

Nothing of this stops a contract from opening: what does not fit is left aside and named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Odd, Value
from contract_tui.contract.items import terms
from contract_tui.contract.names import ObjectId
from contract_tui.contract.opening.known import Known
from contract_tui.contract.schema import (
    BODY_TEXTS,
    CONSTANT_SECTIONS,
    HEADING_TEXTS,
    ROOT_OBJECTS,
    SECTION_MAPS,
    SECTIONS_MAP,
)
from contract_tui.contract.shape import CONTRACT, LISTED, Each, Leaf, Record, Shape
from contract_tui.language import _
from sync_server.protocol.operations import ElementId

NOTHING_YET = _("The beginning of this contract has not arrived on this computer yet.")
_MOST_NAMED = 50
_LONGEST_KEY = 40

_CONSTANT: dict[ObjectId, dict[str, ElementId]] = {
    None: ROOT_OBJECTS,
    SECTIONS_MAP: {str(part): SECTION_MAPS[part] for part in CONSTANT_SECTIONS},
    **{
        SECTION_MAPS[part]: {"heading": HEADING_TEXTS[part], "body": BODY_TEXTS[part]}
        for part in CONSTANT_SECTIONS
    },
}
"""The objects that the first change made, by the object and key where they stand."""

_KEPT = LISTED.keys() | {"conferences"}
"""Lists of which anybody may add thousands: what is in them is looked at again when it changes."""
_FOUND = {Kind.MAP: _("a map"), Kind.LIST: _("a list"), Kind.TEXT: _("a text")}
_FOUND_ODD = {Odd.ABSENT: _("nothing"), Odd.UNREADABLE: _("an unreadable value")}
_WANTED = {
    Leaf.TEXT: _("a text"),
    Leaf.STRING: _("a string"),
    Leaf.YES_NO: _("yes or no"),
    Leaf.NUMBER: _("a whole number"),
    Leaf.ANYTHING: _("a value"),
    Leaf.LIST: _("a list"),
}
_DOES_NOT_BELONG = _("{place} does not belong to a contract.")
_SHOULD_BE_MAP = _("{place} should be a map but is {found}.")
_SHOULD_BE = _("{place} should be {what} but is {found}.")
_TAKEN_OUT = _("{place} was taken out; what it held is still here.")
_REPLACED = _("{place} was replaced by {found}; what it held is still here.")
_REFUSED = _("{place} was written by somebody who is not the one to say it.")
_UNUSABLE = _("{place} has a name that cannot be used.")
_MISSING = _("{place} is missing.")


Told = tuple[str, ...]
"""What does not fit, one sentence each."""


def misfits(document: CrdtDocument, known: Known[Told] | None = None) -> list[str]:
    """Name what has a wrong type, is missing or does not belong, one sentence each.

    Things of the contract's lists that are `known` to stand as they did are not looked at again.
    """
    check = _Check(document, Known() if known is None else known)
    found = list(islice(check.record(None, CONTRACT, ()), _MOST_NAMED + 1))
    if len(found) > _MOST_NAMED:
        found[-1] = _("There is more that does not belong to a contract.")
    return found


@dataclass(frozen=True, slots=True)
class _Check:
    document: CrdtDocument
    known: Known[Told]

    def record(self, obj: ObjectId, record: Record, place: tuple[str, ...]) -> Iterator[str]:
        held = self.document.items(obj)
        constant = _CONSTANT.get(obj, {})
        for key, shape in record.fields.items():
            here = (*place, key)
            if key in constant:
                yield from _original(held.get(key, Odd.ABSENT), constant[key], here)
                yield from self.shape(Branch(_kind(shape), constant[key]), shape, here)
            elif key in held:
                yield from self.shape(held[key], shape, here)
            elif key not in record.optional:
                yield _missing(place, key)
        for key in held.keys() - record.fields.keys():
            yield _DOES_NOT_BELONG.format(place=named(*place, key))

    def each(self, obj: ObjectId, each: Each, place: tuple[str, ...]) -> Iterator[str]:
        held = self.document.items(obj)
        constant = _CONSTANT.get(obj, {})
        for key, original in constant.items():
            yield from _original(held.pop(key, Odd.ABSENT), original, (*place, key))
            yield from self.shape(Branch(Kind.MAP, original), each.shape, (*place, key))
        look = self.thing if len(place) == 1 and place[0] in _KEPT else self.shape
        for key, value in held.items():
            yield from look(value, each.shape, (*place, key))

    def thing(self, value: Value, shape: Shape, place: tuple[str, ...]) -> Iterator[str]:
        """Look at a thing of one of the contract's lists, unless it is known."""
        if not _is_map(value):
            yield from self.shape(value, shape, place)
            return
        obj = _object(value)
        if (told := self.known.get(obj)) is None:
            told = tuple(islice(self.shape(value, shape, place), _MOST_NAMED + 1))
            self.known.keep(obj, told, tuple(self.within(obj, shape)))
        yield from told

    def within(self, obj: ElementId, shape: Shape) -> Iterator[ElementId]:
        """Yield the maps inside a map that are looked at with it."""
        for key, value in self.document.items(obj).items():
            inner = shape.fields.get(key) if isinstance(shape, Record) else None
            if isinstance(shape, Each):
                inner = shape.shape
            if isinstance(inner, Record | Each) and _is_map(value):
                yield _object(value)
                yield from self.within(_object(value), inner)

    def shape(self, value: Value, shape: Shape, place: tuple[str, ...]) -> Iterator[str]:
        match shape:
            case Record() | Each() if not _is_map(value):
                yield _SHOULD_BE_MAP.format(place=named(*place), found=_found(value))
            case Record():
                yield from self.record(_object(value), shape, place)
            case Each():
                yield from self.each(_object(value), shape, place)
            case _ if not _fits(value, shape):
                what, found = _WANTED[shape], _found(value)
                yield _SHOULD_BE.format(place=named(*place), what=what, found=found)


def _original(value: Value, original: ElementId, place: tuple[str, ...]) -> Iterator[str]:
    """Say when something else stands in the place of an object that the first change made."""
    if value is Odd.ABSENT:
        yield _TAKEN_OUT.format(place=named(*place))
    elif not isinstance(value, Branch) or value.object != original:
        yield _REPLACED.format(place=named(*place), found=_found(value))


def _is_map(value: Value) -> bool:
    return isinstance(value, Branch) and value.kind is Kind.MAP


def _fits(value: Value, leaf: Leaf) -> bool:
    """Whether a value is one of this sort; programs of others write strings as texts."""
    kind = value.kind if isinstance(value, Branch) else None
    match leaf:
        case Leaf.TEXT:
            return kind is Kind.TEXT
        case Leaf.LIST:
            return kind is Kind.LIST
        case Leaf.STRING:
            return isinstance(value, str) or kind is Kind.TEXT
        case Leaf.YES_NO:
            return isinstance(value, bool)
        case Leaf.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool)
        case Leaf.ANYTHING:
            return True


def _kind(shape: Shape) -> Kind:
    if shape is Leaf.TEXT:
        return Kind.TEXT
    return Kind.LIST if shape is Leaf.LIST else Kind.MAP


def _object(value: Value) -> ElementId:
    assert isinstance(value, Branch)
    return value.object


def refused(*place: str) -> str:
    """Say that what stands at a place is not believed: nobody may say it for another."""
    return _REFUSED.format(place=named(*place))


def unusable(*place: str) -> str:
    """Say that nothing can be called so: a slash would make it part of something else."""
    return _UNUSABLE.format(place=named(*place))


def named(*place: str) -> str:
    """Return a place for people to read; a key may hold anything, even a terminal's commands."""
    return "“" + " / ".join(readable(key) for key in place) + "”"


def _missing(place: tuple[str, ...], key: str) -> str:
    """Say what is missing of a thing as people know it, and anything else by its place."""
    if (*place, key) == ("contract",):  # the first thing that whoever begins one writes
        return NOTHING_YET
    fields = terms.FIELDS.get(place[0], {}) if len(place) == 2 else {}
    if key not in fields:
        return _MISSING.format(place=named(*place, key))
    return terms.LACKING.format(one=terms.ONE[place[0]], field=fields[key].label)


def readable(key: str) -> str:
    """Return a key or what begins it, without characters that do not print."""
    shown = key[:_LONGEST_KEY]
    return shown if shown.isprintable() else repr(shown)[1:-1]


def _found(value: Value) -> str:
    match value:
        case Branch():
            return _FOUND[value.kind]
        case Odd():
            return _FOUND_ODD[value]
        case None:
            return _("nothing")
        case bool():
            return _("yes or no")
        case str():
            return _("a string")
        case int() | float():
            return _("a number")
        case bytes():
            return _("bytes")
