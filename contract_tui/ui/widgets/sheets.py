"""Lays the places of a menu out on sheets: each fits the window, and has a key for every line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from contract_tui.contract.schema import PartId
from contract_tui.ui.graphemes import width
from contract_tui.ui.ink import Ink

DIGITS = "123456789"
KEYS = (*DIGITS, *ascii_lowercase)
GAP = 3
"""Cells between two columns."""
ABOVE = "above "
"""Begins what stands above lines, which is no key."""


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the menu."""

    part: PartId
    label: str
    letter: str = ""
    """The key that always leads there; "" for the next that is free."""
    is_current: bool = False
    inks: tuple[Ink, ...] = ()
    """The inks of the others who are there."""
    above: str = ""
    """What stands above it, where the lines from here on are of another kind."""


Sheet = dict[str, Way]
"""The lines of one sheet by their keys, in their order."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much one sheet has room for."""

    rows: int
    cells: int

    def holds(self, ways: Sequence[Way]) -> bool:
        """Whether these lines, side by side where they are many, fit into it."""
        lines = sum(3 if one.above else 1 for one in ways)
        columns = -(-lines // self.rows)
        widest = max((_cells(one) for one in ways), default=0)
        return columns == 1 or columns * (widest + GAP) - GAP <= self.cells


def sheets(ways: Sequence[Way], room: Room) -> list[Sheet]:
    """Return as few sheets as have a key and room for every way, at least one.

    What has a key of its own is on the first, so that it can be learnt by heart.
    """
    own = {one.letter for one in ways if one.letter}
    free = [key for key in KEYS if key not in own]
    waiting = [(at, one) for at, one in enumerate(ways) if not one.letter]
    taken = [(at, one) for at, one in enumerate(ways) if one.letter]
    groups = _groups(ways)
    found: list[Sheet] = []
    while waiting or taken or not found:
        for _key in free:
            if not waiting:
                break
            more = sorted([*taken, waiting[0]], key=lambda one: one[0])
            if taken and not room.holds([one for _, one in more]):
                break
            taken = more
            del waiting[0]
        found.append(_keyed(taken, groups, free))
        taken = []
    return found


def _groups(ways: Sequence[Way]) -> list[str]:
    """What stands above the lines that each is one of."""
    found, above = [], ""
    for one in ways:
        above = one.above or above
        found.append(above)
    return found


def _keyed(taken: Sequence[tuple[int, Way]], groups: Sequence[str], free: Sequence[str]) -> Sheet:
    keys, above, sheet = iter(free), "", Sheet()
    for at, one in taken:
        said = groups[at] if groups[at] != above else ""
        above = groups[at]
        sheet[one.letter or next(keys)] = replace(one, above=said)
    return sheet


def _cells(way: Way) -> int:
    """How many cells its line takes: a sign, its key, its name, who is there."""
    line = 5 + width(way.label) + sum(1 + width(ink.mark) for ink in way.inks)
    return max(line, 2 + width(way.above))
