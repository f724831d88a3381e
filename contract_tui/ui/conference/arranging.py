"""The agenda: what a conference goes through. Everybody sees it, and the student arranges it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.contract.conference.agenda import Agenda, Phase
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.contract.errors import ContractError
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.prompting import asked_in, change_questions
from contract_tui.ui.conference.standing import name_of_phase, student_of
from contract_tui.ui.notes.words import sentence_start
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.page import PageScreen
from contract_tui.ui.screens.questions import Unanswered

NAME, MINUTES, FLOOR = "name", "minutes", "floor"
WAYS = (
    ("Enter", words.CHANGE_KEY, "change"),
    ("W", words.QUESTIONS_KEY, "change_questions"),
    ("Shift+↑", words.EARLIER_KEY, "move(-1)"),
    ("Shift+↓", words.LATER_KEY, "move(1)"),
    ("A", words.ADD_KEY, "add"),
    ("Del", words.TAKE_OUT_KEY, "take_out"),
    ("F", words.FORM_KEY, "next_form"),
    ("B", words.BRING_BACK_KEY, "bring_back"),
)
"""What the student does here: its key, its words, and what it is; each can be clicked, too."""
COLUMN = 36
"""Cells from one way to the next in its row."""


class AgendaScreen(PageScreen):
    """All phases in their order; what is done is done at once, and everybody sees it."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    AgendaScreen Static { link-style: none; link-color: $foreground; }
    AgendaScreen .problem { color: $error; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Back"),
        Binding("up", "step(-1)", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("shift+up,alt+up,minus", "move(-1)", priority=True),
        Binding("shift+down,alt+down,plus", "move(1)", priority=True),
        Binding("enter,r", "change"),
        Binding("a,n", "add"),
        Binding("delete,t", "take_out"),
        Binding("b", "bring_back"),
        Binding("f", "next_form"),
        Binding("w", "change_questions"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._agendas = session.conferring.agendas
        self._chosen = ""
        self._form = Static("", markup=False)
        self._list = Static("", markup=False)
        self._asked = Static("", markup=False, classes="label")
        self._problem = Static("", markup=False, classes="problem")
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose_page(self) -> ComposeResult:
        """Put the phases above what can be done with them."""
        yield self._form
        yield self._list
        yield self._asked
        yield self._problem
        keys: Text | str = _ways()
        if not self._agendas.can_arrange:
            keys = words.AGENDA_IS_THEIRS.format(name=sentence_start(student_of(self._session)))
        yield Static(keys, classes="label", markup=False)

    def on_mount(self) -> None:
        """Show it as it is, and as it becomes."""
        self._problem.display = False
        self._unsubscribe = self._session.listen(self._show)
        self._show()

    def on_unmount(self) -> None:
        """Stop following."""
        self._unsubscribe()

    @property
    def _agenda(self) -> Agenda:
        return self._agendas.agenda

    @property
    def _at(self) -> int:
        ids = [str(one.id) for one in self._agenda.phases]
        return ids.index(self._chosen) if self._chosen in ids else 0

    @property
    def _phase(self) -> Phase:
        return self._agenda.phases[self._at]

    def _show(self) -> None:
        """Write the list."""
        agenda = self._agenda
        said = words.FORM_OWN if agenda.form is Form.OWN else words.FORM_READY
        name = student_of(self._session)
        self._form.update(
            Text.assemble(
                (words.AGENDA, Style(bold=True)),
                "    ",
                said.format(name=name, minutes=agenda.minutes),
            )
        )
        text, wide = Text(), max(len(name_of_phase(one)) for one in agenda.phases)
        for n, phase in enumerate(agenda.phases):
            here = n == self._at
            called = name_of_phase(phase).ljust(wide)
            length = words.MINUTES_LONG.format(minutes=phase.minutes)
            floor = words.FLOORS_IN_SHORT[phase.floor].format(name=name)
            line = f"\n{'▸' if here else ' '} {called}  {length:>6}  {floor}"
            text.append(line, Style(bold=here, meta={"@click": f"screen.choose({n})"}))
        if agenda.form is Form.OWN and agenda.taken_out:
            names = ", ".join(name_of_phase(one) for one in agenda.taken_out)
            text.append(words.TAKEN_OUT.format(names=names), Style(dim=True))
        self._list.update(text)
        self._asked.update(asked_in(self._phase))

    def _attempt(self, action: Callable[[], object]) -> None:
        """Do something; say why, where it cannot be done."""
        try:
            action()
        except (SessionError, ContractError) as error:
            self._problem.update(str(error))
        else:
            self._problem.update("")
        self._problem.display = bool(self._problem.content)
        self._show()

    def action_step(self, by: int) -> None:
        """Choose another phase."""
        phases = self._agenda.phases
        self._chosen = phases[(self._at + by) % len(phases)].id
        self._show()

    def action_choose(self, number: int) -> None:
        """Choose a phase with the mouse; the one that is chosen already is changed."""
        if number == self._at:
            self.action_change()
        elif number < len(self._agenda.phases):
            self._chosen = self._agenda.phases[number].id
            self._show()

    def action_move(self, by: int) -> None:
        """Put the chosen phase before or behind its neighbour."""
        phases, at = self._agenda.phases, self._at + by
        self._chosen = phase = self._phase.id
        if 0 <= at < len(phases):
            behind = at + 1 if by > 0 else at
            before = phases[behind].id if behind < len(phases) else None
            self._attempt(lambda: self._agendas.move(phase, before))

    def action_take_out(self) -> None:
        """Take the chosen phase out."""
        phase = self._phase.id
        self._attempt(lambda: self._agendas.take_out(phase))

    def action_bring_back(self) -> None:
        """Bring the first phase back that was taken out."""
        for one in self._agenda.taken_out[:1]:
            self._chosen = one.id
            self._attempt(lambda one=one: self._agendas.bring_back(one.id))  # type: ignore[misc]

    def action_next_form(self) -> None:
        """Follow the next agenda: 25 minutes, 15 minutes, one's own."""
        forms = list(Form)
        following = forms[(forms.index(self._agenda.form) + 1) % len(forms)]
        self._attempt(lambda: self._agendas.choose(following))

    def action_add(self) -> None:
        """Ask what another phase is called."""
        self._ask(add_phase(self._session, self._phase))

    def action_change(self) -> None:
        """Ask what the chosen phase is called, how long it is, and whose floor."""
        self._chosen = self._phase.id
        self._ask(change_phase(self._session, self._phase))

    def action_change_questions(self) -> None:
        """Ask what everybody is asked in the chosen phase."""
        self._chosen = self._phase.id
        self._ask(change_questions(self._session, self._phase))

    def _ask(self, dialog: Dialog[str]) -> None:
        if not self._agendas.can_arrange:
            self._attempt(lambda: self._agendas.choose(self._agenda.form))
            return

        def answered(phase: str | None) -> None:
            self._chosen = phase or self._chosen
            self._show()

        self.app.push_screen(dialog, answered)


def _ways() -> Text:
    """What the student does here, two in a row."""
    text = Text()
    for n, (key, said, action) in enumerate(WAYS):
        way = Text.assemble((f"{key:<8}", Style(bold=True)), said)
        way.stylize(Style(meta={"@click": f"screen.{action}"}))
        text.append("\n" if n and n % 2 == 0 else "")
        if n % 2 == 0:
            way.pad_right(COLUMN - way.cell_len)
        text.append_text(way)
    return text


def add_phase(session: Session, behind: Phase) -> Dialog[str]:
    """Ask what a new phase is called, how long it is and whose floor; it comes behind another."""
    agendas = session.conferring.agendas

    def attempt(answers: Answers) -> str:
        phases = agendas.agenda.phases
        ids = [one.id for one in phases]
        at = ids.index(behind.id) + 1 if behind.id in ids else len(ids)
        before = ids[at] if at < len(ids) else None
        floor = Floor(answers[FLOOR])
        return agendas.add(answers[NAME], _minutes(answers), floor, before)

    fields = _fields(session, "", "3", Floor.STUDENT)
    return Dialog(words.NEW_PHASE, words.NEW_PHASE_EXPLAINED, fields, words.ADD_PHASE, attempt)


def change_phase(session: Session, phase: Phase) -> Dialog[str]:
    """Ask what a phase is called, how long it is, and whose floor."""
    agendas = session.conferring.agendas
    called = name_of_phase(phase)

    def attempt(answers: Answers) -> str:
        minutes = _minutes(answers)
        if answers[NAME] != called:
            agendas.rename(phase.id, answers[NAME])
        agendas.set_minutes(phase.id, minutes)
        agendas.set_floor(phase.id, Floor(answers[FLOOR]))
        return phase.id

    fields = _fields(session, called, str(phase.minutes), phase.floor)
    return Dialog(words.CHANGE_PHASE, words.CHANGE_EXPLAINED, fields, words.CHANGE_IT, attempt)


def _fields(session: Session, name: str, minutes: str, floor: Floor) -> list[Field]:
    student = student_of(session)
    floors = {one.value: said.format(name=student) for one, said in words.FLOORS_ALONE.items()}
    return [
        Field(NAME, words.PHASE_NAME, words.PHASE_HINT, name),
        Field(MINUTES, words.PHASE_MINUTES, value=minutes),
        Field(FLOOR, words.PHASE_FLOOR, value=floor.value, options=floors),
    ]


def _minutes(answers: Answers) -> int:
    said = answers[MINUTES]
    if not (said.isascii() and said.isdecimal() and len(said) < 4):
        raise Unanswered(words.WHOLE_MINUTES)
    return int(said)
