"""*Are these your words?* The student sees all that somebody typed for them, and says what is so.

What is not theirs is marked and stays: whether it comes out of the text is another question, which
can be asked again. Whoever looks away from either has said nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from contract_tui.contract.conference.insisting import Pending
from contract_tui.contract.headings import headings
from contract_tui.language import told
from contract_tui.session.session import Session
from contract_tui.ui.cells import painted
from contract_tui.ui.conference import confirming_words as words
from contract_tui.ui.names import name_of, sentence_start
from contract_tui.ui.screens.dialogs import TOLD, Answers, Dialog


class TypedForYou(Dialog[str]):
    """Shows all of the words, and below them three answers."""

    DEFAULT_CSS = """
    TypedForYou {
        #typed {
            height: auto; max-height: 9; margin: 1 0 0 0; padding: 0 1; background: $panel;
            scrollbar-size-vertical: 1;
        }
        #typed:focus { background: $panel-lighten-1; }
        #typed Static { height: auto; }
        #asked { height: auto; margin: 1 0 0 0; color: $foreground 85%; }
        &.-low #typed { max-height: 5; margin: 0; }
        &.-low #asked { margin: 0; }
    }
    """
    TITLE_, WHO, ASKED, YES, OTHER, LEAVE = "", "", "", "", "", ""

    def __init__(self, session: Session, one: Pending, say: Callable[[], str]) -> None:
        """`say` does the first answer; raises what can be told."""
        self._words = painted(one.words.strip())
        name = sentence_start(name_of(session.contract, one.by))
        who = self.WHO.format(name=name, place=headings(session.contract).get(one.part, one.part))

        def attempt(_answers: Answers) -> str:
            return say()

        super().__init__(self.TITLE_, who, [], self.YES, attempt, refuse=self.LEAVE)

    def on_mount(self) -> None:
        """Put the words between what is asked and the answers, of which there is one more."""
        super().on_mount()
        buttons = self.query_one("#buttons")
        self.query_one("#box").mount(
            VerticalScroll(Static(self._words, markup=False), id="typed"),
            Static(self.ASKED, id="asked", markup=False),
            before=self.query_one("#problem"),
        )
        buttons.mount(Button(self.OTHER, id="other"), before=self.query_one("#cancel"))

    @on(Button.Pressed, "#other")
    def _other(self) -> None:
        """Say the other thing, or why that cannot be said."""
        try:
            self.say_other()
        except TOLD as error:
            self._say(told(error))

    def say_other(self) -> None:
        """Do the second answer."""
        raise NotImplementedError


class YourWords(TypedForYou):
    """Asks whether what somebody typed for the student is what they mean."""

    TITLE_, WHO, ASKED = words.YOUR_WORDS, words.TYPED_FOR_YOU, words.UNTIL_YOU_SAY
    YES, OTHER, LEAVE = words.MINE, words.NOT_MINE, words.LATER

    def __init__(self, session: Session, one: Pending, refused: Callable[[], object]) -> None:
        """`refused` goes on where the student has said that they are not."""
        self._insisting, self._one, self._refused = session.conferring.insisting, one, refused

        def confirm() -> str:
            self._insisting.confirm(one)
            return words.CONFIRMED

        super().__init__(session, one, confirm)

    def say_other(self) -> None:
        """They are not: then they are marked, and what becomes of them is asked next."""
        self._insisting.refuse(self._one)
        self.dismiss(None)
        self._refused()


class NotYours(TypedForYou):
    """Asks what becomes of words that are not the student's."""

    TITLE_, WHO, ASKED = words.NOT_YOURS, words.SAID_SO, words.TAKE_OUT_OR_LEAVE
    YES, OTHER, LEAVE = words.TAKE_OUT, words.MINE, words.LEAVE_THEM

    def __init__(self, session: Session, one: Pending) -> None:
        self._insisting, self._one = session.conferring.insisting, one

        def take_out() -> str:
            self._insisting.take_out(one)
            return words.TAKEN_OUT

        super().__init__(session, one, take_out)

    def say_other(self) -> None:
        """They are the student's after all."""
        self._insisting.confirm(self._one)
        self.dismiss(words.CONFIRMED)

    def action_cancel(self) -> None:
        """Leave them where they are, marked."""
        self.dismiss(words.LEFT)
