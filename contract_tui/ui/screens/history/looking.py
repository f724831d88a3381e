"""What somebody sees who looks back: a walk through the past, in everybody's inks, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

from contract_tui.contract.authorship import Doubted
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.history.comparison import Mark, Run
from contract_tui.history.history import History, Origin
from contract_tui.history.moment import Moment
from contract_tui.history.walk import Comparison, Walk
from contract_tui.session.session import Session
from contract_tui.ui.ink import Ink
from contract_tui.ui.people import Inks, looks_in
from contract_tui.ui.screens.history import words
from contract_tui.ui.widgets.past_scene import Stretch
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor, ElementId


class Looking:
    """One person's look at a contract's past."""

    def __init__(self, session: Session, walk: Walk, now: float) -> None:
        self.session = session
        self.walk = walk
        self.now = datetime.fromtimestamp(now, UTC)
        self.inks = Inks({})
        self._runs: dict[PartId, Sequence[Run]] = {}
        """What is shown of a part."""
        self._places: dict[PartId, Sequence[int]] = {}
        """For each character of it, the place of its letter, once somebody has asked for it."""
        self._made: dict[PartId, object] = {}
        self._stretches: dict[PartId, list[Stretch]] = {}
        self._chapter_names: Sequence[str] = ()
        self._named_at = -1
        """How many changes were known when they were named."""
        self.mark_name = ""
        """What the marked version is called, if it is one with a name."""

    @property
    def history(self) -> History:
        """The past as far as it is known."""
        return self.walk.history

    @property
    def headings(self) -> Mapping[PartId, str]:
        """What each part is called."""
        sections = self.session.contract.sections
        return {TITLE: "the title"} | {one.part: one.heading for one in sections}

    @property
    def parts(self) -> list[tuple[PartId, str]]:
        """The sections to be shown, with their headings: one that is hidden today, if ever used."""
        chronicles = self.history.past.chronicles
        return [
            (one.part, one.heading)
            for one in self.session.contract.sections
            if not one.hidden or (one.part in chronicles and chronicles[one.part].letters)
        ]

    def stretches(self, part: PartId) -> list[Stretch]:
        """Return the words of a part as they are to be painted; the same again if none changed."""
        made_of = self._made_of(part)
        if self._made.get(part) != made_of:
            self._made[part] = made_of
            self._stretches[part] = self._stretch(part)
        return self._stretches[part]

    def _made_of(self, part: PartId) -> object:
        """All that the words of a part depend on."""
        walk = self.walk
        chronicle = self.history.past.chronicles.get(part)
        if chronicle is None:
            return None
        before: object = None
        if walk.comparison is not Comparison.TURN:
            before = chronicle.flags(walk.before_in(part))
        elif walk.turn is not None and walk.turn.section == part:
            before = walk.turn, walk.change
        covered = self.session.contract.covered.get(part)
        known = len(chronicle.letters), walk.doubtful
        return before, chronicle.flags(walk.moment), walk.filter, self.inks, covered, known

    def _stretch(self, part: PartId) -> list[Stretch]:
        self._runs[part] = runs = _old_before_new(self.walk.runs(part))
        self._places.pop(part, None)
        return [Stretch(run.text, run.mark, self._ink(run), self._is_pale(run)) for run in runs]

    def _is_pale(self, run: Run) -> bool:
        """Whether only somebody else's words are asked for."""
        only = self.walk.filter.author
        return only is not None and only != self._seat(run.author)

    def _ink(self, run: Run) -> Ink | None:
        actor = run.taker if run.mark is Mark.REMOVED else run.author
        return None if actor is None else self.inks.of_actor(actor)

    def _seat(self, actor: Actor) -> SeatId:
        return self.history.author(actor).id

    # What is said

    def compared(self) -> str:
        """Say what is compared with what."""
        walk = self.walk
        if walk.comparison is Comparison.SINCE_HERE and walk.since_beginning:
            return words.SINCE_BEGINNING
        if walk.comparison is Comparison.SINCE_MARK and self.mark_name:
            return words.SINCE_VERSION_SAID.format(name=self.mark_name)
        return words.COMPARED[walk.comparison]

    def who_wrote(self, part: PartId, offset: int) -> str:
        """Say who wrote the letter behind an offset, when, and who took it out."""
        place = self.place(part, offset)
        if place is None:
            return words.NO_WORD
        born = self.history.origin(part, place, self.session.doubtful)
        sentence = words.WROTE.format(**self._told(born))
        gone = self.history.removal(part, place, self.walk.moment, self.session.doubtful)
        if gone:
            sentence += words.TOOK_OUT.format(**self._told(gone))
        return sentence + self._chapter(born)

    def _told(self, origin: Origin) -> dict[str, str]:
        author = self.history.author(origin.author)
        name = author.name
        if isinstance(origin.author, Doubted):
            name = words.IN_DOUBT.format(name=name)
        doubted = author.id in self.history.doubted_clocks
        at = origin.turn.at if origin.turn else None
        return {"name": name, "when": words.when(at, self.now, doubted=doubted)}

    @property
    def chapter_names(self) -> Sequence[str]:
        """What every chapter is called, in order, by the days of this computer's time zone."""
        known = len(self.history.past)
        if self._named_at != known:
            self._named_at = known
            self._chapter_names = self.history.chapter_names(lambda at: at.astimezone())
        return self._chapter_names

    def _chapter(self, origin: Origin) -> str:
        chapter = self.walk.chapter_of(origin.turn) if origin.turn else None
        return f" ({self.chapter_names[chapter.number - 1]})" if chapter else ""

    def first_words(self, part: PartId) -> tuple[tuple[str, str], str]:
        """The first words of a part, under who wrote them and when, and the words of today."""
        history = self.history
        first = next((turn for turn in history.turns if turn.section == part), None)
        chronicle = history.past.chronicles.get(part)
        if first is None or chronicle is None:
            return ("", words.NOTHING_THEN), ""
        past = history.past
        title = f"{history.author(first.actor).name}, {words.when(first.at, self.now)}"
        said = chronicle.text(past.until(first.end)) or words.NOTHING_THEN
        return (title, said), chronicle.text(past.until(len(past)))

    def who_looked(self) -> str:
        """Say who looked back, and when; empty where nobody did."""
        person, looks = self.session.contract.roster.person, looks_in(self.session.contract)
        said = [f"{person(one).name}, {words.when(at, self.now)}" for one, at in looks.items()]
        return f"{words.LOOKED_BACK}: {'; '.join(said)}." if said else ""

    # What is meant

    def place(self, part: PartId, offset: int) -> int | None:
        """The place, among all letters a part ever held, of the one behind an offset."""
        places = self._places_in(part)
        return places[offset] if offset < len(places) else None

    def _places_in(self, part: PartId) -> Sequence[int]:
        if part not in self._places:
            runs = self._runs.get(part, ())
            self._places[part] = [place for run in runs for place in run.places]
        return self._places[part]

    def offset(self, part: PartId, place: int | None) -> int | None:
        """The offset of a letter that is shown, or of the first one behind it."""
        if place is None:
            return None
        places = self._places_in(part)
        return next((offset for offset, at in enumerate(places) if at >= place), len(places))

    def elements(self, part: PartId, start: int, end: int) -> Iterable[ElementId]:
        """The letters between two offsets, by the ids under which the contract knows them."""
        chronicle = self.history.past.chronicles[part]
        places = (self.place(part, offset) for offset in range(start, end))
        return dict.fromkeys(chronicle.id(place) for place in places if place is not None)

    def standing_before(self, part: PartId, offset: int) -> ElementId | None:
        """The last letter that stood in front of an offset and still does; None: the beginning."""
        place, chronicle = self.place(part, offset), self.history.past.chronicles[part]
        if place is None:
            return None
        shown, today = self.walk.moment, self._today
        then = shown if chronicle.stands(place, shown) else self.walk.before_in(part)
        there = (
            one
            for one in reversed(range(place))
            if chronicle.stands(one, today) and chronicle.stands(one, then)
        )
        found = next(there, None)
        return None if found is None else chronicle.id(found)

    def stands_today(self, part: PartId, start: int, end: int) -> bool:
        """Whether all letters between two offsets stand today, with nothing in between."""
        chronicle, today = self.history.past.chronicles[part], self._today
        places = [self.place(part, offset) for offset in (start, end - 1)]
        first, last = places
        if first is None or last is None:
            return False
        shown = [self.place(part, offset) for offset in range(start, end)]
        standing = [at for at in range(first, last + 1) if chronicle.stands(at, today)]
        return standing == shown

    @property
    def _today(self) -> Moment:
        past = self.history.past
        return past.until(len(past))

    def visit(self, part: PartId, offset: int) -> bool:
        """Go to the turn that wrote the letter behind an offset; returns whether it led away."""
        place = self.place(part, offset)
        if place is None:
            return False
        return self.walk.visit(self.history.past.chronicles[part].letters[place].born, part)


def _old_before_new(runs: Iterable[Run]) -> list[Run]:
    """Return the same words, but of what took another's place first what went, then what came."""
    ordered: list[Run] = []
    for kept, some in groupby(runs, key=lambda run: run.mark is Mark.KEPT):
        changed = list(some)
        ordered += changed if kept else sorted(changed, key=lambda run: run.mark is Mark.ADDED)
    return ordered
