"""The page of agreement: where everybody stands, what changed since, and the three answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.agreement.values import Answer, Given, Standing
from contract_tui.contract.agreement.words import CHANGED, EVERYBODY
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Heads
from contract_tui.language import told
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.session.slices import BREATH, SLICE
from contract_tui.session.writing.agreeing import NoteMissing
from contract_tui.session.writing.unsaid import Unsaid
from contract_tui.ui.messages import PastAsked, Since
from contract_tui.ui.names import student_of
from contract_tui.ui.pages import agreement_words as words
from contract_tui.ui.pages.fields import Field, Shape
from contract_tui.ui.pages.form import Form
from contract_tui.ui.pages.listing import Heading
from contract_tui.ui.pages.page import AGREEMENT, PageId
from contract_tui.ui.pages.places import heading_of
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.pages.said import SaidField
from contract_tui.ui.pages.standings import Standings, day, listed
from contract_tui.ui.people import Company
from contract_tui.ui.prompts_of_lines import NOTE_BESIDE, REVISIT
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor.line import Line
from sync_server.access.answer import LONGEST_NOTE

PAUSE = 0.4
"""Seconds after a change before everything is looked at again: nobody's key waits for that."""
AT_ONCE = 0.05
"""Seconds of work before the page is shown without it, after a key."""


class _Look(NamedTuple):
    """What was looked at last."""

    contract: Contract
    heads: Heads
    out: frozenset[bytes]
    digest: bytes
    """Of what counts: an answer of somebody else changes the contract, but nothing of that."""
    since: frozenset[Heads]
    """The versions of others since which somebody looked at what changed."""


class _NoteLine(Line):
    """The note beside an answer until it is signed; it comes back with a page made again."""

    def __init__(self, unsaid: Unsaid) -> None:
        super().__init__(unsaid.of(AGREEMENT))
        self._unsaid = unsaid

    def edit(self, splice: Splice) -> None:
        """Change the line, and keep it."""
        super().edit(splice)
        self._unsaid.keep(AGREEMENT, self.text)

    def undo(self) -> bool:
        """Take back the last change of the line since one came here."""
        is_undone = super().undo()
        self._unsaid.keep(AGREEMENT, self.text)
        return is_undone


class AgreementPage(Form):
    """Where everybody stands."""

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(session, page)
        self.top = Heading(self.heading)
        self._standings = Standings(self._see_past_of, self._look_at_once)
        self._everybody = Static(EVERYBODY, classes="everybody", markup=False)
        self._broken = Static("", classes="broken", markup=False)
        self._changed = Static("", classes="changed", markup=False)
        self._past = PressLine(words.SEE_IN_THE_PAST)
        self._question = Static("", classes="question", markup=False)
        self.answers = ChoiceBar(words.ANSWERS)
        self.answers.add_class("answers")
        self._line = _NoteLine(session.unsaid)
        self.note = Field(self._line, None, words.NOTE, Shape.PASSAGE)
        self.note.editor.limit = LONGEST_NOTE
        self.revisit = SaidField(
            words.REVISIT, session.desk.items.revisit, session.desk.set_revisit, self.say
        )
        self._looked: _Look | None = None
        self._timer: Timer | None = None

    @property
    def heading(self) -> str:
        """What the page is called."""
        return heading_of(self.session.contract, self.page)

    def compose(self) -> ComposeResult:
        """Put where everybody stands above what one can say to it."""
        yield self.top
        yield self._everybody
        yield self._standings
        yield self._broken
        yield self._changed
        yield self._past
        yield self._question
        yield self.answers
        yield self.note
        yield self.revisit

    def fields(self) -> Iterator[Field]:
        """Yield the note and the day to come back to it."""
        yield self.note
        yield self.revisit

    def stops(self) -> Sequence[Widget]:
        """Return what takes keys; nobody comes to an answer first, where one key signs it."""
        mine = [self.answers, self.note.editor] if self._can_answer else []
        past = [self._past] if self._past.display else []
        return [self.top, *self._standings.stops(), *past, *mine, self.revisit.editor]

    def follow(self, company: Company) -> None:
        """Show what was said, and soon where everybody stands now."""
        super().follow(company)
        role = self.session.me.role if self.session.me else None
        student = student_of(self.session.contract)
        self.note.editor.ask(NOTE_BESIDE.said(role, student))
        self.revisit.editor.ask(REVISIT.said(role, student))
        if not self._is_looked_at() and self._timer is None:
            self._timer = self.set_timer(PAUSE, self.look_around)

    def set_out(self) -> None:
        """Show what is said, at once where nothing has been shown yet."""
        self.revisit.show(self.session.contract.items.revisit)
        self.revisit.seal(not self.session.can_write)
        for shown in (self._question, self.answers, self.note):
            shown.display = self._can_answer
        if self._looked is None:
            for shown in (self._everybody, self._broken, self._changed, self._past):
                shown.display = False
            self._standings.say(words.LOOKING)
            self.look_around(AT_ONCE)

    def look_around(self, seconds: float = SLICE) -> None:
        """Find out where everybody stands, and show it; a long contract takes several turns."""
        self._timer = None
        if self._is_looked_at():
            return
        contract, agreeing = self.session.contract, self.session.agreeing
        others = self._standings.wanted
        if not agreeing.advance(seconds, others):
            self._timer = self.set_timer(BREATH, self.look_around)
            return
        agreement, mine = agreeing.agreement, agreeing.mine
        answers = contract.answers
        self._looked = _Look(contract, contract.heads, answers.taken_out, answers.digest, others)
        given = mine.given if mine else None
        self._everybody.display = agreement.all_agree
        self._say_by_all(agreement.standings, mine)
        _show(self._broken, "\n".join(agreement.broken))
        changed = agreeing.changes_since(given)
        _show(self._changed, _told(given, changed) if given and changed else "")
        self._past.display = bool(given and not given.is_current)
        self._question.update(_asked(given))
        self.answers.chosen = given.answer if given and given.is_current else ""
        self.answers.refresh()

    def _say_by_all(self, standings: Sequence[Standing], mine: Standing | None) -> None:
        """Say where everybody stands; one sentence for as long as nobody has said anything."""
        if len(standings) > 1 and not any(one.given for one in standings):
            self._standings.say(words.NOBODY)
            return
        self._standings.show(standings, mine.person.id if mine else None)
        self._standings.tell(self.session.agreeing.changes_since)

    def _look_at_once(self) -> None:
        """Find out what changed since an answer that somebody has just asked about."""
        self.look_around(AT_ONCE)
        self.reveal_soon()

    @on(ChoiceBar.Chosen)
    def _answer(self, event: ChoiceBar.Chosen) -> None:
        """Sign the answer; nothing takes one back but another one."""
        event.stop()
        if event.choice:
            self.answer(Answer(event.choice))

    def answer(self, answer: Answer) -> None:
        """Answer what stands there now."""
        if not self._is_looked_at():
            # Nobody signs what they have not been shown.
            before, now = self._looked, self.session.contract.answers
            self.look_around(AT_ONCE)
            if before is None or before.digest != now.digest:
                self.say(words.LOOK_FIRST if before else words.LOOKING)
                return
        try:
            is_news = self.session.agreeing.answer(answer, self._line.text)
        except NoteMissing as error:
            self.say(told(error))
            self.go_to(self.note.editor)
        except (SessionError, ContractError) as error:
            self.say(told(error))
        else:
            self._line.edit(Splice(0, len(self._line.text), ""))
            self.note.follow()
            self.look_around(AT_ONCE)
            self.say(words.SIGNED if is_news else words.SAID_ALREADY)

    @on(PressLine.Pressed)
    def _see_past(self, event: PressLine.Pressed) -> None:
        """Show in the past what changed since this person's last answer."""
        event.stop()
        mine = self.session.agreeing.mine
        if mine is not None and mine.given is not None:
            name = words.YOUR_ANSWER.format(day=day(mine.given.at))
            self.app.post_message(PastAsked(self.session, Since(mine.given.heads, name)))

    def _see_past_of(self, one: Standing) -> None:
        """Show in the past what changed since somebody else's last answer."""
        if one.given is not None:
            name = words.THEIR_ANSWER.format(name=one.person.name, day=day(one.given.at))
            self.app.post_message(PastAsked(self.session, Since(one.given.heads, name)))

    @property
    def _can_answer(self) -> bool:
        return self.session.can_write

    def _is_looked_at(self) -> bool:
        contract, looked = self.session.contract, self._looked
        if looked is None or looked.contract is not contract:
            return False
        return (looked.heads, looked.out, looked.since) == (
            *(contract.heads, contract.answers.taken_out),
            self._standings.wanted,
        )


def _asked(given: Given | None) -> str:
    if given is None:
        return words.ASKED
    return words.ANSWERED if given.is_current else words.ASKED_AGAIN


def _show(shown: Static, text: str) -> None:
    shown.update(text)
    shown.display = bool(text)


def _told(given: Given, changed: Sequence[str]) -> str:
    """Say what changed since an answer."""
    return "\n".join([CHANGED.format(day=day(given.at)), *listed(changed)])
