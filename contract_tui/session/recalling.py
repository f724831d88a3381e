"""Reads how an open contract came to be, while the screen stays alive."""

from __future__ import annotations

from contract_tui.history.history import History
from contract_tui.session.opening import Progress
from contract_tui.session.remembering import catch_up, read_history
from contract_tui.session.session import Session


async def recall(
    session: Session, progress: Progress | None = None, known: History | None = None
) -> History:
    """Return the history of a contract; `progress` hears how much of it has been read.

    A history that is `known` already goes on where it can, which is quick.
    """
    replica = session._replica  # noqa: SLF001 - the session's own room
    if known and catch_up(known, replica):
        return known
    return await read_history(replica, progress)
