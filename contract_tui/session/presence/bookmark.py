"""Where a guest was when their program ended: they go on there when it is back.

A guest's program runs on the host's computer, and dies with it in the middle of a sentence.
"""

from __future__ import annotations

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import BOOKMARK, Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.session.presence.presence import BadPresence, Whereabouts, decode, encode


class Bookmark:
    """Keeps one guest's place on the computer on which their seat is; nobody else is told of it."""

    def __init__(self, keepsakes: Keepsakes, own: OwnSeat | None) -> None:
        self._keepsakes = keepsakes
        self._is_guest = own is not None and own.host != ""
        self._kept = b""

    def keep(self, mine: Whereabouts | None) -> None:
        """Note where the guest is, if that is new; raises LibraryError."""
        if not self._is_guest or mine is None or mine.part is None:
            return
        place = encode(Whereabouts(mine.seat, mine.part, mine.anchor, mine.head))
        if place != self._kept:
            self._keepsakes.put(BOOKMARK, {b"": place})
            self._kept = place

    def place(self, contract: Contract) -> tuple[PartId, int] | None:
        """Return the part in which a guest was, and where the caret was in it.

        None where nothing is kept, or nothing that is a text of the contract now.
        """
        if not self._is_guest:
            return None
        try:
            kept = decode(self._keepsakes.get(BOOKMARK) or b"")
        except (BadPresence, LibraryError):
            return None
        if kept.part is None or kept.part not in contract.texts:
            return None
        return kept.part, contract.text(kept.part).offset_of(kept.head) or 0
