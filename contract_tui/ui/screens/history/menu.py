"""A calm list of things to choose one from, in front of a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from contract_tui.language import _
from contract_tui.ui.fitting import fit

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Result]):
    """One thing that can be chosen."""

    label: str
    result: Result
    explained: str = ""
    here: bool = False
    """Whether it is what holds now."""


class Menu(ModalScreen[Result | None], Generic[Result]):
    """Several things of which one is chosen, with the arrows and Enter or by a click."""

    CSS_PATH = "../../styles/dialog.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", _("Not now"), show=False)]
    DEFAULT_CSS = """
    Menu {
        align: center middle;
        background: $background 60%;
        #box {
            width: 64; max-width: 96%; height: auto; max-height: 96%; padding: 1 2;
            background: $surface; border: round $primary;
        }
        #question { text-style: bold; color: $primary; height: auto; }
        #explanation { height: auto; color: $foreground 85%; }
        &.-short #box, &.-low #box { padding: 0 2; }
        OptionList {
            height: auto; max-height: 60vh; margin: 1 0 0 0; padding: 0; border: none;
            background: $surface;
            &:focus { border: none; background-tint: $surface 0%; }
        }
    }
    """

    def __init__(self, title: str, explanation: str, choices: Sequence[Choice[Result]]) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Put the list below its question."""
        fit(self)
        with VerticalScroll(id="box", can_focus=False):
            yield Static(self._title, id="question", markup=False)
            if self._explanation:
                yield Static(self._explanation, id="explanation", markup=False)
            yield OptionList(*(Option(_line(one)) for one in self._choices))

    def on_mount(self) -> None:
        """Begin at what holds now."""
        here = (at for at, one in enumerate(self._choices) if one.here)
        options = self.query_one(OptionList)
        options.highlighted = next(here, 0)
        options.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen."""
        self.dismiss(self._choices[event.option_index].result)

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _line(choice: Choice[Result]) -> Table:
    """Return a choice with what it means; what needs more lines stays behind its sign."""
    line = Table.grid(expand=True)
    line.add_column(width=2)
    line.add_column(ratio=1)
    line.add_row("● " if choice.here else "", Text(choice.label))
    if choice.explained:
        line.add_row("", Padding(Text(choice.explained, Style(italic=True)), (0, 0, 0, 2)))
    return line
