"""Where the floor is the student's, what an adult types or chooses is a question beside, at first.

One key says that they were asked to: then words go into the text, and the student says whether they
are the right ones; and what was chosen is chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Button

from contract_tui.contract.schema import PartId
from contract_tui.language import told
from contract_tui.session.session import Session
from contract_tui.session.writing.remarks import Passage
from contract_tui.ui.conference import words
from contract_tui.ui.names import sentence_start, student_of
from contract_tui.ui.notes.asking import TEXT, Spot, fitted, meant, text_of
from contract_tui.ui.notes.resuming import Resumable
from contract_tui.ui.screens.dialogs import TOLD, Answers, Field
from contract_tui.ui.screens.questions import Unanswered
from contract_tui.ui.widgets.long_input import LongInput


class Instead(Resumable):
    """Asks what somebody wonders about, beside a text or a thing, and lets them insist."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12,alt+y", "insist", show=False, priority=True)
    ]
    INSIST = words.INSIST

    # Textual calls it of each class, one after another.

    def on_mount(self) -> None:
        """Offer to have been asked for it."""
        before = self.query_one("#cancel")
        self.query_one("#buttons").mount(Button(self.INSIST, id="insist"), before=before)

    @on(Button.Pressed, "#insist")
    def _pressed(self) -> None:
        self.action_insist()

    def action_insist(self) -> None:
        """Do it after all: this person was asked to."""
        raise NotImplementedError


class Holding(Instead):
    """Takes up what an adult was about to choose, to add or to move."""

    INSIST = words.INSIST_CHOOSING

    def __init__(self, session: Session, about: PartId, act: Callable[[], object]) -> None:
        """`about` is what a question would stand beside; `act` does what was held back."""
        student = sentence_start(student_of(session.contract))
        self._act = act

        def attempt(answers: Answers) -> str:
            if not answers[TEXT]:
                raise Unanswered(words.SAY_SOMETHING)
            session.remarks.wonder(meant(about), answers[TEXT])
            return words.MADE

        super().__init__(
            session,
            f"choice {about}",
            words.WONDERING.format(name=student),
            words.HOLDING_EXPLAINED.format(name=student),
            [Field(TEXT, words.YOU_WONDER, is_long=True)],
            words.WRITE_BESIDE,
            attempt,
        )

    def action_insist(self) -> None:
        """Do it: this person was asked to."""
        self.leave()
        self._act()


class Wondering(Instead):
    """Takes up what an adult typed, and what they type on."""

    def __init__(
        self,
        session: Session,
        spot: Spot,
        typed: Callable[[], str],
        insisted: Callable[[int], None],
    ) -> None:
        """`typed` gives what was typed since it was asked last.

        `insisted` hears where the caret belongs after words have gone into the text.
        """
        student = sentence_start(student_of(session.contract))
        self._session, self._spot = session, spot
        self._typed, self._insisted = typed, insisted
        self._student = student

        def attempt(answers: Answers) -> str:
            if not answers[TEXT]:
                raise Unanswered(words.SAY_SOMETHING)
            start, end = spot.now(session)
            about = Passage(spot.part, start, end) if start < end else meant(spot.part)
            session.remarks.wonder(about, answers[TEXT])
            return words.MADE

        super().__init__(
            session,
            f"wondering {spot.part}",
            words.WONDERING.format(name=student),
            words.WONDERING_EXPLAINED.format(name=student),
            [Field(TEXT, words.YOU_WONDER, is_long=True)],
            words.WRITE_BESIDE,
            attempt,
        )

    def on_mount(self) -> None:
        """Go on behind what was typed until now."""
        self.go_on_with(self._typed())

    def action_insist(self) -> None:
        """Put the words into the text: this person was asked to."""
        session, spot, said = self._session, self._spot, self.query_one(LongInput).value
        try:
            session.conferring.insisting.insist(spot.part)
            splice = fitted(text_of(session, spot), *spot.now(session), said.strip())
            if said.strip():
                session.edit(spot.part, splice)
        except TOLD as error:
            self._say(told(error))
            return
        self.let_go()
        self._insisted(splice.start + len(splice.text) if said.strip() else splice.start)
        self.dismiss(words.INSISTED.format(student=self._student))
