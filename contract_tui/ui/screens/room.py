"""The room: who is here, who is expected, and the code with which they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar
from urllib.parse import urlsplit

from rich.style import Style
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from contract_tui.contract.items import terms
from contract_tui.language import _, pgettext
from contract_tui.library.settings import is_local, is_sheltered
from contract_tui.library.tickets import Ticket
from contract_tui.session.presence.presence import Person
from contract_tui.ui import words
from contract_tui.ui.hosting import words as hosting
from contract_tui.ui.messages import ContractClosed, Woken
from contract_tui.ui.room import Room
from contract_tui.ui.widgets.big_code import BigCode
from contract_tui.ui.widgets.key_bar import KeyBar

LOOK_SECONDS = 5.0
"""Between two looks for codes that are missing or nearly over."""
LABEL_CELLS = 11
HEADING, UNTITLED = _("A room for “{title}”"), _("A room for your contract")
IN_PROGRAM = _("or in the program: J, then the code, then {address}")
ONE_OF = _("{number} of {count}")
TYPES_THIS = _("{name} types this in a terminal (C copies it):")
SEATED_TYPES_THIS = _("Whoever has a seat already types this in a terminal:")
# At most 10 columns.
HERE = _("Here")
# At most 10 columns.
EXPECTED = _("Expected")
# At most 10 columns.
NOT_HERE = _("Not here")


class RoomScreen(Screen[None]):
    """A code in large letters for whoever is expected; the contract is behind it."""

    CSS_PATH = "../styles/room.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("enter", "write", _("Write")),
        # At most 14 columns.
        Binding("a", "add", _("Invite")),
        # At most 14 columns.
        Binding("down,right", "turn(1)", _("Next code")),
        Binding("up,left", "turn(-1)", _("Code before"), show=False),
        # At most 14 columns.
        Binding("f1", "app.help", _("Help")),
        # At most 14 columns.
        Binding("escape", "leave", pgettext("button", "Close")),
        # At most 14 columns.
        Binding("c", "copy", _("Copy")),
        Binding("b", "in_browser", hosting.IN_BROWSER),
        Binding("f8", "app.next_theme", _("Colours"), show=False),
    ]

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._shown: Ticket | None = None
        self._code = BigCode(id="code")
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Put the code above the command that it stands in."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static("", id="heading", markup=False)
            yield Static("", id="for-whom", markup=False)
            yield self._code
            yield Static("", id="how", markup=False)
            yield Static("", id="command", markup=False)
            yield Static("", id="or", markup=False)
            yield Static("", id="people", markup=False)
            yield Static("", id="note", markup=False)
        yield KeyBar()
        yield Static(words.TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Begin to listen and to give codes."""
        self._unsubscribe = self.room.session.listen(self._wake)
        self.set_interval(LOOK_SECONDS, self._give_codes)
        self.follow()
        self._give_codes()

    def on_unmount(self) -> None:
        """Stop listening; the room itself goes on."""
        self._unsubscribe()

    def _wake(self) -> None:
        """Look at the room as soon as there is time."""
        self.post_message(Woken())

    @work(exclusive=True)
    async def _give_codes(self) -> None:
        """Have codes made, and show them."""
        await self.room.give_codes()
        self.follow()

    @on(Woken)
    def follow(self) -> None:
        """Show the room as it is now."""
        expected = self.room.expected
        if self._shown not in expected:
            self._shown = expected[0] if expected else None
        ticket = self._shown
        title = self.room.session.contract.title.strip()
        self._say("#heading", Text(HEADING.format(title=title) if title else UNTITLED))
        self._say("#for-whom", self._for_whom(ticket))
        self._code.show(ticket.code if ticket else "")
        self._code.display = bool(ticket and ticket.code)
        self._say("#how", Text(self._how(ticket)))
        self._say("#command", Text(self.command(ticket) if self._how(ticket) else ""))
        place = urlsplit(self.room.hosting.url)
        in_program = IN_PROGRAM.format(address=f"{place.netloc}{place.path}")
        self._say("#or", Text(in_program if ticket and ticket.code else ""))
        self._say("#people", self._people(expected))
        self._say("#note", self._note())
        self.refresh_bindings()

    def _say(self, selector: str, text: Text) -> None:
        """Show something, or nothing."""
        shown = self.query_one(selector, Static)
        shown.display = bool(text)
        shown.update(text)

    def _for_whom(self, ticket: Ticket | None) -> Text:
        """Return for whom the code is."""
        if ticket is None:
            can = self.room.can_invite
            return Text(words.NOBODY_EXPECTED if can else words.CANNOT_INVITE)
        name, role = ticket.name, terms.ROLES[ticket.role]
        text = Text(words.CODE_FOR.format(name=name, role=role))
        at = len(words.CODE_FOR.partition("{name}")[0].format(role=role))
        text.stylize(Style(bold=True), at, at + len(name))
        expected = self.room.expected
        if len(expected) > 1:
            number = expected.index(ticket) + 1
            which = ONE_OF.format(number=number, count=len(expected))
            text.append(f"   {which}", Style(dim=True))
        if not ticket.code:
            text.append(f"\n{words.sentence(ticket.trouble) or words.CODE_COMING}")
        return text

    def _how(self, ticket: Ticket | None) -> str:
        """Return who is to type the command; nothing where nobody is."""
        if ticket:
            return TYPES_THIS.format(name=ticket.name) if ticket.code else ""
        return SEATED_TYPES_THIS if self.room.away else ""

    def command(self, ticket: Ticket | None) -> str:
        """Return what somebody types, with a code or with the seat that they have."""
        url = self.room.hosting.url
        way = f"--relay {url}" if is_sheltered(url) else f"--relay {url} --allow-unencrypted"
        if ticket:
            return f"contract-tui join {ticket.code} {way}"
        return f"contract-tui open {self.room.session.entry.text_id[:8]} {way}"

    def _people(self, expected: Iterable[Ticket]) -> Text:
        """Return who is here and who is not."""
        here = [words.YOU.format(name=one.name) if one.me else one.name for one in self._here()]
        rows = [(HERE, here), (EXPECTED, [ticket.name for ticket in expected])]
        rows.append((NOT_HERE, [one.name for one in self.room.others if not one.here]))
        lines = [
            Text.assemble((label.ljust(LABEL_CELLS), Style(dim=True)), ", ".join(names))
            for label, names in rows
            if names
        ]
        return Text("\n").join(lines)

    def _here(self) -> Iterable[Person]:
        return [one for one in self.room.session.people if one.me or (one.here and one.role)]

    def _note(self) -> Text:
        """Return what everybody in the room should know."""
        url, stays = self.room.hosting.url, self.room.hosting.stays
        if is_local(url) and not stays:
            return Text(words.ROOM_IS_LOCAL)
        return Text("" if is_sheltered(url) else words.ROOM_IS_OPEN)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        match action:
            case "add":
                return self.room.can_invite
            case "turn":
                return len(self.room.expected) > 1
            case "copy":
                return bool(self._shown and self._shown.code)
            case "in_browser":
                return self.room.hosting.door is not None
        return True

    def action_turn(self, by: int) -> None:
        """Show the code of somebody else."""
        expected = self.room.expected
        if self._shown in expected:
            self._shown = expected[(expected.index(self._shown) + by) % len(expected)]
            self.follow()

    def action_add(self) -> None:
        """Invite somebody into the room."""
        from contract_tui.ui.screens.questions import invite_somebody

        question = invite_somebody(self.room.invite, _("They get a code, good for two hours."))
        self.app.push_screen(question, self._expect)

    def _expect(self, ticket: Ticket | None) -> None:
        """Show the code of somebody new."""
        if ticket:
            self._shown = ticket
            self.follow()
            self._give_codes()

    def action_copy(self) -> None:
        """Copy the command, to be pasted into a chat."""
        if self._shown:
            self.app.copy_to_clipboard(self.command(self._shown))
            self.notify(words.COPIED, timeout=3)

    def action_in_browser(self) -> None:
        """Show how those come in who have nothing but a browser."""
        from contract_tui.ui.hosting.opening import screen_of

        self.app.switch_screen(screen_of(self.room))

    def action_write(self) -> None:
        """Go on to the contract."""
        self.dismiss()

    def action_leave(self) -> None:
        """Close the room."""
        self.app.post_message(ContractClosed())
