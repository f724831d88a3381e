"""How the people of a sample write down things: goals, promises, what helps, notes."""

from __future__ import annotations

from datetime import UTC, datetime

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.positions import between
from contract_tui.contract.items.rights import students
from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.items.values import Goal, Item, Promise
from contract_tui.contract.items.writing import Plain
from contract_tui.contract.records import Write
from contract_tui.contract.schema import PartId
from contract_tui.contract.shape import LISTED, PEOPLE, Leaf
from contract_tui.contract.text.places import write_character, write_place
from contract_tui.contract.text.rewrite import minimal_splices
from contract_tui.library.script import DAY, Begin, Close, Revisit, Say, Suggest
from sync_server.access.proof import SeatId

_CHANCE = 7
"""Nobody else puts anything there at the same time."""

Act = Begin | Say | Close | Suggest | Revisit


def acting(contract: Contract, part: PartId, act: Act, turn_at: int | None, now: float) -> Write:
    """Return what an act of whoever writes the contract here makes of it."""
    me = contract.author(contract.actor).id
    match act:
        case Begin():
            return _begin(contract, act, turn_at, now)
        case Say(thing, field, value):
            found = _found(contract, thing)
            write = writing.say(found, field, value, me, students(contract.roster), turn_at)
        case Close(thing, outcome):
            promise = _found(contract, thing)
            assert isinstance(promise, Promise)
            write = writing.close_promise(promise, me, outcome, turn_at)
        case Suggest():
            write = _suggest(contract, part, act, me, turn_at)
        case Revisit(days):
            write = writing.revisit(_day(now, days), turn_at)
    assert write is not None, f"{act} says nothing new"
    return write


def _begin(contract: Contract, begin: Begin, turn_at: int | None, now: float) -> Write:
    thing, said = begin.thing, {key: _named(contract, key, one) for key, one in begin.said.items()}
    for key, days in begin.days.items():
        number = LISTED[paths.kind(thing)].fields[key] is Leaf.NUMBER
        said[key] = int(now) + days * DAY if number else _day(now, days)
    goal = contract.items.find(paths.goal_of(thing)) if _is_step(thing) else None
    assert goal is None or isinstance(goal, Goal)
    kind = paths.kind(thing)
    same = goal.steps if goal else [one for one in contract.items if paths.kind(one.id) == kind]
    if "pos" in LISTED[kind].fields:
        said["pos"] = between(same[-1].position if same else "", "", _CHANCE)
    within = goal.steps_map if goal else None
    return writing.add(kind, paths.key(thing), said, begin.words, within=within, turn_at=turn_at)


def _suggest(
    contract: Contract, part: PartId, act: Suggest, me: SeatId, turn_at: int | None
) -> Write:
    text = contract.text(part)
    assert act.old in text.text, f"{act.old!r} is not in {text.text!r}"
    (change,) = minimal_splices(text.text, text.text.replace(act.old, act.new, 1))
    said: dict[str, Plain] = {
        "kind": NoteKind.SUGGESTION,
        "by": me,
        "about": write_place(text.object, text.ids[change.start : change.end]),
        "after": write_character(text.anchor_at(change.start)),
    }
    key, words = paths.key(act.note), {"text": change.text}
    return writing.add(paths.NOTES_LIST, key, said, words, turn_at=turn_at)


def _named(contract: Contract, key: str, value: Plain) -> Plain:
    """Return a value, a person's seat in place of their name."""
    if key not in PEOPLE or not value:
        return value
    return next(one.id for one in contract.seats.values() if one.name == value)


def _found(contract: Contract, thing: ItemId) -> Item:
    found = contract.items.find(thing)
    assert found is not None, f"{thing} is not there yet"
    return found


def _is_step(thing: ItemId) -> bool:
    return paths.kind(thing) == paths.STEPS_LIST


def _day(now: float, days: int) -> str:
    return datetime.fromtimestamp(now + days * DAY, UTC).date().isoformat()
