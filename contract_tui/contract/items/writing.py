"""How the things of a contract come into it and change: each makes a part of one change."""

from collections.abc import Mapping

from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.errors import NotYours, TooMuch
from contract_tui.contract.heads import MOST_HEADS, write_heads
from contract_tui.contract.items import paths, words
from contract_tui.contract.items.rights import may_remove, may_say
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Goal, Item, Promise, Said
from contract_tui.contract.records import Write, begin_turn
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.shape import LISTED, Each, texts_of
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId

Plain = str | int | bool
BROUGHT_BACK = "no"
"""Stands in the place of a removal that is taken back, where nothing of it is left to take out."""


def add(
    kind: str,
    key: str,
    said: Mapping[str, Plain],
    texts: Mapping[str, str] = {},
    *,
    within: ElementId | None = None,
    turn_at: int | None,
) -> Write:
    """Put a thing with all its texts into a list, under a fresh key.

    `within` is the map of steps of a goal; every other list is the contract's own.
    """

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        thing = writer.make(within or ROOT_OBJECTS[kind], key, Kind.MAP)
        for field in texts_of(kind):
            text = writer.make(thing, field, Kind.TEXT)
            if texts.get(field):
                writer.splice(text, Splice(0, 0, clean(texts[field])))
        for field, shape in LISTED[kind].fields.items():
            if isinstance(shape, Each):
                writer.make(thing, field, Kind.MAP)
        for field, value in said.items():
            writer.put(thing, field, value)

    return write


def add_steps(goal: Goal, key: str, said: Mapping[str, Plain], turn_at: int | None) -> Write:
    """Give a goal a list of steps again, which somebody took out of it, with one step in it."""

    def write(writer: Writer) -> None:
        steps = writer.make(goal.object, paths.STEPS_LIST, Kind.MAP)
        add(paths.STEPS_LIST, key, said, within=steps, turn_at=turn_at)(writer)

    return write


def add_text(holder: ElementId, field: str, words: str, turn_at: int | None) -> Write:
    """Give a thing or a section a text again that somebody took out of the map that holds it."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        text = writer.make(holder, field, Kind.TEXT)
        if words:
            writer.splice(text, Splice(0, 0, clean(words)))

    return write


def say(
    thing: Item,
    field: str,
    value: Plain,
    by: SeatId,
    pupils: frozenset[SeatId],
    turn_at: int | None,
) -> Write | None:
    """Say something of a thing; None where that is said already. Raises NotYours."""
    said = Said(value, by)
    if not may_say(thing, field, said, pupils):
        raise NotYours(words.NOT_TO_SAY)
    is_said = field in thing.said and thing.said[field].value == value
    if is_said and field not in thing.overruled:
        return None

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        put_anew(writer, thing.object, field, value)

    return write


def arrange(positions: Mapping[ElementId, str], turn_at: int | None) -> Write:
    """Say where some things of a list stand, by their maps."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        for thing, position in positions.items():
            writer.put(thing, "pos", position)

    return write


def remove(
    thing: Item, by: SeatId, pupils: frozenset[SeatId], heads: Heads, turn_at: int | None
) -> Write | None:
    """Take a thing away as it was at some heads; None where it is. Raises NotYours or TooMuch."""
    if thing.removal is not None:
        return None
    if not may_remove(thing, Said("", by), pupils):
        is_goal = paths.kind(thing.id) == paths.GOALS_LIST
        raise NotYours(words.GOAL_IS_THE_STUDENTS if is_goal else words.ADDED_BY_ANOTHER)
    if len(heads) > MOST_HEADS:
        raise TooMuch(words.TOO_MANY_HEADS)

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        put_anew(writer, thing.object, "removed", write_heads(heads))

    return write


def bring_back(thing: Item, turn_at: int | None) -> Write | None:
    """Put a thing back that was taken away; None where it stands."""
    if thing.removal is None:
        return None

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        if "removed" in thing.overruled:
            put_anew(writer, thing.object, "removed", BROUGHT_BACK)
        else:
            writer.delete(thing.object, "removed")

    return write


def close_promise(
    promise: Promise, person: SeatId, outcome: Outcome, turn_at: int | None
) -> Write | None:
    """Say what has become of a promise; None where that is said. Raises NotYours.

    Only the word of the one counts whom it was made to.
    """
    if person != promise.to or promise.outcomes_map is None:
        raise NotYours(words.NOT_TO_CLOSE)
    outcomes = promise.outcomes_map
    if promise.outcome == outcome:
        return None

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        put_anew(writer, outcomes, person, outcome.value)

    return write


def put_anew(writer: Writer, obj: ElementId, key: str, value: Plain) -> None:
    """Say something in one's own hand, also where somebody said the same who is not believed.

    The library makes no change of a value that stands there already.
    """
    writer.delete(obj, key)
    writer.put(obj, key, value)


def revisit(when: str, turn_at: int | None) -> Write:
    """Say when the contract is to be taken up again."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        writer.put(None, "revisit", when)

    return write
