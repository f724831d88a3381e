"""Commands that open a screen: open, and no command at all."""

from __future__ import annotations

import sys
from argparse import Namespace

from contract_tui.commands.console import open_library, relays
from contract_tui.session.errors import SessionError
from sync_server.protocol.ids import DocumentId


class NoTerminal(SessionError):
    """There is nothing to draw on."""


def library(_: Namespace) -> int:
    """Show every contract on this computer."""
    return _run(None)


def open_(options: Namespace) -> int:
    """Show one contract."""
    known = relays(options.relay)
    with open_library() as found:
        entry = found.resolve(options.contract)
        found.add_relays(entry.id, known)
    return _run(entry.id)


def require_terminal() -> None:
    """Refuse to draw into a file or a pipe; raises NoTerminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("this needs a terminal: run it without redirecting input or output")


def _run(contract: DocumentId | None) -> int:
    require_terminal()
    with open_library() as found:
        from contract_tui.ui.app import ContractApp

        app = ContractApp(found, contract)
        app.run()
        return app.return_code or 0
