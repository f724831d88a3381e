"""When to leave off looking for a room: it is there only while somebody hosts it.

In another network another computer may have its address tomorrow, and has no business with the
contract. So nobody goes on dialling a room that has closed, unless they ask for it.
"""

from __future__ import annotations

from contract_tui.library.errors import LinkTrouble
from contract_tui.library.settings import is_room
from contract_tui.session.dialling import NobodyThere, WentAway

PATIENCE = 120.0
"""Seconds for which a room may be gone without a goodbye: its host may be starting it again."""


def is_over(url: str, trouble: LinkTrouble, away: float) -> bool:
    """Whether a room has closed; `away` is for how many seconds it has not been there."""
    if not is_room(url):
        return False
    return isinstance(trouble, WentAway) or (isinstance(trouble, NobodyThere) and away >= PATIENCE)


def closed(url: str) -> str:
    """What a person is told of a room that has closed."""
    return (
        f"The room at {url} has closed. What you write is safe here; when it opens again,"
        " “Connect now” brings you back in."
    )
