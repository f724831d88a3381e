"""What is left before everybody goes: a calm list, of which nothing has to be done.

Each line leads to where it is done. The student closes the conference; that makes it a chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.contract.errors import ContractError
from contract_tui.contract.reading import Reading
from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.names import sentence_start, student_of, together
from contract_tui.ui.pages.page import AGREEMENT, address
from contract_tui.ui.pages.press import PressLine
from contract_tui.ui.screens.page import PageScreen
from contract_tui.ui.screens.revisiting import ask_when, looked_at_again

if TYPE_CHECKING:
    from contract_tui.ui.conference.meeting import Meeting


class EndingScreen(PageScreen):
    """What is left to do together, in the order in which people do it."""

    DEFAULT_CSS = """
    EndingScreen PressLine { padding: 0 1; margin: 1 0 0 0; width: 1fr; height: auto; }
    EndingScreen PressLine:focus { background: $primary; color: $background; }
    EndingScreen .said { padding: 0 1 0 3; height: auto; color: $foreground 80%; }
    EndingScreen .problem { color: $error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", _("Back")),
        Binding("down", "app.focus_next", priority=True),
        Binding("up", "app.focus_previous", priority=True),
    ]

    def __init__(self, workshop: Meeting) -> None:
        super().__init__()
        self._workshop = workshop
        self._session: Session = workshop.session
        self._said: dict[str, Static] = {}
        self._problem = Static("", classes="problem", markup=False)
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose_page(self) -> ComposeResult:
        """Put what is known of each line below it."""
        yield Static(Text(words.ENDING, Style(bold=True)))
        yield Static(words.ENDING_EXPLAINED, classes="label", markup=False)
        for key, label, do in (
            ("read", words.READ_BACK, self._read),
            ("answers", words.ANSWER, self._answer),
            ("revisit", words.REVISIT, self._revisit),
            ("promises", words.TAKE_PROMISES, lambda: self._take("promises")),
            ("print", words.PRINT, lambda: self._take("")),
        ):
            yield PressLine(label, do)
            self._said[key] = Static("", classes="said", markup=False)
            yield self._said[key]
        if self._session.conferring.can_steer:
            yield PressLine(words.CLOSE_CONFERENCE, self._end)
            yield Static(words.CLOSE_EXPLAINED, classes="said", markup=False)
        else:
            name = sentence_start(student_of(self._session.contract))
            yield Static(words.STUDENT_CLOSES.format(name=name), classes="label", markup=False)
        yield self._problem

    def on_mount(self) -> None:
        """Show what is known, and what becomes known."""
        self._unsubscribe = self._session.listen(self._wake)
        self._show()
        self.query_one("#page").can_focus = False  # the arrows go from line to line
        self.set_focus(self.query(PressLine).first())

    def on_unmount(self) -> None:
        """Stop following."""
        self._unsubscribe()

    def _wake(self) -> None:
        self.call_later(self._show)

    def _show(self) -> None:
        if not self.is_attached:
            return
        said = {
            "read": words.WAS_READ if self._workshop.table.was_read else "",
            "answers": _answers(self._session),
            "revisit": looked_at_again(self._session.contract.items.revisit),
        }
        for key, line in self._said.items():
            line.update(said.get(key, ""))
            line.display = bool(said.get(key))

    # What each line leads to

    def _leave_for(self, go: Callable[[], object]) -> None:
        """Do something in the workshop; this list is behind F10 again."""
        self.dismiss(None)
        self._workshop.call_later(go)

    def _read(self) -> None:
        self._leave_for(self._workshop.action_read_aloud)

    def _answer(self) -> None:
        self._leave_for(lambda: self._workshop.going.open_part(address(AGREEMENT)))

    def _revisit(self) -> None:
        self.app.push_screen(ask_when(self._session), lambda _: self._show())

    def _take(self, way: str) -> None:
        self._leave_for(lambda: take_home(self._workshop, way))

    def _end(self) -> None:
        try:
            self._session.conferring.end()
        except (SessionError, ContractError) as error:
            self._problem.update(told(error))
            return
        self.dismiss(None)
        self._workshop.follow()
        self._workshop.say(words.CLOSED)


def _answers(session: Session) -> str:
    """Who has answered the contract as it stands, as far as it is known yet."""
    if not session.agreeing.advance():
        return ""
    standings = session.agreeing.agreement.standings
    answered = [one.person.name for one in standings if one.given and one.given.is_current]
    if not answered:
        return words.NOBODY_ANSWERED
    if len(answered) == len(standings):
        return words.ALL_ANSWERED
    return words.SOME_ANSWERED.format(people=together(answered))


def take_home(workshop: Meeting, way: str) -> None:
    """Ask where pages to print go, or promises to take home; in a browser they go to the guest."""
    from contract_tui.library.papers import Form

    app, session, library = workshop.app, workshop.session, workshop.library
    if app.is_web:
        from contract_tui.ui.screens.delivering import hand_over

        hand_over(app, session, library, way or Form.PAPER)
        return
    from contract_tui.ui.screens.exporting import take_away

    async def read() -> Reading:
        return session.contract.reading(None, session.doubtful)

    dialog = take_away(library, session.entry, Path.home(), read, way or Form.PAPER)
    app.push_screen(dialog, lambda said: workshop.say(said) if said else None)
