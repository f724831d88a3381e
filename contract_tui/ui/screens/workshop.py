"""The workshop: one contract, written by everybody at once.

The screen routes: what a person does goes down to the session, and after every wake-up all that is
shown is brought up to it again. Nothing is awaited between a key and its paint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from contract_tui.contract.agreement.words import EVERYBODY
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.language import _
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from contract_tui.session.writing.hearing import Hearing
from contract_tui.ui import breakpoints, words
from contract_tui.ui.compositing import SparingCompositor
from contract_tui.ui.conference.meeting import Meeting
from contract_tui.ui.conference.table import Table
from contract_tui.ui.drafts.marks import drafted
from contract_tui.ui.going import Going
from contract_tui.ui.messages import Woken
from contract_tui.ui.notes.noting import Noting
from contract_tui.ui.pages.ground import Ground
from contract_tui.ui.people import Companions, Company, Inks, remotes_in
from contract_tui.ui.prompts import prompt
from contract_tui.ui.prompts_of_others import whose
from contract_tui.ui.screens.foremost import AT_A_TABLE, FOREMOST, KEPT
from contract_tui.ui.stops import Stops
from contract_tui.ui.telling import News
from contract_tui.ui.ways import ARRANGE, NEW_GOAL, NOTES, menu, outlined
from contract_tui.ui.whereabouts import Whereabouts
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor import messages as told
from contract_tui.ui.widgets.go_to import GoTo
from contract_tui.ui.widgets.guide import Guide
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.notice import Notice
from contract_tui.ui.widgets.outline import Outline
from contract_tui.ui.widgets.people import People
from contract_tui.ui.widgets.section import SectionPane, Sections, edit_part
from contract_tui.ui.widgets.status_line import StatusLine
from sync_server.access.proof import Role

if TYPE_CHECKING:
    from contract_tui.ui.room import Room


def commands() -> type[Provider]:
    """Return the commands of this screen, which are imported when the palette is."""
    from contract_tui.ui.commands import WorkshopCommands

    return WorkshopCommands


class WorkshopScreen(Meeting):
    """An open contract."""

    # Whoever looks back should not wait until all style sheets are read again.
    CSS_PATH = [  # noqa: RUF012
        "../styles/workshop.tcss",
        "../styles/pages.tcss",
        "../styles/history.tcss",
    ]
    COMMANDS = {commands}  # noqa: RUF012 - as Textual declares it
    HORIZONTAL_BREAKPOINTS = breakpoints.COLUMNS
    VERTICAL_BREAKPOINTS = breakpoints.ROWS
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        # Taken before any widget sees them: what is typed behind them in one burst goes there.
        # At most 14 columns.
        Binding("tab", "go(1)", _("Next"), priority=True),
        Binding("shift+tab", "go(-1)", _("Before"), show=False, priority=True),
        Binding("alt+down", "along(1)", _("Next place"), show=False, priority=True),
        Binding("alt+up", "along(-1)", _("Place before"), show=False, priority=True),
        # At most 14 columns.
        Binding("ctrl+g", "go_to", _("Go to"), priority=True),
    ]

    def __init__(
        self, session: Session, library: Library, room: Room | None = None, *, authors: bool = True
    ) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.session = session
        self.room = room
        self.library = library
        self.authors_shown = authors
        self.sections = Sections(session)
        self.title_editor = edit_part(session, TITLE, single_line=True)
        self.ground = Ground(session, self.sections)
        self.stops = Stops(self.title_editor, self.ground)
        self.going = Going(self, self.ground, self.stops, self.follow, self._come_to)
        self.menu = GoTo(words.GO_TO, self._go)
        hearing = Hearing(session.me, session.remarks, library.keepsakes(session.entry.id))
        self.noting = Noting(
            self, session, self.stops.editors, self.say, self._notes_changed, hearing
        )
        self.table = Table(self, session, self.stops.editors, self.say)
        self.notice = Notice("" if session.can_write else words.READING_ALONG)
        self.status = StatusLine()
        self.people = People(id="people"), People(in_line=True, id="strip")
        self.outlines = Outline(id="outline"), Outline(in_line=True, id="tabs")
        self.guide = Guide(id="side")
        self._companions = Companions(session)
        self.company = Company([], Inks({}))
        self._news = News(session)
        self._whereabouts = Whereabouts(session, self.stops.place, self.set_timer)
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Put everything in its place; the style sheet decides what is shown at which size."""
        with Horizontal(id="head"):
            yield self.title_editor
            yield self.status
        yield self.table.band.strip
        yield self.table.band.above
        yield self.people[1]
        yield self.notice
        yield self.outlines[1]
        with Horizontal(id="body"):
            with Vertical(id="rail"):
                yield self.outlines[0]
                yield self.people[0]
            yield self.ground
            with Vertical(id="beside"):
                yield self.table.band.beside
                yield self.guide
        yield self.menu
        yield self.make_menu()
        yield self.noting.card
        yield KeyBar(AT_A_TABLE if self.room or self.app.is_web else FOREMOST, KEPT, self.call_key)
        yield Static(words.TOO_SMALL, id="too-small")

    @property
    def panes(self) -> list[SectionPane]:
        """The sections on the screen, from the top."""
        return self.sections.panes

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor with its part, the title first."""
        return self.stops.editors()

    @property
    def editor_in_use(self) -> Editor:
        """The editor one is in, or that of the open section."""
        return self.stops.editor_in_use()

    # Following the contract

    def on_mount(self) -> None:
        """Begin to listen, and open the first section."""
        self._unsubscribe = self.session.listen(self._wake)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._wake())
        self.open_part(self.panes[0].part if self.panes else TITLE)
        self.follow()
        self.table.begin()
        self.call_after_refresh(self.ask_for_trust)

    async def on_unmount(self) -> None:
        """Close the contract with its screen."""
        from contract_tui.session.link.standings import remember_links

        self._unsubscribe()
        with suppress(SessionError):
            remember_links(self.library, self.session.entry, self.session.links)
        await self.session.close()

    def _wake(self) -> None:
        """Look at the contract as soon as there is time."""
        self.post_message(Woken())

    @on(Woken)
    def follow(self) -> None:
        """Bring everything that is shown up to the contract."""
        self.title_editor.catch_up()
        self._look_around()
        self.ground.follow(self.company)
        self._follow_people()
        self.noting.follow(self.company.inks)
        self.table.follow()
        status = self.session.status
        if status.kind is StatusKind.UNSAVED and self.status.kind is not StatusKind.UNSAVED:
            self.notice.say(status.detail)
        self.status.show(status)
        self._tell()
        if self.session.agreeing.has_just_come_about():
            self.notice.say(EVERYBODY)

    def _tell(self) -> None:
        """Say what this person should read, until they put it away."""
        self.notice.tell([*self._news.sentences(), *self.noting.news])

    @on(Notice.PutAway)
    def _put_away(self, event: Notice.PutAway) -> None:
        """Tell nobody a second time what they were answered."""
        self.noting.read(event.sentence)

    def _notes_changed(self) -> None:
        """Show where something waits, and tell what was answered."""
        self._follow_outline()
        self._tell()

    def _look_around(self) -> None:
        """Find out where one can go, and who is where."""
        self.going.look(self.session.contract)
        shown, colors = dict(self.editors()), self.app.theme_variables
        self.company = self._companions.look(self.going.directory.headings, colors, shown)

    def _follow_people(self) -> None:
        """Show who is where, in the text and beside it."""
        company, contract = self.company, self.session.contract
        role, name = self._role, company.student
        for part, editor in self.editors():
            remotes = remotes_in(part, company.people, contract, company.inks)
            editor.show_people(remotes, company.inks.of_actor, authors=self.authors_shown)
            # With hundreds of things, finding each would take long.
            other = None if editor.text else self._whose(part)
            editor.ask(prompt(part, role, name, other))
        for shown in self.people:
            shown.show(company)
        self._follow_outline()

    def _follow_outline(self) -> None:
        """Show where one is, and who else is where."""
        waiting, drafts = self.noting.waiting | self.going.directory.offered, drafted(self.session)
        items = outlined(self.going.places, self.ground.part, self.company, waiting, drafts)
        for outline in self.outlines:
            outline.show(items)
        self.menu.call_them({item.part: item.heading for item in items})

    def _whose(self, part: PartId) -> str | None:
        return whose(self.session.contract, part, self.session.me.id if self.session.me else None)

    @property
    def _role(self) -> Role | None:
        """Whose seat this person has."""
        return self.session.me.role if self.session.me else None

    # Going about

    def open_part(self, part: PartId) -> None:
        """Go to a part, or to a page by its address."""
        self.going.open_part(part)

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        """Go where the mouse points."""
        self.open_part(event.part)

    async def action_go(self, by: int) -> None:
        """Go to what takes keys behind or before, in a ring."""
        await self.going.beside(by)

    async def action_along(self, by: int) -> None:
        """Go to the place behind or before in the outline, in a ring with the title."""
        await self.going.along(by)

    def action_go_to(self) -> None:
        """Show all places, each with a key that leads there."""
        places, here = self.going.places, self.ground.part
        self.menu.open(menu(self.session, places, here, self.company))

    async def _go(self, part: PartId) -> None:
        """Go where the menu leads."""
        if part == NEW_GOAL:
            await self.action_new_goal()
        elif part == ARRANGE:
            self.action_sections()
        elif part == NOTES:
            self.action_draft(notes=True)
        else:
            await self.going.go_there(part)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Notice where the mouse has brought the person."""
        self.going.notice(event.widget)
        self._whereabouts.tell()
        part = next((part for part, one in self.editors() if one is event.widget), None)
        if part and self.guide.display:
            self.guide.show(part, self._role, self.company.student, self._whose(part))

    def _come_to(self, part: PartId) -> None:
        """Show which place is the open one."""
        self._follow_outline()
        self.guide.show(part, self._role, self.company.student, self._whose(part))

    def action_toggle_authors(self) -> None:
        """Show or hide who wrote what."""
        self.authors_shown = not self.authors_shown
        self._follow_people()
        self.notice.say(words.AUTHORS_SHOWN if self.authors_shown else words.AUTHORS_HIDDEN)

    def land(self, part: PartId, caret: int | None, said: str) -> None:
        """Go to where words were brought back, and say so."""
        self.follow()
        self.going.open_part(part, caret)
        self.notice.say(said)

    def action_draft(self, *, notes: bool = False) -> None:
        """Write for oneself first, what the part one is in may become."""
        from contract_tui.ui.drafts.opening import open_draft

        open_draft(self, *self.stops.place(), notes=notes)

    @on(told.Moved)
    def _moved(self) -> None:
        """Tell the others where this person is."""
        self._whereabouts.tell()

    @on(told.Written)
    def _written(self) -> None:
        """Tell the others that this person is typing."""
        self._whereabouts.tell_of_key()

    @on(told.Left)
    async def _title_finished(self) -> None:
        """Go on from the title."""
        await self.action_go(1)

    @on(told.Full)
    def _full(self, event: told.Full) -> None:
        """Say kindly that there is no more room."""
        self.notice.say(words.FULL.format(limit=event.limit))

    @on(told.Locked)
    def _locked(self, event: told.Locked) -> None:
        """Say why nothing happened, or make a suggestion of it."""
        if not self.noting.takes_up(event.editor):
            self.notice.say(words.READING_ALONG)

    @on(told.Refused)
    def _refused(self, event: told.Refused) -> None:
        """Say why a change was not taken, or make a suggestion of it."""
        if not (self.table.takes_up(event.editor) or self.noting.takes_up(event.editor)):
            self.notice.say(event.reason)
