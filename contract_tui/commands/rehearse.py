"""The newcomer's first minute: in tmux where there is one, else in this terminal alone.

What it takes to play is imported when the terminal is the one to play in: going into tmux comes
first, and starts the program anew.
"""

from __future__ import annotations

from argparse import Namespace

from contract_tui.commands import panes
from contract_tui.commands.terminal import require_terminal


def rehearse(options: Namespace) -> int:
    """Play with a sample contract; nothing of it touches the person's own library."""
    require_terminal()
    beside = not options.no_tmux and panes.is_installed()
    if beside and not panes.is_inside():
        panes.start_inside(panes.program("rehearse"))
    import asyncio

    from contract_tui.commands.playground import playground
    from contract_tui.commands.rehearsing import play

    with playground() as directory:
        return asyncio.run(play(directory, beside=beside, alone=options.no_tmux))
