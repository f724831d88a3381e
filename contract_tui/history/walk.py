"""Where somebody is who walks through a contract's past, and what is compared with what there.

Turns overlap: while one person is still writing, another begins. A turn is shown with everything
that came before its own end and before the end of any turn that began earlier, so that nobody who
goes on is taken back in time. What is marked in it is the doing of this one person in this one
turn: what others wrote meanwhile is there, but unmarked, and has its mark in their own turn.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from contract_tui.contract.schema import STRUCTURE, PartId, StructureChoice
from contract_tui.contract.values import Heads
from contract_tui.history.comparison import Mark, Run, compare
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.history.turns import Turn
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor


class Comparison(Enum):
    """What the version that is shown is compared with."""

    TURN = "turn"
    """With itself, without the turn's own changes."""
    SINCE_HERE = "since I was last here"
    """With what this person saw last; with the beginning where they never looked."""
    SINCE_AGREEMENT = "since the last agreement"
    FIRST_WORDS = "first words"
    """Each part with what it said at the end of its first turn."""
    SINCE_MARK = "since the mark"
    NOTHING = "nothing"


TODAY = (Comparison.SINCE_HERE, Comparison.SINCE_AGREEMENT, Comparison.FIRST_WORDS)
"""What is compared with today: who asks for one of these is led to the last turn."""


@dataclass(frozen=True, slots=True)
class Only:
    """Which turns one walks through; all of them by default."""

    author: SeatId | None = None
    part: PartId | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some turns in a row."""

    number: int
    first: int
    """The index of its first turn among all turns."""
    last: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the past that stays the same while others write."""

    actor: Actor
    part: PartId
    seq: int
    """The number of the turn's first change among its author's."""
    change: int | None = None
    """Which of the turn's changes; None for all of them."""


class Walk:
    """One person's walk through a contract's past; it begins at the end."""

    def __init__(
        self,
        history: History,
        me: SeatId | None = None,
        last_seen: Heads | None = None,
        kept: Iterable[object] = (),
    ) -> None:
        """`last_seen` is the version this person saw last, where they ever looked."""
        self.history = history
        self.me = me
        self.kept = tuple(kept)
        self.comparison = Comparison.TURN
        self.filter = Only()
        self.turns: Sequence[Turn] = list(history.turns)
        """The turns that pass the filter."""
        self.index = len(self.turns) - 1
        """Of the turn that is shown, among those; -1 where there is none."""
        self._change: int | None = None
        self._last_seen = last_seen
        self._mark: Place | None = None
        self._stay()

    # Where

    @property
    def turn(self) -> Turn | None:
        """The turn that is shown; None where no turn passes the filter."""
        return self.turns[self.index] if self.index >= 0 else None

    @property
    def version(self) -> int | None:
        """The position of the single change that is shown; None where a whole turn is."""
        return (
            None if self.turn is None or self._change is None else self.turn.changes[self._change]
        )

    @property
    def change(self) -> int | None:
        """Which of the turn's changes is shown, from 0 on; None where the whole turn is."""
        return self._change

    @property
    def chapters(self) -> Sequence[Chapter]:
        """All chapters of the contract, whatever the filter."""
        return [Chapter(1, 0, len(self.history.turns) - 1)]

    @property
    def chapter(self) -> Chapter | None:
        """The chapter of the turn that is shown."""
        return None if self.turn is None else self.chapter_of(self.turn)

    def chapter_of(self, turn: Turn) -> Chapter:
        """The chapter that a turn belongs to."""
        at = turn.number - 1
        return next(one for one in self.chapters if one.first <= at <= one.last)

    @property
    def at_end(self) -> bool:
        """Whether nothing comes after what is shown."""
        return self.index == len(self.turns) - 1 and self._change is None

    # Steps

    def step(self, by: int) -> bool:
        """Go on by some turns, or back; returns whether that led elsewhere."""
        inside = self._change is not None and not self._at_last_change
        return self.go(self.index + by - (1 if inside and by > 0 else 0))

    def step_version(self, by: int) -> bool:
        """Go on by some single changes, or back, through one turn after the other."""
        before = self.index, self._change
        for _ in range(abs(by)):
            self._step_version(1 if by > 0 else -1)
        return self._stay() or before != (self.index, self._change)

    def step_chapter(self, by: int) -> bool:
        """Go to where the next chapter begins, or where this one or the one before does."""
        begins = self.chapter_begins()
        if by > 0:
            return self.go(next((at for at in begins if at > self.index), len(self.turns) - 1))
        return self.go(next((at for at in reversed(begins) if at < self.index), 0))

    def first(self) -> bool:
        """Go to the first turn."""
        return self.go(0)

    def last(self) -> bool:
        """Go to the last turn: today."""
        return self.go(len(self.turns) - 1)

    def go(self, index: int) -> bool:
        """Go to a turn, or as near to it as there is one; returns whether that led elsewhere."""
        before = self.index, self._change
        self.index = min(max(index, 0), len(self.turns) - 1)
        self._change = None
        self._stay()
        return before != (self.index, self._change)

    def visit(self, position: int) -> bool:
        """Go to the turn that a change belongs to, and drop a filter that hides it."""
        found = next((one for one in self.history.turns if position in one.changes), None)
        if found is None:
            return False
        if found not in self.turns:
            self.only(Only())
        return self.go(self.turns.index(found))

    def chapter_begins(self) -> list[int]:
        """The index of the first turn of each chapter, among those that pass the filter."""
        begins: dict[int, int] = {}
        for index, turn in enumerate(self.turns):
            begins.setdefault(self.chapter_of(turn).number, index)
        return list(begins.values())

    @property
    def _at_last_change(self) -> bool:
        return self.turn is not None and self._change == len(self.turn.changes) - 1

    def _step_version(self, by: int) -> None:
        if self.turn is None:
            return
        at = len(self.turn.changes) - 1 if self._change is None else self._change
        if 0 <= at + by < len(self.turn.changes):
            self._change = at + by
        elif 0 <= self.index + by < len(self.turns):
            self.index += by
            self._change = 0 if by > 0 else len(self.turn.changes) - 1

    # What is asked

    def only(self, only: Only) -> None:
        """Walk through these turns only; the place stays, or becomes the nearest before it."""
        if only != self.filter:
            self.filter = only
            self._settle()

    def compare(self, comparison: Comparison) -> bool:
        """Compare with something else; returns whether that led elsewhere."""
        if comparison not in self.offered:
            return False
        self.comparison = comparison
        return self.last() if comparison in TODAY else False

    @property
    def offered(self) -> tuple[Comparison, ...]:
        """What can be compared with now."""
        missing = {Comparison.SINCE_AGREEMENT} if self._agreement() is None else set()
        missing |= {Comparison.SINCE_MARK} if self._mark is None else set()
        return tuple(one for one in Comparison if one not in missing)

    def mark(self) -> None:
        """Remember what is shown as the older side of a comparison."""
        self._mark = self._place()

    @property
    def since_beginning(self) -> bool:
        """Whether this person never looked before, so that all is new since they were here."""
        return self._seen() is None

    # What is shown

    @property
    def moment(self) -> Moment:
        """The version that is shown."""
        past = self.history.past
        return past.until(len(past)) if self.turn is None else self._shown(self.turn, self._change)

    @property
    def before(self) -> Moment:
        """The version that it is compared with, as far as that lies behind it."""
        return self.before_in(None)

    def before_in(self, part: PartId | None) -> Moment:
        """The version that a part is compared with; of its own only with its first words."""
        match self.comparison:
            case Comparison.TURN:
                return self._without(self._doing)
            case Comparison.SINCE_HERE:
                return self._common(self._seen() or self.history.past.until(0))
            case Comparison.SINCE_AGREEMENT:
                return self._common(self._agreement() or self.moment)
            case Comparison.FIRST_WORDS:
                return self._common(self._first_words(part))
            case Comparison.SINCE_MARK:
                return self._common(self._marked() or self.moment)
            case Comparison.NOTHING:
                return self.moment

    def runs(self, part: PartId) -> list[Run]:
        """All words of a part with what became of them; empty for a part that is not known."""
        if part not in self.history.past.chronicles:
            return []
        runs = compare(self.history.past, part, self.before_in(part), self.moment)
        return [one for run in runs if (one := self._only(run, part))]

    def text(self, part: PartId) -> str:
        """The words of a part; empty for a part that is not known."""
        chronicle = self.history.past.chronicles.get(part)
        return chronicle.text(self.moment) if chronicle else ""

    def choice(self) -> tuple[StructureChoice, StructureChoice]:
        """The choice of structure that it is compared with, and the one that is shown."""
        read = getattr(self.history.past, "choice", None)
        if read is None:
            return StructureChoice.NOT_CHOSEN, StructureChoice.NOT_CHOSEN
        return read(self.before_in(STRUCTURE)), read(self.moment)

    # While others write

    def follow(self, history: History) -> None:
        """Go on in a history that has grown: at the same place, or at the end if it was there."""
        at_end = self.at_end
        self.history = history
        self._settle()
        if at_end:
            self.last()

    def _settle(self) -> None:
        """Choose the turns again and find the place among them."""
        here = self._here
        self.turns = [one for one in self.history.turns if self._passes(one)]
        self.index = len(self.turns) - 1
        self._change = None
        if here is not None:
            wanted = self._find(here)
            number = wanted.number if wanted else len(self.history.turns)
            earlier = [at for at, one in enumerate(self.turns) if one.number <= number]
            self.index = earlier[-1] if earlier else min(0, len(self.turns) - 1)
            if wanted is not None and self.turn == wanted:
                self._change = here.change
        self._stay()

    def _passes(self, turn: Turn) -> bool:
        only = self.filter
        by = only.author is None or self.history.author(turn.actor).id == only.author
        return by and only.part in (None, turn.section)

    def _place(self) -> Place | None:
        turn = self.turn
        if turn is None:
            return None
        seq = self.history.past.order.seq(turn.begin)
        return Place(turn.actor, turn.section, seq, self._change)

    def _stay(self) -> bool:
        """Remember the place by what does not change while others write."""
        self._here = self._place()
        return False

    def _find(self, place: Place) -> Turn | None:
        order = self.history.past.order
        for turn in self.history.turns:
            who_and_where = turn.actor, turn.section
            if who_and_where == (place.actor, place.part) and order.seq(turn.begin) == place.seq:
                return turn
        return None

    # Versions

    def _shown(self, turn: Turn, change: int | None) -> Moment:
        past = self.history.past
        if change is None:
            return past.until(turn.shown)
        floor = self.history.turns[turn.number - 2].shown if turn.number > 1 else 0
        return past.until(max(floor, turn.changes[change] + 1))

    @property
    def _doing(self) -> Collection[int]:
        """The positions of the changes that are shown as done."""
        if self.turn is None:
            return ()
        return self.turn.changes if self.version is None else (self.version,)

    def _without(self, changes: Collection[int]) -> Moment:
        made = bytearray(self.moment)
        for at in changes:
            made[at] = 0
        return bytes(made)

    def _common(self, other: Moment) -> Moment:
        """What is made at another version and at the one shown: it never lies ahead of that."""
        return bytes(map(min, other, self.moment))

    def _seen(self) -> Moment | None:
        if not self._last_seen:
            return None
        try:
            return self.history.at(self._last_seen)
        except LookupError:
            return None

    def _agreement(self) -> Moment | None:
        return None

    def _marked(self) -> Moment | None:
        turn = self._find(self._mark) if self._mark else None
        return self._shown(turn, self._mark.change) if turn and self._mark else None

    def _first_words(self, part: PartId | None) -> Moment:
        turns = (one for one in self.history.turns if part in (None, one.section))
        first = next(turns, None)
        return self.moment if first is None else self.history.past.until(first.end)

    def _only(self, run: Run, part: PartId) -> Run | None:
        """Leave marks to what passes the filter: all else is there, or gone, without a word."""
        if run.mark is Mark.KEPT:
            return run
        doer = run.author if run.mark is Mark.ADDED else run.taker
        author, only = self.filter.author, self.filter.part
        whose = doer is not None and self.history.author(doer).id == author
        if (author is None or whose) and only in (None, part):
            return run
        return replace(run, mark=Mark.KEPT) if run.mark is Mark.ADDED else None
