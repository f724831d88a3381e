"""The sections in their order: the student adds, renames, moves and hides them."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.contract.errors import ContractError
from contract_tui.contract.schema import PartId
from contract_tui.contract.sections import Section
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.screens import arranging_words as words
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.page import PageScreen


class SectionsScreen(PageScreen):
    """All sections, the hidden ones too; what is done is done at once."""

    # The list scrolls by itself; its arrows are for choosing.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+t,q", "close", "Back"),
        Binding("up", "step(-1)", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("shift+up,alt+up,minus", "move(-1)", priority=True),
        Binding("shift+down,alt+down,plus", "move(1)", priority=True),
        Binding("enter,r", "rename"),
        Binding("a,n", "add"),
        Binding("h,space", "hide"),
    ]

    def __init__(self, session: Session, part: PartId | None, go: Callable[[PartId], None]) -> None:
        """Begin at a section; `go` leads to one that was added."""
        super().__init__()
        self._session = session
        self._chosen = part
        self._go = go
        self._list = Static("", markup=False)
        self._problem = Static("", markup=False, classes="problem")
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose_page(self) -> ComposeResult:
        """Put the sections above what can be done with them."""
        yield Static(Text(words.TITLE, Style(bold=True)))
        yield Static(words.EXPLAINED, classes="label", markup=False)
        yield self._list
        yield self._problem
        yield Static(words.KEYS, classes="label", markup=False)

    def on_mount(self) -> None:
        """Show them as they are, and as they become."""
        self._unsubscribe = self._session.listen(self._show)
        self._show()

    def on_unmount(self) -> None:
        """Stop following."""
        self._unsubscribe()

    @property
    def _sections(self) -> list[Section]:
        return self._session.contract.sections

    @property
    def _at(self) -> int:
        parts = [one.part for one in self._sections]
        return parts.index(self._chosen) if self._chosen in parts else 0

    @property
    def _section(self) -> Section:
        return self._sections[self._at]

    def _show(self) -> None:
        """Write the list."""
        text = Text()
        for n, section in enumerate(self._sections):
            here = n == self._at
            style = Style(bold=here, dim=section.hidden)
            name = words.HIDDEN.format(heading=section.heading) if section.hidden else ""
            text.append(f"{'▸' if here else ' '} {name or section.heading}\n", style)
        self._list.update(Text("\n").append_text(text))

    def _attempt(self, action: Callable[[], object]) -> None:
        """Do something; say why, where it cannot be done."""
        try:
            action()
        except (SessionError, ContractError) as error:
            self._problem.update(str(error))
        else:
            self._problem.update("")
        self._show()

    def action_step(self, by: int) -> None:
        """Choose another section."""
        self._chosen = self._sections[(self._at + by) % len(self._sections)].part
        self._show()

    def action_move(self, by: int) -> None:
        """Put the chosen section before or behind its neighbour."""
        sections, at = self._sections, self._at + by
        self._chosen = part = self._section.part
        if 0 <= at < len(sections):
            behind = at + 1 if by > 0 else at
            before = sections[behind].part if behind < len(sections) else None
            self._attempt(lambda: self._session.desk.move_section(part, before))

    def action_hide(self) -> None:
        """Hide the chosen section, or show it again."""
        section = self._section
        self._chosen = section.part
        self._attempt(
            lambda: self._session.desk.hide_section(section.part, hidden=not section.hidden)
        )

    def action_rename(self) -> None:
        """Ask what the chosen section is to be called."""
        section = self._section
        self._chosen = section.part
        self.app.push_screen(rename_section(self._session, section), lambda _: self._show())

    def action_add(self) -> None:
        """Ask what a new section is to be called, and go there."""

        def go(part: PartId | None) -> None:
            if part is not None:
                self.dismiss(None)
                self._go(part)

        self.app.push_screen(add_section(self._session), go)


def add_section(session: Session) -> Dialog[PartId]:
    """Ask what a new section is to be called."""

    def attempt(answers: Answers) -> PartId:
        return session.desk.add_section(_heading(answers))

    field = Field("heading", words.CALLED, words.HINT)
    return Dialog(words.NEW, words.NEW_EXPLAINED, [field], words.ADD, attempt)


def rename_section(session: Session, section: Section) -> Dialog[bool]:
    """Ask what a section is to be called, as an edit of its heading."""

    def attempt(answers: Answers) -> bool:
        heading = _heading(answers)
        return heading == section.heading or bool(
            session.pen.bring_back(section.heading_part, heading)
        )

    field = Field("heading", words.CALLED, words.HINT, section.heading)
    return Dialog(words.RENAME, words.RENAME_EXPLAINED, [field], words.CALL_IT, attempt)


class Unnamed(ContractError):
    """A section has to be called something."""


def _heading(answers: Answers) -> str:
    if not answers["heading"]:
        raise Unnamed(words.UNNAMED)
    return answers["heading"]
