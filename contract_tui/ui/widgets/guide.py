"""Beside the text, where there is room: ways to begin, and the keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.language import _
from contract_tui.ui.prompts import beginnings
from sync_server.access.proof import Role

# At most 35 columns.
KEYS = _("""\
Ctrl+G     go to any place
Tab        next thing
Ctrl+N     new goal
Ctrl+R     a note beside it
Ctrl+L     next note
Ctrl+Z     take back my last words
Ctrl+Y     bring them back
F4         who wrote what
F1         help""")


class Guide(Vertical):
    """Help for the section that is open; nothing of it ever writes itself into the contract."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        # Held here, since the first part is opened before they are on the screen.
        self._label = Static(_("A way to begin"), classes="label", id="guide-label")
        self._starters = Static("", id="starters", markup=False)

    def compose(self) -> ComposeResult:
        """Put the ways to begin above the keys."""
        yield self._label
        yield self._starters
        yield Static(_("Keys"), classes="label")
        yield Static(KEYS, markup=False)

    def show(
        self, part: PartId, role: Role | None, student_name: str, other: str | None = None
    ) -> None:
        """Show what fits a part and a person; `other` is whose thing it is, if not their own."""
        lines = beginnings(part, role, student_name, other)
        is_own = role is Role.STUDENT and not other
        label = _("A way to begin") if is_own else _("A question to ask")
        self._label.update(label)
        self._starters.update("\n".join(lines))
