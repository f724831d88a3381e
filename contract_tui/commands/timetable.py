"""A contract's turns as a table for a terminal: chapters as headings, with what was kept there."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from contract_tui.commands.versions import here
from contract_tui.contract.conference.insisting import letters
from contract_tui.contract.conference.words import TYPED
from contract_tui.contract.contract import Contract
from contract_tui.contract.headings import headings
from contract_tui.contract.items.terms import CHOSEN
from contract_tui.contract.opening.check import readable
from contract_tui.contract.past.kept import KeptVersion
from contract_tui.contract.schema import STRUCTURE, TITLE
from contract_tui.history.asked import asked_in
from contract_tui.history.chapters import Chapter
from contract_tui.history.history import History, ToldTurn
from contract_tui.history.marking import without
from contract_tui.history.naming import UNKNOWN, times_of
from contract_tui.history.turns import Turn
from contract_tui.language import _
from contract_tui.language.days import in_words as day_in_words
from contract_tui.ui.cells import clipped, padded, painted, wrapped
from contract_tui.ui.graphemes import width
from contract_tui.ui.names import student_of
from sync_server.protocol.ids import Actor

NARROWEST, WIDEST = 40, 120
"""Cells of a line, whatever a terminal has."""
WIDEST_NAME, WIDEST_HEADING = 26, 20
LEAST_WORDS = 14
"""Cells below which no words are shown: so small a scrap of them says nothing."""
GAP = "  "
UNTIMED = _("at some time")
AS_IT_IS = "{words}"
_CHOSE, _WROTE, _TOOK_OUT = _("chose “{words}”"), _("wrote “{words}”"), _("took out “{words}”")


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    time: str
    who: str
    heading: str
    said: tuple[tuple[str, str], ...]
    """What was done, each with the words."""


class Timetable:
    """The turns of one contract, as a person at a terminal is told of them."""

    def __init__(self, history: History, contract: Contract, doubtful: Mapping[Actor, int]) -> None:
        """`doubtful` says from which operation of an actor on nothing shows that it is theirs."""
        self._history = history
        self._doubtful = doubtful
        self._headings = {**headings(contract), TITLE: _("Title")}
        self._typed, self._texts = letters(contract.conferences.all), contract.texts
        self._student = student_of(contract)
        self._kept: dict[int, list[str]] = defaultdict(list)
        for one in contract.kept:
            who = contract.roster.person(one.by).name
            kept = _("{who} kept this as “{name}”").format(who=who, name=one.name)
            self._kept[self._turns_in(one)].append(painted(kept))

    def lines(self, cells: int) -> Iterator[str]:
        """Yield the lines of the table, for a terminal of so many cells."""
        cells = min(max(cells, NARROWEST), WIDEST)
        history = self._history
        told, names = history.told(self._doubtful), history.chapter_names(here)
        rows = [
            self._row(told[at], history.turns[at], chapter)
            for chapter in history.chapters
            for at in range(chapter.first, chapter.last + 1)
        ]
        who = min(WIDEST_NAME, max((width(row.who) for row in rows), default=0))
        heading = min(WIDEST_HEADING, max((width(row.heading) for row in rows), default=0))
        for chapter, name in zip(history.chapters, names, strict=True):
            yield from ["", *wrapped(painted(name), cells)][chapter.number == 1 :]
            if held := times_of(chapter, here):
                yield f"      {held}"
            mine = rows[chapter.first : chapter.last + 1]
            time = max((width(row.time) for row in mine), default=0)
            for at, row in enumerate(mine, chapter.first + 1):
                yield from _lines(row, time, who, heading, cells)
                for kept in self._kept.get(at, ()):
                    yield from (f"      {line}" for line in wrapped(kept, cells - 6))

    def _row(self, told: ToldTurn, turn: Turn, chapter: Chapter) -> _Row:
        heading = self._headings.get(told.section)
        return _Row(
            str(told.number),
            _time(told, chapter),
            _who(told),
            painted(heading or readable(told.section)),
            tuple((deed, painted(words)) for deed, words in self._said(told, turn)),
        )

    def _said(self, told: ToldTurn, turn: Turn) -> Iterator[tuple[str, str]]:
        if turn.section == STRUCTURE:
            past = self._history.past
            after = past.until(turn.end)
            choice = past.choice(after)
            if choice is not past.choice(without(after, turn.changes)):
                yield _CHOSE, CHOSEN.get(choice, _("no choice"))
        if told.added:
            yield _WROTE, " ".join(told.added)
        text = self._texts.get(turn.section)
        known = self._typed.get(text, {}) if text else {}
        for confirmation in asked_in(self._history, turn, known):
            said = TYPED[confirmation].format(name=told.author, student=self._student)
            yield AS_IT_IS, said
        if told.removed:
            yield _TOOK_OUT, " ".join(told.removed)

    def _turns_in(self, kept: KeptVersion) -> int:
        """How many turns had begun in a version; -1 where it has not arrived."""
        try:
            last = self._history.at(kept.heads).rfind(1)
        except LookupError:
            return -1
        return bisect_left([turn.begin for turn in self._history.turns], last + 1)


def _who(told: ToldTurn) -> str:
    if told.role is None:
        return UNKNOWN
    name = painted(told.author)
    return _("in {name}’s name").format(name=name) if told.in_doubt else name


def _time(told: ToldTurn, chapter: Chapter) -> str:
    """Say when a turn began: by the clock alone where the chapter's name says the day."""
    if told.at is None:
        return UNTIMED
    local = here(told.at)
    day = _day(chapter)
    spoken = f"{local:%H:%M}"
    if day != local.date():
        other_year = day is None or day.year != local.year
        spoken = f"{day_in_words(local.date(), with_year=other_year)}, {spoken}"
    said_already = chapter.by_their_clock
    if told.by_their_clock and not said_already:
        return _("{time} by their clock").format(time=spoken)
    return spoken


def _day(chapter: Chapter) -> date | None:
    """The one day of a chapter, or the first of several."""
    return here(chapter.began).date() if chapter.began else None


def _lines(row: _Row, time: int, who: int, heading: int, cells: int) -> Iterator[str]:
    """Put a row together; the numbers are the widths of its columns."""
    columns = [row.number.rjust(4), padded(row.time, time)]
    columns += [padded(row.who, who), padded(row.heading, heading), ""]
    beginning = GAP.join(columns)
    left = cells - width(beginning)
    deeds = [deed.format(words=words) for deed, words in row.said]
    whole = ", ".join(deeds)
    if left < LEAST_WORDS:
        yield clipped(beginning.rstrip(), cells)
    elif width(whole) <= left:
        yield (beginning + whole).rstrip()
    else:
        for number, (deed, words) in enumerate(row.said):
            room = left - width(deed.format(words=""))
            shown = deed.format(words=clipped(words, room))
            yield (" " * width(beginning) if number else beginning) + shown
