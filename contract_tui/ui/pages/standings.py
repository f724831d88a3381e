"""Where everybody stands, one below the other; what changed since an answer of before unfolds.

Everybody can unfold it, also who has not answered: an agreement that words have moved away from
says nothing as long as one has to guess which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.agreement.values import Given, Standing
from contract_tui.contract.agreement.words import NO_DAY, SEE_WHAT, noted, stands
from contract_tui.contract.values import Heads
from contract_tui.ui.days import day_here
from contract_tui.ui.pages import agreement_words as words
from contract_tui.ui.pages.press import PressLine
from sync_server.access.proof import SeatId

MOST_TOLD = 8
"""Changes of which each is told in a line of its own."""


def day(seconds: int) -> str:
    """The day of a moment as it is told here."""
    return day_here(seconds) or NO_DAY


def listed(changed: Sequence[str]) -> list[str]:
    """Return the lines that say what changed, the first of it in full."""
    lines = [f"· {one}" for one in changed[:MOST_TOLD]]
    return [*lines, f"· {words.MORE_CHANGED}"] if len(changed) > MOST_TOLD else lines


def _with_way(said: str) -> Text:
    """What can be unfolded, with words that say so."""
    return Text.assemble(said, " ", (SEE_WHAT, "underline"))


class StandingRow(Vertical):
    """Where one person stands, and what they said beside it."""

    def __init__(self, see: Callable[[Standing], None], look: Callable[[], None]) -> None:
        """`see` shows in the past what changed since an answer; `look` finds out what did."""
        super().__init__(classes="standing")
        self._see, self._look = see, look
        self._one: Standing | None = None
        self._folds = False
        self.is_open = False
        self._said = Static("", classes="stands", markup=False)
        self._unfold = PressLine("", self._toggle, classes="press unfold")
        self._noted = Static("", classes="stands", markup=False)
        self._changed = Static("", classes="since", markup=False)
        self._past = PressLine(words.SEE_IN_THE_PAST, self._go_there, classes="press past")

    def compose(self) -> ComposeResult:
        """Put what was said beside it, and what changed since, below it."""
        yield self._said
        yield self._unfold
        yield self._noted
        yield self._changed
        yield self._past

    def show(self, one: Standing, *, folds: bool) -> None:
        """Show where a person stands; `folds`: what changed since can be seen here."""
        self._one = one
        self._folds = folds and one.given is not None and not one.given.is_current
        self.is_open = self.is_open and self._folds
        said = stands(one, day)
        self._said.update(said)
        self._unfold.update(said if self.is_open else _with_way(said))
        self._noted.update(noted(one))
        self._said.display = not self._folds
        self._unfold.display = self._folds
        self._noted.display = bool(noted(one))
        self._changed.display = self._past.display = self.is_open

    def tell(self, changed: Sequence[str] | None) -> None:
        """Tell what changed since; None while that is being found out."""
        told = words.LOOKING if changed is None else "\n".join(listed(changed))
        self._changed.update(told)

    @property
    def since(self) -> Given | None:
        """The answer since which one wants to see what changed."""
        return self._one.given if self._one and self.is_open else None

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now."""
        if self._folds:
            yield self._unfold
            if self.is_open:
                yield self._past

    def _toggle(self) -> None:
        if self._one is not None:
            self.is_open = not self.is_open
            self.show(self._one, folds=self._folds)
            self.tell(None)
            self._look()

    def _go_there(self) -> None:
        if self._one is not None:
            self._see(self._one)


class Standings(Vertical):
    """Where everybody stands."""

    def __init__(self, see: Callable[[Standing], None], look: Callable[[], None]) -> None:
        super().__init__(classes="standings")
        self._see, self._look = see, look
        self._sentence = Static("", classes="stands", markup=False)
        self._rows: dict[SeatId, StandingRow] = {}

    def compose(self) -> ComposeResult:
        """Begin with the sentence that is said as long as there are no answers."""
        yield self._sentence

    def say(self, sentence: str) -> None:
        """Say one sentence in place of where everybody stands."""
        self._set_out({}, sentence)

    def show(self, standings: Sequence[Standing], me: SeatId | None) -> None:
        """Show where everybody stands; what changed since one's own answer is told elsewhere."""
        self._set_out({one.person.id: one for one in standings}, "")
        for one in standings:
            self._rows[one.person.id].show(one, folds=one.person.id != me)

    @property
    def wanted(self) -> frozenset[Heads]:
        """The versions since which somebody wants to see what changed."""
        return frozenset(row.since.heads for row in self._rows.values() if row.since)

    def tell(self, changed: Callable[[Given], Sequence[str]]) -> None:
        """Tell what changed, wherever that is wanted."""
        for row in self._rows.values():
            if row.since:
                row.tell(changed(row.since))

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now."""
        for row in self._rows.values():
            yield from row.stops()

    def _set_out(self, standings: dict[SeatId, Standing], sentence: str) -> None:
        """Have a row for each of these people, in this order."""
        self._sentence.update(sentence)
        self._sentence.display = bool(sentence)
        if list(self._rows) == list(standings):
            return
        kept = {person: self._rows.get(person) for person in standings}
        for person, row in self._rows.items():
            if person not in kept:
                row.remove()
        self._rows = {who: row or StandingRow(self._see, self._look) for who, row in kept.items()}
        self.mount(*(self._rows[who] for who, row in kept.items() if row is None))
        for behind, row in zip(list(self._rows.values())[1:], self._rows.values(), strict=False):
            self.move_child(behind, after=row)
