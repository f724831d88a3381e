"""Goes on with a past as further changes arrive, where they come last and do what is usual.

A key typed by somebody else would otherwise cost as much as opening the history. Everything is
looked at before anything is done, so that what cannot be followed leaves the past as it was.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from contract_tui.contract.schema import GENESIS_ACTOR, TURNS_LIST
from contract_tui.history.past import Past
from sync_server.protocol.chunk import Change
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash, ElementId
from sync_server.protocol.operations import Action, Operation, operations
from sync_server.protocol.saved import SavedChange

MOST = 500
"""Changes beyond which reading everything again is quicker."""


class _News(NamedTuple):
    change: Change
    operations: Sequence[Operation]


def follow(past: Past, changes: Sequence[Change], position: Callable[[ChangeHash], int]) -> bool:
    """Take further changes into a past; returns whether it could, and has done nothing if not.

    `position` finds a known change by its hash, or raises LookupError.
    """
    known = len(past)
    new = sorted(changes, key=lambda one: (one.start_op, one.actor))
    if len(new) > MOST or any(one.actor == GENESIS_ACTOR for one in new):
        return False
    try:
        news = [_News(one, operations(one.raw)) for one in new]
        _line_up(past, news, position)
        _check(past, news)
    except (LookupError, BadChunk):
        past.order.cut(known)
        return False
    for at, one in enumerate(news, known):
        past.touched.append(())
        for operation in one.operations:
            _do(past, operation, at)
    return True


def _line_up(past: Past, news: Sequence[_News], position: Callable[[ChangeHash], int]) -> None:
    """Put changes behind the others; raises LookupError where one belongs before them."""
    places: dict[ChangeHash, int] = {}
    for one, _ in news:
        deps = tuple(places[dep] if dep in places else position(dep) for dep in one.deps)
        saved = SavedChange(one.actor, one.seq, one.max_op, one.time, tuple(sorted(deps)))
        places[one.hash] = len(past)
        if not past.order.append(saved):
            raise LookupError("a change does not stand behind all others")


def _check(past: Past, news: Sequence[_News]) -> None:
    """Raise LookupError where an operation does what has to be read anew."""
    made: set[ElementId] = set()
    for _, written in news:
        for operation in written:
            if not _is_usual(past, operation, made):
                raise LookupError("an operation does something unusual")
            made.add(operation.id)


def _is_usual(past: Past, operation: Operation, made: set[ElementId]) -> bool:
    part, action = past.part_of(operation.object), operation.action
    if part is None:
        if past.things.part(operation) is not None:
            return past.things.knows(operation, made)
        return past.things.wording(operation.object) is None
    chronicle = past.chronicles[part]
    if action is Action.DELETE:
        needed = set(operation.predecessors)
    else:
        needed = {operation.key} if isinstance(operation.key, ElementId) else set()
    there = all(one in made or chronicle.place(one) is not None for one in needed)
    return there and chronicle.is_followable and (operation.insert or action is Action.DELETE)


def _do(past: Past, operation: Operation, position: int) -> None:
    part = past.part_of(operation.object)
    if part is not None:
        chronicle = past.chronicles[part]
        past.touch(position, part)
        if operation.insert:
            chronicle.insert(operation)
        for taken in operation.predecessors:
            chronicle.take(taken, position)
    elif operation.object == TURNS_LIST:
        if type(operation.value) is int and operation.action is not Action.DELETE:
            past.turns_at[position] = operation.value
    elif (owner := past.things.part(operation)) is not None:
        past.things.change(operation, position)
        past.touch(position, owner)
    elif operation.action is not Action.DELETE:
        past.note(operation)
