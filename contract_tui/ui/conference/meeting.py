"""What can be done in a conference: every key of it, which does one thing or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.ui import words as shared
from contract_tui.ui.conference import confirming_words as typed
from contract_tui.ui.conference import words
from contract_tui.ui.conference.deeds import deeds
from contract_tui.ui.conference.following import read_aloud
from contract_tui.ui.conference.standing import asks_instead
from contract_tui.ui.conference.table import Table
from contract_tui.ui.screens.doing import Doing
from contract_tui.ui.touch import SLIM
from contract_tui.ui.widgets.editor import messages as told
from contract_tui.ui.widgets.go_to import GoTo

if TYPE_CHECKING:
    from contract_tui.contract.conference.insisting import Pending
    from contract_tui.ui.screens.dialogs import Dialog

MINUTES = 2
"""How many minutes one key adds."""
STEP = "f10,alt+g"
SURE = "f12,alt+y"


class Meeting(Doing):
    """The keys of a conference, in an open contract; F10 is always the next thing to do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(STEP, "begin_conference", words.CONFERENCE, key_display="f10", priority=True),
        Binding(STEP, "take_part", words.TAKE_PART_CONFIRM, key_display="f10", priority=True),
        Binding(STEP, "go_on_phase", words.GO_ON, key_display="f10", priority=True),
        Binding(STEP, "ask_to_go_on", words.ASK_TO_GO_ON, key_display="f10", priority=True),
        Binding(SURE, "whose_words", typed.WORDS_TYPED, key_display="f12", priority=True),
        Binding(SURE, "whose_words_again", show=False, priority=True),
        Binding("alt+r", "read_aloud", words.READ_ALOUD, priority=True),
        # A class that names a key again has to name all that it does.
        Binding("escape", "put_away", _("Put away")),
        Binding("escape", "leave_leader", words.LEAVE, show=False),
        Binding("ctrl+f", "conference_keys", words.CONFERENCE_KEYS, priority=True),
    ]

    table: Table
    deeds: GoTo
    """The menu of the conference."""

    def make_menu(self) -> GoTo:
        """Return the menu of all that can be done in a conference."""
        self.deeds = GoTo(words.MENU, self._choose, id="deeds")
        return self.deeds

    def action_conference_keys(self) -> None:
        """Show everything that can be done in the conference, each with a key."""
        if found := [one.way for one in deeds(self)]:
            self.deeds.open(found)
        else:
            self.say(words.ONLY_READS)

    async def _choose(self, letter: PartId) -> None:
        self.deeds.action_go_back()
        for one in deeds(self):
            if one.letter == letter:
                one.do()

    def action_begin_conference(self) -> None:
        """Ask with whom, and begin."""
        from contract_tui.ui.conference.beginning import begin

        if not self.session.can_write:
            self.say(shared.READING_ALONG)
        elif self.table.goes_on:
            self.action_take_part()
        else:
            self._ask(begin(self.session, is_slim=self._is_slim))

    def action_take_part(self) -> None:
        """Take part in the conference that goes on, or take it up again."""
        from contract_tui.ui.conference.beginning import take_part

        if not self.table.goes_on:
            self.say(words.NO_CONFERENCE)
        elif not self.session.can_write:
            self.say(words.ONLY_READS)
        elif self.table.rests:
            self._do(self._take_up)
        elif not self.table.takes_part:
            self._ask(take_part(self.session, is_slim=self._is_slim))

    def action_go_on_phase(self) -> None:
        """Go on to the next phase; of several who press at once, one step is taken."""
        conferring = self.session.conferring
        current = conferring.current
        if current is None:
            self.say(words.NO_CONFERENCE)
        elif not conferring.can_steer:
            self.action_ask_to_go_on()
        elif not self.table.is_meant():
            return
        elif conferring.following is None:
            self.action_end_conference()
        else:
            self._step(lambda: conferring.go_on(current.place.visit))

    def action_back_phase(self) -> None:
        """Go back to the phase before."""
        conferring = self.session.conferring
        current = conferring.current
        if current is None:
            self.say(words.NO_CONFERENCE)
        elif conferring.agendas.agenda.preceding(current.place.phase) is None:
            self.say(words.IS_FIRST)
        else:
            self._step(lambda: conferring.go_back(current.place.visit))

    def action_ask_to_go_on(self) -> None:
        """Ask the student to go on, or take that back."""
        conferring = self.session.conferring
        if conferring.current is None:
            self.say(words.NO_CONFERENCE)
        elif self.table.is_meant():
            conferring.ask_to_go_on(not self.table.asks)
            self.table.follow()

    def action_more_time(self) -> None:
        """Give the phase some more minutes."""
        if self._do(lambda: self.session.conferring.add_minutes(MINUTES)):
            self.say(words.MINUTES_ADDED)

    def action_pause(self) -> None:
        """Let the clock stand still, or go on."""
        conferring = self.session.conferring
        face = conferring.face()
        self._do(conferring.resume if face and face.on_break else conferring.pause)

    def action_hide_clock(self) -> None:
        """Hide the clock on this screen, or show it again."""
        self.table.hides_clock = not self.table.hides_clock
        self.table.follow()
        self.say(words.CLOCK_HIDDEN if self.table.hides_clock else words.CLOCK_SHOWN)

    def action_whose_words(self) -> None:
        """Ask the student whether what somebody typed for them are their words."""
        from contract_tui.ui.conference.confirming import YourWords

        self.table.look_again()
        if one := self.table.pending:
            self._ask(YourWords(self.session, one, lambda: self.call_later(self._take_out, one)))
        else:
            self.action_whose_words_again()

    def action_whose_words_again(self) -> None:
        """Ask the student what becomes of words that are not theirs."""
        self.table.look_again()
        if one := self.table.not_mine:
            self._take_out(one)
        else:
            self.say(typed.NOTHING_TYPED)

    def _take_out(self, one: Pending) -> None:
        from contract_tui.ui.conference.confirming import NotYours

        self._ask(NotYours(self.session, one))

    def action_was_asked(self) -> None:
        """Write into the text where one is from now on, because one was asked to."""
        part, _ = self.stops.place()
        conferring = self.session.conferring
        if part is None or part not in self.session.contract.texts:
            self.say(words.GO_TO_WORDS)
        elif conferring.may_write_directly(part):
            self.say(words.YOU_WRITE_ANYWAY)
        else:
            self._do(lambda: conferring.insisting.insist(part))

    @property
    def can_insist(self) -> bool:
        """Whether one is in a text that one may write only because one was asked to."""
        part, session = self.stops.place()[0], self.session
        return part is not None and part in session.contract.texts and asks_instead(session, part)

    def action_end_conference(self) -> None:
        """Show what is left before everybody goes; the student closes it there."""
        from contract_tui.ui.conference.ending import EndingScreen

        if self.table.goes_on:
            self.app.push_screen(EndingScreen(self), lambda _: self.follow())
        else:
            self.say(words.NO_CONFERENCE)

    def action_agenda(self) -> None:
        """Show what a conference goes through."""
        from contract_tui.ui.conference.arranging import AgendaScreen

        self.app.push_screen(AgendaScreen(self.session), lambda _: self.follow())

    def action_begin_another(self) -> None:
        """Leave a conference that was interrupted behind, and begin another."""
        from contract_tui.ui.conference.beginning import begin

        self._ask(begin(self.session, anew=True, is_slim=self._is_slim))

    # Going along

    def action_lead(self) -> None:
        """Let the others see what this person sees, or go along again, or nobody lead any more."""
        leading = self.session.conferring.leading
        if leading.leads:
            leading.lead(False)
            self.say(words.LEAD_ENDED)
        elif leading.leader is None:
            leading.lead()
            self.say(words.YOU_LEAD)
        elif leading.view is None:
            leading.come_along()
        else:
            leading.leave()
            self.say(words.YOU_LEFT)
        self.table.follow()

    def action_take_lead(self) -> None:
        """Lead in place of whoever leads now."""
        self.session.conferring.leading.lead()
        self.say(words.YOU_LEAD)
        self.table.follow()

    def action_leave_leader(self) -> None:
        """Go one's own way."""
        if self.table.following.is_led:
            self.action_lead()

    @on(told.Written)
    @on(told.Refused)
    def _wrote(self) -> None:
        """Go one's own way: nobody is taken away from what they write."""
        self.action_leave_leader()

    def action_read_aloud(self) -> None:
        """Show the whole contract, large and clean."""
        self.table.was_read = self.table.was_read or self.table.takes_part
        read_aloud(self, self.session)

    # How it is done

    def _take_up(self) -> None:
        """Take up what was interrupted: the clock begins again."""
        conferring = self.session.conferring
        conferring.take_part()
        if (face := conferring.face()) and not face.on_break:
            conferring.pause()
        conferring.resume()

    def _do(self, action: Callable[[], object]) -> bool:
        """Do something in the conference, and show at once what has become of it."""
        done = self.attempt(action)
        self.follow()
        return done

    def _step(self, action: Callable[[], bool]) -> None:
        """Take a step; whoever else was quicker has taken it already."""
        took: list[bool] = []
        if self._do(lambda: took.append(action())) and not took[0]:
            self.say(words.SOMEBODY_WAS_QUICKER)

    @property
    def _is_slim(self) -> bool:
        return self.app.size.width < SLIM

    def _ask(self, dialog: Dialog[str]) -> None:
        def answered(said: str | None) -> None:
            self.follow()
            if said:
                self.say(said)

        self.app.push_screen(dialog, answered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done where the conference is."""
        table, conferring = self.table, self.session.conferring
        match action:
            case "begin_conference":
                return not table.goes_on and self.session.can_write
            case "take_part":
                return table.goes_on and not table.takes_part and self.session.can_write
            case "go_on_phase":
                return table.takes_part and conferring.can_steer
            case "ask_to_go_on":
                return table.takes_part and not conferring.can_steer
            case "whose_words":
                return table.pending is not None
            case "whose_words_again":
                return table.pending is None and table.not_mine is not None
            case "read_aloud":
                return table.takes_part and table.is_last
            case "leave_leader":
                return table.following.is_led and not self.check_action("put_away", ())
            case "conference_keys":
                return table.goes_on
        return super().check_action(action, parameters)
