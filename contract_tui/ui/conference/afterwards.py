"""*Are these still your words?* The student is asked later and alone; nobody else hears of it."""

from __future__ import annotations

from textual import on
from textual.widgets import Button

from contract_tui.contract.conference.values import Conference
from contract_tui.language import told
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.confirming_words import WAITS
from contract_tui.ui.days import day_here
from contract_tui.ui.names import name_of, together
from contract_tui.ui.screens.dialogs import TOLD, Answers, Dialog


class StillMine(Dialog[str]):
    """Three answers, each as good as the others; whoever says *later* is asked another time."""

    def __init__(self, session: Session, conference: Conference) -> None:
        self._session, self._conference = session, conference

        def attempt(_answers: Answers) -> str:
            session.conferring.afterwards.answer(conference)
            return words.STILL_MINE_YES

        is_guest = session.conferring.afterwards.is_guest
        asked = words.STILL_MINE_GUEST if is_guest else words.STILL_MINE_ALONE
        said = f"{_when(session, conference)} {asked}"
        if session.conferring.insisting.pending:
            said += f"\n\n{WAITS}"
        super().__init__(
            words.STILL_MINE,
            said,
            [],
            words.YES_STILL,
            attempt,
            refuse=words.LATER,
        )

    def on_mount(self) -> None:
        """Put wanting something else between yes and later."""
        super().on_mount()
        before = self.query_one("#cancel")
        self.query_one("#buttons").mount(Button(words.CHANGE, id="change"), before=before)

    @on(Button.Pressed, "#change")
    def _change(self) -> None:
        try:
            self._session.conferring.afterwards.answer(self._conference)
        except TOLD as error:
            self._say(told(error))
        else:
            self.dismiss(words.CHANGE_SAID)


def due(session: Session) -> Conference | None:
    """Return the conference that the student can be asked about now: alone, and not writing.

    Around a guest there are always others; their screen is their own all the same.
    """
    afterwards = session.conferring.afterwards
    asked = next(iter(afterwards.unanswered), None)
    is_alone = not any(one.here for one in session.people if not one.me)
    is_writing = any(one.typing for one in session.people if one.me)
    return asked if (is_alone or afterwards.is_guest) and not is_writing else None


def _when(session: Session, conference: Conference) -> str:
    """Say which conference it was: its day, and with whom."""
    contract = session.contract
    mine = contract.roster.person(session.me.id).id if session.me else None
    names = sorted(name_of(contract, one) for one in conference.people if one != mine)
    day = day_here(conference.ended_at or conference.started_at)
    if day is None:
        return words.HAD_ONE
    if not names:
        return words.HAD_ONE_ON.format(day=day)
    return words.HAD_ONE_WITH.format(day=day, people=together(names))
