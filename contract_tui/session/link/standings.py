"""Where a contract was erased, or this person taken out: kept, so that a list can say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from contract_tui.library.library import Entry, Library

if TYPE_CHECKING:
    from contract_tui.session.link.link import Link
    from contract_tui.session.link.refusals import RefusalKind

ERASED, REVOKED = "erased", "revoked"


def remember_links(library: Library, entry: Entry, links: Iterable[Link]) -> None:
    """Keep what the relays that answered have said; raises LibraryError."""
    answered = [link for link in links if link.state.refusal or link.is_heard]
    remember(library, entry, {link.url: link.state.refusal for link in answered})


def remember(library: Library, entry: Entry, said: Mapping[str, RefusalKind | None]) -> None:
    """Keep which relays refuse for good, and forget it of those that do no longer.

    `said` is what each one that answered said, None where it let this person in. Raises
    LibraryError.
    """
    from contract_tui.library.keepsakes import NOTICE
    from contract_tui.session.link.notices import sentence
    from contract_tui.session.link.refusals import RefusalKind
    from sync_server.protocol.ids import PeerId
    from sync_server.protocol.messages import Notice

    lasting = {RefusalKind.ERASED: ERASED, RefusalKind.REVOKED: REVOKED}
    keepsakes = library.keepsakes(entry.id)
    kept = keepsakes.all(NOTICE)
    new: dict[bytes, bytes] = {}
    gone: list[bytes] = []
    for url, refusal in said.items():
        kind = lasting.get(refusal) if refusal else None
        if kind is not None:
            nobody = PeerId("")
            words = sentence(url, Notice(nobody, nobody, entry.id, kind, {}))
            new[_name(kind, url)] = words.encode()
        elif refusal is None:
            gone += [name for some in (ERASED, REVOKED) if (name := _name(some, url)) in kept]
    if new or gone:
        keepsakes.change(NOTICE, new, gone)


def refusing(library: Library, entry: Entry) -> dict[str, str]:
    """The relays of a contract that are known to refuse for good: `ERASED` or `REVOKED`."""
    if not entry.relays:
        return {}
    from contract_tui.library.keepsakes import NOTICE

    kept = library.keepsakes(entry.id).all(NOTICE)
    found = {}
    for kind in (REVOKED, ERASED):
        found.update({url: kind for url in entry.relays if _name(kind, url) in kept})
    return found


def standing(library: Library, entry: Entry) -> str | None:
    """Whether every relay refuses for good: `ERASED`, `REVOKED` or, where one does not, None."""
    found = refusing(library, entry)
    if len(found) < len(entry.relays):
        return None
    return next((kind for kind in (ERASED, REVOKED) if kind in found.values()), None)


def _name(kind: str, url: str) -> bytes:
    return f"{kind} {url}".encode()
