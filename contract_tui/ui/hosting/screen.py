"""The table: one seat at a time, with its address and code in large letters, and who is here."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.library.settings import is_local
from contract_tui.ui import qr
from contract_tui.ui import words as shared
from contract_tui.ui.hosting import sayings, words
from contract_tui.ui.hosting.door import Door
from contract_tui.ui.hosting.lettering import lettered
from contract_tui.ui.hosting.places import Place, gather
from contract_tui.ui.messages import ContractClosed, Woken
from contract_tui.ui.room import Room
from contract_tui.ui.widgets.key_bar import KeyBar

LOOK_SECONDS = 20.0
"""Between two looks whether a code has run out."""
MARGINS = 4
"""Columns beside what is shown, and between the picture and the words."""
CODE_COLUMNS = 41
"""Columns that two groups of a code take."""
FRAME_ROWS = 3
"""Rows around the seat and the people: the heading, a gap, and the keys."""
TALL, TALL_FRAME_ROWS = 30, 6
"""From how many rows on there are wider gaps, and how many rows they take with the frame."""
PEOPLE_ROWS = 3
"""Rows of people for which there should be room, at least."""
WORDS_ROWS, GAPS = 4, 3
"""Rows of words around the address and the code, and the gaps between them where there is room."""


class HostingScreen(Screen[None]):
    """Who is at the table; the contract is behind it."""

    CSS_PATH = "../styles/hosting.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f6", "write", words.WRITE, key_display="enter"),
        Binding("down,right", "turn(1)", words.NEXT),
        Binding("up,left", "turn(-1)", _("Seat before"), show=False),
        Binding("a", "add", words.SOMEBODY_ELSE),
        Binding("r", "renew", words.NEW_CODE),
        Binding("d", "dismiss_guest", words.DISMISS),
        Binding("p", "with_program", words.WITH_PROGRAM),
        Binding("c", "copy", words.COPY, show=False),
        Binding("f1", "app.help", _("Help")),
        Binding("escape", "leave", words.CLOSE),
        Binding("f8", "app.next_theme", _("Colours"), show=False),
    ]

    def __init__(self, room: Room, door: Door) -> None:
        super().__init__()
        self.room = room
        self.door = door
        self._chosen: Place | None = None
        self._ends: list[Callable[[], None]] = []

    def compose(self) -> ComposeResult:
        """Put the picture beside the words, and below them who is here."""
        with Vertical(id="page"):
            yield Static("", id="heading", markup=False)
            with Horizontal(id="seat"):
                yield Static("", id="qr", markup=False)
                with Vertical(id="words"):
                    for name in ("who", "open", "address", "type", "code", "note"):
                        yield Static("", id=name, markup=False)
            yield Static("", id="people", markup=False)
        yield KeyBar(("write", "turn(1)", "add"), ("write", "leave"))
        yield Static(shared.TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Begin to listen to the contract, and to the door."""
        self._ends = [self.room.session.listen(self._wake), self.door.listen(self._wake)]
        self.set_interval(LOOK_SECONDS, self.follow)
        self.follow()

    def on_unmount(self) -> None:
        """Stop listening; the door stays open."""
        for end in self._ends:
            end()

    def on_resize(self) -> None:
        """Use the room there is now."""
        self.follow()

    def _wake(self) -> None:
        """Look at the table as soon as there is time."""
        self.post_message(Woken())

    @property
    def places(self) -> list[Place]:
        """Everybody at the table."""
        session = self.room.session
        return gather(session.people, self.door.seats(), session.conferring.standby.ready)

    @property
    def chosen(self) -> Place | None:
        """The place that is shown."""
        return self._chosen

    @on(Woken)
    def follow(self) -> None:
        """Show the table as it is now."""
        places = self.places
        self._choose(places)
        title = self.room.session.contract.title.strip()
        self._say(
            "#heading", words.HEADING.format(title=title) if title else words.HEADING_UNTITLED
        )
        left = self._room - self._show_seat()
        color = self.app.theme_variables["primary"]
        self._say("#people", sayings.rows(places, self._chosen, max(1, left), color))
        self.refresh_bindings()

    @property
    def _room(self) -> int:
        """How many rows there are for the seat and the people."""
        height = self.size.height
        return height - (TALL_FRAME_ROWS if height >= TALL else FRAME_ROWS)

    def _choose(self, places: list[Place]) -> None:
        """Stay at the place that is shown; go on where its person has just come in."""
        before = self._chosen
        found = next((one for one in places if before and one.id == before.id), None)
        has_arrived = found is not None and found.is_here and before and not before.is_here
        if found is None or has_arrived:
            missing = sorted(
                (one for one in places if one.is_missing),
                key=lambda one: one.guest is not None and one.guest.is_in,
            )
            found = missing[0] if missing else found
        self._chosen = found

    def _show_seat(self) -> int:
        """Show how to take the chosen place, or why not; returns the rows that it takes."""
        place, url = self._chosen, self.door.url
        said = sayings.situation(place, can_invite=self.room.can_invite)
        guest = place.guest if place and not said else None
        picture = qr.draw(guest.address) if guest else ()
        columns = len(picture[0]) if picture else 0
        beside = (
            bool(picture)
            and self.size.width >= columns + CODE_COLUMNS + MARGINS
            and self._room >= len(picture) + PEOPLE_ROWS
        )
        self._say("#qr", "\n".join(picture) if beside else "")
        self._say("#who", sayings.person(place) if place else "")
        if guest is None:
            for name in ("address", "type", "code", "note"):
                self._say(f"#{name}", "")
            self._say("#open", said)
            return WORDS_ROWS + GAPS
        room = self.size.width - MARGINS - (columns if beside else 0)
        taken = self._show_way(sayings.short_address(url), guest.code, room)
        return max(taken, len(picture) if beside else 0)

    def _show_way(self, address: str, code: str, columns: int) -> int:
        """Show what a guest types, large for those who sit across; returns the rows it takes."""
        rows = self._room - PEOPLE_ROWS - WORDS_ROWS
        large, larger = lettered(address, code, columns, rows)
        shown = (
            ("#open", words.OPEN_ADDRESS, "#address", address, large),
            ("#type", words.TYPE_CODE, "#code", code, larger),
        )
        taken = WORDS_ROWS
        for above, said, below, plain, letters in shown:
            self._say(above, sayings.with_plain(said, plain if letters else "", columns))
            self._say(below, "\n".join(letters) or plain)
            taken += len(letters) or 1
        self._say("#note", self._note())
        is_airy = taken + GAPS <= self._room - PEOPLE_ROWS
        self.query_one("#words").set_class(is_airy, "-airy")
        return taken + GAPS * is_airy

    def _note(self) -> str:
        """Return what everybody should know of this way."""
        if is_local(self.door.url):
            return words.IS_LOCAL
        return "" if self.door.url.startswith("https") else words.IS_OPEN

    def _say(self, selector: str, text: str | Text) -> None:
        """Show something, or nothing."""
        shown = self.query_one(selector, Static)
        shown.display = bool(text)
        shown.update(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        guest = self._chosen.guest if self._chosen else None
        match action:
            case "add":
                return self.room.can_invite
            case "turn":
                return sum(not one.is_me for one in self.places) > 1
            case "renew" | "dismiss_guest":
                return guest is not None
            case "copy":
                return bool(guest and guest.code)
        return True

    def action_turn(self, by: int) -> None:
        """Show the place behind or before, in a ring."""
        others = [one for one in self.places if not one.is_me]
        ids = [one.id for one in others]
        if self._chosen is None or self._chosen.id not in ids:
            self._chosen = others[0] if others else None
        else:
            self._chosen = others[(ids.index(self._chosen.id) + by) % len(others)]
        self.follow()

    def action_add(self) -> None:
        """Ask who else comes, and show their code."""
        from contract_tui.ui.hosting.questions import somebody_else

        self.app.push_screen(somebody_else(self.door), self._show)

    def _show(self, seat: str | None) -> None:
        """Show a place by its id."""
        if seat is not None:
            self._chosen = next((one for one in self.places if one.id == seat), self._chosen)
            self.follow()

    def action_renew(self) -> None:
        """Give out another code for the same seat."""
        if self._chosen and self._chosen.guest:
            try:
                self.door.renew(self._chosen.id)
            except SessionError as error:
                self.notify(shared.sentence(told(error)), severity="warning")
            self.follow()

    def action_dismiss_guest(self) -> None:
        """Take a seat away; where somebody has taken it, only after asking."""
        from contract_tui.ui.hosting.questions import take_away

        place = self._chosen
        if place is None or place.guest is None:
            return
        if not place.guest.is_in:
            self._dismiss(place)
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self._dismiss(place)

        self.app.push_screen(take_away(place), answered)

    @work
    async def _dismiss(self, place: Place) -> None:
        """End a seat, once its program has saved."""
        await self.door.dismiss(place.id)
        self.follow()

    def action_copy(self) -> None:
        """Copy the address, to be pasted into a chat."""
        if self._chosen and self._chosen.guest and self._chosen.guest.code:
            self.app.copy_to_clipboard(self._chosen.guest.address)
            self.notify(words.COPIED, timeout=3)

    def action_with_program(self) -> None:
        """Show how those come in who have the program."""
        from contract_tui.ui.screens.room import RoomScreen

        self.app.switch_screen(RoomScreen(self.room))

    def action_write(self) -> None:
        """Go on to the contract."""
        self.dismiss()

    def action_leave(self) -> None:
        """End it for everybody."""
        self.app.post_message(ContractClosed())
