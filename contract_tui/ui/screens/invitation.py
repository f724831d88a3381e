"""An invitation, to be handed to one person."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import date
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.language.days import in_words as day_in_words
from contract_tui.library.errors import LinkTrouble
from contract_tui.session.link.asking import ShortCode
from contract_tui.ui import qr, words
from contract_tui.ui.screens.page import PageScreen
from sync_server.access.invitation import Invitation

FRAME, FRAME_ROWS = 6, 4
"""Columns and rows around the picture: the page's edge, its padding, and the way back."""
WORDS_COLUMNS, WORDS_ROWS = 48, 20
"""Columns, or else rows, that the words beside the picture take with that."""
HOW = _("They type contract-tui join and this link. Press 1 to copy it:")
FOR_WHOM = _(
    "The invitation for {name}, until {day}. Whoever has it can take the seat: give it to nobody "
    "else."
)
CODE = _(
    "Or for somebody beside you, until {time}, the code {code}\n"
    "with the address {address}. Press 2 to copy the code."
)
AskCode = Callable[[str], Awaitable[ShortCode]]
"""Has a relay keep a link under a short code; raises LinkTrouble."""


class InvitationScreen(PageScreen):
    """A link and, where a relay keeps one, a short code; both can be copied."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 14 columns.
        Binding("escape,enter", "close", _("Back")),
        Binding("1", "copy_link", _("Copy the link"), show=False),
        Binding("2", "copy_code", _("Copy the code"), show=False),
    ]

    def __init__(self, invitation: Invitation, ask_code: AskCode | None = None) -> None:
        super().__init__()
        self._invitation = invitation
        self._ask_code = ask_code
        self._code = ""
        self._picture = qr.draw(invitation.link())

    def compose_page(self) -> ComposeResult:
        """Put the link above the code, and beside them the link for a camera."""
        certified = self._invitation.certified
        until = day_in_words(date(*time.localtime(certified.expires)[:3]), with_year=True)
        with Container(id="handed"):
            yield Static("\n".join(self._picture), id="qr", markup=False)
            with Vertical(id="words"):
                yield Static(
                    FOR_WHOM.format(name=certified.name, day=until),
                    markup=False,
                )
                yield Static(HOW, classes="label", id="how", markup=False)
                yield Static(self._invitation.link(), classes="line", id="link", markup=False)
                yield Static(
                    _("A camera can read the same link from the picture."),
                    id="camera",
                    classes="label",
                )
                yield Static("", id="code", classes="label", markup=False)

    def on_mount(self) -> None:
        """Have a code made, if a relay is there that can keep it."""
        if not self._invitation.relays:
            self._say(words.NO_RELAY_YET)
        elif self._ask_code:
            self._say(words.CODE_COMING)
            self._fetch(self._ask_code)

    def on_resize(self, event: events.Resize) -> None:
        """Show the picture where all of it can be seen: a part is of no use to a camera."""
        columns, rows = len(self._picture[0]), len(self._picture)
        low = event.size.height < rows + FRAME_ROWS
        beside = not low and event.size.width >= columns + WORDS_COLUMNS
        below = event.size.height >= rows + WORDS_ROWS and event.size.width >= columns + FRAME
        self.set_class(beside, "-beside")
        self.set_class(below and not beside, "-below")

    @work
    async def _fetch(self, ask: AskCode) -> None:
        """Show the code when it comes; the link is good without."""
        try:
            answer = await ask(self._invitation.link())
        except LinkTrouble:
            self._say("")
            return
        self._code = answer.code
        until = time.strftime("%H:%M", time.localtime(answer.expires))
        self._say(CODE.format(time=until, code=answer.code, address=answer.relay))

    def _say(self, sentence: str) -> None:
        self.query_one("#code", Static).update(sentence)

    def action_copy_link(self) -> None:
        """Copy the link, also to where the terminal runs."""
        self._copy(self._invitation.link())

    def action_copy_code(self) -> None:
        """Copy the code."""
        if self._code:
            self._copy(self._code)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(words.COPIED, timeout=3)
