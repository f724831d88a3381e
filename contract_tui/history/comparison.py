"""What is different between two versions of a contract, and whose doing it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from contract_tui.contract.schema import PartId
from contract_tui.history.chronicle import Letter
from contract_tui.history.moment import Moment
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor


class Mark(Enum):
    """What became of a letter between two versions."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in a row that one person wrote and that fared alike."""

    text: str
    mark: Mark
    author: Actor
    """Who wrote them."""
    taker: Actor | None = None
    """Who took them out; None where nobody did, only the later version does not know them yet."""


def compare(past: Past, part: PartId, before: Moment, after: Moment) -> list[Run]:
    """Return all text of a part at either version, in its order; what was removed is among it.

    The versions may lie in any order, and on different branches.
    """
    chronicle = past.chronicles[part]
    there, then = set(chronicle.standing(after)), set(chronicle.standing(before))
    runs: list[Run] = []
    fates = (
        (_fate(past, chronicle.letters[place], place in then, place in there, after), place)
        for place in sorted(there | then)
    )
    for (mark, author, taker), places in groupby(fates, key=lambda fate: fate[0]):
        text = "".join(chronicle.letters[place].text for _, place in places)
        runs += [Run(text, mark, author, taker)] if text else []
    return runs


def changed(past: Past, before: Moment, after: Moment) -> Iterator[PartId]:
    """Yield the parts of which the words differ between two versions."""
    for part, chronicle in past.chronicles.items():
        if chronicle.standing(before) != chronicle.standing(after):
            yield part


Fate = tuple[Mark, Actor, Actor | None]


def _fate(past: Past, letter: Letter, then: bool, now: bool, after: Moment) -> Fate:
    author = past.order.actor(letter.born)
    if then and now:
        return Mark.KEPT, author, None
    if now:
        return Mark.ADDED, author, None
    takers = [past.order.actor(at) for at in letter.gone if after[at]]
    return Mark.REMOVED, author, takers[0] if takers else None
