"""The sections of the contract: each a frame with its heading, its text and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from contract_tui.contract.schema import STRUCTURE, PartId, limit
from contract_tui.contract.sections import Section
from contract_tui.session.session import Session
from contract_tui.ui import words
from contract_tui.ui.parts import SessionPart
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor import Editor


def edit_part(session: Session, part: PartId, *, single_line: bool = False) -> Editor:
    """Return an editor of one part."""
    port = SessionPart(session, part)
    editor = Editor(port, single_line=single_line, limit=limit(part), classes=f"part-{part}")
    editor.read_only = not session.can_write
    return editor


class SectionPane(Vertical):
    """A framed editor; the one about structure has the choice below its text."""

    def __init__(self, session: Session, part: PartId, heading: str) -> None:
        super().__init__()
        self.part = part
        self.heading = ""
        self.editor = edit_part(session, part)
        self.choices = ChoiceBar(words.CHOICES) if part == STRUCTURE else None
        if self.choices:
            self.choices.locked = not session.can_write
        self.call_it(heading)

    def compose(self) -> ComposeResult:
        """Put the text above the choice."""
        yield self.editor
        if self.choices:
            yield Static(words.CHOICE_QUESTION, classes="question", markup=False)
            yield self.choices

    def call_it(self, heading: str) -> None:
        """Show a heading."""
        if heading != self.heading:
            self.heading = heading
            self.border_title = heading.replace("[", "\\[")


class Sections(Vertical):
    """All sections that are not hidden; small windows show the current one only."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="sections")
        self._session = session
        self.panes = [self._pane(section) for section in self._visible()]
        self.current: PartId | None = None

    def compose(self) -> ComposeResult:
        """Put them one below the other."""
        yield from self.panes

    def _visible(self) -> Sequence[Section]:
        """Return the sections that are to be shown."""
        return [section for section in self._session.contract.sections if not section.hidden]

    def _pane(self, section: Section) -> SectionPane:
        """Return the frame of a section."""
        return SectionPane(self._session, section.part, section.heading)

    def follow(self) -> None:
        """Show the sections there are now, under their headings of now, with the latest words."""
        sections = {section.part: section for section in self._visible()}
        for pane in [pane for pane in self.panes if pane.part not in sections]:
            self.panes.remove(pane)
            pane.remove()
        for pane in self.panes:
            pane.call_it(sections.pop(pane.part).heading)
            pane.editor.catch_up()
            if pane.choices:
                pane.choices.chosen = self._session.contract.structure_choice
        added = [self._pane(section) for section in sections.values()]
        if added and self.is_mounted:
            self.panes += added
            self.mount(*added)

    def make_current(self, part: PartId) -> bool:
        """Mark a section as the one somebody is in; returns whether it was another before."""
        if part == self.current:
            return False
        self.current = part
        for pane in self.panes:
            pane.set_class(pane.part == part, "-current")
        return True
