"""Where conferences begin and end among the changes of a contract, and where somebody signed."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from contract_tui.contract.conference.values import Conference
from contract_tui.contract.membership.seats import PREFIX_SIZE
from contract_tui.contract.past.milestones import Agreement
from contract_tui.contract.values import Heads
from contract_tui.history.past import Past
from contract_tui.history.turns import Turn
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor

Person = Callable[[Actor], SeatId]
"""Who writes under an actor."""
SignedAt = Callable[[Agreement], int | None]
"""When a noted agreement was signed; None for one that nobody signed, or that agrees to nothing."""
Find = Callable[[Heads], Sequence[int]]
"""The positions of the changes that heads name, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conference, or several that overlap, by positions."""

    begin: int
    end: int | None
    """None where nobody closed it."""
    started_at: int | None
    """Seconds since 1970 by the clock of whoever opened it."""
    ended_at: int | None
    """Seconds since 1970 by the clock of whoever closed it."""
    notes: tuple[int, ...]
    """The changes that noted something about it, ascending."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody agreed."""

    signed_at: int
    """Seconds since 1970, by their own clock."""


class Sign(Enum):
    """What else is marked."""

    CLOSED = "closed"


Mark = Meeting | Signature | Sign


def marks(
    past: Past,
    turns: Sequence[Turn],
    person: Person,
    held: Iterable[Conference],
    find: Find,
    signed_at: SignedAt,
) -> list[tuple[int, Mark]]:
    """Return what begins or ends a chapter, by the position before which it happened."""
    found: list[tuple[int, int, Mark]] = []
    begins = [turn.begin for turn in turns]
    meetings = [_meeting(past, one, person, find) for one in held]
    for meeting in _joined(meetings, begins):
        found.append((meeting.begin, 1, meeting))
        if meeting.end is not None:
            found.append((meeting.end, 0 if meeting.end > meeting.begin else 2, Sign.CLOSED))
    found += [(at, 3, signature) for at, signature in _signatures(past, person, signed_at)]
    found.sort(key=lambda one: one[:2])
    return [(position, mark) for position, _, mark in found]


def _signatures(past: Past, person: Person, signed_at: SignedAt) -> Iterable[tuple[int, Signature]]:
    """Each signature where it was noted first: one that is noted again later says nothing new."""
    seen: set[str] = set()
    places = ((past.order.of(one.noted), one) for one in past.milestones.agreements)
    for at, one in sorted(places, key=lambda place: (place[0], place[1].noted)):
        if one.token in seen or not _is_own(one, past.order.actor(at), person):
            continue
        if (when := signed_at(one)) is not None:
            seen.add(one.token)
            yield at, Signature(when)


def _is_own(agreement: Agreement, actor: Actor, person: Person) -> bool:
    """Whether somebody noted a signature as their own: nobody agrees in another's name."""
    try:
        seat = bytes.fromhex(agreement.seat)
    except ValueError:
        return False
    begins = len(seat) == PREFIX_SIZE
    return begins and person(Actor(seat.ljust(len(actor), b"\0"))) == person(actor)


def _meeting(past: Past, held: Conference, person: Person, find: Find) -> Meeting:
    order = past.order
    begin = order.of(held.entries[0])
    if opened := find(held.opened_heads):
        begin = min(begin, max(opened) + 1)
    end = None
    if held.closed_by is not None:
        closed = find(held.closed_heads)
        end = max(begin, max(closed) + 1 if closed else order.of(held.closed_by))
    noted = {order.of(one) for one in (*held.entries, *past.conferences.within(held.entries))}
    notes = sorted(at for at in noted if person(order.actor(at)) in held.people)
    return Meeting(begin, end, held.started_at or None, held.ended_at, tuple(notes))


def _joined(meetings: Iterable[Meeting], begins: Sequence[int]) -> list[Meeting]:
    """Make one of those that overlap, and of those of which one was opened by mistake."""
    joined: list[Meeting] = []
    for meeting in sorted(meetings, key=lambda one: (one.begin, one.notes)):
        last = joined[-1] if joined else None
        if last is not None and _is_same(last, meeting, begins):
            ends = [one.end for one in (last, meeting) if one.end is not None]
            notes = tuple(sorted({*last.notes, *meeting.notes}))
            closed = [one.ended_at for one in (last, meeting) if one.ended_at is not None]
            ended_at = max(closed, default=None)
            joined[-1] = Meeting(
                last.begin, max(ends, default=None), last.started_at, ended_at, notes
            )
        else:
            joined.append(meeting)
    return joined


def _is_same(one: Meeting, later: Meeting, begins: Sequence[int]) -> bool:
    """Whether a conference goes on when another begins: nobody wrote between, or it was open."""
    if one.end is not None:
        return later.begin < one.end
    return bisect_left(begins, one.begin) == bisect_left(begins, later.begin)
