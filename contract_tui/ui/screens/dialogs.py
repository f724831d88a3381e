"""Small questions in front of a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from contract_tui.contract.errors import ContractError
from contract_tui.library.errors import SessionError
from contract_tui.ui import words
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.errors import AccessError

TOLD = (SessionError, ContractError, AccessError)
"""Errors whose message is a sentence for the person."""
WAITING = "One moment…"
Result = TypeVar("Result")
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One line to fill in, or several things of which one is chosen."""

    key: str
    label: str
    hint: str = ""
    value: str = ""
    options: Mapping[str, str] | None = None
    """For a choice: what there is to choose, and its label."""


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A question; whatever is wrong with the answer is said below it, and it can be tried again."""

    CSS_PATH = "../styles/dialog.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Not now", show=False),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        explanation: str,
        fields: Sequence[Field],
        confirm: str,
        attempt: Callable[[Answers], Result | Awaitable[Result]],
        *,
        refuse: str = "Not now",
        dangerous: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation
        self._fields = fields
        self._confirm = confirm
        self._refuse = refuse
        self._attempt = attempt
        self._dangerous = dangerous

    def compose(self) -> ComposeResult:
        """Put the question above its fields."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(self._title, id="question", markup=False)
            yield Static(self._explanation, id="explanation", markup=False)
            for field in self._fields:
                yield Static(field.label, classes="label", markup=False)
                if field.options:
                    yield ChoiceBar(field.options, required=True, id=field.key)
                else:
                    yield LineInput(field.value, placeholder=field.hint, id=field.key)
            yield Static("", id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button(self._refuse, id="cancel")
                yield Button(
                    self._confirm, id="confirm", variant="error" if self._dangerous else "primary"
                )

    def on_mount(self) -> None:
        """Begin at the first field; where something would be lost, at the way back."""
        for choices in self.query(ChoiceBar):
            field = next(field for field in self._fields if field.key == choices.id)
            choices.chosen = field.value
        first = None if self._dangerous else next(iter(self.query("LineInput, ChoiceBar")), None)
        self.set_focus(first or self.query_one("#cancel" if self._dangerous else "#confirm"))

    @on(Input.Submitted)
    @on(ChoiceBar.Settled)
    def _next(self, event: Input.Submitted | ChoiceBar.Settled) -> None:
        """Go to the next field, and from the last one on."""
        field = event.input if isinstance(event, Input.Submitted) else event.bar
        if field.id == self._fields[-1].key:
            self._try()
        else:
            self.focus_next()

    @on(Button.Pressed, "#confirm")
    def _try(self) -> None:
        """Do it, or say why it cannot be done."""
        answers = {line.id or "": line.value.strip() for line in self.query(LineInput)}
        answers |= {choices.id or "": choices.chosen for choices in self.query(ChoiceBar)}
        try:
            result = self._attempt(answers)
        except TOLD as error:
            self._say(str(error))
            return
        if isawaitable(result):
            self._wait(result)
        else:
            self.dismiss(result)

    @work(exclusive=True)
    async def _wait(self, result: Awaitable[Result]) -> None:
        """Wait for what cannot be known at once."""
        self._say(WAITING)
        try:
            self.dismiss(await result)
        except TOLD as error:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        """Say what is wrong, or goes on, where it can be seen."""
        problem = self.query_one("#problem", Static)
        problem.update(words.sentence(sentence))
        problem.display = True
        self.call_after_refresh(self.query_one("#box").scroll_end, animate=False)

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)
