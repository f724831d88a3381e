"""The newcomer's first minute: a contract with a past, three seats, and a relay inside."""

from __future__ import annotations

import asyncio
import shlex
import signal
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from contract_tui.commands import panes
from contract_tui.commands.screens import require_terminal
from contract_tui.session.library import Library
from contract_tui.session.rehearsal import Stage, set_stage
from contract_tui.session.settings import HOME_VARIABLE
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

if TYPE_CHECKING:
    from contract_tui.ui.app import ContractApp

OTHERS = (Role.TEACHER, Role.PARENT)


def rehearse(options: Namespace) -> int:
    """Play with a sample contract; nothing of it touches the person's own library."""
    require_terminal()
    wants_panes = not options.no_tmux and panes.is_installed()
    if wants_panes and not panes.is_inside():
        panes.start_inside(panes.program("rehearse"))
    with TemporaryDirectory(prefix="contract-tui-rehearsal-") as directory:
        return asyncio.run(_play(Path(directory), wants_panes, options.no_tmux))


async def _play(directory: Path, wants_panes: bool, alone: bool) -> int:
    # Nothing here outlives the rehearsal, so the relay keeps it in memory.
    async with Relay.serve(Settings(port=0, open=True)) as relay:
        stage = set_stage(directory, relay.url)
        with ExitStack() as stack:
            notice = None if alone else _commands(stage)
            if wants_panes:
                beside = stack.enter_context(panes.Panes())
                identity = format_document_id(stage.contract)
                started = [beside.add(stage.homes[role], "open", identity) for role in OTHERS]
                notice = None if all(started) else notice
            library = stack.enter_context(Library(stage.homes[Role.STUDENT]))
            return await _show(library, stage, notice)


async def _show(library: Library, stage: Stage, notice: str | None) -> int:
    from contract_tui.ui.app import ContractApp

    app = ContractApp(library, stage.contract, notice)
    _exit_on_signals(app)
    await app.run_async()
    return app.return_code or 0


def _exit_on_signals(app: ContractApp) -> None:
    """A closed terminal must not leave the sample behind."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(name, app.exit)


def _commands(stage: Stage) -> str:
    """What to paste into two other terminals."""
    identity = format_document_id(stage.contract)
    lines = ["For the teacher and the parent, paste these into two other terminals:"]
    for role in OTHERS:
        home = shlex.quote(f"{HOME_VARIABLE}={stage.homes[role]}")
        lines.append(f"env {home} {shlex.join(panes.program('open', identity))}")
    return "\n".join(lines)
