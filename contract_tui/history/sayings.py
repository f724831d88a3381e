"""What was said of things beside their words, and is another at a later version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Goal, Item, Promise, Step
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.shape import LISTED, Leaf
from contract_tui.history.moment import Moment
from contract_tui.history.past import Past
from contract_tui.history.register import Said
from sync_server.protocol.ids import ElementId

ADDED = "added"
"""The field that tells whether a thing is there."""
OUTCOME = "outcome"
"""The field that tells what became of a promise, by the word of whom it was made to."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of which something else is said than before."""

    thing: Item
    field: str
    before: Said
    """None where nothing was said."""
    after: Said


def changes(past: Past, things: Iterable[Item], before: Moment, after: Moment) -> Iterator[Change]:
    """Yield what is said of some things at one version and was not at another.

    Of a thing that is new nothing more is told. Steps come behind their goal.
    """
    steps: dict[ItemId, ElementId | None] = {}
    for thing in things:
        is_new = False
        if isinstance(thing, Goal):
            steps[thing.id] = thing.steps_map
        for field, obj, key in _places(thing, steps):
            register = past.things.registers.get((obj, key))
            if register is None:
                continue
            then, now = register.at(before), register.at(after)
            if then != now and not is_new:
                yield Change(thing, field, then, now)
            is_new = is_new or (field == ADDED and then is None)


def _places(
    thing: Item, steps: Mapping[ItemId, ElementId | None]
) -> Iterator[tuple[str, ElementId, str]]:
    """What can be said of a thing, and where that stands; first of all that it is there."""
    kind = paths.kind(thing.id)
    is_step = isinstance(thing, Step)
    within = steps.get(paths.goal_of(thing.id)) if is_step else ROOT_OBJECTS[kind]
    if within is not None:
        yield ADDED, within, paths.key(thing.id)
    for field, shape in LISTED[kind].fields.items():
        if isinstance(shape, Leaf) and shape is not Leaf.TEXT:
            yield field, thing.object, field
    if isinstance(thing, Promise) and thing.outcomes_map:
        yield OUTCOME, thing.outcomes_map, thing.to
