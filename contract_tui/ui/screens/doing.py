"""What can be done in an open contract beside writing in it: every key and every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from contract_tui.contract.errors import ContractError
from contract_tui.contract.items.paths import part_of
from contract_tui.contract.schema import INTERESTS, STRUCTURE, PartId, StructureChoice
from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from contract_tui.ui import words
from contract_tui.ui.going import Going
from contract_tui.ui.messages import ContractClosed, PastAsked
from contract_tui.ui.names import sentence_start
from contract_tui.ui.notes.noting import Noting
from contract_tui.ui.pages.ground import Ground
from contract_tui.ui.people import Company
from contract_tui.ui.screens.foremost import AT_A_TABLE
from contract_tui.ui.stops import Stops
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor.messages import Pointed
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.notice import Notice
from contract_tui.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from contract_tui.ui.app import ContractApp
    from contract_tui.ui.room import Room
    from contract_tui.ui.screens.workshop import WorkshopScreen


class Doing(Screen[None]):
    """The keys of the workshop, each of which does one thing and says why where it cannot."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("escape", "put_away", _("Put away")),
        # At most 14 columns.
        Binding("f1", "app.help", _("Help")),
        # At most 14 columns.
        Binding("ctrl+n,alt+n", "new_goal", _("New goal"), key_display="ctrl+n", priority=True),
        # At most 14 columns.
        Binding("ctrl+o", "one_more", _("One more"), priority=True),
        Binding("ctrl+t", "sections", _("Sections"), show=False),
        Binding("ctrl+s", "save", _("Save"), show=False),
        # At most 14 columns.
        Binding("ctrl+r", "note", _("Note"), priority=True),
        # At most 14 columns.
        Binding("ctrl+l", "next_note", _("Next note"), priority=True),
        # At most 14 columns.
        Binding("ctrl+u", "draft", _("Draft"), priority=True),
        # At most 14 columns.
        Binding("f3", "look_back", _("Look back")),
        # At most 14 columns.
        Binding("f2", "connect", _("Connect now")),
        # At most 14 columns.
        Binding("f6", "room", _("Room")),
        # At most 14 columns.
        Binding("f9", "leave", _("List")),
        # At most 14 columns.
        Binding("f4", "toggle_authors", _("Who wrote")),
        # At most 14 columns.
        Binding("f7", "invite", _("Invite")),
        Binding("f5", "cover", _("Cover"), show=False),
        # At most 14 columns.
        Binding("f8", "app.next_theme", _("Colours")),
    ]

    session: Session
    company: Company
    room: Room | None
    library: Library
    going: Going
    ground: Ground
    stops: Stops
    noting: Noting
    notice: Notice
    status: StatusLine

    def follow(self) -> None:
        """Bring everything that is shown up to the contract."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Say a sentence for a while."""
        self.notice.say(sentence)

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something in the contract; say why, where it cannot be done."""
        try:
            action()
        except (SessionError, ContractError) as error:
            self.notice.say(told(error))
            return False
        return True

    # Adding

    async def action_new_goal(self) -> None:
        """Add a goal, and go there; on the student's floor an adult is asked first."""
        from contract_tui.ui.conference.holding import NEW, hold

        def insist() -> None:
            self.call_later(self._add_goal)

        if not hold(self, self.session, NEW, insist, self.say, about=INTERESTS):
            await self._add_goal()

    async def _add_goal(self) -> None:
        try:
            goal = self.session.desk.add_goal()
        except (SessionError, ContractError) as error:
            self.notice.say(told(error))
        else:
            self.session.conferring.insisting.insist(part_of(goal, "what"))
            await self.going.go_there(part_of(goal, "what"))

    async def action_one_more(self) -> None:
        """Add one more of what the page lists."""
        page = self.ground.shown
        try:
            added = page.add() if page else None
        except (SessionError, ContractError) as error:
            self.notice.say(told(error))
        else:
            if added is not None:
                await added

    def action_sections(self) -> None:
        """Show the sections to be arranged; the others are told whose they are."""
        from contract_tui.ui.screens import arranging, arranging_words

        session = self.session
        if session.desk.can_arrange:

            def go(part: PartId) -> None:
                self.follow()  # a section that was just added has to be on the screen first
                self.going.open_part(part)

            screen = arranging.SectionsScreen(session, self.ground.sections.current, go)
            self.app.push_screen(screen, lambda _: self.follow())
        elif session.can_write:
            name = sentence_start(self.company.student)
            self.notice.say(arranging_words.THE_STUDENTS.format(name=name))
        else:
            self.notice.say(words.READING_ALONG)

    def action_save(self) -> None:
        """Tell whoever is used to saving that nobody has to."""
        self.say(words.ALWAYS_SAVED)

    def action_revisit(self) -> None:
        """Ask when the contract is to be taken up again."""
        from contract_tui.ui.screens.revisiting import ask_when

        self.app.push_screen(ask_when(self.session), lambda said: self.say(said) if said else None)

    def choose(self, choice: StructureChoice) -> None:
        """Choose how much structure is wanted, or leave it open."""
        from contract_tui.ui.conference.holding import hold

        def act() -> object:
            return self.attempt(lambda: self.session.choose_structure(choice))

        if not hold(self, self.session, STRUCTURE, act, self.say):
            act()

    @on(ChoiceBar.Chosen)
    def _chosen(self, event: ChoiceBar.Chosen) -> None:
        """Write down what was chosen."""
        self.choose(StructureChoice(event.choice))

    # Looking back, covering, noting

    def action_look_back(self) -> None:
        """Look back at how the contract came to be."""
        self.app.post_message(PastAsked(self.session))

    def action_cover(self) -> None:
        """Cover the selected words for good, as far as they are one's own."""
        from contract_tui.ui.screens.covering import cover, selected_in

        part, editor = self.stops.place()
        found = selected_in(editor, part, self.session) if part and editor else None
        cover(self.app, self.session, found, self.notice.say)

    def action_connect(self) -> None:
        """Try at once to reach the others."""
        self.ask_for_trust()
        self.session.reconnect()
        detail = words.sentence(self.session.status.detail)
        self.notice.say(f"{words.CONNECTING} {detail}".strip())

    def action_leave(self) -> None:
        """Go back to all contracts."""
        self.app.post_message(ContractClosed())

    def action_put_away(self) -> None:
        """Put away the note that is shown, or the sentence that was read."""
        if not self.noting.close():
            self.notice.put_away()

    def action_note(self) -> None:
        """Answer the note that is shown, or write one beside the words."""
        if not self.noting.answer():
            self.noting.write(*self.stops.place())

    @on(Pointed)
    def _pointed(self) -> None:
        """Show the note that was clicked on."""
        self.noting.point(*self.stops.place())

    async def action_next_note(self) -> None:
        """Show the next note, and go to the words that it is about."""
        if place := self.noting.go_on(*self.stops.place()):
            await self.going.go_there(*place)

    def key_escape(self, event: events.Key) -> None:
        """Go back to the room, where there is nothing to put away."""
        if self.room and not self.notice.is_unread and not self.noting.card.shown:
            event.stop()
            self.action_room()

    def action_room(self) -> None:
        """Show who is in the room, and the codes for the others; make room, where there is none."""
        from contract_tui.ui.hosting import opening

        if self.room:
            self.app.push_screen(opening.screen_of(self.room))
        elif self.can_host:
            cast("ContractApp", self.app).host_contract(cast("WorkshopScreen", self))

    def let_in(self, room: Room) -> None:
        """Have people let in from now on, in the contract that is open here."""
        self.room = room
        self.query_one(KeyBar).lead(AT_A_TABLE)
        self.action_room()

    @property
    def can_host(self) -> bool:
        """Whether people around can be let in, whom nobody has made room for yet."""
        return bool(getattr(self.app, "can_host", False))

    def action_invite(self) -> None:
        """Invite somebody; only the holder of the contract's key can."""
        from contract_tui.ui.screens.inviting import invite, why_not

        if reason := why_not(self.library, self.session):
            self.notice.say(reason)
        else:
            invite(self.app, self.library, self.session.entry, self.session)

    def ask_for_trust(self) -> None:
        """Ask about relays to which the way is not encrypted."""
        if self.session.unconfirmed:
            from contract_tui.ui.screens.trusting import ask_for_trust

            ask_for_trust(self.app, self.session, self.notice.say)

    def call_key(self, action: str) -> str:
        """Return what a key does where one is; "" where it does the same everywhere."""
        if action == "one_more" and self.ground.shown:
            return self.ground.shown.MORE
        is_line = isinstance(self.focused, Editor) and self.focused.single_line
        return words.NEXT_BY_ENTER if action == "go(1)" and is_line else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can help."""
        match action:
            case "connect":
                return self.status.kind is StatusKind.ALONE
            case "put_away":
                return self.notice.is_unread or self.noting.card.shown is not None
            case "room":
                return self.room is not None or self.can_host
            case "new_goal":
                return self.session.can_write
            case "one_more":
                page = self.ground.shown
                return self.session.can_write and page is not None and page.is_listing
        return True
