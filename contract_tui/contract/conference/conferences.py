"""The agenda of a contract and its conferences, as they stand now."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from contract_tui.contract.conference.agenda import Agenda, read_agenda
from contract_tui.contract.conference.noted import (
    CONFERENCES,
    NOTHING,
    Gathered,
    Hidden,
    Standing,
    hides,
)
from contract_tui.contract.conference.reading import KnownConferences, read_conferences, within
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.opening.outline import Outline
from sync_server.protocol.operations import ElementId, Operation


class Conferences:
    """Reads the agenda and the conferences of a document; nothing before somebody asks."""

    def __init__(self, document: CrdtDocument, outline: Callable[[], Outline]) -> None:
        self._document, self._outline = document, outline
        self._read: _Read | None = None
        self._known = KnownConferences()
        self._basis: tuple[KnownHands, tuple[str, ...]] | None = None
        """Among whom, and by which agenda, what is known was read."""
        self._hidden: Hidden = NOTHING
        self._maps: frozenset[ElementId] | None = None

    def forget(self, touched: Collection[ElementId] | None = None) -> None:
        """Read some objects again the next time, which changed; all of them by default."""
        if touched is None:
            self._known = KnownConferences()
        else:
            self._known.forget(touched)
        self._maps = None

    def remember(self, gathered: Gathered) -> bool:
        """Read also what is hidden of all that was ever noted; returns whether that is news."""
        hidden = gathered.hidden(self._document)
        if hidden == self._hidden:
            return False
        self._hidden, self._read = hidden, None
        self.forget()
        return True

    def are_hidden_by(self, one: Operation, known: Heads) -> bool:
        """Whether an operation that has come may have hidden what somebody noted.

        `known` are the heads of before it came.
        """
        if not isinstance(one.key, str):
            return False  # a letter, as nearly always
        is_note = one.object == CONFERENCES or one.object in self.maps
        return is_note and hides(self._document, one, known)

    @property
    def agenda(self) -> Agenda:
        """What a conference goes through."""
        return self._now().agenda

    @property
    def all(self) -> tuple[Conference, ...]:
        """Every conference, the first one first."""
        return self._now().all

    @property
    def current(self) -> Conference | None:
        """The newest one, as long as nobody has closed it."""
        newest = self.all[-1] if self.all else None
        return newest if newest is not None and newest.goes_on else None

    def at(self, heads: Heads) -> tuple[Conference, ...]:
        """Every conference as it stood at some heads, which have to be known."""
        noted = Standing(self._document, heads=heads)
        return tuple(read_conferences(noted, self._outline().hands, self._now().order))

    def among(self, gathered: Gathered) -> tuple[Conference, ...]:
        """Every conference as it was ever noted."""
        return tuple(read_conferences(gathered, self._outline().hands, self._now().order))

    @property
    def maps(self) -> frozenset[ElementId]:
        """Where all that is noted of conferences stands, whoever noted it."""
        if self._maps is None:
            noted = Standing(self._document, self._hidden)
            entries = [one for _, one in noted.maps(CONFERENCES)]
            self._maps = frozenset(within(noted, entries))
        return self._maps

    @property
    def set_aside(self) -> tuple[str, ...]:
        """What is not believed of the agenda, one sentence each."""
        return self._now().aside

    def _now(self) -> "_Read":
        outline = self._outline()
        if self._read is None or self._read.outline is not outline:
            aside: list[str] = []
            agenda = read_agenda(self._document, outline.hands, aside)
            order = tuple(one.id for one in agenda.phases)
            if self._basis != (outline.hands, order):  # then others may have taken a step
                self.forget()
                self._basis = outline.hands, order
            noted = Standing(self._document, self._hidden)
            found = tuple(read_conferences(noted, outline.hands, order, self._known))
            self._read = _Read(outline, agenda, order, found, tuple(aside))
        return self._read


@dataclass(frozen=True, slots=True)
class _Read:
    outline: Outline
    agenda: Agenda
    order: tuple[str, ...]
    all: tuple[Conference, ...]
    aside: tuple[str, ...]
