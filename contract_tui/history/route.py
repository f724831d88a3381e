"""The turns that somebody walks through: those that pass a filter, in chapters, change by change.

Turns overlap: while one person is still writing, another begins. A turn is shown with everything
that came before its own end and before the end of any turn that began earlier, so that nobody who
goes on is taken back in time. It is the same with single changes: those of one turn come after
each other, and none is shown without what the turns before it have shown.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from contract_tui.contract.schema import PartId
from contract_tui.history.chapters import Chapter, ChapterKind
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.history.turns import Turn
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor


@dataclass(frozen=True, slots=True)
class Only:
    """Which turns one walks through; all of them by default."""

    author: SeatId | None = None
    part: PartId | None = None

    def passes(self, history: History, turn: Turn) -> bool:
        """Whether a turn is one of them."""
        by = self.author is None or history.author(turn.actor).id == self.author
        return by and self.part in (None, turn.section)


@dataclass(frozen=True, slots=True)
class Place:
    """A turn, or one change of it, by what stays the same while others write."""

    actor: Actor
    part: PartId
    seq: int
    """The number of the turn's first change among its author's."""
    change: int | None
    """Which of the turn's changes; None for all of them."""


class Route:
    """The turns of a history that pass a filter, as they are now."""

    def __init__(self, history: History, only: Only) -> None:
        self.history = history
        self.turns: Sequence[Turn] = [one for one in history.turns if only.passes(history, one)]
        self.chapters: Sequence[Chapter] = history.chapters
        """All chapters of the contract, in order."""
        self._told = [one for one in self.chapters if one.first <= one.last]
        self._agreed = [one.first for one in self.chapters if one.kind is ChapterKind.AGREEMENT]
        empty = (one for one in self.chapters if one.kind is ChapterKind.CONFERENCE)
        self._met = [one.first for one in empty if one.first > one.last]
        self._firsts = [one.first for one in self._told]
        numbers = [self.chapter_of(one).number for one in self.turns]
        self.begins = [
            at for at, number in enumerate(numbers) if at == 0 or number != numbers[at - 1]
        ]
        """The index of the first turn of each chapter that has one here."""

    def chapter_of(self, turn: Turn) -> Chapter:
        """The chapter that a turn belongs to."""
        return self._told[bisect_right(self._firsts, turn.number - 1) - 1]

    def beside(self, index: int, change: int | None, by: int) -> tuple[int, int | None]:
        """The change after one (1), or before it (-1); a whole turn counts as its last change."""
        if index < 0:
            return index, change
        many = len(self.turns[index].changes)
        at = (many - 1 if change is None else change) + by
        if 0 <= at < many:
            return index, at
        if not 0 <= index + by < len(self.turns):
            return index, change
        return index + by, 0 if by > 0 else len(self.turns[index + by].changes) - 1

    def chapter_beside(self, index: int, by: int) -> int:
        """Where so many chapters further on, or back, the first turn is; behind the last the end.

        One back is where the chapter of the turn at an index begins, unless it is that turn.
        """
        for _ in range(by):
            index = next((at for at in self.begins if at > index), len(self.turns) - 1)
        for _ in range(-by):
            index = next((at for at in reversed(self.begins) if at < index), 0)
        return index

    def agreed_before(self, index: int) -> bool:
        """Whether an agreement stands between the turn before an index and the one there."""
        return self._stands_before(self._agreed, index)

    def _stands_before(self, places: Sequence[int], index: int) -> bool:
        start = self.turns[index - 1].number if index > 0 else 0
        end = self.turns[index].number if index < len(self.turns) else math.inf
        return any(start <= at < end for at in places)

    def met_before(self, index: int) -> bool:
        """Whether a conference in which nobody wrote stands before the turn at an index."""
        return self._stands_before(self._met, index)

    @property
    def last(self) -> Sequence[Chapter]:
        """The agreements and conferences since which no turn has begun, in order."""
        many = len(self.history.turns)
        return [one for one in self.chapters if one.first > one.last and one.first == many]

    def shown(self, turn: Turn, change: int | None) -> Moment:
        """The version that is shown of a turn, or of one of its changes."""
        past = self.history.past
        if change is None:
            return past.until(turn.shown)
        before = self.history.turns[turn.number - 2].shown if turn.number > 1 else 0
        return past.until(max(before, turn.changes[change] + 1))

    def latest(self, moment: Moment) -> int | None:
        """The index of the last turn that a version holds all of; None where there is none."""
        ends = range(len(self.turns) - 1, -1, -1)
        return next((at for at in ends if moment[self.turns[at].end - 1]), None)

    def place(self, index: int, change: int | None) -> Place | None:
        """What to find a turn by, also in a history that has grown."""
        if not 0 <= index < len(self.turns):
            return None
        turn = self.turns[index]
        seq = self.history.past.order.seq(turn.begin)
        return Place(turn.actor, turn.section, seq, change)

    def find(self, place: Place) -> tuple[int, int | None]:
        """The index and the change of a place; of the turn before it where it is not here.

        The index is -1 where there is no turn at all.
        """
        wanted = self.turn_at(place)
        number = wanted.number if wanted else len(self.history.turns)
        earlier = bisect_right(self.turns, number, key=lambda one: one.number) - 1
        index = min(max(0, earlier), len(self.turns) - 1)
        here = index >= 0 and wanted is self.turns[index]
        return index, place.change if here else None

    def turn_at(self, place: Place) -> Turn | None:
        """The turn of a place, whether it passes the filter or not."""
        order = self.history.past.order
        try:
            position = order.find(place.actor, place.seq)
        except LookupError:
            return None
        turns = (one for one in self.history.turns if one.section == place.part)
        return next((one for one in turns if one.begin == position), None)
