"""The terminal: whether there is one, and who may write to it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from contract_tui.language import _
from contract_tui.library.errors import SessionError

if TYPE_CHECKING:
    from contract_tui.ui.app import ContractApp


class NoTerminal(SessionError):
    """There is nothing to draw on."""


def require_terminal() -> None:
    """Refuse to draw into a file or a pipe; raises NoTerminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal(_("this needs a terminal: run it without redirecting input or output"))


def exit_on_signals(app: ContractApp) -> None:
    """Let a closed terminal end the program orderly, so that no room or sample stays behind."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(name, app.exit)


@contextmanager
def painting() -> Iterator[None]:
    """Let only Python write to standard error, on which Textual paints.

    What Automerge prints there when it panics would spoil the screen, and could hold words of the
    contract; everything that it has to say comes as an exception too. Until the first screen is
    there nobody looks for garbage: starting makes many objects, and none of them is any.
    """
    gc.disable()
    streams = sys.stderr, sys.__stderr__
    sys.stderr.flush()
    number = 2
    kept = os.dup(number)
    with (
        Path(os.devnull).open("wb") as nothing,
        os.fdopen(os.dup(number), "w", encoding="utf-8", errors="replace") as screen,
    ):
        sys.stderr = sys.__stderr__ = screen  # type: ignore[misc]  # Textual takes it from there
        os.dup2(nothing.fileno(), number)
        try:
            yield
        finally:
            screen.flush()
            os.dup2(kept, number)
            os.close(kept)
            sys.stderr, sys.__stderr__ = streams  # type: ignore[misc]  # as it was
            gc.enable()
