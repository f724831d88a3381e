"""The library: every contract on this computer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from contract_tui.library.errors import SessionError
from contract_tui.library.library import Entry, Library
from contract_tui.session.renewals import Anew, remembered
from contract_tui.session.standings import ERASED, standing
from contract_tui.ui import words
from contract_tui.ui.messages import ContractChosen
from contract_tui.ui.widgets.key_bar import KeyBar
from sync_server.access.seat import Role
from sync_server.protocol.ids import DocumentId

REFRESH_SECONDS = 20
EMPTY = """\
Nothing is here yet. What would you like to do?

  N   begin a new contract
  J   join one: somebody gave you an invitation link or a short code
  I   bring one in from a file

Just looking? Leave with Ctrl+Q and run
  contract-tui rehearse
to try everything with a made-up student."""


def commands() -> type[Provider]:
    """Return the commands of this screen, which are imported when the palette is."""
    from contract_tui.ui.commands import LibraryCommands

    return LibraryCommands


class Contracts(OptionList):
    """The contracts, one below the other."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to open one where there is one."""
        return self.option_count > 0 if action == "select" else True


class LibraryScreen(Screen[None]):
    """All contracts, the latest changed first."""

    COMMANDS = {commands}  # noqa: RUF012 - as Textual declares it
    CSS_PATH = "../styles/library.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-short")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New"),
        Binding("j", "join", "Join"),
        Binding("v,f7", "invite", "Invite"),
        Binding("f1", "app.help", "Help"),
        Binding("i", "import", "Import"),
        Binding("e", "export", "Export"),
        Binding("delete", "erase", "Erase"),
        Binding("f8", "app.next_theme", "Colours", show=False),
    ]

    def __init__(self, library: Library, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.library = library
        self._clock = clock
        self._list = Contracts(id="entries", markup=False)
        self.entries: Sequence[Entry] = ()

    def compose(self) -> ComposeResult:
        """Put the list, or what stands in place of it, below the heading."""
        with Vertical(id="all"):
            yield Static("Learning contracts on this computer", id="heading")
            yield Static(EMPTY, id="empty", markup=False)
            yield self._list
        yield KeyBar()
        yield Static(words.TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Show what is there, and keep the times true."""
        self.refresh_entries()
        self.set_interval(REFRESH_SECONDS, self._pass_time)

    def _pass_time(self) -> None:
        if self.is_current:
            self.refresh_entries()

    @on(events.ScreenResume)
    def refresh_entries(self) -> None:
        """Read the list again."""
        shown = self._list
        if not shown.is_mounted:
            return
        try:
            self.entries = self.library.entries()
        except SessionError as error:
            self.notify(words.sentence(str(error)), severity="error", timeout=15, markup=False)
            return
        chosen = shown.highlighted
        now = self._clock()
        shown.clear_options()
        for entry in self.entries:
            shown.add_options([Option(describe(entry, now, *self._standing(entry))), None])
        shown.highlighted = min(chosen or 0, len(self.entries) - 1) if self.entries else None
        self.set_class(not self.entries, "-empty")
        self.refresh_bindings()

    def _standing(self, entry: Entry) -> tuple[str | None, Anew | None]:
        """Return whether its relays refuse a contract for good, and whether it was begun anew."""
        try:
            return standing(self.library, entry), remembered(self.library, entry, self.entries)
        except SessionError:
            return None, None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        if action == "invite":
            return any(entry.holder for entry in self.entries)
        return bool(self.entries) if action in ("export", "erase") else True

    @property
    def chosen(self) -> Entry | None:
        """The contract the mark is at."""
        index = self._list.highlighted
        return self.entries[index] if index is not None and index < len(self.entries) else None

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        """Open a contract."""
        self.app.post_message(ContractChosen(self.entries[event.option_index].id))

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


def describe(
    entry: Entry, now: float, stands: str | None = None, renewed: Anew | None = None
) -> Text:
    """Return what the list says about a contract, also where there is no writing on in it."""
    text = Text(entry.name, Style(bold=True))
    about = [words.ago(entry.changed_at, now)]
    about.append(what_one_is(entry))
    text.append(f"\n{' · '.join(about)}", Style(bold=False))
    if stands:
        refused = words.ERASED_THERE if stands == ERASED else words.TAKEN_OUT
        text.append(f"\n{refused}", Style(bold=False, italic=True))
    elif renewed:
        text.append(f"\n{renewed.in_brief}", Style(bold=False, italic=True))
    elif entry.unshared:
        text.append(" · not all is shared yet", Style(bold=False, italic=True))
    return text


def what_one_is(entry: Entry) -> str:
    """Return what this person may do in a contract."""
    if entry.seat is None:
        return "only to read"
    return (
        "you read along" if entry.seat.role is Role.OBSERVER else f"you are the {entry.seat.role}"
    )
