"""Whether there is a terminal to draw on."""

from __future__ import annotations

import sys

from contract_tui.session.errors import SessionError


class NoTerminal(SessionError):
    """There is nothing to draw on."""


def require_terminal() -> None:
    """Refuse to draw into a file or a pipe; raises NoTerminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("this needs a terminal: run it without redirecting input or output")
