"""The parts as they were: in the same places as in the workshop, in other frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from contract_tui.contract.items.terms import CHOICES
from contract_tui.contract.schema import STRUCTURE, PartId, StructureChoice, limit
from contract_tui.language import _
from contract_tui.ui.pages.page import SECTIONS, PageId, page_of
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.past_view import PastView

FROM_TO = _("From {before} to {after}:")
CHOSEN_THEN = _("What was chosen then:")
LEFT_OPEN = _("left open")
LONG = 1_000
"""Characters from which on a text of a page is a passage rather than a line."""


class PastPane(Vertical):
    """A framed text of the past; the one about structure has the choice below its text."""

    def __init__(self, part: PartId, heading: str) -> None:
        super().__init__()
        self.part = part
        self.heading = heading
        self._show_title(is_open=False)
        self.view = PastView(part)
        if page_of(part) != SECTIONS:
            self.add_class("-line" if limit(part) < LONG else "-passage")
        self._chosen_anew = False
        self.question = Static(CHOSEN_THEN, classes="question", markup=False)
        self.choices = ChoiceBar(CHOICES) if part == STRUCTURE else None
        if self.choices:
            self.choices.locked = True
            self.choices.can_focus = False

    def compose(self) -> ComposeResult:
        """Put the text above the choice."""
        yield self.view
        if self.choices:
            yield self.question
            yield self.choices

    @property
    def has_changed(self) -> bool:
        """Whether something of it is shown as changed."""
        return self.view.has_changed or self._chosen_anew

    def show_choice(self, before: StructureChoice, after: StructureChoice) -> None:
        """Show how much structure was wanted, and what had been wanted before."""
        if self.choices:
            self.choices.chosen = after
            self._chosen_anew = anew = before is not after
            question = _from_to(before, after) if anew else CHOSEN_THEN
            if question != self.question.content:
                self.question.update(question, layout=False)
                self.question.set_class(anew, "-anew")

    def show_open(self, is_open: bool) -> None:
        """Show whether it is the open one."""
        if is_open != self.has_class("-current"):
            self.set_class(is_open, "-current")
            self._show_title(is_open)

    def _show_title(self, is_open: bool) -> None:
        """Paint the heading; a rule for it would have Textual paint all that is in the frame."""
        self.border_title = Content.styled(self.heading, "bold $accent" if is_open else "")

    def update_node_styles(self, animate: bool = True) -> None:
        """Style the frame only: nothing in it depends on whether it is the open one.

        Textual would style all that is in it again, which takes longer than the rest of a step.
        """
        self.app.stylesheet.update_nodes([self], animate=animate)


class PastPages(Vertical):
    """All sections of the contract, or in their place the texts of another page of it.

    Small windows show the current text only. What is on a page comes there when it is first shown.
    """

    def __init__(self, sections: Iterable[tuple[PartId, str]]) -> None:
        super().__init__(id="sections")
        self._panes: dict[PageId, list[PastPane]] = {SECTIONS: [PastPane(*one) for one in sections]}
        self.page = SECTIONS
        self.current: PartId | None = None
        self.said = Static("", id="said", markup=False)
        """What else was said on a page, beside its words."""

    def compose(self) -> ComposeResult:
        """Put them one below the other."""
        yield self.said
        yield from self.panes

    @property
    def panes(self) -> Sequence[PastPane]:
        """What is on the page that is shown."""
        return self._panes[self.page]

    @property
    def sections(self) -> Sequence[PastPane]:
        """The sections, whatever page is shown."""
        return self._panes[SECTIONS]

    def pane(self, part: PartId | None) -> PastPane | None:
        """Return the pane of a part, if it has one on the page that is shown."""
        return next((pane for pane in self.panes if pane.part == part), None)

    def turn_to(self, page: PageId, parts: Iterable[tuple[PartId, str]]) -> None:
        """Show a page with these texts, each under its heading."""
        known = {pane.part for pane in self._panes.setdefault(page, [])}
        new = [PastPane(part, heading) for part, heading in parts if part not in known]
        self._panes[page] += new
        if self.is_mounted:
            self.mount(*new)
        if page != self.page:
            self.current = None
        self.page = page
        for one, panes in self._panes.items():
            for pane in panes:
                pane.set_class(one != page, "-elsewhere")
                pane.set_class(one != SECTIONS, "-whole")

    def say(self, lines: Sequence[str]) -> None:
        """Show what else was said on the page."""
        text = "\n".join(lines)
        if text != self.said.content:
            self.said.update(text)
        self.said.display = bool(lines)

    def make_current(self, part: PartId) -> bool:
        """Mark a text of the page as the open one; returns whether it was another before."""
        if part == self.current or self.pane(part) is None:
            return False
        self.current = part
        for pane in self.panes:
            pane.show_open(pane.part == part)
        return True


def _from_to(before: StructureChoice, after: StructureChoice) -> str:
    return FROM_TO.format(before=_named(before), after=_named(after))


def _named(choice: StructureChoice) -> str:
    label = CHOICES.get(choice)
    return f"“{label}”" if label else LEFT_OPEN
