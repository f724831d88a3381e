"""Who may come in, judged by what a peer shows and what the relay keeps of the contract.

Pure: whoever asks reads the records before and keeps, before anybody is let in, what the judgement
says. So a claim that lets somebody in is on the disk, and the second one finds it there.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sync_server.access.credential import (
    HEADER_LIFETIME,
    PARAMETER_LIFETIME,
    Credential,
    read_credential,
)
from sync_server.access.devices import Claim, Device, DeviceProof
from sync_server.access.errors import (
    Expired,
    Foreign,
    Forged,
    NotYetValid,
    Overlong,
    ProofError,
    WrongAudience,
)
from sync_server.access.keys import device_prefix
from sync_server.access.revocation import read_revocations
from sync_server.hub.contests import contest
from sync_server.hub.custody import MOST_COMPUTERS
from sync_server.hub.guest import Guest
from sync_server.hub.records import CLAIM, CONTESTED, ERASED, KNOWN, REVOCATIONS, SPENT
from sync_server.protocol.ids import DocumentId
from sync_server.relay.pages import Refused
from sync_server.storage.port import StoredRecord

UNREGISTERED = "unregistered"
"""The reason for which a new contract is not taken."""
MOST_SPENT = 2000
"""Credentials of one contract that are remembered; each is for five minutes at most, …"""
MOST_SPENT_BY_SEAT = 300
"""… and those of one seat, on all its computers together, so that it leaves some to the others."""
_BEARER = "bearer "
_REASONS: dict[type[ProofError], str] = {
    Forged: "forged",
    Foreign: "foreign",
    Expired: "expired",
    NotYetValid: "early",
    Overlong: "overlong",
    WrongAudience: "audience",
}
_PUBLIC_URL = "; if this is the right one, whoever runs it has to name its address by --public-url"

_NOTHING_SHOWN = Refused(
    401, "missing", "only people with a seat are let in here: ask for an invitation and join"
)
_TOO_MUCH_SHOWN = Refused(401, "malformed", "this shows more than one credential: show one")
_STALE = Refused(401, "stale", "this credential is older than this run of the relay: try again")
_REPLAYED = Refused(401, "replayed", "this credential was used before: try again with a new one")
_ERASED = Refused(410, "erased", "this contract was erased here; your own copy of it is untouched")
_REVOKED = Refused(403, "revoked", "this computer may no longer take part: ask whoever invited you")
_CONTESTED = Refused(
    403, "contested", "this invitation was taken on another computer: ask for a new one"
)
_TOO_OFTEN = Refused(
    429, "often", "this contract was opened too often in a few minutes: try again later", 60
)
_TOO_OFTEN_BY_ONE = Refused(
    429, "often", "you opened this contract too often in a few minutes: try again later", 60
)
_TOO_MANY_COMPUTERS = Refused(
    403,
    "computers",
    "you take part on too many computers already: ask for a new seat, or use one of them",
)
_LATE = Refused(403, "late", "this invitation has expired: ask for a new one")
_UNREGISTERED = Refused(
    403,
    UNREGISTERED,
    "this relay takes new contracts only with its registration key: ask whoever runs it",
)
_WRONG_KEY = Refused(
    403,
    UNREGISTERED,
    "this is not the registration key of this relay: ask whoever runs it",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The credential that a request carries."""

    token: str
    single_use: bool
    """In the header it is used once; in the address it may be used until it expires."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Let this guest in, once all of `keep` is on the disk."""

    guest: Guest
    keep: tuple[StoredRecord, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """Refuse, as somebody else was first; whoever is in the contract should know."""

    refused: Refused
    news: StoredRecord | None
    """To be kept and told; None if it was already."""


Verdict = Admitted | Contested | Refused


def shown(authorizations: Sequence[str], parameters: Sequence[str]) -> Shown | Refused:
    """The one credential among `Authorization` headers and `access` parameters."""
    if len(authorizations) + len(parameters) > 1:
        return _TOO_MUCH_SHOWN
    for header in authorizations:
        if header[: len(_BEARER)].lower() == _BEARER:
            return Shown(header[len(_BEARER) :].strip(), single_use=True)
    for token in parameters:
        return Shown(token, single_use=False)
    return _NOTHING_SHOWN


class File:
    """What the relay keeps of one contract, as far as it decides who comes in."""

    KINDS = (CLAIM, CONTESTED, ERASED, KNOWN, REVOCATIONS, SPENT)

    def __init__(
        self, contract: DocumentId, records: Iterable[StoredRecord], has_changes: bool
    ) -> None:
        """Read the records; raises ProofError or ValueError if one is damaged."""
        kept: dict[str, dict[bytes, bytes]] = {}
        for record in records:
            kept.setdefault(record.kind, {})[record.name] = record.data
        self.contract = contract
        self.is_known = bool(kept) or has_changes
        self.is_erased = ERASED in kept
        self.since = _seconds(kept.get(KNOWN, {}).get(b""))
        self.claims = kept.get(CLAIM, {})
        self.contested = kept.get(CONTESTED, {}).keys()
        self.spent = kept.get(SPENT, {})
        listed = kept.get(REVOCATIONS, {}).get(b"")
        self.revoked: frozenset[bytes] = frozenset()
        if listed is not None:
            self.revoked = read_revocations(listed.decode(), contract).prefixes

    def first(self, jti: str) -> Claim | None:
        """The claim that came first, if the invitation was taken here."""
        proof = self.claims.get(jti.encode())
        if proof is None:
            return None
        claims = DeviceProof.from_text(proof.decode()).claims  # verified before it was kept
        return next((claim for claim in claims if claim.jti == jti), None)

    def revokes(self, device: Device) -> bool:
        """Whether a device is revoked, or the seat whose key certified it."""
        return not self.revoked.isdisjoint((device.prefix, device_prefix(device.seat.key)))

    def spent_by(self, device: Device) -> int:
        """How many credentials of a device's seat are remembered."""
        seat = _mark(device)
        return sum(name.startswith(seat) for name in self.spent)

    def computers_of(self, proof: DeviceProof) -> int:
        """On how many computers somebody has taken part."""
        seat = DeviceProof(proof.proof).text.encode()
        return sum(taken.startswith(seat) for taken in self.claims.values())

    def overdue(self, now: float) -> list[bytes]:
        """The names of credentials that expired, and need no longer be remembered."""
        return [name for name, until in self.spent.items() if (_seconds(until) or 0) <= now]


class Admission:
    """The judge at the door of a relay."""

    def __init__(self, started: float, register_key: str | None = None) -> None:
        """`started` is when this run of the relay began, in seconds since 1970."""
        self._started = int(started)
        self._register_key = register_key

    def read(self, what: Shown, audiences: Collection[str], now: float) -> Credential | Refused:
        """Check a credential by itself."""
        longest = HEADER_LIFETIME if what.single_use else PARAMETER_LIFETIME
        try:
            credential = read_credential(what.token, int(now), audiences, longest)
        except ProofError as error:
            hint = _PUBLIC_URL if isinstance(error, WrongAudience) else ""
            return Refused(401, _REASONS.get(type(error), "malformed"), f"{error}{hint}")
        # What was used before the start need not be remembered any more after a loss of the disk.
        if what.single_use and credential.issued < self._started:
            return _STALE
        return credential

    def judge(
        self,
        credential: Credential,
        file: File,
        now: float,
        single_use: bool = True,
        register_key: str | None = None,
    ) -> Verdict:
        """Decide about a credential that `read` has found sound."""
        if file.is_erased:
            return _ERASED
        if file.revokes(credential.device):
            return _REVOKED
        keep = []
        if single_use:
            spent = _spend(credential, file)
            if isinstance(spent, Refused):
                return spent
            keep.append(spent)
        if not file.is_known and (refused := self._unregistered(register_key)):
            return refused
        if file.since is None:
            keep.append(StoredRecord(file.contract, KNOWN, b"", str(int(now)).encode()))
        for claim in credential.proof.claims:
            if (first := file.first(claim.jti)) is None:
                if _is_late(claim, file.since, now):
                    return _LATE
                if file.computers_of(credential.proof) >= MOST_COMPUTERS:
                    return _TOO_MANY_COMPUTERS
                keep.append(_taken(claim, credential))
            elif first.key != claim.key:
                return Contested(_CONTESTED, _news(claim, credential, file, now))
        guest = Guest(credential.contract, credential.device, credential.proof)
        return Admitted(guest, tuple(keep))

    def _unregistered(self, shown_key: str | None) -> Refused | None:
        if self._register_key is None:
            return None
        if shown_key is None:
            return _UNREGISTERED
        matches = hmac.compare_digest(shown_key.encode(), self._register_key.encode())
        return None if matches else _WRONG_KEY


def _is_late(claim: Claim, since: int | None, now: float) -> bool:
    """Whether a claim that is new here comes after its invitation has expired.

    A relay that met the contract only after that cannot know, and believes it: the claim may have
    been made elsewhere in time, and whoever is the second to make it is seen.
    """
    return now >= claim.expires and since is not None and since < claim.expires


def _taken(claim: Claim, credential: Credential) -> StoredRecord:
    proof = credential.proof.text.encode()
    return StoredRecord(credential.contract, CLAIM, claim.jti.encode(), proof)


def _spend(credential: Credential, file: File) -> StoredRecord | Refused:
    """What is remembered of a credential that is used, unless it was before."""
    spent = _spent(credential)
    if spent.name in file.spent:
        return _REPLAYED
    if len(file.spent) >= MOST_SPENT:
        return _TOO_OFTEN
    if file.spent_by(credential.device) >= MOST_SPENT_BY_SEAT:
        return _TOO_OFTEN_BY_ONE
    return spent


def _spent(credential: Credential) -> StoredRecord:
    digest = hashlib.sha256(credential.device.key.raw + credential.jti.encode()).digest()[:16]
    name = _mark(credential.device) + digest
    return StoredRecord(credential.contract, SPENT, name, str(credential.expires).encode())


def _mark(device: Device) -> bytes:
    """What the names of all credentials of one seat begin with."""
    return device_prefix(device.seat.key)


def _news(claim: Claim, credential: Credential, file: File, now: float) -> StoredRecord | None:
    if claim.jti.encode() in file.contested:
        return None
    return contest(file.contract, claim.jti, credential.device.seat, int(now))


def _seconds(text: bytes | None) -> int | None:
    return None if text is None else int(text)
