"""The command that exchanges everything with the relays and ends."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from contract_tui.commands.console import open_library, relays, say
from contract_tui.session.errors import LinkTrouble, SessionError
from contract_tui.session.library import Entry, Library
from contract_tui.session.session import Session

PATIENCE = 3.0
"""Seconds in which a relay that has failed may recover: it may be starting."""
SILENCE = 15.0
"""Seconds without any progress after which a relay counts as silent."""


class NoRelay(SessionError):
    """The contract is shared nowhere."""


def sync(options: Namespace) -> int:
    """Exchange everything with the contract's relays."""
    known = relays(options.relay)
    with open_library() as library:
        entry = library.resolve(options.contract)
        library.add_relays(entry.id, known)
        before, after = asyncio.run(_exchange(library, entry))
    say(f"shared with everyone: {after} changes, {after - before} of them new here")
    return 0


async def _exchange(library: Library, entry: Entry) -> tuple[int, int]:
    session = await Session.open(library, entry.id)
    try:
        before = session.size
        await _until_done(session, entry)
        session.save()
        return before, session.size
    finally:
        await session.close()


async def _until_done(session: Session, entry: Entry) -> None:
    """Return when a relay has everything and we have all of it; raises LinkTrouble."""
    if not session.links:
        command = f"contract-tui sync {entry.text_id} --relay URL"
        raise NoRelay(f"this contract knows no relay: {command}")
    loop = asyncio.get_running_loop()
    woken = asyncio.Event()
    session.listen(woken.set)
    failing_since: float | None = None
    while not any(link.is_done for link in session.links):
        if all(link.is_unavailable for link in session.links):
            raise LinkTrouble(f"nothing of this contract is at {session.links[0].url} yet")
        failing = all(link.state.trouble and not link.is_connected for link in session.links)
        failing_since = (failing_since or loop.time()) if failing else None
        wait = PATIENCE - (loop.time() - failing_since) if failing_since else SILENCE
        woken.clear()
        try:
            async with asyncio.timeout(max(wait, 0)):
                await woken.wait()
        except TimeoutError:
            trouble = session.links[0].state.trouble
            raise LinkTrouble(trouble or f"{session.links[0].url} has gone silent") from None
