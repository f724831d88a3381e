"""The sections of the contract: each a frame with its heading, its text and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.items.terms import CHOICES
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
        self.choices = ChoiceBar(CHOICES) if part == STRUCTURE else None
        if self.choices:
            self.choices.locked = not session.can_write
        self.call_it(heading)

    def compose(self) -> ComposeResult:
        """Put the text above the choice."""
        yield self.editor
        if self.choices:
            yield Static(words.CHOICE_QUESTION, classes="question", markup=False)
            yield self.choices

    @property
    def has_keys(self) -> bool:
        """Whether the keys of this screen go into it."""
        return self.screen.focused in (self.editor, self.choices or self.editor)

    def call_it(self, heading: str) -> None:
        """Show a heading."""
        if heading != self.heading:
            self.heading = heading
            self.border_title = heading.replace("[", "\\[")


class Sections(Vertical):
    """All sections that are not hidden; small windows show the current one only.

    One that is hidden while somebody writes in it stays until they leave it: no key that they
    press goes anywhere else.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(id="sections")
        self._session = session
        self.panes: list[SectionPane] = []
        self.panes = [self._pane(section) for section in self._visible()]
        self.current: PartId | None = None
        self.none = Static(words.ALL_HIDDEN, id="all-hidden", markup=False)
        """Is seen where no section is."""

    def compose(self) -> ComposeResult:
        """Put them one below the other."""
        yield from self.panes
        yield self.none

    def _visible(self) -> Sequence[Section]:
        """Return the sections that are to be shown."""
        sections = self._session.contract.sections
        return [section for section in sections if not section.hidden or self._in_use(section)]

    def _in_use(self, section: Section) -> bool:
        """Whether somebody's keys go there now; not while something lies in front of it."""
        pane = next((pane for pane in self.panes if pane.part == section.part), None)
        return pane is not None and pane.has_keys and self.app.screen is self.screen

    def _on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """A section that was hidden goes when somebody leaves it."""
        if any(section.hidden for section in self._session.contract.sections):
            self.call_after_refresh(self.follow)

    def _pane(self, section: Section) -> SectionPane:
        """Return the frame of a section."""
        return SectionPane(self._session, section.part, section.heading)

    def follow(self) -> None:
        """Show the sections there are now, under their headings of now, with the latest words."""
        sections = self._visible()
        if [one.part for one in sections] != [pane.part for pane in self.panes]:
            self._arrange(sections)
        self.none.display = not sections
        for pane, section in zip(self.panes, sections, strict=False):
            hidden = words.HIDDEN_MEANWHILE.format(heading=section.heading)
            pane.call_it(hidden if section.hidden else section.heading)
            pane.editor.catch_up()
            if pane.choices:
                pane.choices.chosen = self._session.contract.structure_choice

    def _arrange(self, sections: Sequence[Section]) -> None:
        """Put the frames in the order of the sections; one that was hidden leaves its words."""
        if not self.is_mounted:
            return
        known = {pane.part: pane for pane in self.panes}
        self.panes = [known.get(one.part) or self._pane(one) for one in sections]
        for pane in known.values():
            if pane not in self.panes:
                self._remove(pane)
        for place, pane in enumerate(self.panes):
            there: Widget | None = self.children[place] if place < len(self.children) else None
            if pane.parent is None:
                self.mount(pane, before=there)
            elif there is not None and there is not pane:
                self.move_child(pane, before=there)
        if self.panes and self.current not in [one.part for one in sections]:
            self.current = self.panes[0].part
        self._mark_current()

    def _remove(self, pane: SectionPane) -> None:
        """Take a frame away; its keys go to a section that is shown, and never to the title."""
        if pane.has_keys:
            self.screen.set_focus(self.panes[0].editor if self.panes else None)
        pane.remove()

    def pane_of(self, stop: Widget) -> SectionPane | None:
        """Return the frame in which something takes keys, also before it is on the screen."""
        return next((one for one in self.panes if stop in (one.editor, one.choices)), None)

    def make_current(self, part: PartId) -> bool:
        """Mark a section as the one somebody is in; returns whether it was another before."""
        if part == self.current:
            return False
        self.current = part
        self._mark_current()
        return True

    def _mark_current(self) -> None:
        for pane in self.panes:
            pane.set_class(pane.part == self.current, "-current")
