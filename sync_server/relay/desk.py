"""Where orders and codes are given and taken: with the time of day, chance, and the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable

from sync_server.access.code import RANDOM_SIZE
from sync_server.access.errors import Used
from sync_server.access.order import OrderKind, read_order
from sync_server.hub.records import CODE, ERASED
from sync_server.protocol.ids import DocumentId
from sync_server.relay.codes import Codes
from sync_server.relay.pages import CANNOT_STORE, Refused
from sync_server.relay.runner import Runner
from sync_server.storage import ChangeStore, StorageError, StoredRecord

_ERASED = Refused(410, "erased", "the contract of this code was erased here")


class FrontDesk:
    """Reads orders and makes codes for those who are in a contract."""

    def __init__(self, codes: Codes, audiences: Callable[[], Collection[str]]) -> None:
        """`audiences` are the names by which the relay goes at that moment."""
        self._codes = codes
        self._audiences = audiences
        self._obeyed: dict[str, int] = {}
        """When orders expire that were obeyed, by their jti."""

    def order(self, contract: DocumentId, token: str) -> OrderKind:
        """What a contract's key orders this relay to do, once; raises AccessError."""
        now = int(time.time())
        order = read_order(token, contract, now, self._audiences())
        self._obeyed = {jti: until for jti, until in self._obeyed.items() if until > now}
        if order.jti in self._obeyed:
            raise Used("this order was obeyed before")
        self._obeyed[order.jti] = order.expires
        return order.kind

    def code(
        self, contract: DocumentId, invitation: str, lifetime: int
    ) -> tuple[str, int, StoredRecord]:
        """A code for an invitation, when it expires, and what to keep of it.

        The lifetime is in seconds, 0 for the usual one; the end in seconds since 1970. Raises
        AccessError.
        """
        chance = os.urandom(RANDOM_SIZE)
        opened = self._codes.open(contract, invitation, chance, time.time(), lifetime)
        return opened.code, opened.expires, opened.record


class Window:
    """Hands out invitations for codes to people who are in no contract yet."""

    def __init__(self, codes: Codes, runner: Runner, store: ChangeStore) -> None:
        self._codes = codes
        self._runner = runner
        self._store = store

    async def redeem(self, text: str, network: str) -> str | Refused:
        """The link for which a code stands; it is on the disk then that the code was used."""
        found = self._codes.redeem(text, network, time.time())
        if isinstance(found, Refused):
            return found
        try:
            if await self._is_erased(found.record.document):
                return _ERASED
            await self._runner.keep((found.record,))
        except StorageError:
            self._codes.reopen(found)
            return CANNOT_STORE
        return found.link

    async def tidy(self) -> None:
        """Let go of codes that are over, here and on the disk; raises StorageError."""
        emptied, dropped = self._codes.tidy(time.time())
        for document, names in _by_document(dropped).items():
            await self._is_erased(document)
            self._store.drop_records(document, CODE, names)
        for record in emptied:
            if not await self._is_erased(record.document):
                await self._runner.keep((record,))

    async def _is_erased(self, document: DocumentId) -> bool:
        """Whether only a tombstone is left; nobody else touches the store until one waits."""
        if all(record.kind != ERASED for record in await self._runner.records(document, (ERASED,))):
            return False
        self._codes.forget(document)
        return True


def _by_document(records: Iterable[StoredRecord]) -> dict[DocumentId, list[bytes]]:
    names: dict[DocumentId, list[bytes]] = {}
    for record in records:
        names.setdefault(record.document, []).append(record.name)
    return names
