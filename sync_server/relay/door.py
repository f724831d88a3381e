"""The relay's door: takes what a handshake shows to the judge, and sees to it that it is kept."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from weakref import WeakValueDictionary

from websockets.http11 import Request

from sync_server.access.credential import Credential
from sync_server.hub.guest import Guest
from sync_server.hub.records import SPENT
from sync_server.protocol.ids import DocumentId
from sync_server.relay.admission import (
    UNREGISTERED,
    Admission,
    Admitted,
    Contested,
    File,
    Shown,
    Verdict,
    shown,
)
from sync_server.relay.guesses import Guesses
from sync_server.relay.pages import CANNOT_STORE, Refused
from sync_server.relay.patience import Patience
from sync_server.relay.runner import Runner
from sync_server.storage import ChangeStore, StorageError, StoredRecord

REGISTRATION_HEADER = "X-Registration-Key"

_MISSPELT = Refused(400, "malformed", "the address of this request cannot be read")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Key:
    """A registration key as it was shown, empty for none, and from where."""

    text: str
    network: str


class Door:
    """Lets people in, those of one contract one after the other."""

    def __init__(
        self,
        admission: Admission,
        patience: Patience,
        runner: Runner,
        store: ChangeStore,
        announce: Callable[[StoredRecord], None],
    ) -> None:
        """`announce` is given what everybody in a contract should know, after it is kept."""
        self._admission = admission
        self._patience = patience
        self._runner = runner
        self._store = store
        self._announce = announce
        self._wrong_keys = Guesses()
        self._turn = asyncio.Lock()
        self._queues: WeakValueDictionary[DocumentId, asyncio.Lock] = WeakValueDictionary()

    async def admit(
        self,
        request: Request,
        network: str,
        audiences: Collection[str],
        enter: Callable[[Guest], Refused | None],
    ) -> Refused | None:
        """Call `enter` with the guest, who may still find the house full, or return why not.

        `network` is where the request comes from.

        Nothing else happens between the last look at the records and that call: whoever is
        revoked or erased from then on is so inside.
        """
        now = time.time()
        what = _shown(request)
        if isinstance(what, Refused):
            return what
        async with self._turn:  # signatures take a while, and keystrokes come first
            credential = self._admission.read(what, audiences, now)
            await asyncio.sleep(0)
        if isinstance(credential, Refused):
            return credential
        clock = asyncio.get_running_loop().time()
        if unruly := self._patience.refusal(credential.device, clock):
            return unruly
        try:
            async with self._queues.setdefault(credential.contract, asyncio.Lock()):
                key = _Key("".join(request.headers.get_all(REGISTRATION_HEADER)), network)
                verdict = await self._decide(credential, what, key, now)
                return enter(verdict.guest) if isinstance(verdict, Admitted) else verdict
        except StorageError as error:
            _logger.error("nobody is let in: %s", error)
            return CANNOT_STORE

    async def _decide(
        self, credential: Credential, what: Shown, key: _Key, now: float
    ) -> Admitted | Refused:
        verdict = await self._judge(credential, now, what.single_use, key)
        while isinstance(verdict, Admitted) and verdict.keep:
            await self._runner.keep(verdict.keep)
            verdict = await self._judge(credential, now, False, key)
        if isinstance(verdict, Contested):
            if verdict.news:
                await self._runner.keep((verdict.news,))
                self._announce(verdict.news)
            return verdict.refused
        return verdict

    async def _judge(
        self, credential: Credential, now: float, single_use: bool, key: _Key
    ) -> Verdict:
        contract = credential.contract
        records = await self._runner.records(contract, File.KINDS)
        # Until something is waited for, nobody else touches the store.
        has_changes = bool(records or self._store.load(contract, 0, 1))
        file = File(contract, records, has_changes)
        if overdue := file.overdue(now):
            self._store.drop_records(contract, SPENT, overdue)
        if key.text and not file.is_known and (wait := self._wrong_keys.wait(key.network, now)):
            return Refused(429, "guessing", "too many wrong registration keys were tried", wait)
        verdict = self._admission.judge(credential, file, now, single_use, key.text or None)
        if key.text and isinstance(verdict, Refused) and verdict.reason == UNREGISTERED:
            self._wrong_keys.wrong(key.network, now)
        return verdict

    def tidy(self) -> None:
        """Forget those who have not guessed for a while."""
        self._wrong_keys.tidy(time.time())


def _shown(request: Request) -> Shown | Refused:
    try:
        parameters = parse_qs(urlsplit(request.path).query, max_num_fields=20)
    except ValueError:
        return _MISSPELT
    return shown(request.headers.get_all("Authorization"), parameters.get("access", ()))
