"""What the contract's key vouches for, kept on every computer so that any of them can bring it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import VOUCHER, Keepsakes
from sync_server.access.errors import ProofError
from sync_server.access.voucher import MOST_VOUCHERS, Voucher, read_voucher
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId


class Vouchers:
    """The vouchers of one contract, each checked before it is kept."""

    def __init__(
        self, contract: DocumentId, keepsakes: Keepsakes, graph: Callable[[], Graph]
    ) -> None:
        """Know none yet; `load` reads what is kept."""
        self._contract = contract
        self._keepsakes = keepsakes
        self._graph = graph
        self._known: dict[str, Voucher] = {}

    @property
    def tokens(self) -> Iterable[str]:
        """All of them, as they were signed."""
        return self._known.keys()

    def number(self, actor: Actor) -> int:
        """The number of the newest of an actor's changes here that is vouched for; 0 for none."""
        mine = (one for one in self._known.values() if one.actor == actor)
        return max(map(self._number, mine), default=0)

    def load(self) -> tuple[str, ...]:
        """Read what is kept; returns what was not known. Raises LibraryError."""
        kept = self._keepsakes.all(VOUCHER).values()
        return tuple(self._admit(data.decode("utf-8", "replace") for data in kept))

    def keep(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """Keep what the contract's key has signed; returns what is new."""
        new = self._admit(tokens)
        if not new:
            return ()
        gone = self._drop_needless(new.values())
        kept = {_name(voucher): token.encode() for token, voucher in new.items()}
        with suppress(LibraryError):  # it is in memory, and comes again from a relay
            self._keepsakes.change(VOUCHER, kept, gone)
        return tuple(new)

    def _admit(self, tokens: Iterable[str]) -> Mapping[str, Voucher]:
        new: dict[str, Voucher] = {}
        for token in tokens:
            if token in self._known or len(self._known) >= MOST_VOUCHERS:
                continue
            with suppress(ProofError):
                voucher = read_voucher(token, self._contract)
                number = self._number(voucher)
                if number == 0 or number > self.number(voucher.actor):
                    new[token] = self._known[token] = voucher
        return new

    def _drop_needless(self, new: Iterable[Voucher]) -> list[bytes]:
        """Let go of what covers less than a newer one of the same actor; returns their names."""
        newest = {one.actor: self._number(one) for one in new}
        gone = {
            token: one
            for token, one in self._known.items()
            if 0 < self._number(one) < newest.get(one.actor, 0)
        }
        for token in gone:
            del self._known[token]
        return [_name(one) for one in gone.values()]

    def _number(self, voucher: Voucher) -> int:
        graph = self._graph()
        position = graph.positions.get(voucher.hash)
        if position is None:
            return 0
        header = graph.header(position)
        return header.seq if header.actor == voucher.actor else 0


def _name(voucher: Voucher) -> bytes:
    return voucher.actor + voucher.hash
