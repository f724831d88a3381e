"""Asking whether a contract may travel to a relay unencrypted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App

from contract_tui.language import told
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui.screens.questions import trust


def ask_for_trust(app: App[Any], session: Session, say: Callable[[str], None]) -> None:
    """Ask about every relay to which the way is not encrypted, one after the other."""
    _ask_about(session.unconfirmed, app, session, say)


def _ask_about(
    urls: Sequence[str], app: App[Any], session: Session, say: Callable[[str], None]
) -> None:
    if not urls:
        return
    url, *others = urls

    def answered(sure: bool | None) -> None:
        if sure:
            try:
                session.confirm(url)
            except SessionError as error:
                say(told(error))
        _ask_about(others, app, session, say)

    app.push_screen(trust(url), answered)
