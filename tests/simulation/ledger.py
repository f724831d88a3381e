"""What people did, noted beside the program, to be compared with what it shows in the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from contract_tui.contract.contract import Contract
from contract_tui.contract.items.rights import is_students_own
from contract_tui.contract.items.values import Goal, Item
from contract_tui.contract.past.losses import Losses
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.contract.values import Heads
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor, ChangeHash
from sync_server.protocol.operations import Action, ElementId, operations
from sync_server.protocol.saved import read_saved


@dataclass
class Ledger:
    """The letters that one person typed and took out, by the change that did it."""

    typed: dict[ChangeHash, frozenset[ElementId]] = field(default_factory=dict)
    out: dict[ChangeHash, frozenset[ElementId]] = field(default_factory=dict)
    known: dict[tuple[ElementId, Heads], frozenset[ElementId]] = field(default_factory=dict)
    """The letters of a thing that were there for whoever took it away at some heads."""

    def note(self, change: ChangeHash, raw: bytes) -> None:
        """Note what one change did to any text."""
        done = operations(raw)
        typed = (one.id for one in done if one.insert and isinstance(one.value, str))
        out = (one.predecessors for one in done if is_erasure(one.action, one.key))
        self.typed[change] = frozenset(typed)
        self.out[change] = frozenset(name for some in out for name in some)

    def taken_out_by(self, changes: Iterable[ChangeHash]) -> frozenset[ElementId]:
        return frozenset[ElementId]().union(*(self.out[one] for one in changes))


def is_erasure(action: Action, key: str | ElementId | None) -> bool:
    """Whether an operation takes out a letter."""
    return action is Action.DELETE and isinstance(key, ElementId)


def letters(contract: Contract, things: Iterable[Item] | None = None) -> frozenset[ElementId]:
    """The letters that stand in some things, with their steps; in the whole contract by default."""
    if things is None:
        some = list(contract.texts)
    else:
        some = [part for thing in things for one in within(thing) for part in one.parts]
    return frozenset(name for part in some for name in contract.text(part).ids)


def within(thing: Item) -> tuple[Item, ...]:
    """A thing and its steps."""
    return (thing, *thing.steps) if isinstance(thing, Goal) else (thing,)


def everything(contract: Contract) -> dict[str, object]:
    """All that people can see of a contract."""
    shown = parts(contract)
    return {
        "sections": contract.sections,
        "items": contract.items,
        "choice": contract.structure_choice,
        "texts": {part: contract.text(part).text for part in sorted(shown)},
        "covered": {part: some for part, some in contract.covered.items() if part in shown},
        "kept": contract.kept,
        "set aside": contract.set_aside,
        "agreement": contract.agreement,
        "digest": contract.answers.digest,
        "offered back": [one.id for one in contract.items if contract.unseen(one)],
    }


def parts(contract: Contract) -> set[PartId]:
    """The texts of what there is now: one that was there once is not forgotten where it is open."""
    sections = [name for one in contract.sections for name in (one.part, one.heading_part)]
    return {TITLE, *sections, *contract.items.texts} & contract.texts.keys()


def check_words(
    contract: Contract, ledgers: Collection[Ledger], kept: Collection[ChangeHash]
) -> None:
    """Every letter that was typed and that nobody took out stands in a text, and no other."""
    typed, out = (
        frozenset[ElementId]().union(*(some[one] for some in table for one in some if one in kept))
        for table in ([one.typed for one in ledgers], [one.out for one in ledgers])
    )
    assert letters(contract) == typed - out


def check_removals(contract: Contract, ledgers: Collection[Ledger]) -> None:
    """What was taken away is offered back where words of others stand in it that went unseen.

    And no goal of the student's is away because of anybody else.
    """
    for thing in contract.items:
        removal = thing.removal
        if removal is None:
            continue
        assert not isinstance(thing, Goal) or removal.by in contract.pupils
        known = {
            name for one in ledgers for name in one.known.get((thing.object, removal.heads), ())
        }
        new = letters(contract, [thing]) - known
        assert contract.unseen(thing) == any(_author(contract, one) != removal.by for one in new)


def check_students_words(
    contract: Contract, ledgers: Collection[Ledger], kept: Collection[ChangeHash]
) -> None:
    """What others took out of the student's own words is offered back, until that is settled."""
    hands = contract.hands

    student = hands.are_students
    by_student, by_others = _takers(contract, ledgers, kept, student)
    losses = Losses(contract)
    for operation in read_saved(contract.save()).operations():
        losses.take(operation)
    offered = {name for lost in losses.found() for name in lost.elements}
    own = {obj for part, obj in contract.texts.items() if is_students_own(part)}
    theirs = {
        one.id
        for raw in contract.changes_since()
        for one in operations(raw)
        if one.object in own and one.insert and student(one.id)
    }
    covered = frozenset[ElementId]().union(*contract.covered.values())
    settled = frozenset[ElementId]().union(*contract.settled.values())
    assert offered == (theirs & by_others) - by_student - covered - settled


def _takers(
    contract: Contract,
    ledgers: Collection[Ledger],
    kept: Collection[ChangeHash],
    student: Callable[[ElementId], bool],
) -> tuple[set[ElementId], set[ElementId]]:
    """What the student took out, and what others did."""
    found: tuple[set[ElementId], set[ElementId]] = set(), set()
    for raw in contract.changes_since():
        for one in operations(raw):
            if is_erasure(one.action, one.key):
                found[0 if student(one.id) else 1].update(one.predecessors)
    assert found[0] | found[1] == {
        name for one in ledgers for change in one.out if change in kept for name in one.out[change]
    }
    return found


def _author(contract: Contract, letter: ElementId) -> SeatId:
    return contract.author(Actor(letter.actor)).id
