"""Shown while a contract is read from the disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from contract_tui.language import _, told
from contract_tui.library.library import Library
from contract_tui.ui import beforehand, words
from contract_tui.ui.messages import ContractClosed, ContractOpened
from contract_tui.ui.widgets.reading_bar import ReadingBar
from sync_server.protocol.ids import DocumentId

if TYPE_CHECKING:
    from contract_tui.library.world import World

FIRST_FRAME = 0.02
"""Seconds; waiting for the frame itself would wait for ever behind another screen."""


class OpeningScreen(Screen[None]):
    """A contract on its way to the screen; it stays alive meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f9", "leave", _("Not now"))]
    DEFAULT_CSS = """
    OpeningScreen {
        align: center middle;
        Vertical { width: auto; height: auto; min-height: 3; }
        Static { width: 40; text-align: center; margin: 0 0 1 0; }
        ProgressBar { width: 40; }
        Bar { width: 1fr; }
    }
    """

    def __init__(self, library: Library, contract: DocumentId, world: World | None) -> None:
        super().__init__()
        self._library = library
        self._contract = contract
        self._world = world
        # At most 40 columns.
        self._reading = ReadingBar(_("Opening the contract…"))

    def compose(self) -> ComposeResult:
        """Say what is happening."""
        yield self._reading

    def on_mount(self) -> None:
        """Begin to read once this screen has had time to be painted."""
        self.set_timer(FIRST_FRAME, self._open)

    @work
    async def _open(self) -> None:
        """Read the contract and hand it over; go back with a sentence if that cannot be done."""
        await asyncio.to_thread(beforehand.load)  # the screen stays alive meanwhile
        from contract_tui.contract.errors import ContractError
        from contract_tui.library.errors import SessionError
        from contract_tui.session.session import Session

        try:
            session = await Session.open(
                self._library, self._contract, world=self._world, progress=self._show
            )
        except (SessionError, ContractError) as error:
            self.notify(words.sentence(told(error)), severity="error", timeout=15, markup=False)
            self.app.post_message(ContractClosed())
            return
        self.app.post_message(ContractOpened(session))

    def _show(self, done: int, total: int) -> None:
        """Show how much has been read, where that takes more than one step."""
        if self._reading.has_bar or done != total:
            self._reading.show(done, total)

    def action_leave(self) -> None:
        """Go back without waiting."""
        self.workers.cancel_node(self)
        self.app.post_message(ContractClosed())
