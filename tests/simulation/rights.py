"""What counts of a goal, read naively: as if nobody had ever written what they had no right to."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from contract_tui.contract.contract import Contract
from contract_tui.contract.items.rights import is_students_own
from contract_tui.contract.items.tokens import GoalState, Origin
from contract_tui.contract.items.values import Goal
from contract_tui.contract.items.writing import BROUGHT_BACK
from contract_tui.contract.text.voice import not_theirs
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.operations import Action, ElementId, Operation, Value, operations

_KEYS = ("state", "origin", "stretch", "removed")
_KEPT = {"state": GoalState.LET_GO, "origin": Origin.MINE}


class Saying(NamedTuple):
    """What one change says under a key in the end."""

    id: ElementId
    value: Value
    """None where it takes out what stood there."""
    change: int
    """A bit of its own."""
    seen: int
    """The bits of all changes that were there when it was made."""
    is_students: bool


def check_goals(contract: Contract) -> None:
    """Everybody is shown of each goal what counts, and whose letters are not the student's."""
    sayings = _sayings(contract)
    for goal in contract.items.goals:
        said = {key: sayings.get((goal.object, key), []) for key in _KEYS}
        assert goal.string("state") == _newest(said["state"], "state", _all_but(GoalState.LET_GO))
        assert goal.string("stretch") == _newest(said["stretch"], "stretch", _none)
        may = _none if goal.added_by in contract.pupils else _all_but(Origin.MINE)
        assert goal.string("origin") == _newest(said["origin"], "origin", may)
        away = _newest(said["removed"], "removed", _none)
        assert (goal.removal is None) == (away in ("", BROUGHT_BACK))
        _check_letters(contract, goal)


def _check_letters(contract: Contract, goal: Goal) -> None:
    for part in goal.parts:
        if is_students_own(part):
            told = {at for begin, end in not_theirs(contract, part) for at in range(begin, end)}
            ids = enumerate(contract.text(part).ids)
            assert told == {at for at, one in ids if not _is_students(contract, one)}


def _newest(some: Collection[Saying], key: str, may: Callable[[Saying], bool]) -> Value:
    theirs = _standing(one for one in some if one.is_students)
    if key in _KEPT and theirs == _KEPT[key]:
        return theirs
    return _standing(one for one in some if one.is_students or may(one))


def _standing(some: Iterable[Saying]) -> Value:
    """The newest of what nobody among them had seen who said something else."""
    listed = list(some)
    there = [
        one
        for one in listed
        if one.value is not None and not any(one.change & other.seen for other in listed)
    ]
    return max(there, key=lambda one: one.id).value if there else ""


def _all_but(value: str) -> Callable[[Saying], bool]:
    return lambda one: one.value != value


def _none(_: Saying) -> bool:
    return False


def _sayings(contract: Contract) -> dict[tuple[ElementId, str], list[Saying]]:
    """All that was ever said of things, each with what was there by then."""
    bits: dict[ChangeHash, int] = {}
    found: dict[tuple[ElementId, str], list[Saying]] = {}
    for number, change in enumerate(parse_changes(contract.changes_since())):
        seen = 0
        for dep in change.deps:
            seen |= bits[dep]
        bits[change.hash] = seen | 1 << number
        for place, one in _last(change).items():
            value = None if one.action is Action.DELETE else one.value
            is_students = _is_students(contract, one.id)
            found.setdefault(place, []).append(
                Saying(one.id, value, 1 << number, seen, is_students)
            )
    return found


def _last(change: Change) -> dict[tuple[ElementId, str], Operation]:
    done = operations(change.raw)
    return {(one.object, one.key): one for one in done if one.object and one.key in _KEYS}


def _is_students(contract: Contract, one: ElementId) -> bool:
    """Nothing was there before the student of a simulation, who begins the contract."""
    return contract.author(Actor(one.actor)).id in contract.pupils
