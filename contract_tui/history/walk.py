"""Where somebody is who walks through a contract's past, and what is compared with what there.

A turn is compared with the same version without that turn's own changes. In all other comparisons
the older side never lies ahead of what is shown: whoever steps back behind it finds nothing marked,
rather than the later words crossed out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from contract_tui.contract.schema import STRUCTURE, PartId, StructureChoice
from contract_tui.contract.values import Heads
from contract_tui.history.chapters import Chapter
from contract_tui.history.comparison import Run, compare
from contract_tui.history.history import History
from contract_tui.history.landmarks import Kept, Landmarks
from contract_tui.history.marking import common, done, marks_of, without
from contract_tui.history.moment import Moment
from contract_tui.history.route import Only, Place, Route
from contract_tui.history.turns import Turn
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor

__all__ = ["Comparison", "Only", "Walk"]


class Comparison(Enum):
    """What the version that is shown is compared with."""

    TURN = "turn"
    """With itself, without the turn's own changes."""
    SINCE_HERE = "since-here"
    """With what this person saw last; with the beginning where they never looked."""
    SINCE_AGREEMENT = "since-agreement"
    """With what was signed last before what is shown."""
    FIRST_WORDS = "first-words"
    """Each part with what it said at the end of its first turn."""
    SINCE_MARK = "since-mark"
    NOTHING = "nothing"


TODAY = (Comparison.SINCE_HERE, Comparison.SINCE_AGREEMENT, Comparison.FIRST_WORDS)
"""What is asked about today: who compares with one of these is led to the last turn."""


class Walk:
    """One person's walk through a contract's past; it begins at the end."""

    def __init__(
        self,
        history: History,
        me: SeatId | None = None,
        last_seen: Heads | None = None,
        kept: Iterable[Kept] = (),
        doubtful: Mapping[Actor, int] = MappingProxyType({}),
    ) -> None:
        """`last_seen` is the version that this person saw last, if they ever looked.

        `doubtful` says from which operation of an actor on nothing shows that it is theirs.
        """
        self.me = me
        self.doubtful = doubtful
        self.comparison = Comparison.TURN
        self.filter = Only()
        self._last_seen = last_seen
        self._kept = tuple(kept)
        self._mark: Place | Heads | None = None
        self._change: int | None = None
        self._here: Place | None = None
        self.route = Route(history, self.filter)
        """The way there is: turns, chapters and what lies between them."""
        self.index = len(self.turns) - 1
        """Of the turn that is shown, among those that pass the filter; -1 where none does."""
        self._stand(self.index, None)
        self._settle()

    # Where

    @property
    def history(self) -> History:
        """The past that is walked through."""
        return self.route.history

    @property
    def turns(self) -> Sequence[Turn]:
        """The turns that pass the filter."""
        return self.route.turns

    @property
    def turn(self) -> Turn | None:
        """The turn that is shown; None where no turn passes the filter."""
        return self.turns[self.index] if self.index >= 0 else None

    @property
    def change(self) -> int | None:
        """Which of the turn's changes is shown, from 0 on; None where the whole turn is."""
        return self._change

    @property
    def version(self) -> int | None:
        """The position of the single change that is shown; None where the whole turn is."""
        turn = self.turn
        return None if turn is None or self._change is None else turn.changes[self._change]

    @property
    def at_end(self) -> bool:
        """Whether no turn comes after what is shown."""
        return self.index == len(self.turns) - 1 and self._change is None

    @property
    def chapters(self) -> Sequence[Chapter]:
        """All chapters of the contract, whatever the filter."""
        return self.route.chapters

    @property
    def chapter(self) -> Chapter | None:
        """The chapter of the turn that is shown."""
        return None if self.turn is None else self.chapter_of(self.turn)

    def chapter_of(self, turn: Turn) -> Chapter:
        """The chapter that a turn belongs to."""
        return self.route.chapter_of(turn)

    @property
    def letters(self) -> int:
        """How many letters what is shown as done put in or took out: how much there is to see."""
        if self.turn is None:
            return 0
        chronicle = self.history.past.chronicles[self.turn.section]
        return sum(len(chronicle.born(at)) + len(chronicle.taken(at)) for at in self._doing)

    # Steps

    def step(self, by: int) -> bool:
        """Go on by some turns, or back; returns whether that led elsewhere.

        Out of the middle of a turn the first step forward leads to its end.
        """
        turn = self.turn
        inside = turn is not None and self._change not in (None, len(turn.changes) - 1)
        return self.go(self.index + by - (1 if inside and by > 0 else 0))

    def step_version(self, by: int) -> bool:
        """Go on by some single changes, or back, through one turn after the other."""
        index, change = self.index, self._change
        for _ in range(abs(by)):
            index, change = self.route.beside(index, change, 1 if by > 0 else -1)
        return self._stand(index, change)

    def step_chapter(self, by: int) -> bool:
        """Go to where the next chapter begins, or to where this one or the one before does.

        Behind the last beginning is the end.
        """
        return self.go(self.route.chapter_beside(self.index, by))

    def first(self) -> bool:
        """Go to the first turn."""
        return self.go(0)

    def last(self) -> bool:
        """Go to the last turn: today, if no filter hides it."""
        return self.go(len(self.turns) - 1)

    def go(self, index: int) -> bool:
        """Go to a turn, or to the nearest there is; returns whether that led elsewhere."""
        return self._stand(min(max(index, 0), len(self.turns) - 1), None)

    def visit(self, position: int, part: PartId | None = None) -> bool:
        """Go to the turn that a change in a part belongs to, and drop a filter that hides it."""
        turns = (one for one in self.history.turns if part in (None, one.section))
        found = next((one for one in turns if position in one.changes), None)
        if found is None:
            return False
        if found not in self.turns:
            self.only(Only())
        return self.go(self.turns.index(found))

    def _stand(self, index: int, change: int | None) -> bool:
        """Stand at a place, and remember it by what stays the same while others write."""
        moved = (index, change) != (self.index, self._change)
        self.index, self._change = index, change
        self._here = self.route.place(index, change)
        return moved

    # What is asked

    def only(self, only: Only) -> None:
        """Walk through these turns only; the place stays, or becomes the nearest before it."""
        if only != self.filter:
            self.filter = only
            self._take(Route(self.history, only))

    def follow(self, history: History) -> None:
        """Go on in a history that has grown: at the same place, or at the end if it was there."""
        at_end = self.at_end
        self._take(Route(history, self.filter))
        if at_end:
            self.last()

    def _take(self, route: Route) -> None:
        """Walk through other turns, from the same place on."""
        here, self.route = self._here, route
        index, change = route.find(here) if here else (len(route.turns) - 1, None)
        self._stand(index, change)
        self._settle()

    def keep(self, kept: Iterable[Kept]) -> None:
        """Know these named versions from now on."""
        self._kept = tuple(kept)
        self._settle()

    def mark(self) -> None:
        """Remember what is shown as the older side of a comparison."""
        self._mark = self._here
        self._settle()

    def mark_version(self, heads: Heads) -> None:
        """Remember a version as the older side; raises LookupError for one of another contract."""
        self.history.at(heads)
        self._mark = heads
        self._settle()

    def compare(self, comparison: Comparison) -> bool:
        """Compare with something else; returns whether that led elsewhere."""
        if comparison not in self.offered:
            return False
        self.comparison = comparison
        return comparison in TODAY and self.last()

    @property
    def offered(self) -> tuple[Comparison, ...]:
        """What can be compared with now."""
        known = self._landmarks
        there = {
            Comparison.SINCE_AGREEMENT: bool(known.agreements),
            Comparison.SINCE_MARK: known.marked is not None,
        }
        return tuple(one for one in Comparison if there.get(one, True))

    @property
    def since_beginning(self) -> bool:
        """Whether nothing is known of a version this person saw: all is new to them."""
        return self._landmarks.seen is None

    @property
    def since(self) -> int | None:
        """The index of the last turn that the older side holds all of, if one is compared with."""
        if self.comparison in (Comparison.TURN, Comparison.NOTHING, Comparison.FIRST_WORDS):
            return None
        return self.route.latest(self.before)

    @property
    def kept_at(self) -> Mapping[int, Sequence[str]]:
        """The names of kept versions, by the index of the last turn that each holds all of."""
        return self._landmarks.kept_at

    def _settle(self) -> None:
        """Find again in the history what is remembered of it."""
        self._landmarks = Landmarks(self.route, self._last_seen, self._mark, self._kept)

    # What is shown

    @property
    def moment(self) -> Moment:
        """The version that is shown: of a contract without turns, as it stands."""
        past, turn = self.history.past, self.turn
        return past.until(len(past)) if turn is None else self.route.shown(turn, self._change)

    @property
    def before(self) -> Moment:
        """The version that it is compared with, as far as that lies behind it."""
        return self.before_in(STRUCTURE)

    def before_in(self, part: PartId) -> Moment:
        """The version that a part is compared with; each has first words of its own."""
        known, moment = self._landmarks, self.moment
        match self.comparison:
            case Comparison.TURN:
                return without(moment, self._doing)
            case Comparison.SINCE_HERE:
                older = known.seen or self.history.past.until(0)
            case Comparison.SINCE_AGREEMENT:
                older = known.agreed(self.turn) or moment
            case Comparison.FIRST_WORDS:
                older = known.first_words(part) or moment
            case Comparison.SINCE_MARK:
                older = known.marked or moment
            case Comparison.NOTHING:
                return moment
        return common(older, moment)

    def runs(self, part: PartId) -> list[Run]:
        """All words of a part with what became of them; none of a part that is not known."""
        past, moment = self.history.past, self.moment
        if part not in past.chronicles:
            return []
        turn, before = self.turn, moment
        if self.comparison is not Comparison.TURN:
            before = self.before_in(part)
        elif turn is not None and turn.section == part:
            return list(done(self.history, turn, self._doing, moment, self.doubtful))
        runs = compare(past, part, before, moment, self.doubtful)
        return [one for run in runs if (one := marks_of(self.filter, self.history, part, run))]

    def text(self, part: PartId) -> str:
        """The words of a part; empty for a part that is not known."""
        chronicle = self.history.past.chronicles.get(part)
        return chronicle.text(self.moment) if chronicle else ""

    def choice(self) -> tuple[StructureChoice, StructureChoice]:
        """The choice of structure that it is compared with, and the one that is shown."""
        past = self.history.past
        return past.choice(self.before_in(STRUCTURE)), past.choice(self.moment)

    @property
    def _doing(self) -> Collection[int]:
        """The positions of the changes that are shown as done."""
        if self.version is not None:
            return (self.version,)
        return self.turn.changes if self.turn else ()
