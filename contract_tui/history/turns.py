"""Turns: who wrote in which section, from when, to what effect.

A turn is a stretch of one person's changes of their own in one part; what others do meanwhile never
ends it. It begins where a change says so, and in contracts written by other programs after two
minutes without a change. Keystrokes are never shown one by one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from contract_tui.contract.schema import PartId
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor

PAUSE = 120
"""Seconds without a change of one's own after which a new turn begins."""


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


def turns(past: Past) -> list[Turn]:
    """Return every turn, in the order in which they began."""
    found: list[Turn] = []
    shown = 0
    for number, stretch in enumerate(_stretches(past), 1):
        shown = max(shown, stretch.positions[-1] + 1)
        actor, changes = past.order.actor(stretch.positions[0]), tuple(stretch.positions)
        found.append(Turn(number, actor, stretch.part, when(stretch.at), changes, shown))
    return found


class _Stretch:
    def __init__(self, part: PartId, at: int | None) -> None:
        self.part = part
        self.at = at
        self.last_time = 0
        self.positions: list[int] = []


def _stretches(past: Past) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    current: dict[Actor, _Stretch] = {}
    for position, parts in enumerate(past.touched):
        actor, time = past.order.actor(position), past.order.times[position]
        marked = past.turns_at.get(position)
        for part in parts:
            stretch = current.get(actor)
            if stretch is None or stretch.part != part or _begins(marked, time, stretch):
                at = marked if marked is not None else time or None
                stretch = current[actor] = _Stretch(part, at)
                stretches.append(stretch)
            stretch.positions.append(position)
            stretch.last_time = time
    return stretches


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
