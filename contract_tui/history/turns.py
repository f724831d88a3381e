"""Turns: who wrote in which section, from when, to what effect.

A turn is a stretch of one person's changes of their own in one part; what others do meanwhile never
ends it. It begins where a change says so, and in contracts written by other programs after two
minutes without a change. Keystrokes are never shown one by one.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from contract_tui.contract.schema import PartId
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor

PAUSE = 120
"""Seconds without a change of one's own after which a new turn begins."""
_NONE = -1


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one person in one part."""

    number: int
    """1 for the first turn of the contract; they are numbered as they began."""
    actor: Actor
    section: PartId
    at: datetime | None
    """When it began by its author's clock, in UTC; None where a program of others kept no time."""
    changes: tuple[int, ...]
    """The positions of its changes, ascending."""
    shown: int
    """The position behind the last change of this turn and of all before it.

    Turns overlap; a person who steps from one to the next is never taken back in time.
    """

    @property
    def begin(self) -> int:
        """The position of its first change."""
        return self.changes[0]

    @property
    def end(self) -> int:
        """The position behind its last change."""
        return self.changes[-1] + 1


class Turns:
    """Finds the turns of a past, and goes on as it grows."""

    def __init__(self) -> None:
        self.found: list[Turn] = []
        """Every turn, in the order in which they began; a new list each time they are told."""
        self._stretches: list[_Stretch] = []
        self._current: dict[Actor, _Stretch] = {}
        self._first = array("i")
        """By position, the index of the first turn that a change is part of."""
        self._further: dict[tuple[int, PartId], int] = {}
        """And of further ones, for changes in several parts."""

    def take(self, past: Past, positions: Sequence[int]) -> None:
        """Take the next changes; `tell` what that makes of the turns afterwards."""
        order, turns_at = past.order, past.turns_at
        for position in positions:
            actor, time = order.actor(position), order.times[position]
            marked, first = turns_at.get(position), _NONE
            for part in past.touched[position]:
                stretch = self._current.get(actor)
                if stretch is None or stretch.part != part or _begins(marked, time, stretch):
                    at = marked if marked is not None else time or None
                    stretch = self._begin(part, actor, at)
                stretch.positions.append(position)
                stretch.last_time = time
                if first == _NONE:
                    first = stretch.index
                else:
                    self._further[position, part] = stretch.index
            self._first.append(first)

    def _begin(self, part: PartId, actor: Actor, at: int | None) -> "_Stretch":
        stretch = self._current[actor] = _Stretch(len(self._stretches), part, actor, at)
        self._stretches.append(stretch)
        return stretch

    def tell(self) -> list[Turn]:
        """Return every turn; those that went on, and those behind them, anew."""
        known = self.found
        found: list[Turn] = []
        shown = 0
        for stretch in self._stretches:
            shown = max(shown, stretch.positions[-1] + 1)
            old = known[stretch.index] if stretch.index < len(known) else None
            same = old and old.shown == shown and len(old.changes) == len(stretch.positions)
            found.append(old if old and same else stretch.turn(shown))
        self.found = found
        return found

    def at(self, part: PartId, position: int) -> Turn | None:
        """The turn that a change in a part belongs to; None for one that is part of none."""
        index = self._further.get((position, part), self._first[position])
        turn = self.found[index] if index != _NONE else None
        return turn if turn and turn.section == part else None

    def __len__(self) -> int:
        """How many changes were taken."""
        return len(self._first)


class _Stretch:
    def __init__(self, index: int, part: PartId, actor: Actor, at: int | None) -> None:
        self.index = index
        self.part = part
        self.actor = actor
        self.at = at
        self.last_time = 0
        self.positions: list[int] = []

    def turn(self, shown: int) -> Turn:
        changes = tuple(self.positions)
        return Turn(self.index + 1, self.actor, self.part, when(self.at), changes, shown)


def _begins(marked: int | None, time: int, stretch: _Stretch) -> bool:
    if marked is not None:
        return True
    return min(time, stretch.last_time) > 0 and time - stretch.last_time >= PAUSE


def when(seconds: int | None) -> datetime | None:
    """Seconds since 1970 as a time in UTC; None for none, and for what no calendar knows."""
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
