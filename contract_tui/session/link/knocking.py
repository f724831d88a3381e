"""Shows a seat that was just taken to its relays, before anything is written from it.

What somebody writes from a seat that no relay accepts would keep back all that is made on top.
"""

from __future__ import annotations

import asyncio

from contract_tui.library.errors import LinkTrouble
from contract_tui.library.library import Entry, Library
from contract_tui.library.world import World
from contract_tui.session.link.credentials import Badge
from contract_tui.session.link.dialling import dial
from contract_tui.session.link.refusals import Refusal, RefusalKind

PATIENCE = 5.0
"""Seconds for the relays to answer."""
USELESS = frozenset({RefusalKind.SPENT, RefusalKind.REVOKED, RefusalKind.ERASED})
"""Refusals after which a seat is worth nothing, and it is better to be free to join anew."""


async def knock(library: Library, entry: Entry) -> Refusal | None:
    """Why a seat is of no use, where every relay that answers says so; raises LibraryError."""
    own = library.own_seat(entry.id)
    if own is None:
        return None
    badges = {url: Badge(url, own, entry.id, World(), library.is_confirmed) for url in entry.relays}
    answers = await asyncio.gather(*(_answer(url, badge) for url, badge in badges.items()))
    if any(answer is True for answer in answers):
        return None
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    return next((one for one in refusals if one.kind in USELESS), None)


async def _answer(url: str, badge: Badge) -> bool | Refusal:
    """Whether a relay lets this person in, or why not where it says so."""
    try:
        async with asyncio.timeout(PATIENCE), dial(url, badge.headers()):
            return True
    except Refusal as refusal:
        return refusal
    except (LinkTrouble, TimeoutError):
        return False
