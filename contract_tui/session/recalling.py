"""Reads how an open contract came to be, while the screen stays alive."""

from __future__ import annotations

import asyncio

from contract_tui.history.history import History
from contract_tui.session.opening import Progress
from contract_tui.session.session import Session


async def recall(session: Session, progress: Progress | None = None) -> History:
    """Return the history of a contract; `progress` hears how much of it has been read."""
    if progress:
        progress(0, 1)
    await asyncio.sleep(0)
    return session._replica.history()  # noqa: SLF001 - the session's own room
