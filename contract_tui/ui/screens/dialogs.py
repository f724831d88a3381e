"""Small questions in front of a screen."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from contract_tui.contract.errors import ContractError
from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.ui import touch, words
from contract_tui.ui.fitting import fit
from contract_tui.ui.haste import Haste
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor.messages import Full
from contract_tui.ui.widgets.line_input import LineInput
from contract_tui.ui.widgets.long_input import LongInput
from sync_server.access.errors import AccessError

TOLD = (SessionError, ContractError, AccessError)
"""Errors whose message is a sentence for the person."""
WAITING = _("One moment…")
# At most 16 columns.
NOT_NOW = _("Not now")
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
    is_long: bool = False
    """Whether it may need several lines: Enter begins a new one there, and Tab goes on."""


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A question; whatever is wrong with the answer is said below it, and it can be tried again."""

    CSS_PATH = "../styles/dialog.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (60, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (30, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", NOT_NOW, show=False),
        # Heard before any widget does it: what is typed behind it belongs to where it leads.
        Binding("enter", "go_on", show=False, priority=True),
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
        refuse: str = NOT_NOW,
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
        self.haste = Haste()

    def compose(self) -> ComposeResult:
        """Put the question above its fields."""
        fit(self)
        with VerticalScroll(id="box", can_focus=False):
            yield Static(self._title, id="question", markup=False)
            yield Static(touch.told(self.app, self._explanation), id="explanation", markup=False)
            for field in self._fields:
                yield Static(field.label, classes="label", markup=False)
                yield _widget(field)
                if field.is_long:
                    yield Static(words.GOES_ON, classes="goes-on", markup=False)
            yield Static("", id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button(
                    self._confirm, id="confirm", variant="error" if self._dangerous else "primary"
                )
                yield Button(self._refuse, id="cancel")

    def on_mount(self) -> None:
        """Begin at the first field; where something would be lost, at the way back."""
        for choices in self.query(ChoiceBar):
            field = next(field for field in self._fields if field.key == choices.id)
            choices.chosen = field.value
        first = None if self._dangerous else next(iter(self._inputs()), None)
        self.set_focus(first or self.query_one("#cancel" if self._dangerous else "#confirm"))
        self.haste.begin(self._stands)

    def _inputs(self) -> list[LineInput | LongInput | ChoiceBar]:
        """Return what is to be filled in, from the top."""
        found = [self.query_one(f"#{field.key}") for field in self._fields]
        return [one for one in found if isinstance(one, LineInput | LongInput | ChoiceBar)]

    def _answers(self) -> dict[str, str]:
        """Return what is filled in now."""
        answers = {}
        for one in self._inputs():
            answers[one.id or ""] = one.chosen if isinstance(one, ChoiceBar) else one.value.strip()
        return answers

    @property
    def _stands(self) -> tuple[object, ...]:
        """What an answer would say now, and where one is."""
        return *self._answers().values(), self.focused

    async def action_go_on(self) -> None:
        """Go to the next field, and from the last one on; no answer is given in haste.

        Whoever holds Enter, or presses it twice, comes no further than to the way on.
        """
        if self.focused:
            await _keys_before(self.focused)
        is_meant = self.haste.is_meant(self._stands)
        self._go_on(is_meant)
        self.haste.begin(self._stands)

    def _go_on(self, is_meant: bool) -> None:
        here, inputs = self.focused, self._inputs()
        if isinstance(here, LongInput):
            here.write("\n" if is_meant or here.text else "")
        elif here in inputs[:-1]:
            self.set_focus(inputs[inputs.index(here) + 1])
        elif not is_meant:
            self.set_focus(here if isinstance(here, Button) else self.query_one("#confirm"))
        elif isinstance(here, Button):
            here.press()
        else:
            self._try()

    @on(Button.Pressed, "#confirm")
    def _try(self) -> None:
        """Do it, or say why it cannot be done."""
        answers = self._answers()
        try:
            result = self._attempt(answers)
        except TOLD as error:
            self._say(told(error))
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
            self._say(told(error))

    def _say(self, sentence: str) -> None:
        """Say what is wrong, or goes on, where it can be seen."""
        self._hold_buttons()
        problem = self.query_one("#problem", Static)
        problem.update(words.sentence(sentence))
        problem.display = True
        self.call_after_refresh(self.query_one("#box").scroll_end, animate=False)

    def _hold_buttons(self) -> None:
        """Let the box grow upwards: what is said may not take a button from under the mouse."""
        box = self.query_one("#box")
        if box.region:
            box.styles.margin = (0, 0, max(0, self.size.height - box.region.bottom), 0)
            self.add_class("-held")
            self.call_after_refresh(self._keep_inside)

    def _keep_inside(self) -> None:
        """Move a box down again that has grown beyond the top of the window."""
        box = self.query_one("#box")
        if box.region.y < 0:
            below = box.styles.margin.bottom + box.region.y
            box.styles.margin = (0, 0, max(0, below), 0)

    def on_resize(self) -> None:
        """Stand in the middle of another window again."""
        self.remove_class("-held")
        self.query_one("#box").styles.margin = 0

    @on(Full)
    def _full(self, event: Full) -> None:
        """Say kindly that there is no more room."""
        self._say(words.FULL.format(limit=event.limit))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


async def _keys_before(widget: Widget) -> None:
    """Wait until a widget has taken every key that was pressed before this one.

    Keys go into a queue of the widget's, and a binding with priority is done without it: an answer
    that was typed quickly would be taken without its last letters.
    """
    taken = Event()
    if widget.call_later(taken.set):
        await taken.wait()


def _widget(field: Field) -> Widget:
    """Return where a field is filled in."""
    if field.options:
        return ChoiceBar(field.options, required=True, id=field.key)
    kind = LongInput if field.is_long else LineInput
    return kind(field.value, placeholder=field.hint, id=field.key)
