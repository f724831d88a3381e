"""The workshop: one contract, written by everybody at once.

The screen routes: what a person does goes down to the session, and after every wake-up all that is
shown is brought up to it again. Nothing is awaited between a key and its paint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer, Static

from contract_tui.contract.errors import ContractError
from contract_tui.contract.outline import Section
from contract_tui.contract.schema import STRUCTURE, TITLE, PartId, StructureChoice, limit
from contract_tui.session.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.session.status import StatusKind
from contract_tui.ui import words
from contract_tui.ui.messages import ContractClosed, Woken
from contract_tui.ui.parts import SessionPart
from contract_tui.ui.people import Inks, inks_of, remotes_in
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor import messages as told
from contract_tui.ui.widgets.guide import Guide
from contract_tui.ui.widgets.outline import Outline, OutlineItem
from contract_tui.ui.widgets.people import People
from contract_tui.ui.widgets.section import SectionPane
from sync_server.access.proof import Role

TYPING_SECONDS = 2.0
"""How long somebody counts as typing after a key."""
NOTICE_SECONDS = 8.0
SIGNS = {
    StatusKind.SAVED: "●",
    StatusKind.SHARED: "●",
    StatusKind.SHARING: "◌",
    StatusKind.ALONE: "○",
    StatusKind.UNSAVED: "!",
}
"""What goes with the words, for those who only glance."""


class WorkshopScreen(Screen[None]):
    """An open contract."""

    CSS_PATH = "../styles/workshop.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (160, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short"), (30, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "Help"),
        # Taken before any widget sees them: what is typed behind them in one burst goes there.
        Binding("tab,alt+down", "go(1)", "Next", key_display="tab", priority=True),
        Binding("shift+tab,alt+up", "go(-1)", "Part before", show=False, priority=True),
        Binding("f4", "toggle_authors", "Authors"),
        Binding("f8", "app.next_theme", "Colours"),
        Binding("f2", "connect", "Connect now"),
        Binding("f9", "leave", "Contracts"),
    ]

    def __init__(self, session: Session, *, authors: bool = True) -> None:
        super().__init__()
        self.session = session
        self.authors_shown = authors
        self.current: PartId = STRUCTURE
        self._inks = Inks({})
        self._inks_made_of: object = None
        self._typing: Timer | None = None
        self._notice: Timer | None = None
        self._status: StatusKind | None = None

    # What there is

    def compose(self) -> ComposeResult:
        """Put everything in its place; the style sheet decides what is shown at which size."""
        with Horizontal(id="head"):
            yield self._editor(TITLE, id="title", single_line=True)
            yield Static("", id="status", markup=False)
        yield People(in_line=True, id="strip")
        yield Outline(in_line=True, id="tabs")
        yield Static("", id="notice", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="rail"):
                yield Outline(id="outline")
                yield People(id="people")
            with Vertical(id="sections"):
                for section in self._visible():
                    yield self._pane(section.part, section.heading)
            yield Guide(id="side")
        yield Footer()
        yield Static(words.TOO_SMALL, id="too-small")

    def _visible(self) -> list[Section]:
        """Return the sections that are not hidden."""
        return [section for section in self.session.contract.sections if not section.hidden]

    def _editor(self, part: PartId, *, id: str, single_line: bool = False) -> Editor:  # noqa: A002
        """Return an editor of one part."""
        port = SessionPart(self.session, part)
        editor = Editor(port, single_line=single_line, limit=limit(part), id=id)
        editor.read_only = not self.session.can_write
        return editor

    def _pane(self, part: PartId, heading: str) -> SectionPane:
        """Return one section; the one about structure has the choice below it."""
        below: list[Widget] = []
        if part == STRUCTURE:
            choices = ChoiceBar(words.CHOICES)
            choices.locked = not self.session.can_write
            below.append(choices)
        return SectionPane(part, heading, self._editor(part, id="text"), *below)

    @property
    def panes(self) -> list[SectionPane]:
        """The sections on the screen, from the top."""
        return list(self.query(SectionPane))

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor with its part, the title first."""
        yield TITLE, self.query_one("#title", Editor)
        for pane in self.panes:
            yield pane.part, pane.editor

    # Following the contract

    def on_mount(self) -> None:
        """Begin to listen, and open the first section."""
        self._unsubscribe = self.session.listen(self._wake)
        self.watch(self.app, "theme", self._wake, init=False)
        self.open_part(self.panes[0].part if self.panes else TITLE)
        self._say(self._standing, for_ever=True)
        for sentence in self.session.set_aside[:3]:
            self.notify(sentence, severity="warning", timeout=15, markup=False)
        self.follow()

    def _wake(self) -> None:
        """Look at the contract as soon as there is time."""
        self.post_message(Woken())

    async def on_unmount(self) -> None:
        """Close the contract with its screen."""
        self._unsubscribe()
        await self.session.close()

    def on_woken(self) -> None:
        """Look at what has changed."""
        self.follow()

    def follow(self) -> None:
        """Bring everything that is shown up to the contract."""
        self._follow_sections()
        for _, editor in self.editors():
            editor.catch_up()
        self._follow_people()
        self._follow_status()
        for choices in self.query(ChoiceBar):
            choices.chosen = self.session.contract.structure_choice

    def _follow_sections(self) -> None:
        """Show the sections that there are now, under their headings of now."""
        sections = {section.part: section.heading for section in self._visible()}
        for pane in self.panes:
            if pane.part in sections:
                pane.call_it(sections.pop(pane.part))
            else:
                pane.remove()
        for part, heading in sections.items():
            self.query_one("#sections").mount(self._pane(part, heading))

    def _follow_people(self) -> None:
        """Show who is where, in the text and beside it."""
        contract, people, inks = self.session.contract, self.session.people, self._current_inks()
        headings = {TITLE: "the title"} | {pane.part: pane.heading for pane in self.panes}
        for part, editor in self.editors():
            remotes = remotes_in(part, people, contract, inks)
            editor.show_people(remotes, inks.of_actor, authors=self.authors_shown)
            editor.ask(self._prompt(part))
        for shown in self.query(People):
            shown.show(people, inks, headings)
        self._follow_outline()

    def _follow_outline(self) -> None:
        """Show which section is open and who else is in which."""
        where = [(p.part, self._inks.of_seat(p.seat)) for p in self.session.people if not p.me]
        items = [
            OutlineItem(
                pane.part,
                pane.heading,
                pane.part == self.current,
                tuple(ink for part, ink in where if ink and part == pane.part),
            )
            for pane in self.panes
        ]
        for outline in self.query(Outline):
            outline.show(items)

    def _follow_status(self) -> None:
        """Say what has become of the words."""
        status, shown = self.session.status, self.query_one("#status", Static)
        sign = SIGNS[status.kind]
        shown.update(f"{sign} {status.words}")
        shown.tooltip = status.detail or None
        if status.kind != self._status:
            self._status = status.kind
            for kind in StatusKind:
                shown.set_class(kind == status.kind, f"-{kind}")
            self.refresh_bindings()

    def _current_inks(self) -> Inks:
        """Return everybody's ink, made anew when people or colours have changed."""
        seats = dict(self.session.contract.seats)
        colors = self.app.theme_variables
        made_of = (seats, colors["surface"], colors["foreground"])
        if made_of != self._inks_made_of:
            self._inks_made_of = made_of
            surface, foreground = map(Color.parse, made_of[1:])
            self._inks = inks_of(self.session.contract, surface, foreground)
        return self._inks

    def _prompt(self, part: PartId) -> str:
        """Return the question for an empty part: to the student, or for the student."""
        names = [p.name for p in self.session.people if p.role is Role.STUDENT]
        return words.prompt(part, student=self._is_student, student_name=(names or [""])[0])

    @property
    def _is_student(self) -> bool:
        """Whether this person is the student."""
        return self.session.me is not None and self.session.me.role is Role.STUDENT

    # Going about

    def open_part(self, part: PartId) -> None:
        """Go to a part."""
        for pane in self.panes:
            pane.set_class(pane.part == part, "-current")
        for known, editor in self.editors():
            if known == part:
                self.set_focus(editor)

    def action_go(self, by: int) -> None:
        """Go to the part behind or before, in a ring: the title, the sections, the choice."""
        stops: list[Widget] = []
        for _, editor in self.editors():
            stops.append(editor)
            stops += [below for below in editor.siblings if isinstance(below, ChoiceBar)]
        at = stops.index(self.focused) if self.focused in stops else -1
        target = stops[(at + by) % len(stops)]
        if isinstance(target.parent, SectionPane):
            self._make_current(target.parent.part)
        self.set_focus(target)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Notice where the person is."""
        for widget in event.widget.ancestors_with_self:
            if isinstance(widget, SectionPane):
                self._make_current(widget.part)
        self._look()

    def _make_current(self, part: PartId) -> None:
        """Mark a section as the open one; in small windows it is the one that is shown."""
        if part != self.current:
            self.current = part
            for pane in self.panes:
                pane.set_class(pane.part == part, "-current")
            self._follow_outline()
        self.query_one(Guide).show(part, student=self._is_student)

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        """Go where the mouse points."""
        self.open_part(event.part)

    def action_toggle_authors(self) -> None:
        """Show or hide who wrote what."""
        self.authors_shown = not self.authors_shown
        self._follow_people()
        state = "Colours and initials show" if self.authors_shown else "Nothing shows now"
        self._say(f"{state} who wrote what.")

    def action_connect(self) -> None:
        """Try at once to reach the others."""
        self.session.reconnect()
        self._say("Trying to reach the others…")

    def action_leave(self) -> None:
        """Go back to all contracts."""
        self.app.post_message(ContractClosed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to connect only where that can help."""
        return self._status is StatusKind.ALONE if action == "connect" else True

    # What the person does

    @on(told.Moved)
    def _moved(self) -> None:
        """Let the others see the caret."""
        self._look()

    @on(told.Written)
    def _written(self) -> None:
        """Let the others see the caret, and that somebody is typing."""
        if self._typing:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, self._stopped_typing)
        self._look()

    def _stopped_typing(self) -> None:
        """Say that nobody is typing here any more."""
        self._typing = None
        self._look()

    def _look(self) -> None:
        """Tell the others where this person is."""
        for part, editor in self.editors():
            if editor.has_focus:
                self.session.look(part, editor.pivot, editor.caret, self._typing is not None)
                return
        self.session.look(self.current)

    @on(told.Left)
    def _title_finished(self) -> None:
        """Go on from the title."""
        self.action_go(1)

    @on(ChoiceBar.Chosen)
    def _chosen(self, event: ChoiceBar.Chosen) -> None:
        """Write down how much structure is wanted."""
        self.choose(StructureChoice(event.choice))

    def choose(self, choice: StructureChoice) -> None:
        """Choose how much structure is wanted, or leave it open."""
        try:
            self.session.choose_structure(choice)
        except (SessionError, ContractError) as error:
            self._say(str(error))

    @on(told.Full)
    def _full(self, event: told.Full) -> None:
        """Say kindly that there is no more room."""
        self._say(words.FULL.format(limit=event.limit))

    @on(told.Locked)
    def _locked(self) -> None:
        """Say why nothing happened."""
        self.app.bell()
        self._say(words.READING_ALONG, for_ever=True)

    @on(told.Refused)
    def _refused(self, event: told.Refused) -> None:
        """Say why a change was not taken."""
        self._say(event.reason)

    def _say(self, sentence: str, *, for_ever: bool = False) -> None:
        """Show a sentence above the text, for a while."""
        if self._notice:
            self._notice.stop()
            self._notice = None
        notice = self.query_one("#notice", Static)
        notice.update(sentence)
        notice.set_class(bool(sentence), "-shown")
        if sentence and not for_ever:
            self._notice = self.set_timer(NOTICE_SECONDS, lambda: self._say(self._standing))

    @property
    def _standing(self) -> str:
        """What is always said where there is nothing else to say."""
        return "" if self.session.can_write else words.READING_ALONG
