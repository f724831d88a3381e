"""Short codes: invitations under nine letters that people read to each other, for a while.

Pure: times and chance are arguments. A code is kept under its hash, so that neither the disk nor a
backup can tell it; what a used or expired code stood for is let go at once, and that there was one
is remembered a while longer, to say so. Wrong tries are limited, right ones are not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sync_server.access.code import make_code, normal_code
from sync_server.access.errors import AccessError, Foreign, NotACode
from sync_server.access.invitation import parse_invitation
from sync_server.hub.records import CODE
from sync_server.protocol.ids import DocumentId
from sync_server.relay.guesses import Guesses
from sync_server.relay.pages import Refused
from sync_server.storage.port import StoredRecord

USUAL_LIFETIME = 2 * 60 * 60
LONGEST_LIFETIME = 24 * 60 * 60
REMEMBERED = 24 * 60 * 60
"""Seconds for which a code that is used or expired is told from one that never was."""
MOST_OPEN = 100
"""Codes of one contract that can be used at one time."""
MOST_REMEMBERED = 400
"""Codes of one contract in all."""

_UNKNOWN = Refused(404, "code", "there is no such code here: read it again, or ask for a new one")
_USED = Refused(410, "code", "this code was used already: ask for a new one")
_EXPIRED = Refused(410, "code", "this code has expired: ask for a new one")


@dataclass(frozen=True, slots=True)
class Opened:
    """A new code, to be given out once the record is kept."""

    code: str
    expires: int
    """Seconds since 1970."""
    record: StoredRecord


@dataclass(frozen=True, slots=True)
class Redeemed:
    """An invitation, to be given out once the record is kept."""

    link: str
    record: StoredRecord


@dataclass(frozen=True, slots=True)
class _Code:
    contract: DocumentId
    name: bytes
    """The hash of the code."""
    link: str
    """Empty once it is used or has expired."""
    expires: int
    used: bool = False

    def is_open(self, now: float) -> bool:
        return not self.used and now < self.expires

    @property
    def record(self) -> StoredRecord:
        said = {"link": self.link, "expires": self.expires, "used": self.used}
        return StoredRecord(self.contract, CODE, self.name, json.dumps(said).encode())


class Codes:
    """All codes of one relay."""

    def __init__(self, kept: Iterable[StoredRecord] = ()) -> None:
        """Begin with those that were kept; damaged ones are passed over."""
        self._codes: dict[bytes, _Code] = {}
        self._guesses = Guesses()
        for record in kept:
            if code := _restored(record):
                self._codes[code.name] = code

    def open(
        self, contract: DocumentId, invitation: str, random: bytes, now: float, lifetime: int = 0
    ) -> Opened:
        """A code for an invitation to this contract; raises AccessError.

        `random` is 5 fresh bytes; `lifetime` is in seconds, 0 for the usual one. No code outlives
        its invitation.
        """
        invited = parse_invitation(invitation)
        if invited.contract != contract:
            raise Foreign("this invitation is for another contract")
        until = now + min(lifetime if lifetime > 0 else USUAL_LIFETIME, LONGEST_LIFETIME)
        expires = min(int(until), invited.certified.expires)
        if expires <= now:
            raise AccessError("this invitation has expired: make a new one")
        siblings = [code for code in self._codes.values() if code.contract == contract]
        if sum(code.is_open(now) for code in siblings) >= MOST_OPEN:
            raise AccessError("there are too many open codes: wait until one is used or expires")
        if len(siblings) >= MOST_REMEMBERED:
            raise AccessError("there were too many codes today: give out the link itself")
        written = make_code(random)
        code = _Code(contract, _name(written), invitation, expires)
        self._codes[code.name] = code
        return Opened(written, expires, code.record)

    def redeem(self, text: str, network: str, now: float) -> Redeemed | Refused:
        """What a code stands for, once; `network` is where the question comes from."""
        try:
            name = _name(normal_code(text))
        except NotACode as error:
            return Refused(404, "code", str(error))  # such a one cannot be found by guessing
        if wait := self._guesses.wait(network, now):
            return Refused(
                429,
                "guessing",
                "too many wrong codes were tried: wait a minute, or join by the whole link",
                wait,
            )
        code = self._codes.get(name)
        if code is None:
            self._guesses.wrong(network, now)
            return _UNKNOWN
        if not code.is_open(now):
            return _USED if code.used else _EXPIRED
        used = self._codes[name] = replace(code, link="", used=True)
        return Redeemed(code.link, used.record)

    def reopen(self, redeemed: Redeemed) -> None:
        """Take back that a code was used, as that could not be kept."""
        code = self._codes[redeemed.record.name]
        self._codes[code.name] = replace(code, link=redeemed.link, used=False)

    def tidy(self, now: float) -> tuple[list[StoredRecord], list[StoredRecord]]:
        """Let go of what is over; returns the records to be changed, and those to be dropped."""
        emptied, dropped = [], []
        for code in list(self._codes.values()):
            if now >= code.expires + REMEMBERED:
                dropped.append(self._codes.pop(code.name).record)
            elif now >= code.expires and code.link:
                empty = self._codes[code.name] = replace(code, link="")
                emptied.append(empty.record)
        self._guesses.tidy(now)
        return emptied, dropped

    def forget(self, contract: DocumentId) -> None:
        """Forget the codes of a contract that was erased."""
        for code in [code for code in self._codes.values() if code.contract == contract]:
            del self._codes[code.name]


def _name(code: str) -> bytes:
    return hashlib.sha256(b"learning-contract code 1\0" + code.encode()).digest()


def _restored(record: StoredRecord) -> _Code | None:
    try:
        match json.loads(record.data):
            case {"link": str(link), "expires": int(expires), "used": bool(used)}:
                return _Code(record.document, record.name, link, expires, used)
    except ValueError:
        pass
    return None
