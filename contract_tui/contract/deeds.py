"""What some changes did to a contract, so that a person can read it before they decide on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contract_tui.contract.contract import Contract
from contract_tui.contract.past.covers import veiled
from contract_tui.contract.schema import SEATS_MAP, TURNS_LIST, PartId
from contract_tui.contract.touched import Touched, touched
from sync_server.protocol.operations import Action, ElementId, Operation, operations

CHOICE_KEY, REVISIT_KEY = "structure_choice", "revisit"


class Words(NamedTuple):
    """Letters that belong together, in one part."""

    part: PartId
    text: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done."""

    written: tuple[Words, ...] = ()
    """What stands in the contract, in the order in which it is read."""
    gone: tuple[Words, ...] = ()
    """What was written and is not there any more."""
    taken: tuple[Words, ...] = ()
    """What was taken out of others' words."""
    chosen: tuple[str, ...] = ()
    """Choices of how much structure is wanted."""
    things: tuple[Touched, ...] = ()
    """What was done to goals, promises, notes and other things, and to sections."""
    revisit: tuple[str, ...] = ()
    """When the contract is to be taken up again."""
    seats: bool = False
    """Whether somebody entered a seat."""
    more: bool = False
    """Whether something else was changed."""


class _Letter(NamedTuple):
    id: ElementId
    part: PartId
    text: str
    after: ElementId | None
    """What it was put behind; None at the beginning."""


def deeds(
    contract: Contract, raws: Iterable[bytes], everything: Callable[[], Iterable[bytes]]
) -> Deeds:
    """Tell what these changes of a contract did.

    `everything` are all its raw changes: only asked for where something of others was taken out.
    What its author covered is not shown here either.
    """
    parts = {text: part for part, text in contract.texts.items()}
    covered = frozenset[ElementId]().union(*contract.covered.values())
    done = [one for raw in raws for one in operations(raw)]
    letters = {
        one.id: _letter(one, part, covered)
        for one in done
        if (part := _part(one, parts)) and one.insert and isinstance(one.value, str)
    }
    out = {
        name
        for one in done
        if _part(one, parts) and one.action is Action.DELETE
        for name in one.predecessors
    }
    standing = _standing(contract, letters)
    gone = [letter for name, letter in letters.items() if name not in standing]
    rest = [one for one in done if _part(one, parts) is None and one.object != TURNS_LIST]
    things, accounted = touched(contract, rest)
    made = {one.id for one in rest}
    return Deeds(
        tuple(_written(contract, letters)),
        tuple(_runs(gone)),
        tuple(_runs(_found(out - letters.keys(), parts, covered, everything))),
        tuple(str(one.value) for one in rest if _says(one, CHOICE_KEY)),
        things,
        tuple(str(one.value) for one in rest if _says(one, REVISIT_KEY)),
        any(one.object == SEATS_MAP for one in rest),
        any(_is_more(one, {SEATS_MAP, *made}, accounted) for one in rest)
        or any(_is_odd(one) for one in done if _part(one, parts)),
    )


def _part(one: Operation, parts: Mapping[ElementId, PartId]) -> PartId | None:
    return parts.get(one.object) if one.object else None


def _letter(one: Operation, part: PartId, covered: Collection[ElementId]) -> _Letter:
    after = one.key if isinstance(one.key, ElementId) else None
    text = str(one.value)
    return _Letter(one.id, part, veiled(text) if one.id in covered else text, after)


def _says(one: Operation, key: str) -> bool:
    return one.object is None and one.key == key


def _is_more(one: Operation, made: set[ElementId], accounted: Collection[ElementId]) -> bool:
    """Whether it is told nowhere else."""
    is_told = _says(one, CHOICE_KEY) or _says(one, REVISIT_KEY) or one.id in accounted
    return not is_told and one.object not in made


def _is_odd(one: Operation) -> bool:
    """Whether it does to a text what none of our programs does."""
    return not (one.action is Action.DELETE or (one.insert and isinstance(one.value, str)))


def _standing(contract: Contract, letters: Mapping[ElementId, _Letter]) -> set[ElementId]:
    parts = {letter.part for letter in letters.values()}
    return {name for part in parts for name in contract.text(part).ids if name in letters}


def _written(contract: Contract, letters: Mapping[ElementId, _Letter]) -> Iterable[Words]:
    """The letters that stand, cut where others' stand between them."""
    for part in dict.fromkeys(letter.part for letter in letters.values()):
        run = ""
        for name in contract.text(part).ids:
            if name in letters:
                run += letters[name].text
            elif run:
                yield Words(part, run)
                run = ""
        if run:
            yield Words(part, run)


def _found(
    wanted: Collection[ElementId],
    parts: Mapping[ElementId, PartId],
    covered: Collection[ElementId],
    everything: Callable[[], Iterable[bytes]],
) -> Sequence[_Letter]:
    """The letters of these ids, in the order in which they were written."""
    if not wanted:
        return []
    found = [
        _letter(one, part, covered)
        for raw in everything()
        for one in operations(raw)
        if one.id in wanted and (part := _part(one, parts))
    ]
    return sorted(found, key=lambda letter: (letter.id.actor, letter.id.counter))


def _runs(letters: Sequence[_Letter]) -> Iterable[Words]:
    """Letters in the order in which they were written, cut where one does not follow another."""
    run, last = "", None
    for letter in letters:
        if last is not None and (letter.after, letter.part) != (last.id, last.part):
            yield Words(last.part, run)
            run = ""
        run += letter.text
        last = letter
    if last is not None:
        yield Words(last.part, run)
