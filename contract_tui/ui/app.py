"""The program on the screen: which screen is shown."""

from __future__ import annotations

import gc
import time
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.screen import ModalScreen, Screen

from contract_tui.language import told
from contract_tui.language.choosing import chosen, is_news
from contract_tui.library.errors import SessionError
from contract_tui.library.hosting import UnfitCertificate
from contract_tui.library.library import Library
from contract_tui.ui import beforehand, themes
from contract_tui.ui.messages import ContractChosen, ContractClosed, ContractOpened, PastAsked
from contract_tui.ui.shell import Shell
from sync_server.protocol.ids import DocumentId

if TYPE_CHECKING:
    from contract_tui.library.world import World
    from contract_tui.session.session import Session
    from contract_tui.ui.room import Hosting, Room
    from contract_tui.ui.screens.workshop import WorkshopScreen
    from sync_server.access.standby import Standby

    HostHere = Callable[[DocumentId, Collection[Standby] | None, str, bool], Awaitable[Hosting]]
SHARED_STYLES = "styles/app.tcss"
OPEN_STYLES = ["styles/workshop.tcss", "styles/pages.tcss", "styles/history.tcss"]


class ContractApp(Shell):
    """The learning contracts of one person."""

    def __init__(
        self,
        library: Library,
        open_contract: DocumentId | None = None,
        notice: str | None = None,
        *,
        on_shown: Callable[[], None] | None = None,
        world: World | None = None,
        hosting: Hosting | None = None,
        host_here: HostHere | None = None,
        room_here: Callable[[], str] = str,
        theme: str = themes.DARK.name,
    ) -> None:
        # A style sheet that comes later makes Textual read all of them again.
        first = OPEN_STYLES if open_contract else ["styles/library.tcss"]
        super().__init__(library, [SHARED_STYLES, *first], theme)
        self._first = open_contract
        self._notice = notice or self._news()
        self._on_shown = on_shown
        """What can wait until the first contract is on the screen."""
        self._world = world
        self._hosting = hosting
        """The relay inside this program, which ends with it."""
        self._host_here = host_here
        """Opens one for a contract that is open already; raises SessionError.

        It is told of which guests of a dead host, if it takes somebody's place, and at which relay,
        if that has outlived the host; and whether it goes without a certificate that is no good.
        """
        self._room_here = room_here
        """Finds out under which address others would reach it; empty where that is not certain."""
        self._room: Room | None = None
        self._session: Session | None = None

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen."""
        return self._library() if self._first is None else self._opening(self._first)

    def on_mount(self) -> None:
        """Say what has to be known before anything is opened."""
        if self._first is None:
            self._show_notice()

    def on_ready(self) -> None:
        """The first screen is there, and nothing else is on its way."""
        if self._first is None:
            self._collect()

    def _collect(self) -> None:
        """Let Python look for garbage from now on, and not among what is there."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def show_library(self) -> None:
        """Show every contract on this computer."""
        self._session = self._room = None
        if self._first is not None:
            self._show(self._library())
            return
        while len(self.screen_stack) > 1:  # it is behind all others
            self.pop_screen()

    def open_contract(self, contract: DocumentId) -> None:
        """Open a contract: first the progress, then the workshop."""
        self._show(self._opening(contract))

    def _library(self) -> Screen[None]:
        from contract_tui.ui.screens.library import LibraryScreen

        return LibraryScreen(self.library, self._clock)

    def _opening(self, contract: DocumentId) -> Screen[None]:
        from contract_tui.ui.screens.opening import OpeningScreen

        return OpeningScreen(self.library, contract, self._world)

    def on_contract_chosen(self, event: ContractChosen) -> None:
        """Open the contract somebody chose."""
        self.open_contract(event.contract)

    def on_contract_opened(self, event: ContractOpened) -> None:
        """Show the open contract."""
        from contract_tui.ui.screens.workshop import WorkshopScreen

        self._session = event.session
        event.session.summing.watch()
        self._room = self._make_room(event.session)
        screen = WorkshopScreen(event.session, self.library, self._room)
        self._show(screen)
        screen.call_after_refresh(self._collect)
        screen.set_timer(beforehand.PAUSE, partial(beforehand.load_past, screen.set_timer))
        self._go_back_to(screen)
        if self._room:
            screen.call_after_refresh(screen.action_room)
        if self._on_shown:
            screen.call_after_refresh(self._on_shown)
            self._on_shown = None
        self._show_notice()

    def _go_back_to(self, screen: WorkshopScreen) -> None:
        """Go where a guest was before their program was started anew."""
        if place := screen.session.bookmark.place(screen.session.contract):
            screen.call_after_refresh(screen.going.open_part, *place)

    def _make_room(self, session: Session) -> Room | None:
        """Return the room around the relay inside this program, if there is one."""
        if self._hosting is None:
            if self._host_here is not None:
                session.conferring.standby.be_ready(self._room_here)
            return None
        from contract_tui.ui.hosting.opening import room_for

        session.conferring.standby.be_host()
        return room_for(self.library, session, self._hosting, self._clock)

    @property
    def can_host(self) -> bool:
        """Whether people can be let in here whom nobody has made room for yet."""
        has_seat = self._session is not None and self._session.me is not None
        return self._host_here is not None and self._hosting is None and has_seat

    @work(exclusive=True, group="hosting")
    async def host_contract(self, screen: WorkshopScreen, *, plain: bool = False) -> None:
        """Make room for the people around, in the contract that is open on this screen."""
        session = screen.session
        if self._host_here is None or self._session is not session or self._hosting is not None:
            return
        from contract_tui.ui.hosting import words as hosting
        from contract_tui.ui.hosting.questions import without_encryption
        from contract_tui.ui.hosting.takeover import instead_of_host

        place = instead_of_host(session)
        screen.say(hosting.OPENING)
        try:
            self._hosting = await self._host_here(session.entry.id, *place, plain)
        except UnfitCertificate as error:

            def answered(sure: bool | None) -> None:
                if sure:
                    self.host_contract(screen, plain=True)

            self.push_screen(without_encryption(told(error)), answered)
        except SessionError as error:
            screen.say(told(error))
        else:
            self._meet(screen)
        screen.notice.unsay(hosting.OPENING)

    def _meet(self, screen: WorkshopScreen) -> None:
        """Let people into a contract that is open, or that somebody has closed meanwhile."""
        session = screen.session
        if self._session is not session or self._hosting is None:
            self.open_contract(session.entry.id)
            return
        session.meet_at(self._hosting.url)
        self._room = self._make_room(session)
        if self._room is not None:
            screen.let_in(self._room)
        screen.follow()

    def come_along(self, url: str) -> None:
        """Open the contract again at the room of whoever took a host's place."""
        if self._session is not None:
            contract = self._session.entry.id
            self.library.add_relays(contract, [url])
            self.open_contract(contract)

    @property
    def _clock(self) -> Callable[[], float]:
        """Tells the time, in seconds since 1970."""
        return self._world.clock if self._world else time.time

    def on_past_asked(self, event: PastAsked) -> None:
        """Show how the open contract came to be, over the workshop."""
        from contract_tui.ui.screens.history.opening import look_back

        if not isinstance(self.screen, ModalScreen):
            look_back(self, event.session, self._clock, event.since)

    def _show_notice(self) -> None:
        """Show once what the person has to know before they begin."""
        if self._notice:
            from contract_tui.ui.screens.notice import NoticeScreen

            self.push_screen(NoticeScreen(self._notice))
            self._notice = None

    def _news(self) -> str | None:
        """What the reader of an unreviewed language is told the first time."""
        home = self.library.path.parent
        if not is_news(home, chosen(home)):
            return None
        from contract_tui.ui.screens.speaking import NEWS

        return NEWS

    def _show(self, screen: Screen[None]) -> None:
        """Show a screen in place of the one before, and of whatever lies in front of that.

        The first screen stays behind all others.
        """
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_contract_closed(self, _event: ContractClosed) -> None:
        """Go back to the library; a room ends with its program, and a guest has no library here."""
        self._collect()
        has_library = self._room is None and not self.is_web
        self._leave(self.show_library if has_library else self.exit)

    async def action_quit(self) -> None:
        """End the program."""
        self._leave(self.exit)

    def _leave(self, go: Callable[[], None]) -> None:
        """Go away from the contract; where that would lose words, only after asking."""
        from contract_tui.ui.leaving import question_before

        question = question_before(self._session, self._room)
        if question is None:
            go()
        elif type(self.screen) is not type(question):
            self.push_screen(question, lambda sure: go() if sure else None)
