"""The library: every contract on this computer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from contract_tui.language import _, told
from contract_tui.library.errors import SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.ui import beforehand, words
from contract_tui.ui.messages import ContractChosen
from contract_tui.ui.shelf import words as said
from contract_tui.ui.shelf.contracts import Contracts
from contract_tui.ui.shelf.facts import Facts, arranged, fitting, gather, refreshed
from contract_tui.ui.shelf.messages import EraseAsked, Sought, Stepped, Taken
from contract_tui.ui.widgets.key_bar import KeyBar
from sync_server.protocol.ids import DocumentId

if TYPE_CHECKING:
    from contract_tui.ui.widgets.line_input import LineInput

REFRESH_SECONDS = 20
PAUSE = 0.5
"""Seconds after the list is there before anything is read behind it."""


def commands() -> type[Provider]:
    """Return the commands of this screen, which are imported when the palette is."""
    from contract_tui.ui.commands import LibraryCommands

    return LibraryCommands


class LibraryScreen(Screen[None]):
    """All contracts, the latest changed first."""

    COMMANDS = {commands}  # noqa: RUF012 - as Textual declares it
    CSS_PATH = "../styles/library.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (150, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        # Letters look for a contract, so everything else has a key beside them.
        # At most 14 columns.
        Binding("ctrl+n", "new", _("New"), priority=True),
        # At most 14 columns.
        Binding("f6", "join", _("Join")),
        # At most 14 columns.
        Binding("f1", "app.help", _("Help")),
        # At most 14 columns.
        Binding("f4", "sort", _("Sort")),
        # At most 14 columns.
        Binding("f7", "invite", _("Invite")),
        # At most 14 columns.
        Binding("ctrl+o", "import", _("Import"), priority=True),
        # At most 14 columns.
        Binding("ctrl+s", "export", _("Export"), priority=True),
        # At most 14 columns.
        Binding("delete", "erase", _("Erase")),
        Binding("slash,ctrl+f", "find", show=False),
        Binding("f8", "app.next_theme", _("Colours"), show=False),
    ]

    def __init__(self, library: Library, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.library = library
        self._clock = clock
        self._list = Contracts(clock)
        self._find = Static(said.FIND_PROMPT, id="find-here", markup=False)
        """Stands where one looks for contracts until the line for it is loaded."""
        self._line: LineInput | None = None
        self._wanted = ""
        """What is looked for."""
        self._order = 0
        self._order_said = Static("", id="order", markup=False)
        self._nothing_said = Static("", id="nothing", markup=False)
        self._all: Sequence[Facts] = ()
        self._tried: set[tuple[DocumentId, tuple[bytes, ...]]] = set()
        """Of which contracts and versions a summary was made in vain."""
        self._has_come_up = False

    @property
    def entries(self) -> list[Entry]:
        """Every contract, the latest changed first."""
        return [one.entry for one in self._all]

    def compose(self) -> ComposeResult:
        """Put the list, or what stands in place of it, below the heading."""
        with Vertical(id="all"):
            with Horizontal(id="top"):
                yield Static(said.HEADING, id="heading")
                yield self._order_said
            yield self._find
            yield Static(said.EMPTY, id="empty", markup=False)
            yield self._nothing_said
            yield self._list.heads
            yield self._list
            yield self._list.foot
        yield KeyBar()
        yield Static(words.TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Show what is there, and keep the times true."""
        self.refresh_entries()
        self.set_focus(self._list)
        self.set_interval(REFRESH_SECONDS, self._pass_time)

    def _pass_time(self) -> None:
        if self.is_current:
            self.refresh_entries()

    @on(events.ScreenResume)
    def _come_up(self) -> None:
        """Read the list again; what comes up for the first time has just been read."""
        if self._has_come_up:
            self.refresh_entries()
        self._has_come_up = True

    def refresh_entries(self) -> None:
        """Read the list again, and what of it nobody has summed up."""
        if not self._list.is_mounted:
            return
        try:
            self._all = gather(self.library)
        except SessionError as error:
            self.notify(words.sentence(told(error)), severity="error", timeout=15, markup=False)
            return
        self._show()
        if self._unknown() is not None:
            self._sum_up()

    def _show(self) -> None:
        """Show what fits what is looked for, in the order that was chosen."""
        wanted = self._wanted
        found = arranged(fitting(self._all, wanted), self._order)
        self._list.show(found)
        many = len(self._all) > 1
        order = said.ORDER.format(order=said.ORDERS[self._order]) if many else ""
        self._order_said.update(order)
        self._nothing_said.update(said.NOTHING_FITS.format(wanted=wanted.strip()))
        self.set_class(not self._all, "-empty")
        self.set_class(bool(self._all) and not found, "-nothing")
        self.set_class(many, "-many")
        if many and self._line is None:
            self.call_after_refresh(self.action_find)
        self.refresh_bindings()

    def _unknown(self) -> Entry | None:
        """A contract that has to be opened before the list can say more of it."""
        for one in self._all:
            if one.entry.heads and not one.is_fresh and _version(one.entry) not in self._tried:
                return one.entry
        return None

    @work(exclusive=True, group="summing-up")
    async def _sum_up(self) -> None:
        """Sum up what nobody has, one contract after the other, while the list is in front."""
        await asyncio.sleep(PAUSE)
        await asyncio.to_thread(beforehand.load)  # the screen stays alive meanwhile
        from contract_tui.session.copies.summing import rebuild

        while self.is_current and (entry := self._unknown()):
            self._tried.add(_version(entry))
            try:
                await rebuild(self.library, entry.id)
                self._all = refreshed(self._all, self.library)
            except Exception:  # noqa: BLE001, S112 - one contract must not take the list away
                continue
            self._show()

    @on(events.ScreenSuspend)
    def _leave_off(self) -> None:
        """Leave the computer to what is in front now."""
        self.workers.cancel_group(self, "summing-up")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        match action:
            case "invite":
                return any(one.entry.holder for one in self._all)
            case "export" | "erase":
                return self.chosen is not None
            case "find" | "sort":
                return len(self._all) > 1
        return True

    @property
    def chosen(self) -> Entry | None:
        """The contract the mark is at."""
        return self._list.chosen

    @on(Contracts.OptionSelected)
    @on(Taken)
    def _open(self) -> None:
        """Open the contract the mark is at."""
        if self.chosen:
            self.app.post_message(ContractChosen(self.chosen.id))

    async def action_find(self) -> None:
        """Look for a contract by typing: from now on all letters are looked for."""
        if self._line is None:
            from contract_tui.ui.shelf.finding import FindLine

            self._line = FindLine()
            await self.query_one("#all").mount(self._line, after=self._find)
            self._find.display = False
            self._list.can_focus = False
        if self.focused is not self._line:
            self.set_focus(self._line)

    async def on_key(self, event: events.Key) -> None:
        """Look for what is typed before the line for it is there, or while nothing has the keys."""
        if event.is_printable and event.character and self.check_action("find", ()):
            event.stop()
            await self.action_find()
            if self._line is not None:
                self._line.insert_text_at_cursor(event.character)

    @on(Sought)
    def _sought(self, event: Sought) -> None:
        """Show only what fits."""
        self._wanted = event.wanted
        self._show()

    @on(Stepped)
    def _stepped(self, event: Stepped) -> None:
        """Move the mark while the keys go to what is looked for."""
        event.move(self._list)

    @on(EraseAsked)
    def _asked_to_erase(self) -> None:
        self.action_erase()

    def action_sort(self) -> None:
        """Show the contracts in the next order."""
        self._order = (self._order + 1) % len(said.ORDERS)
        self._show()

    def _open_new(self, contract: DocumentId | None) -> None:
        """Open what a dialog has brought, if it has brought anything."""
        if contract is not None:
            self.app.post_message(ContractChosen(contract))

    def action_new(self) -> None:
        """Begin a contract."""
        from contract_tui.ui.screens import questions

        self.app.push_screen(questions.new_contract(self.library), self._open_new)

    def action_join(self) -> None:
        """Take the seat of an invitation."""
        from contract_tui.ui.screens import questions

        self.app.push_screen(questions.join(self.library), self._open_joined)

    def _open_joined(self, found: DocumentId | str | None) -> None:
        """Open what somebody has joined; for a short code its relay has to be asked first."""
        if not isinstance(found, str):
            self._open_new(found)
            return
        from contract_tui.ui.screens import questions

        ask = self.app.push_screen_wait
        self.app.push_screen(questions.join_by_code(self.library, found, ask), self._open_new)

    def action_invite(self) -> None:
        """Invite somebody to a contract."""
        entry = self.chosen
        if entry is None or not entry.holder:
            self.notify(words.NOT_YOURS_TO_INVITE, timeout=8)
            return
        from contract_tui.ui.screens.inviting import invite

        invite(self.app, self.library, entry)

    def action_import(self) -> None:
        """Bring a contract in from a file."""
        from contract_tui.ui.screens import questions

        self.app.push_screen(questions.bring_in(self.library), self._tell)

    def action_export(self) -> None:
        """Take a contract away as a file."""
        from contract_tui.ui.screens import questions

        if self.chosen:
            self.app.push_screen(
                questions.take_away(self.library, self.chosen, Path.home()), self._tell
            )

    def action_erase(self) -> None:
        """Remove a contract from this computer."""
        from contract_tui.ui.screens import questions

        if self.chosen:
            self.app.push_screen(questions.erase(self.library, self.chosen), self._tell)

    def _tell(self, sentence: str | None) -> None:
        """Say what has been done."""
        self.refresh_entries()
        if sentence:
            self.notify(sentence, timeout=10, markup=False)


def _version(entry: Entry) -> tuple[DocumentId, tuple[bytes, ...]]:
    return entry.id, entry.heads
