"""Chapters: the conferences and agreements of a contract, and the stretches between them.

Every turn belongs to one chapter: the one in which it began. A conference holds the turns that
began after the version it was opened with and before the one it was closed with; where these are
not known, between the changes that noted its beginning and its end. Conferences that overlap are
one. One that nobody closed ends where everybody rests. An agreement holds no turns: it is the
signatures between which no turn began, and cuts a conference in two if that went on.

What lies between is written alone, also if several write. A new chapter begins there where
everybody rested: with a turn that began at least `REST` after everything its author had seen, and
at least `REST` after the last or before the first turn of the chapter so far. Only clocks that are
not in doubt count; a turn without such a time goes on with the chapter.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from contract_tui.contract.conference.values import Conference
from contract_tui.history.clocks import TOLERANCE, Clocks
from contract_tui.history.marks import (
    Find,
    Mark,
    Meeting,
    Person,
    Sign,
    Signature,
    SignedAt,
    marks,
)
from contract_tui.history.past import Past
from contract_tui.history.turns import Turn, when
from sync_server.access.proof import SeatId

REST = 4 * 60 * 60
"""Seconds after which an alone stretch is another chapter."""


class ChapterKind(Enum):
    """What a chapter is about."""

    CONFERENCE = "conference"
    AGREEMENT = "agreement"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some turns in a row, or an agreement between two turns."""

    number: int
    """1 for the first chapter of the contract."""
    kind: ChapterKind
    first: int
    """The index of its first turn."""
    last: int
    """The index of its last turn; one less than `first` where no turn began in it."""
    people: tuple[SeatId, ...]
    """Who wrote, opened, closed or signed in it, in the order in which they appear."""
    began: datetime | None
    """When its first turn began, in UTC; None where no clock says so."""
    ended: datetime | None
    """When its last turn began, in UTC."""
    by_their_clock: bool
    """Whether these times are of clocks that are in doubt, for lack of others."""
    end: int
    """The position behind its last change."""
    signed: tuple[int, ...] = ()
    """The positions of the signatures of an agreement."""
    held: tuple[datetime, datetime] | None = None
    """From when to when a conference was, as those noted it who opened and closed it, in UTC.

    None where nobody did, or it cannot be; of one that is cut in pieces the first tells it.
    """


@dataclass(slots=True)
class _Part:
    """A chapter while it is put together."""

    kind: ChapterKind
    first: int
    last: int
    notes: tuple[int, ...] = ()
    """The positions of changes that belong to it and are no turns."""
    opened_at: int | None = None
    closed_at: int | None = None
    earliest: int | None = None
    """When a turn of it began, by clocks that are not in doubt, in seconds since 1970."""
    latest: int | None = None
    end: int = 0
    signed_at: tuple[int, ...] = ()
    """When each of the signatures that `notes` name was made, in seconds since 1970."""


def chapters(
    past: Past,
    turns: Sequence[Turn],
    clocks: Clocks,
    person: Person,
    held: Iterable[Conference],
    find: Find,
    signed_at: SignedAt,
) -> list[Chapter]:
    """Return every chapter, in order; each turn is in exactly one.

    `held` are the conferences, as they were ever noted.
    """
    cutting = _Cutting(turns, clocks)
    for position, mark in marks(past, turns, person, held, find, signed_at):
        cutting.go_to(position)
        cutting.take(position, mark)
    cutting.go_to(len(past))
    found: list[Chapter] = []
    end = 0
    for number, part in enumerate(cutting.parts, 1):
        mine = turns[part.first : part.last + 1]
        end = max(end, part.end, *(turn.shown for turn in mine[-1:]))
        found.append(_chapter(number, part, mine, end, past, clocks, person))
    return found


class _Cutting:
    """Cuts turns into chapters, one mark after the other."""

    def __init__(self, turns: Sequence[Turn], clocks: Clocks) -> None:
        self._begins = [turn.begin for turn in turns]
        self._clocks = clocks
        self._at = 0
        self._meeting: Meeting | None = None
        self.parts: list[_Part] = []

    def go_to(self, position: int) -> None:
        """Put the turns that began before a position into chapters."""
        for begin in self._begins[self._at : bisect_left(self._begins, position)]:
            self._put(begin)
            self._at += 1

    def take(self, position: int, mark: Mark) -> None:
        """Begin or end a chapter at a position."""
        match mark:
            case Meeting():
                self._meeting = mark
                self._begin(ChapterKind.CONFERENCE, mark.notes, mark.started_at)
                self.parts[-1].closed_at = mark.ended_at
            case Sign.CLOSED:
                if self.parts[-1].kind is ChapterKind.CONFERENCE:
                    self.parts[-1].end = position
                self._meeting = None
            case Signature(signed_at):
                last = self.parts[-1] if self.parts else None
                if not last or last.kind is not ChapterKind.AGREEMENT or last.first < self._at:
                    self._begin(ChapterKind.AGREEMENT)
                self.parts[-1].notes += (position,)
                self.parts[-1].signed_at += (signed_at,)
                self.parts[-1].end = position + 1

    def _put(self, begin: int) -> None:
        at = self._clocks.believed(begin)
        rested = self._rested(begin, at)
        if rested and self._meeting and self._meeting.end is None:
            self._meeting = None
        kind = ChapterKind.CONFERENCE if self._meeting else ChapterKind.ALONE
        goes_on = self.parts and self.parts[-1].kind is kind
        if not goes_on or (rested and kind is ChapterKind.ALONE):
            self._begin(kind)
        part = self.parts[-1]
        part.last = self._at
        if at is not None:
            part.earliest = at if part.earliest is None else min(at, part.earliest)
            part.latest = at if part.latest is None else max(at, part.latest)

    def _rested(self, begin: int, at: int | None) -> bool:
        """Whether everybody had rested when a turn began."""
        if at is None or not self.parts:
            return False
        part = self.parts[-1]
        times = [time for time in (part.opened_at, part.earliest, part.latest) if time is not None]
        seen = self._clocks.seen(begin)
        if not times or (seen is not None and at - seen < REST):
            return False
        return at - max(times) >= REST or min(times) - at >= REST

    def _begin(
        self, kind: ChapterKind, notes: tuple[int, ...] = (), opened_at: int | None = None
    ) -> None:
        self.parts.append(_Part(kind, self._at, self._at - 1, notes, opened_at))


def _chapter(
    number: int,
    part: _Part,
    turns: Sequence[Turn],
    end: int,
    past: Past,
    clocks: Clocks,
    person: Person,
) -> Chapter:
    here = sorted({*part.notes, *(turn.begin for turn in turns)})
    people = tuple(dict.fromkeys(person(past.order.actor(at)) for at in here))
    if part.signed_at:
        began, ended, doubted = _signing_times(part, past, clocks, person)
    else:
        began, ended, doubted = _times(part, turns, clocks)
    signed = part.notes if part.kind is ChapterKind.AGREEMENT else ()
    return Chapter(
        number,
        part.kind,
        part.first,
        part.last,
        people,
        began,
        ended,
        doubted,
        end,
        signed,
        _held(part),
    )


def _held(part: _Part) -> tuple[datetime, datetime] | None:
    """Return from when to when a conference is said to have been."""
    opened, closed = when(part.opened_at), when(part.closed_at)
    return (opened, closed) if opened and closed and opened <= closed else None


def _times(
    part: _Part, turns: Sequence[Turn], clocks: Clocks
) -> tuple[datetime | None, datetime | None, bool]:
    """Return from when to when a chapter was, by the clocks that can be believed, or by others.

    Where nobody wrote, it was when it was opened, or soon after what those had seen who noted it.
    """
    if part.earliest is not None and part.latest is not None:
        return when(part.earliest), when(part.latest), False
    if times := [turn.at for turn in turns if turn.at is not None]:
        return min(times), max(times), True
    seen = [at for note in part.notes if (at := clocks.seen(note)) is not None]
    at = part.opened_at if part.opened_at is not None else max(seen, default=None)
    return when(at), when(at), False


def _signing_times(
    part: _Part, past: Past, clocks: Clocks, person: Person
) -> tuple[datetime | None, datetime | None, bool]:
    """Return when the first and the last signed, by their own clocks where these can be right."""
    said = list(zip(part.notes, part.signed_at, strict=True))
    believed = [
        at
        for note, at in said
        if person(past.order.actor(note)) not in clocks.doubted
        and at >= (clocks.seen(note) or at) - TOLERANCE
    ]
    if not believed:  # then it was soon after what they had seen
        believed = [seen for note, _ in said if (seen := clocks.seen(note)) is not None]
    times = believed or [at for _, at in said]
    return when(min(times)), when(max(times)), not believed
