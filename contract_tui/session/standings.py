"""Where a contract was erased, or this person taken out: kept, so that a list can say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contract_tui.session.keepsakes import NOTICE
from contract_tui.session.library import Entry, Library
from contract_tui.session.notices import sentence
from contract_tui.session.refusals import RefusalKind
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import Notice

if TYPE_CHECKING:
    from contract_tui.session.link import Link

ERASED, REVOKED = "erased", "revoked"
_LASTING = {RefusalKind.ERASED: ERASED, RefusalKind.REVOKED: REVOKED}


def remember(library: Library, entry: Entry, links: Sequence[Link]) -> None:
    """Note which relays refuse for good, and which do no longer; raises LibraryError."""
    keepsakes = library.keepsakes(entry.id)
    kept = keepsakes.all(NOTICE)
    new: dict[bytes, bytes] = {}
    gone: list[bytes] = []
    for link in links:
        kind = _LASTING.get(link.state.refusal) if link.state.refusal else None
        if kind is not None:
            nobody = PeerId("")
            words = sentence(link.url, Notice(nobody, nobody, entry.id, kind, {}))
            new[_name(kind, link.url)] = words.encode()
        elif link.is_heard:
            gone += [name for some in (ERASED, REVOKED) if (name := _name(some, link.url)) in kept]
    if new or gone:
        keepsakes.change(NOTICE, new, gone)


def standing(library: Library, entry: Entry) -> str | None:
    """Whether every relay refuses for good: `ERASED`, `REVOKED` or, where one does not, None."""
    kept = library.keepsakes(entry.id).all(NOTICE) if entry.relays else {}
    found = set()
    for url in entry.relays:
        kinds = [kind for kind in (ERASED, REVOKED) if _name(kind, url) in kept]
        if not kinds:
            return None
        found.update(kinds)
    return next((kind for kind in (ERASED, REVOKED) if kind in found), None)


def _name(kind: str, url: str) -> bytes:
    return f"{kind} {url}".encode()
