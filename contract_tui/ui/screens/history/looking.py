"""What somebody sees who looks back: a walk through the past, in everybody's inks, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

from contract_tui.contract.conference.insisting import Letters
from contract_tui.contract.conference.words import TYPED
from contract_tui.contract.headings import field_heading, headings, thing_heading
from contract_tui.contract.items import paths, terms
from contract_tui.contract.membership.authorship import Doubted
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.contract.sections import Section
from contract_tui.exports.saying import say
from contract_tui.history.asked import asked_in
from contract_tui.history.comparison import Mark, Run
from contract_tui.history.history import History, Origin
from contract_tui.history.moment import Moment
from contract_tui.history.sayings import changes
from contract_tui.history.turns import Turn
from contract_tui.history.walk import Comparison, Walk
from contract_tui.session.session import Session
from contract_tui.ui.ink import Ink
from contract_tui.ui.names import name_of, sentence_start, student_of
from contract_tui.ui.pages.page import SECTIONS, PageId, address, goal_on, page_of
from contract_tui.ui.pages.places import places
from contract_tui.ui.people import Inks, looks_in
from contract_tui.ui.screens.history import words
from contract_tui.ui.widgets.outline import OutlineItem
from contract_tui.ui.widgets.past_scene import Stretch
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor, ElementId

NOTES = PageId("notes")
"""Where notes are shown as they were."""


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
        return headings(self.session.contract)

    def page(self, part: PartId) -> PageId:
        """The page on which a part is shown here: notes have one of their own."""
        return NOTES if part.startswith(f"{paths.NOTES_LIST}/") else page_of(part)

    def parts(self, page: PageId) -> list[tuple[PartId, str]]:
        """The texts of a page, with their headings: those that are shown today, or were used."""
        named = self.headings
        if page == SECTIONS:
            renamed = (one.heading_part for one in self._sections)
            sections = [(one.part, one.heading) for one in self._sections]
            return [*sections, *((one, named[one]) for one in renamed if self._is_used(one))]
        mine = [part for part in named if part != TITLE and self.page(part) == page]
        main = {paths.main_part(thing) for part in mine if (thing := paths.owner(part))}
        goal = goal_on(page)
        return [
            (part, field_heading(part) if goal and paths.owner(part) == goal else named[part])
            for part in mine
            if part in main or self._is_used(part)
        ]

    @property
    def _sections(self) -> list[Section]:
        """The sections that are shown today, and those in which anybody ever wrote."""
        sections = self.session.contract.sections
        return [one for one in sections if not one.hidden or self._is_used(one.part)]

    def _is_used(self, part: PartId) -> bool:
        chronicle = self.history.past.chronicles.get(part)
        return chronicle is not None and bool(chronicle.letters)

    def outline(self, current: PartId | None, shown: PageId) -> list[OutlineItem]:
        """Where something changed, and whose doing it was; and which place is open."""
        items = [self._item(one.part, one.heading, {one.part}, current) for one in self._sections]
        contract, open_page = self.session.contract, None if shown == SECTIONS else address(shown)
        changed = self._changed_parts()
        pages = {self.page(part) for part in changed} | {shown}
        listed = [place for place in places(contract, shown) if place.page != SECTIONS]
        for place in listed:
            if goal_on(place.page) or place.page in pages:
                parts = {part for part in changed if self.page(part) == place.page}
                items.append(self._item(place.part, place.heading, parts, open_page))
        if NOTES in pages:
            parts = {part for part in changed if self.page(part) == NOTES}
            items.append(self._item(address(NOTES), terms.NOTES, parts, open_page))
        return items

    def _item(
        self, part: PartId, heading: str, parts: Iterable[PartId], current: PartId | None
    ) -> OutlineItem:
        runs = (run for one in parts for run in self.stretches(one) if run.fate is not Mark.KEPT)
        inks = tuple(dict.fromkeys(run.ink for run in runs if run.ink))
        return OutlineItem(part, heading, part == current, inks)

    def _changed_parts(self) -> list[PartId]:
        """The texts that are different from what they are compared with."""
        chronicles, walk = self.history.past.chronicles, self.walk
        if walk.comparison is Comparison.TURN:
            return [walk.turn.section] if walk.turn else []
        moment = walk.moment
        return [
            part
            for part, one in chronicles.items()
            if one.letters and one.flags(walk.before_in(part)) != one.flags(moment)
        ]

    def sayings(self, page: PageId) -> list[str]:
        """What was said on a page beside its words, where it is another than it was before."""
        if page in (SECTIONS, NOTES):
            return []
        things = [one for one in self.session.contract.items if self.page(one.part("")) == page]
        found = changes(self.history.past, things, self.walk.before, self.walk.moment)
        contract, person = self.session.contract, self.session.contract.roster.person
        return [say(thing_heading(contract, one.thing), one, person) for one in found]

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
        return sentence + self._typed(part, place) + self._chapter(born)

    def _typed(self, part: PartId, place: int) -> str:
        """Say for whom the letter at a place was typed, where its author was asked to."""
        letter = self.history.past.chronicles[part].id(place)
        if (found := self._asked(part).get(letter)) is None:
            return ""
        contract, (by, confirmation) = self.session.contract, found
        names = {"name": name_of(contract, by), "student": student_of(contract)}
        return f" {sentence_start(TYPED[confirmation].format(**names))}."

    def for_whom(self, turn: Turn) -> str:
        """For whom somebody was asked to type in a turn: the student, or nobody."""
        asked = asked_in(self.history, turn, self._asked(turn.section))
        return student_of(self.session.contract) if asked else ""

    def _asked(self, part: PartId) -> Letters:
        """What is known of the letters of a part that somebody was asked to type."""
        text = self.session.contract.texts.get(part)
        return self.session.conferring.insisting.letters.get(text, {}) if text else {}

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
        title = self._who_when(history.author(first.actor).name, first.at)
        said = chronicle.text(past.until(first.end)) or words.NOTHING_THEN
        return (title, said), chronicle.text(past.until(len(past)))

    def who_looked(self) -> str:
        """Say who looked back, and when; empty where nobody did."""
        person, looks = self.session.contract.roster.person, looks_in(self.session.contract)
        said = [self._who_when(person(one).name, at) for one, at in looks.items()]
        return words.LOOKED_BACK.format(people="; ".join(said)) if said else ""

    def _who_when(self, name: str, at: datetime | None) -> str:
        return words.WHO_WHEN.format(name=name, when=words.when(at, self.now))

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
