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
from contract_tui.session.session import Session
from contract_tui.ui.screens import arranging_words as words
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.ordering import OrderScreen
from contract_tui.ui.touch import SLIM


class SectionsScreen(OrderScreen[Section]):
    """All sections, the hidden ones too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "close"),
        Binding("enter,r", "rename"),
        Binding("a,n", "add"),
        Binding("h,space", "hide"),
    ]

    def __init__(self, session: Session, part: PartId | None, go: Callable[[PartId], None]) -> None:
        """Begin at a section; `go` leads to one that was added."""
        super().__init__(session, part)
        self._go = go
        self._keys = Static("", classes="label", markup=False)

    def compose_page(self) -> ComposeResult:
        """Put the sections above what can be done with them."""
        yield Static(Text(words.TITLE, Style(bold=True)))
        yield Static(words.EXPLAINED, classes="label", markup=False)
        yield self.listed
        yield self.problem
        yield self._keys

    def on_resize(self) -> None:
        """Say the keys in as many columns as there is room for."""
        self._keys.update(words.KEYS_BELOW if self.app.size.width < SLIM else words.KEYS)

    @property
    def things(self) -> list[Section]:
        """The sections, the hidden ones too."""
        return self.session.contract.sections

    def id_of(self, thing: Section) -> PartId:
        """Return a section's part."""
        return thing.part

    def put_before(self, thing: Section, before: Section | None) -> None:
        """Move a section."""
        self.session.desk.move_section(thing.part, before.part if before else None)

    def show_things(self) -> None:
        """Write the list."""
        text = Text()
        for n, section in enumerate(self.things):
            here = n == self.at
            style = Style(bold=here, dim=section.hidden)
            name = words.HIDDEN.format(heading=section.heading) if section.hidden else ""
            text.append(f"{'▸' if here else ' '} {name or section.heading}\n", style)
        self.listed.update(Text("\n").append_text(text))

    def action_hide(self) -> None:
        """Hide the chosen section, or show it again."""
        section = self.thing
        self.chosen = section.part
        self.attempt(
            lambda: self.session.desk.hide_section(section.part, hidden=not section.hidden)
        )

    def action_rename(self) -> None:
        """Ask what the chosen section is to be called."""
        section = self.thing
        self.chosen = section.part
        self.app.push_screen(rename_section(self.session, section), lambda _: self.show_things())

    def action_add(self) -> None:
        """Ask what a new section is to be called, and go there."""

        def go(part: PartId | None) -> None:
            if part is not None:
                self.dismiss(None)
                self._go(part)

        self.app.push_screen(add_section(self.session), go)


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
