"""The table that everybody sits around: what this screen shows of the conference, and remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from contract_tui.contract.conference.insisting import Pending
from contract_tui.contract.conference.tokens import ReadyPhase
from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.conference import confirming_words, words
from contract_tui.ui.conference.band import Band
from contract_tui.ui.conference.following import Following
from contract_tui.ui.conference.marks import said_of
from contract_tui.ui.conference.standing import (
    asks_instead,
    stand,
    takes_part,
)
from contract_tui.ui.haste import Haste
from contract_tui.ui.hosting.takeover import in_short, offered, sentences
from contract_tui.ui.names import name_of, sentence_start, student_of, together
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor.view import TextView

if TYPE_CHECKING:
    from contract_tui.session.conference.standing_by import Takeover
    from contract_tui.ui.screens.dialogs import Dialog
    from contract_tui.ui.screens.doing import Doing

Shown = Iterable[tuple[PartId, Editor]]
TICK = 5.0
"""Seconds between two looks at the clock, which only shows minutes."""

STEP = "step"


class Table:
    """Follows the conference on one screen."""

    def __init__(
        self,
        screen: Doing,
        session: Session,
        editors: Callable[[], Shown],
        say: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._session = session
        self._editors = editors
        self._say = say
        self.band = Band()
        self.hides_clock = False
        self._haste = Haste()
        self.was_read = False
        """Whether it was read aloud in this sitting."""
        self._has_asked = False
        """Whether the student was asked in this sitting if these are still their words."""
        self.following = Following(screen, session)
        self._known: tuple[object, tuple[Sequence[Pending], Sequence[Pending]]] = ((), ((), ()))
        self._stands: tuple[object, ...] = ()
        self._is_asking = False
        self._gone: Takeover | None = None
        """What was said when the host's computer had gone."""

    # What is so now

    @property
    def goes_on(self) -> bool:
        """Whether a conference goes on, or was interrupted."""
        return self._session.conferring.current is not None

    @property
    def takes_part(self) -> bool:
        """Whether this person sits at the table."""
        return self.goes_on and takes_part(self._session) and not self.rests

    @property
    def rests(self) -> bool:
        """Whether everybody left it some time ago."""
        return self._session.conferring.rests

    @property
    def is_last(self) -> bool:
        """Whether the conference is in one of the phases in which all of it is read."""
        phase = self._session.conferring.phase
        return phase is not None and phase.ready in (ReadyPhase.READ_BACK, ReadyPhase.CLOSE)

    @property
    def asks(self) -> bool:
        """Whether this person asks to go on."""
        session = self._session
        me = session.contract.roster.person(session.me.id).id if session.me else None
        return me in session.conferring.asking

    @property
    def pending(self) -> Pending | None:
        """What waits first for the student to say whether these are the right words."""
        return next(iter(self._typed[0]), None)

    @property
    def not_mine(self) -> Pending | None:
        """What stands first in a text that is not the student's, as they have said."""
        return next(iter(self._typed[1]), None)

    @property
    def _typed(self) -> tuple[Sequence[Pending], Sequence[Pending]]:
        """What was typed for the student: what waits for their word, and what is not theirs."""
        if not self._session.desk.is_student:
            return (), ()
        if self._known[0] != (said := said_of(self._session)):
            insisting = self._session.conferring.insisting
            self._known = said, (insisting.pending, insisting.not_mine)
        return self._known[1]

    def look_again(self) -> None:
        """See again how much stands of what was typed for the student."""
        self._known = (), self._known[1]

    def is_meant(self) -> bool:
        """Whether a key that goes on is pressed anew: whoever holds it takes one step."""
        is_meant = self._haste.is_meant(STEP)
        self._haste.begin(STEP)
        return is_meant

    # Following

    def begin(self) -> None:
        """Look at the clock from now on."""
        self._screen.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        if self.goes_on:
            self.look_again()
            self.follow()
        elif not self._has_asked and self._session.conferring.afterwards.unanswered:
            self._ask_afterwards()

    def _ask_afterwards(self) -> None:
        """Ask the student about one conference, later and alone, if these are still their words."""
        from contract_tui.ui.conference.afterwards import StillMine, due

        if self._screen.app.screen is self._screen and (conference := due(self._session)):
            self._has_asked = True
            self._ask(StillMine(self._session, conference))

    def follow(self) -> None:
        """Show where the conference is; costs next to nothing where none goes on."""
        typed = self.pending is not None, self.not_mine is not None
        if not self.goes_on:
            self.band.show(None)
            self.following.end()
            self._refresh_keys((False, *typed))
            return
        conferring, leader = self._session.conferring, self.following.label()
        self.band.show(stand(self._session, self._note(), leader, hides_clock=self.hides_clock))
        stands = self.takes_part, conferring.can_steer, self.asks, self.is_last, leader, *typed
        self._refresh_keys(stands)
        if self.takes_part or not self._session.can_write:
            self.following.follow()

    def _refresh_keys(self, stands: tuple[object, ...]) -> None:
        if stands != self._stands:
            self._stands = stands
            self._screen.refresh_bindings()

    def _note(self) -> str:
        """What wants to be known just now, a line for each: nothing of it hides the rest."""
        if gone := self._follow_host():
            return gone
        return "\n".join(filter(None, (self._note_of_asking(), self._note_of_typing())))

    def _note_of_asking(self) -> str:
        """Who would like to go on."""
        session = self._session
        asking, steers = session.conferring.asking, session.conferring.can_steer
        if self.asks and not steers:
            return words.YOU_ASKED_TO_GO_ON.format(
                student=sentence_start(student_of(session.contract))
            )
        if asking and steers:
            names = sorted(name_of(session.contract, one) for one in asking)
            return words.ASKS_TO_GO_ON.format(people=together(names))
        return ""

    def _note_of_typing(self) -> str:
        """What was typed for the student, or what this person is just typing for them."""
        session = self._session
        if one := self.pending:
            return confirming_words.ASKED_KEY.format(name=name_of(session.contract, one.by))
        insisting = session.conferring.insisting
        if any(insisting.is_on(part) for part, _ in self._editors()):
            return words.INSISTING.format(student=sentence_start(student_of(session.contract)))
        return ""

    def _follow_host(self) -> str:
        """Say once that the host's computer has gone, and in short for as long as that lasts."""
        before, self._gone = self._gone, offered(self._session)
        if self._gone is None:
            return ""
        if self._gone != before:
            self._say(sentences(self._gone))
        return in_short(self._gone)

    # Where adults only ask

    def takes_up(self, editor: TextView) -> bool:
        """Make a question of what somebody typed while the floor is the student's.

        Returns whether it is so where they typed.
        """
        part = next((part for part, known in self._editors() if known is editor), None)
        if part is None or not isinstance(editor, Editor) or not asks_instead(self._session, part):
            return False
        if not editor.unwritten.strip():
            editor.take_unwritten()
            name = sentence_start(student_of(self._session.contract))
            self._say(words.STUDENTS_FLOOR.format(name=name))
        elif not self._is_asking:
            self._wonder(part, editor)
        return True

    def _wonder(self, part: PartId, editor: Editor) -> None:
        from contract_tui.ui.conference.wondering import Wondering
        from contract_tui.ui.notes.asking import Spot

        editor.catch_up()
        spot = Spot(part, *editor.selection, self._session.contract.text(part).version)

        def land(caret: int) -> None:
            editor.catch_up()
            editor.place(min(caret, len(editor.text)))

        self._ask(Wondering(self._session, spot, editor.take_unwritten, land))

    def _ask(self, dialog: Dialog[str]) -> None:
        self._is_asking = True
        self._screen.app.push_screen(dialog, self._answered)

    def _answered(self, said: str | None) -> None:
        self._is_asking = False
        for _, editor in self._editors():
            editor.take_unwritten()
        if said:
            self._say(said)
        self.follow()
