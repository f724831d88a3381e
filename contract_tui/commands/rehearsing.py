"""A rehearsal: a contract with a past, three seats, and a relay inside."""

from __future__ import annotations

import asyncio
import shlex
import sys
from contextlib import ExitStack
from pathlib import Path

from contract_tui.commands import panes
from contract_tui.commands.console import say
from contract_tui.commands.terminal import exit_on_signals, painting
from contract_tui.language import _
from contract_tui.language.choosing import chosen, keep
from contract_tui.library.library import Library
from contract_tui.library.rehearsal import Stage, set_stage
from contract_tui.library.settings import HOME_VARIABLE, library_home
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

OTHERS = (Role.TEACHER, Role.PARENT)


async def play(directory: Path, *, beside: bool, alone: bool) -> int:
    """Rehearse in an empty directory, with the others in tmux or `alone`."""
    # Nothing here outlives the rehearsal, so the relay keeps it in memory.
    async with Relay.serve(Settings(port=0, open=True)) as relay:
        stage = set_stage(directory, relay.url)
        for home in stage.homes.values():  # the others speak what this person speaks
            keep(home, chosen(library_home()))
        with ExitStack() as stack:
            others = stack.enter_context(panes.Panes()) if beside else None
            seated = others is not None and _seat_others(others, stage)
            if not seated and not alone:
                say(commands(stage))
                say(_("Then press Enter here to begin."))
                await asyncio.to_thread(sys.stdin.readline)
            library = stack.enter_context(Library(stage.homes[Role.STUDENT]))
            with painting():
                return await _show(library, stage, others)


def _seat_others(others: panes.Panes, stage: Stage) -> bool:
    """Make room for a screen each; returns whether they all have it."""
    identity = format_document_id(stage.contract)
    return all(others.add(stage.homes[role], "open", identity) for role in OTHERS)


def _where(others: panes.Panes) -> str | None:
    """Where to find the others, if they cannot be seen."""
    if others.are_beside:
        return None
    return _("The teacher and the parent are in the next windows of tmux: press Ctrl+B, then N.")


async def _show(library: Library, stage: Stage, others: panes.Panes | None) -> int:
    """Show the student's screen, and then start the others'."""
    from contract_tui.ui.app import ContractApp

    if others is None:
        app = ContractApp(library, stage.contract)
    else:
        app = ContractApp(library, stage.contract, _where(others), on_shown=others.begin)
    exit_on_signals(app)
    await app.run_async()
    return app.return_code or 0


def commands(stage: Stage) -> str:
    """What to paste into two other terminals."""
    identity = format_document_id(stage.contract)
    lines = [_("For the teacher and the parent, paste these into two other terminals:")]
    for role in OTHERS:
        home = shlex.quote(f"{HOME_VARIABLE}={stage.homes[role]}")
        lines.append(f"env {home} {shlex.join(panes.program('open', identity))}")
    return "\n".join(lines)
