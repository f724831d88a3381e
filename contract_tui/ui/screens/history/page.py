"""A contract's past on the screen: in the same places as in the workshop, with a timeline below.

After each step of the walk those panes are painted again of which the words have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from contract_tui.contract.schema import TITLE, PartId
from contract_tui.history.walk import Comparison, Walk
from contract_tui.session.session import Session
from contract_tui.ui import breakpoints
from contract_tui.ui import words as shared
from contract_tui.ui.compositing import SparingCompositor, paint_together
from contract_tui.ui.messages import Woken
from contract_tui.ui.pages.page import SECTIONS, PageId
from contract_tui.ui.people import Companions
from contract_tui.ui.screens.history import words
from contract_tui.ui.screens.history.legend import legend
from contract_tui.ui.screens.history.looking import Looking
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.notice import Notice
from contract_tui.ui.widgets.outline import Outline
from contract_tui.ui.widgets.past_pane import PastPages
from contract_tui.ui.widgets.past_scene import Stretch
from contract_tui.ui.widgets.past_view import PastView
from contract_tui.ui.widgets.people import People
from contract_tui.ui.widgets.timeline import Timeline

ROOMY = 100
"""Columns from which on more is said than that one looks back."""


class PastScreen(Screen[None]):
    """A contract as it was, with the words that came and went."""

    CSS_PATH = "../../styles/history.tcss"
    HORIZONTAL_BREAKPOINTS = breakpoints.COLUMNS
    VERTICAL_BREAKPOINTS = breakpoints.ROWS
    AUTO_FOCUS = ""

    def __init__(self, session: Session, walk: Walk, now: float) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.session = session
        self.walk = walk
        self.looking = Looking(session, walk, now)
        self.authors_shown = False
        self.title_view = PastView(TITLE, single_line=True)
        self.sections = PastPages(self.looking.parts(SECTIONS))
        self.notice = Notice("")
        self.people = People(id="people"), People(in_line=True, id="strip")
        self.outlines = Outline(id="outline"), Outline(in_line=True, id="tabs")
        self.status = Static(words.STATUS, id="status", markup=False)
        self.about = Static("", id="about", markup=False)
        self.timeline = Timeline(walk, id="timeline")
        self._companions = Companions(session)
        self._kept = session.contract.kept
        self._known = 0
        """How many changes the contract had when its past was read last here."""
        self._reading = False
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Put everything where it is in the workshop, and the timeline below."""
        with Horizontal(id="head"):
            yield self.title_view
            yield self.status
        yield self.people[1]
        yield self.notice
        yield self.outlines[1]
        with Horizontal(id="body"):
            with Vertical(id="rail"):
                yield self.outlines[0]
                yield self.people[0]
            yield self.sections
            with Vertical(id="side"):
                yield Static(words.KEYS_LABEL, classes="label")
                yield Static(words.KEYS, markup=False)
        yield self.about
        yield self.timeline
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

    @property
    def selection(self) -> tuple[PastView, int, int] | None:
        """The text in which words are selected, and from where to where."""
        view = self.view_in_use
        if view is None or view.selection[0] == view.selection[1]:
            return None
        return view, *view.selection

    # Following the walk and the contract

    def on_mount(self) -> None:
        """Begin to listen, and show the newest turn."""
        self._unsubscribe = self.session.listen(self._wake)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._wake())
        self._leave_sign()
        self._follow_people()
        self.show()
        if self.sections.current is None and self.sections.panes:
            self._make_current(self.sections.panes[0].part)
        self.set_focus(self.timeline)
        if self.walk.turn is None:
            self.notice.say(words.NOTHING_AT_ALL)
        self._wake()  # something may have come since the past was read

    def _leave_sign(self) -> None:
        """Let everybody see that this person looks back; whoever does it first is told so."""
        me, seen = self.session.me, self.session.contract.seen
        if not self.session.can_write:
            self.notice.say(words.ONLY_YOU_KNOW)
        elif me is not None and me.id not in seen:
            self.notice.say(words.LEAVES_SIGN)
        self.session.mark_seen()
        self.session.look_back(True)

    def on_unmount(self) -> None:
        """Listen no longer."""
        self._unsubscribe()
        self.session.look_back(False)

    def _wake(self) -> None:
        """Look at the contract as soon as there is time."""
        self.post_message(Woken())

    @on(Woken)
    def follow(self) -> None:
        """Show who is here, and what has been written since."""
        self.walk.doubtful = self.session.doubtful
        self.follow_kept()
        self._follow_people()
        if self.session.size != self._known and not self._reading:
            self._read_on()
        self._paint()

    @work
    async def _read_on(self) -> None:
        """Go on in the past for as long as it grows.

        What comes while it is read begins no second reading, which would have to end the first.
        """
        self._reading = True
        try:
            while self.session.size != self._known:
                await self._read_once()
        finally:
            self._reading = False

    async def _read_once(self) -> None:
        """Read what is new; whoever looks at the newest turn stays there."""
        before = len(self.walk.history.past)
        at_end, newest = self.walk.at_end, self._newest
        history = await self.session.recall(known=self.walk.history)
        self._known = self.session.size
        if history is self.walk.history and len(history.past) == before:
            return
        self.walk.follow(history)
        self.show()
        if not at_end and newest != self._newest:
            self.notice.say(words.NEWER)

    @property
    def _newest(self) -> int:
        """How much of the past holds what anybody wrote."""
        return max((turn.end for turn in self.walk.history.turns[-8:]), default=0)

    def follow_kept(self) -> None:
        """Show the versions that are kept now."""
        if self._kept != self.session.contract.kept:
            self._kept = self.session.contract.kept
            self.walk.keep(self._kept)
            self.timeline.look()

    def show(self) -> None:
        """Show the place of the walk: its words, and what changed there."""
        self._turn_to_page()
        self._paint()
        self.timeline.look()
        self._turn_to_change()
        self._follow_outline()
        self._speak()
        self._paint_together()

    def _paint_together(self) -> None:
        """Have all that a step changed painted in one frame."""
        panes = [one for pane in self.sections.panes for one in pane.walk_children(with_self=True)]
        bars = [view.vertical_scrollbar for view in self.views() if view.show_vertical_scrollbar]
        others = (self.title_view, self.about, self.timeline, *self.outlines)
        paint_together((*panes, *bars, *others))

    def _follow_people(self) -> None:
        """Show who is here, in everybody's inks."""
        company = self._companions.look(self.looking.headings, self.app.theme_variables)
        self.looking.inks = company.inks
        for shown in self.people:
            shown.show(company)
        self.timeline.for_whom = self.looking.for_whom
        self.timeline.show(company.inks, self.looking.headings)

    def _paint(self) -> None:
        """Show the words; those that are the same as before cost nothing."""
        for view in self.views():
            view.ask(words.NOTHING_THEN)
            place = self.looking.place(view.part, view.caret) if view.has_focus else None
            stretches = self.looking.stretches(view.part)
            caret = self.looking.offset(view.part, place)
            view.show(stretches, authors=self.authors_shown, caret=caret)
        before, after = self.walk.choice()
        for pane in self.sections.panes:
            pane.show_choice(before, after)
        self.sections.say(self.looking.sayings(self.sections.page))

    def _turn_to_page(self) -> None:
        """Show the page on which the turn wrote, unless something else is compared."""
        turn = self.walk.turn
        if turn is not None and self.walk.comparison is Comparison.TURN:
            self.turn_to(self.looking.page(turn.section))

    def turn_to(self, page: PageId) -> None:
        """Show a page as it was."""
        if page != self.sections.page:
            in_text = self.view_in_use is not None
            self.sections.turn_to(page, self.looking.parts(page))
            if in_text:
                self.set_focus(self.timeline)

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
        """Show which part is open, and whose doing changed which."""
        items = self.looking.outline(self.sections.current, self.sections.page)
        for outline in self.outlines:
            outline.show(items)

    def _speak(self) -> None:
        """Say whose words the caret is in; else what is compared with what."""
        view = self.view_in_use
        said = legend(self.looking.compared(), self._stretches(), self.size.width - 4)
        if view is not None and view.text:
            said = self.looking.who_wrote(view.part, min(view.caret, len(view.text) - 1))
        if said != self.about.content:
            self.about.update(said, layout=False)

    def _stretches(self) -> Iterator[Stretch]:
        return (one for view in self.views() for one in view.stretches)

    def on_resize(self) -> None:
        """Say as much as there is room for; the title comes first."""
        self.status.update(words.STATUS if self.size.width >= ROOMY else words.STATUS_SHORT)
        self._speak()

    # Going about

    def action_go(self, by: int) -> None:
        """Go into the text behind or before, in a ring with the timeline."""
        stops: list[Widget] = [self.timeline, *self.views()]
        at = stops.index(self.view_in_use or self.timeline)
        if at == 0 and by > 0 and (pane := self.sections.pane(self.sections.current)):
            self._go_to(pane.view)
        else:
            self._go_to(stops[(at + by) % len(stops)])

    def _go_to(self, stop: Widget) -> None:
        """Go into a text, or back to the timeline."""
        if isinstance(stop, PastView):
            self._make_current(stop.part)
        self.set_focus(stop)
        self._speak()

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        """Go where the mouse points."""
        page = self.looking.page(event.part)
        self.turn_to(page)
        self._paint()
        self._make_current(event.part if page == SECTIONS else self.sections.panes[0].part)
        self._follow_outline()

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

    @on(Timeline.Moved)
    def _walked(self) -> None:
        """Show where the timeline has led."""
        self.show()

    def action_play(self) -> None:
        """Let the timeline play, or stop it."""
        self.set_focus(self.timeline)
        self.timeline.action_play()

    def action_first(self) -> None:
        """Go to the first words."""
        self.timeline.action_first()

    def action_last(self) -> None:
        """Go to the newest turn."""
        self.timeline.action_last()

    def action_leave(self) -> None:
        """Go back to the workshop, which is as it was left."""
        self.app.pop_screen()
