"""Looking back: the contract as it was, in the same places as in the workshop.

Nothing can be changed here. The screen routes: keys go to the walk through the past, and after each
step those panes are painted again of which the words have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from contract_tui.contract.schema import TITLE, PartId
from contract_tui.history.walk import Walk
from contract_tui.session.recalling import recall
from contract_tui.session.session import Session
from contract_tui.ui import words as shared
from contract_tui.ui.messages import Woken
from contract_tui.ui.people import Companions
from contract_tui.ui.screens import history_asking as asking
from contract_tui.ui.screens import history_words as words
from contract_tui.ui.screens.history_looking import Looking
from contract_tui.ui.widgets.editor import messages as told
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.notice import Notice
from contract_tui.ui.widgets.outline import Outline
from contract_tui.ui.widgets.past_pane import PastSections
from contract_tui.ui.widgets.past_view import Asked, PastView
from contract_tui.ui.widgets.people import People


def commands() -> type[Provider]:
    """Return the commands of this screen, which are imported when the palette is."""
    from contract_tui.ui.screens.history_commands import HistoryCommands

    return HistoryCommands


class HistoryScreen(Screen[None]):
    """A contract's past."""

    CSS_PATH = "../styles/history.tcss"
    COMMANDS = {commands}  # noqa: RUF012 - as Textual declares it
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (160, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short"), (30, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3,escape", "leave", "Back to today", key_display="f3"),
        Binding("f1", "app.help", "Help"),
        Binding("tab,alt+down", "go(1)", "Into the text", key_display="tab", priority=True),
        Binding("shift+tab,alt+up", "go(-1)", "Before", show=False, priority=True),
        Binding("left", "step(-1)", "Earlier"),
        Binding("right", "step(1)", "Later"),
        Binding("shift+left", "step_version(-1)", "One change earlier", show=False),
        Binding("shift+right", "step_version(1)", "One change later", show=False),
        Binding("pageup", "step_chapter(-1)", "Chapter before", show=False),
        Binding("pagedown", "step_chapter(1)", "Next chapter", show=False),
        Binding("home", "first", "First words", show=False),
        Binding("end", "last", "Today", show=False),
        Binding("c", "compare", "Compare"),
        Binding("b", "bring_back", "Bring back"),
        Binding("w", "only_person", "One person"),
        Binding("s", "only_part", "One part"),
        Binding("k", "keep", "Keep"),
        Binding("m", "mark", "Mark"),
        Binding("f4", "toggle_authors", "Who wrote"),
        Binding("f5", "cover", "Cover", show=False),
        Binding("f8", "app.next_theme", "Colours"),
    ]

    def __init__(self, session: Session, walk: Walk, now: float) -> None:
        super().__init__()
        self.session = session
        self.walk = walk
        self.looking = Looking(session, walk, now)
        self.authors_shown = False
        self.title_view = PastView(TITLE, single_line=True)
        self.sections = PastSections(self.looking.parts)
        self.notice = Notice("")
        self.people = People(id="people"), People(in_line=True, id="strip")
        self.outlines = Outline(id="outline"), Outline(in_line=True, id="tabs")
        self.about = Static("", id="about", markup=False)
        self._companions = Companions(session)
        self._known = session.size
        """How many changes the contract had when its past was read last."""
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Put everything where it is in the workshop, and the timeline below."""
        with Horizontal(id="head"):
            yield self.title_view
            yield Static(words.STATUS, id="status", markup=False)
        yield self.people[1]
        yield self.notice
        yield self.outlines[1]
        with Horizontal(id="body"):
            with Vertical(id="rail"):
                yield self.outlines[0]
                yield self.people[0]
            yield self.sections
        yield self.about
        yield KeyBar()
        yield Static(shared.TOO_SMALL, id="too-small")

    def views(self) -> Iterator[PastView]:
        """Yield every text, the title first."""
        yield self.title_view
        for pane in self.sections.panes:
            yield pane.view

    @property
    def view_in_use(self) -> PastView | None:
        """The text that has the keys, if one has."""
        return next((view for view in self.views() if view.has_focus), None)

    # Following the walk and the contract

    def on_mount(self) -> None:
        """Begin to listen, and show the newest turn."""
        self._unsubscribe = self.session.listen(self._wake)
        self.watch(self.app, "theme", self._wake, init=False)
        self.show()
        if self.sections.current is None and self.sections.panes:
            self._make_current(self.sections.panes[0].part)
        if self.walk.turn is None:
            self.notice.say(words.NOTHING_AT_ALL)

    def on_unmount(self) -> None:
        """Listen no longer."""
        self._unsubscribe()

    def _wake(self) -> None:
        """Look at the contract as soon as there is time."""
        self.post_message(Woken())

    @on(Woken)
    def follow(self) -> None:
        """Show who is here, and what has been written since."""
        self._follow_people()
        if self.session.size != self._known:
            self._read_on()
        self._paint()

    @work(exclusive=True)
    async def _read_on(self) -> None:
        """Go on in the past that has grown; whoever looks at the newest turn stays there."""
        self._known = self.session.size
        at_end = self.walk.at_end
        self.walk.follow(await recall(self.session))
        self.show()
        if not at_end:
            self.notice.say(words.NEWER)

    def show(self) -> None:
        """Show the place of the walk: its words, and what changed there."""
        self._follow_people()
        self._paint()
        self._turn_to_change()
        self._follow_outline()
        self._speak()

    def _follow_people(self) -> None:
        """Show who is here, in everybody's inks."""
        company = self._companions.look(self.looking.headings, self.app.theme_variables)
        self.looking.inks = company.inks
        for shown in self.people:
            shown.show(company)

    def _paint(self) -> None:
        """Show the words; those that are the same as before cost nothing."""
        for view in self.views():
            view.ask(words.NOTHING_THEN)
            view.show(self.looking.stretches(view.part), authors=self.authors_shown)
        before, after = self.walk.choice()
        for pane in self.sections.panes:
            pane.show_choice(before, after)

    def _turn_to_change(self) -> None:
        """Open the section that changed, unless the person is reading in one that did."""
        pane = self.sections.pane(self.sections.current)
        if pane is None or not pane.has_changed:
            changed = next((one for one in self.sections.panes if one.has_changed), None)
            if changed:
                self._make_current(changed.part)
                if pane is not None and pane.view.has_focus:
                    self.set_focus(changed.view)

    def _follow_outline(self) -> None:
        """Show which section is open, and whose doing changed which."""
        for outline in self.outlines:
            outline.show(self.sections.outline())

    def _speak(self) -> None:
        """Say whose words the caret is in; else what is compared with what."""
        view = self.view_in_use
        said = self.looking.compared()
        if view is not None and view.text:
            said = self.looking.who_wrote(view.part, min(view.caret, len(view.text) - 1))
        self.about.update(said)

    # Going about

    def action_step(self, by: int) -> None:
        """Go to a later turn, or to an earlier one."""
        self.walk.step(by)
        self.show()

    def action_step_version(self, by: int) -> None:
        """Go to a later change, or to an earlier one."""
        self.walk.step_version(by)
        self.show()

    def action_step_chapter(self, by: int) -> None:
        """Go to the next chapter, or to the one before."""
        self.walk.step_chapter(by)
        self.show()

    def action_first(self) -> None:
        """Go to the first words."""
        self.walk.first()
        self.show()

    def action_last(self) -> None:
        """Go to the newest turn."""
        self.walk.last()
        self.show()

    def action_leave(self) -> None:
        """Go back to the workshop, which is as it was left."""
        self.app.pop_screen()

    def action_go(self, by: int) -> None:
        """Go into the text behind or before, in a ring with the timeline."""
        stops: list[PastView | None] = [None, *self.views()]
        at = stops.index(self.view_in_use)
        if at == 0 and by > 0 and (pane := self.sections.pane(self.sections.current)):
            self._go_to(pane.view)
        else:
            self._go_to(stops[(at + by) % len(stops)])

    def _go_to(self, view: PastView | None) -> None:
        """Go into a text, or back to the timeline."""
        if view is not None:
            self._make_current(view.part)
        self.set_focus(view)
        self._speak()

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        """Go where the mouse points."""
        self._make_current(event.part)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Notice where the mouse has brought the person."""
        if isinstance(event.widget, PastView):
            self._make_current(event.widget.part)
        self._speak()

    def _make_current(self, part: PartId) -> None:
        """Mark a section as the open one."""
        if self.sections.make_current(part):
            self._follow_outline()

    def action_toggle_authors(self) -> None:
        """Show or hide who wrote the words that did not change."""
        self.authors_shown = not self.authors_shown
        self._paint()
        self.notice.say(shared.AUTHORS_SHOWN if self.authors_shown else shared.AUTHORS_HIDDEN)

    # What the person asks

    def action_compare(self) -> None:
        """Choose what the shown version is compared with."""
        asking.ask_what_to_compare(self)

    def action_only_person(self) -> None:
        """Follow one person's words only, or everybody's again."""
        asking.ask_whose_words(self)

    def action_only_part(self) -> None:
        """Follow the open part only, or all again."""
        asking.only_open_part(self)

    def action_mark(self) -> None:
        """Remember the shown place as one to compare with."""
        asking.mark(self)

    @on(told.Moved)
    def _moved(self) -> None:
        """Say whose words the caret is in now."""
        self._speak()

    @on(Asked)
    def _asked(self, event: Asked) -> None:
        """Go to the turn that wrote the word at the caret."""
        view = event.editor
        if isinstance(view, PastView) and view.text:
            self.looking.visit(view.part, min(view.caret, len(view.text) - 1))
            self.show()

    @on(told.Locked)
    def _locked(self) -> None:
        """Say kindly why nothing was written."""
        self.notice.say(words.CANNOT_TYPE)
