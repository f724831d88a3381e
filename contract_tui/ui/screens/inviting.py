"""Inviting somebody: first the question, then what to hand them."""

from __future__ import annotations

from textual.app import App

from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import invite_to
from contract_tui.session.session import Session
from contract_tui.ui import words
from contract_tui.ui.screens.invitation import InvitationScreen
from contract_tui.ui.screens.questions import invite_somebody
from sync_server.access.invitation import Invitation
from sync_server.access.proof import Role


def invite(app: App[None], library: Library, entry: Entry, session: Session | None = None) -> None:
    """Ask whom, and show the invitation; a session that is connected adds a short code."""
    connected = session is not None and any(link.is_connected for link in session.links)

    def attempt(name: str, role: Role) -> Invitation:
        return invite_to(library, entry, role, name)

    def show(invitation: Invitation | None) -> None:
        if invitation is not None:
            ask = session.short_code if session and connected else None
            app.push_screen(InvitationScreen(invitation, ask))

    app.push_screen(invite_somebody(attempt), show)


def why_not(library: Library, session: Session) -> str | None:
    """Return why this person cannot invite anybody, or None if they can."""
    if library.contract_key(session.entry.id) is not None:
        return None
    holder = session.contract.roster.holder
    return words.ONLY_THE_HOLDER.format(name=holder.name if holder else words.SOMEBODY_ELSE)
