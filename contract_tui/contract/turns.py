"""Turns: who wrote in which section, from when, to what effect.

A turn is a stretch of one person's changes of their own in one part; what others do meanwhile never
ends it. It begins where a change says so, and in contracts written by other programs after two
minutes without a change. Keystrokes are never shown one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from contract_tui.contract.chronicle import words_with
from contract_tui.contract.crdt import Heads
from contract_tui.contract.history import Entry, History
from contract_tui.contract.schema import GENESIS_ACTOR, PartId
from contract_tui.contract.seats import SeatEntry
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor

PAUSE = 120
"""Seconds without a change of one's own after which a new turn begins."""
_MILLISECONDS_FROM = 100_000_000_000
"""Times from here on can only be milliseconds: as seconds they lie beyond the year 5000."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one person in one part."""

    number: int
    """1 for the first turn of the contract."""
    actor: Actor
    author: str
    role: Role | None
    """None where nobody proved who the author is."""
    section: PartId
    at: datetime | None
    """When it began, in UTC; None where a program of others kept no time."""
    heads: Heads
    """The version of the contract when it ended."""
    added: tuple[str, ...]
    """The words of the section at its end that hold characters written in it."""
    removed: tuple[str, ...]
    """The words of the section at its beginning that hold characters taken out in it."""


@dataclass(slots=True)
class _Stretch:
    actor: Actor
    part: PartId
    at: int | None
    last_time: int
    positions: list[int] = field(default_factory=list)


def turns(history: History, author: Callable[[Actor], SeatEntry]) -> list[Turn]:
    """Return every turn in the order in which they began."""
    stretches = _stretches(history.entries)
    ends = sorted({stretch.positions[-1] for stretch in stretches})
    heads = dict(zip(ends, history.heads_after(ends), strict=True))
    return [
        _turn(number, stretch, history, author(stretch.actor), heads[stretch.positions[-1]])
        for number, stretch in enumerate(stretches, 1)
    ]


def _stretches(entries: Sequence[Entry]) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    current: dict[Actor, _Stretch] = {}
    for position, entry in enumerate(entries):
        actor, time = entry.change.actor, _seconds(entry.change.time)
        for part in () if actor == GENESIS_ACTOR else entry.parts:
            stretch = current.get(actor)
            if stretch is None or stretch.part != part or _begins(entry, time, stretch):
                at = entry.turn_at if entry.turn_at is not None else time or None
                stretch = current[actor] = _Stretch(actor, part, at, time)
                stretches.append(stretch)
            stretch.positions.append(position)
            stretch.last_time = time
    return stretches


def _begins(entry: Entry, time: int, stretch: _Stretch) -> bool:
    if entry.turn_at is not None:
        return True
    return min(time, stretch.last_time) > 0 and time - stretch.last_time >= PAUSE


def _turn(
    number: int, stretch: _Stretch, history: History, author: SeatEntry, heads: Heads
) -> Turn:
    mine = set(stretch.positions)
    first, last = stretch.positions[0], stretch.positions[-1]
    letters = history.chronicles[stretch.part].letters
    added = [one for one in letters if one.born in mine and one.stands(last + 1)]
    removed = [one for one in letters if one.gone in mine and one.born not in mine]
    return Turn(
        number,
        stretch.actor,
        author.name,
        author.role,
        stretch.part,
        _moment(stretch.at),
        heads,
        tuple(words_with(letters, added, last + 1)),
        tuple(words_with(letters, removed, first)),
    )


def _seconds(time: int) -> int:
    """Return the time of a change in seconds since 1970; 0 where none was kept."""
    return max(0, time // 1000 if time >= _MILLISECONDS_FROM else time)


def _moment(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
