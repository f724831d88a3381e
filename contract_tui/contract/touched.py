"""Which things and sections of a contract some operations added, changed or took away."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Promise
from contract_tui.contract.items.writing import BROUGHT_BACK
from contract_tui.contract.schema import CONSTANT_SECTIONS, SECTIONS_MAP
from sync_server.protocol.operations import Action, ElementId, Operation

_LISTS = {**paths.LISTS, SECTIONS_MAP: paths.SECTIONS}


class Happened(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_AWAY = "taken-away"
    BROUGHT_BACK = "brought-back"
    DESTROYED = "destroyed"
    """Taken out of its list: no program of ours does that, and a copy of it can be brought back."""


class Touched(NamedTuple):
    """One thing, or a section, and what became of it."""

    thing: ItemId
    what: Happened


def touched(
    contract: Contract, done: Iterable[Operation]
) -> tuple[tuple[Touched, ...], frozenset[ElementId]]:
    """Tell what some operations did to things, each once, and which of them did that."""
    reader, listed = _Reader(contract), list(done)
    put = {one.id: (one.object, one.key) for one in listed if one.action is not Action.DELETE}
    found: dict[Touched, None] = {}
    accounted: set[ElementId] = set()
    for one in listed:
        if (thing := reader.touched(one)) is not None:
            accounted.add(one.id)
            following = one.id._replace(counter=one.id.counter + 1)
            if one.action is not Action.DELETE or put.get(following) != (one.object, one.key):
                found.setdefault(thing)
    added = {one.thing for one in found if one.what is Happened.ADDED}
    told = (one for one in found if one.what is not Happened.CHANGED or one.thing not in added)
    return tuple(told), frozenset(accounted)


class _Reader:
    def __init__(self, contract: Contract) -> None:
        self._owners = dict(_owners(contract))
        self._steps = {
            goal.steps_map: goal.id for goal in contract.items.goals if goal.steps_map is not None
        }

    def touched(self, one: Operation) -> Touched | None:
        obj, key = one.object, one.key
        if obj is None or not isinstance(key, str):
            return None
        if (thing := self._owners.get(obj)) is not None:
            return Touched(thing, _what(one, key))
        if obj == SECTIONS_MAP and key in CONSTANT_SECTIONS:
            return None  # nobody can take these out
        if obj in _LISTS or obj in self._steps:
            is_listed = obj in _LISTS
            name = paths.item(_LISTS[obj], key) if is_listed else paths.step(self._steps[obj], key)
            if one.action is Action.DELETE or one.predecessors:
                return Touched(name, Happened.DESTROYED)
            if self._owners.get(one.id) == name:
                return Touched(name, Happened.ADDED)
        return None


def _owners(contract: Contract) -> Iterator[tuple[ElementId, ItemId]]:
    """Yield the maps of which each thing and section consists."""
    for section in contract.sections:
        if section.map is not None:
            yield section.map, paths.item(paths.SECTIONS, section.part)
    for thing in contract.items:
        yield thing.object, thing.id
        if isinstance(thing, Promise) and thing.outcomes_map is not None:
            yield thing.outcomes_map, thing.id


def _what(one: Operation, key: str) -> Happened:
    if key != "removed":
        return Happened.CHANGED
    is_back = one.action is Action.DELETE or one.value == BROUGHT_BACK
    return Happened.BROUGHT_BACK if is_back else Happened.TAKEN_AWAY
