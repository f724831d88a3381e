"""*Are these still my words?* The student is asked once, later, alone; nobody else hears of it."""

from __future__ import annotations

from textual import on
from textual.widgets import Button

from contract_tui.contract.conference.values import Conference
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.screens.dialogs import Answers, Dialog


class StillMine(Dialog[str]):
    """Three answers, each of them as good as the others; all of them end the question."""

    def __init__(self, session: Session, conference: Conference) -> None:
        self._session, self._conference = session, conference

        def attempt(_answers: Answers) -> str:
            return words.STILL_MINE_YES

        super().__init__(
            words.STILL_MINE,
            words.STILL_MINE_EXPLAINED,
            [],
            words.YES_STILL,
            attempt,
            refuse=words.NOT_NOW,
        )

    def on_mount(self) -> None:
        """Put wanting something else between yes and not now."""
        super().on_mount()
        self._session.conferring.afterwards.answer(self._conference)
        before = self.query_one("#cancel")
        self.query_one("#buttons").mount(Button(words.CHANGE, id="change"), before=before)

    @on(Button.Pressed, "#change")
    def _change(self) -> None:
        self.dismiss(words.CHANGE_SAID)


class Asking:
    """Knows when it is time to ask: not in the sitting in which the conference was closed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before = session.conferring.afterwards.unanswered

    def due(self) -> Conference | None:
        """Return the conference that the student can be asked about now: alone, not writing."""
        if self._before is None:
            return None
        now = self._session.conferring.afterwards.unanswered
        if now is None or now.key != self._before.key:
            return None
        is_alone = not any(one.here for one in self._session.people if not one.me)
        is_writing = any(one.typing for one in self._session.people if one.me)
        return now if is_alone and not is_writing else None
