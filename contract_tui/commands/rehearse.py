"""The newcomer's first minute: in tmux where there is one, else in this terminal alone.

What it takes to play is imported when the terminal is the one to play in: going into tmux comes
first, and starts the program anew.
"""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from contract_tui.commands import panes
from contract_tui.commands.terminal import require_terminal

MEMORY = Path("/dev/shm")  # noqa: S108 - the directory made in it is this person's alone
"""Where Linux keeps files in memory."""


def rehearse(options: Namespace) -> int:
    """Play with a sample contract; nothing of it touches the person's own library."""
    require_terminal()
    beside = not options.no_tmux and panes.is_installed()
    if beside and not panes.is_inside():
        panes.start_inside(panes.program("rehearse"))
    import asyncio
    from tempfile import TemporaryDirectory

    from contract_tui.commands.rehearsing import play

    # Nothing here outlives the rehearsal, so nobody has to wait for the disk.
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="contract-tui-rehearsal-", dir=place) as directory:
        return asyncio.run(play(Path(directory), beside=beside, alone=options.no_tmux))
