"""Enters this computer into its person's contract, and says there who holds the contract's key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from contract_tui.contract.contract import Contract
from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import HOLDER
from contract_tui.library.library import Library, OwnSeat
from sync_server.access.errors import ProofError
from sync_server.access.holder import Holder, declare_holder, read_holder
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import DocumentId


class Seating:
    """Writes each of the two once, so that two programs that disagree never answer each other.

    Observers write nothing: what proves them travels beside the contract.
    """

    def __init__(
        self,
        library: Library,
        contract: DocumentId,
        own: OwnSeat | None,
        clock: Callable[[], float],
    ) -> None:
        self._library = library
        self._contract = contract
        self._own = own
        self._clock = clock
        self._has_entered = False
        self._has_stated = False
        self._statement: tuple[str, Holder] | None = None
        if own is not None and own.seat.role.writes:
            with suppress(LibraryError):
                self._statement = self._read_statement(own)

    def write(self, contract: Contract) -> bytes | None:
        """The next change that is due, made; None for nothing."""
        own = self._own
        if own is None or not own.seat.role.writes:
            return None
        prefix = SeatId(own.device.prefix.hex())
        token = self._statement[0] if self._statement else None
        if prefix not in contract.roster.listed:
            if self._has_entered:
                return None
            self._has_entered = self._has_stated = True
            return contract.add_device(own.device, own.shown, token)
        if token is None or self._has_stated or not self._is_news(contract):
            return None
        self._has_stated = True
        return contract.state_holder(prefix, token)

    def _is_news(self, contract: Contract) -> bool:
        held = contract.roster.held
        return self._statement is not None and (held is None or held.at < self._statement[1].at)

    def _read_statement(self, own: OwnSeat) -> tuple[str, Holder] | None:
        """The kept statement that this person has the key; made now where none was ever made."""
        key = self._library.contract_key(self._contract)
        if key is None:
            return None
        keepsakes = self._library.keepsakes(self._contract)
        kept = keepsakes.get(HOLDER)
        if kept is None:
            kept = declare_holder(key, own.seat.id, int(self._clock())).encode()
            keepsakes.put(HOLDER, {b"": kept})
        with suppress(ProofError, UnicodeDecodeError):
            holder = read_holder(kept.decode(), self._contract)
            return (kept.decode(), holder) if holder.seat == own.seat.id else None
        return None
