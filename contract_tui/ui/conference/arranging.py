"""The agenda: what a conference goes through. Everybody sees it, and the student arranges it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.contract.conference.agenda import Agenda, Phase
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.prompting import asked_in, change_questions
from contract_tui.ui.conference.standing import name_of_phase
from contract_tui.ui.names import sentence_start, student_of
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.ordering import OrderScreen
from contract_tui.ui.screens.questions import Unanswered
from contract_tui.ui.touch import SLIM
from contract_tui.ui.widgets.key_bar import NAMES

NAME, MINUTES, FLOOR = "name", "minutes", "floor"
WAYS = (
    ("Enter", words.CHANGE_KEY, "change"),
    ("W", words.QUESTIONS_KEY, "change_questions"),
    (f"{NAMES['shift']}+↑", words.EARLIER_KEY, "move(-1)"),
    (f"{NAMES['shift']}+↓", words.LATER_KEY, "move(1)"),
    ("A", words.ADD_KEY, "add"),
    (NAMES["delete"], words.TAKE_OUT_KEY, "take_out"),
    ("F", words.FORM_KEY, "next_form"),
    ("B", words.BRING_BACK_KEY, "bring_back"),
)
"""What the student does here: its key, its words, and what it is; each can be clicked, too."""
COLUMN = 36
"""Cells from one way to the next in its row."""


class AgendaScreen(OrderScreen[Phase]):
    """All phases in their order."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    AgendaScreen Static { link-style: none; link-color: $foreground; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,r", "change"),
        Binding("a,n", "add"),
        Binding("delete,t", "take_out"),
        Binding("b", "bring_back"),
        Binding("f", "next_form"),
        Binding("w", "change_questions"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._agendas = session.conferring.agendas
        self._form = Static("", markup=False)
        self._asked = Static("", markup=False, classes="label")
        self._keys = Static("", markup=False, classes="label")

    def compose_page(self) -> ComposeResult:
        """Put the phases above what can be done with them."""
        yield self._form
        yield self.listed
        yield self._asked
        yield self.problem
        yield self._keys

    def on_resize(self) -> None:
        """Say everything as there is room for it."""
        if self._agendas.can_arrange:
            self._keys.update(_ways(1 if self.app.size.width < SLIM else 2))
        else:
            name = sentence_start(student_of(self.session.contract))
            self._keys.update(words.AGENDA_IS_THEIRS.format(name=name))
        self.show_things()

    @property
    def _agenda(self) -> Agenda:
        return self._agendas.agenda

    @property
    def things(self) -> Sequence[Phase]:
        """The phases that a conference goes through."""
        return self._agenda.phases

    def id_of(self, thing: Phase) -> str:
        """Return a phase's id."""
        return thing.id

    def put_before(self, thing: Phase, before: Phase | None) -> None:
        """Move a phase."""
        self._agendas.move(thing.id, before.id if before else None)

    def show_things(self) -> None:
        """Write the list."""
        agenda = self._agenda
        said = words.FORM_OWN if agenda.form is Form.OWN else words.FORM_READY
        name = student_of(self.session.contract)
        self._form.update(
            Text.assemble(
                (words.AGENDA, Style(bold=True)),
                "    ",
                said.format(name=name, minutes=agenda.minutes),
            )
        )
        is_slim = self.app.size.width < SLIM
        text, wide = Text(), max(len(name_of_phase(one)) for one in agenda.phases)
        for n, phase in enumerate(agenda.phases):
            here = n == self.at
            called = name_of_phase(phase) + "\n" if is_slim else name_of_phase(phase).ljust(wide)
            length = words.MINUTES_LONG.format(minutes=phase.minutes)
            floor = words.FLOORS_IN_SHORT[phase.floor].format(name=name)
            line = f"\n{'▸' if here else ' '} {called}  {length:>6}  {floor}"
            text.append(line, Style(bold=here, meta={"@click": f"screen.choose({n})"}))
        if agenda.form is Form.OWN and agenda.taken_out:
            names = ", ".join(name_of_phase(one) for one in agenda.taken_out)
            text.append(words.TAKEN_OUT.format(names=names), Style(dim=True))
        self.listed.update(text)
        self._asked.update(asked_in(self.thing))

    def action_choose(self, number: int) -> None:
        """Choose a phase with the mouse; the one that is chosen already is changed."""
        if number == self.at:
            self.action_change()
        elif number < len(self.things):
            self.chosen = self.things[number].id
            self.show_things()

    def action_take_out(self) -> None:
        """Take the chosen phase out."""
        phase = self.thing.id
        self.attempt(lambda: self._agendas.take_out(phase))

    def action_bring_back(self) -> None:
        """Bring the first phase back that was taken out."""
        for one in self._agenda.taken_out[:1]:
            self.chosen = one.id
            self.attempt(lambda one=one: self._agendas.bring_back(one.id))  # type: ignore[misc]

    def action_next_form(self) -> None:
        """Follow the next agenda: 25 minutes, 15 minutes, one's own."""
        forms = list(Form)
        following = forms[(forms.index(self._agenda.form) + 1) % len(forms)]
        self.attempt(lambda: self._agendas.choose(following))

    def action_add(self) -> None:
        """Ask what another phase is called."""
        self._ask(add_phase(self.session, self.thing))

    def action_change(self) -> None:
        """Ask what the chosen phase is called, how long it is, and whose floor."""
        self.chosen = self.thing.id
        self._ask(change_phase(self.session, self.thing))

    def action_change_questions(self) -> None:
        """Ask what everybody is asked in the chosen phase."""
        self.chosen = self.thing.id
        self._ask(change_questions(self.session, self.thing))

    def _ask(self, dialog: Dialog[str]) -> None:
        if not self._agendas.can_arrange:
            self.attempt(lambda: self._agendas.choose(self._agenda.form))
            return

        def answered(phase: str | None) -> None:
            self.chosen = phase or self.chosen
            self.show_things()

        self.app.push_screen(dialog, answered)


def _ways(in_row: int) -> Text:
    """What the student does here."""
    text = Text()
    for n, (key, said, action) in enumerate(WAYS):
        way = Text.assemble((f"{key:<8}", Style(bold=True)), said)
        way.stylize(Style(meta={"@click": f"screen.{action}"}))
        text.append("\n" if n and n % in_row == 0 else "")
        if (n + 1) % in_row:
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
    student = student_of(session.contract)
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
