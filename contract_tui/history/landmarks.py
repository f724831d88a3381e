"""Versions that mean something to whoever walks through a past: seen, marked, agreed on, kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from contract_tui.contract.values import Heads
from contract_tui.history.chapters import ChapterKind
from contract_tui.history.moment import Moment
from contract_tui.history.route import Place, Route
from contract_tui.history.turns import Turn


class Kept(Protocol):
    """A version that somebody gave a name."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def heads(self) -> Heads:
        """Which version it is."""


class Landmarks:
    """What is remembered of a past, found again in it as it is now."""

    def __init__(
        self,
        route: Route,
        last_seen: Heads | None,
        mark: Place | Heads | None,
        kept: Iterable[Kept],
    ) -> None:
        self._route = route
        self.seen = self._at(last_seen)
        """What this person saw last; None where they never looked, or nobody knows that version."""
        self.marked = self._of(mark)
        """What they marked."""
        history = route.history
        signed = [one for one in route.chapters if one.kind is ChapterKind.AGREEMENT]
        self.agreements = [(one, history.end_of(one)) for one in signed]
        """What was agreed on, in order, each with the version that was signed."""
        self.kept_at = self._find(kept)
        """The names of kept versions, by the index of the last turn that each holds all of."""

    def agreed(self, turn: Turn | None) -> Moment | None:
        """What was agreed on last before a turn began, of the last one ever; None for nothing."""
        everything = len(self._route.history.turns)
        number = everything if turn is None else turn.number
        # An agreement stands before the turn that has its index.
        begun = number + 1 if number == everything else number
        signed = (one for chapter, one in reversed(self.agreements) if chapter.first < begun)
        return next(signed, None)

    def first_words(self, part: str) -> Moment | None:
        """The version at which the first turn in a part ended; None where there is none."""
        history = self._route.history
        first = next((one for one in history.turns if one.section == part), None)
        return None if first is None else history.past.until(first.end)

    def _at(self, heads: Heads | None) -> Moment | None:
        try:
            return self._route.history.at(heads) if heads else None
        except LookupError:
            return None

    def _of(self, mark: Place | Heads | None) -> Moment | None:
        if not isinstance(mark, Place):
            return self._at(mark)
        turn = self._route.turn_at(mark)
        return None if turn is None else self._route.shown(turn, mark.change)

    def _find(self, kept: Iterable[Kept]) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = {}
        for one in kept:
            moment = self._at(one.heads)
            index = None if moment is None else self._route.latest(moment)
            if index is not None:
                found.setdefault(index, []).append(one.name)
        return found
