"""The fields of one message, each checked as it is taken out."""

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from typing import TypeVar

import cbor2

from sync_server.protocol.errors import BadDocumentId, BadFrame
from sync_server.protocol.ids import DocumentId, PeerId, parse_document_id
from sync_server.protocol.messages import PeerMetadata

Long = TypeVar("Long", bound=Sized)

_SAFE_INTEGERS = 1 << 53
"""JavaScript writes larger ones inexactly."""


@dataclass(frozen=True, slots=True)
class FrameLimits:
    """How much one frame may hold."""

    frame: int = 32 << 20
    """Bytes of a frame."""
    depth: int = 8
    """Containers within containers."""
    name: int = 256
    """Characters of a peer, session or storage id."""
    ephemeral: int = 256 << 10
    """Bytes of an ephemeral message's data."""
    versions: int = 16
    """Protocol versions that a peer may offer."""
    words: int = 1000
    """Characters kept of an error's text."""
    tokens: int = 64
    """Proofs in one custody message, and as many vouchers."""
    token: int = 20_000
    """Characters of a proof, an order or an invitation."""
    seals: int = 256
    """Seals in one custody message."""
    seal: int = 256
    """Bytes of a seal."""
    revocations: int = 64 << 10
    """Characters of a list of what is revoked."""
    details: int = 16
    """Fields of a notice."""


DEFAULT_LIMITS = FrameLimits()


class Fields:
    """One message's fields by name; every method raises BadFrame for what is missing or wrong."""

    def __init__(self, values: Mapping[object, object], limits: FrameLimits) -> None:
        self._values = values
        self.limits = limits

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._get(name)
        if not isinstance(value, str):
            raise self._wrong(name, value, "text")
        return value

    def octets(self, name: str) -> bytes:
        """Return bytes."""
        value = self._get(name)
        if not isinstance(value, bytes):
            raise self._wrong(name, value, "bytes")
        return value

    def name(self, name: str) -> str:
        """Return a text of a sensible length."""
        value = self.text(name)
        if not 0 < len(value) <= self.limits.name:
            raise BadFrame(f"{name} must have 1 to {self.limits.name} characters")
        return value

    def peer(self, name: str) -> PeerId:
        """Return a peer id."""
        return PeerId(self.name(name))

    def peer_or_none(self, name: str) -> PeerId | None:
        """Return a peer id, or None if there is none."""
        return None if self._get(name) is None else self.peer(name)

    def document(self) -> DocumentId:
        """Return the id of the document that the message is about."""
        try:
            return parse_document_id(self.text("documentId"))
        except BadDocumentId as error:
            raise BadFrame(f"documentId is none: {error}") from None

    def integer(self, name: str) -> int:
        """Return a number from 0 on."""
        value = _whole(self._get(name))
        if value is None:
            raise self._wrong(name, self._get(name), "a number")
        if not 0 <= value < _SAFE_INTEGERS:
            raise BadFrame(f"{name} is out of range")
        return value

    def token(self, name: str) -> str:
        """Return something signed."""
        return self._bounded(name, self.text(name), self.limits.token)

    def tokens(self, name: str) -> tuple[str, ...]:
        """Return a list of things signed."""
        items = self._list(name, self.limits.tokens)
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            raise self._wrong(name, items, "a list of texts")
        return tuple([self._bounded(name, text, self.limits.token) for text in texts])

    def vouchers(self) -> tuple[str, ...]:
        """Return what a custody message says is vouched for; earlier versions have no such list."""
        return () if self._get("vouchers") is None else self.tokens("vouchers")

    def seals(self) -> tuple[bytes, ...]:
        """Return the seals of a custody message."""
        items = self._list("seals", self.limits.seals)
        seals = [item for item in items if isinstance(item, bytes)]
        if len(seals) < len(items):
            raise self._wrong("seals", items, "a list of bytes")
        return tuple([self._bounded("seals", seal, self.limits.seal) for seal in seals])

    def revocations(self) -> str | None:
        """Return a list of what is revoked, or None if there is none."""
        if self._get("revocations") is None:
            return None
        return self._bounded("revocations", self.text("revocations"), self.limits.revocations)

    def details(self) -> Mapping[str, str | int]:
        """Return the fields of a notice: short texts and numbers."""
        value = self._get("fields")
        if not isinstance(value, dict):
            raise self._wrong("fields", value, "a map")
        self._bounded("fields", value, self.limits.details)
        inner = Fields(value, self.limits)
        return {name: inner._detail(name) for name in value if isinstance(name, str)}

    def versions(self) -> tuple[str, ...]:
        """Return the protocol versions offered."""
        value = self._get("supportedProtocolVersions")
        if value is None:  # the published server takes this for version 1, too
            return ("1",)
        offered = value if isinstance(value, list) else [value]
        if not 0 < len(offered) <= self.limits.versions:
            raise BadFrame("supportedProtocolVersions is empty or too long")
        if not all(isinstance(version, str) for version in offered):
            raise BadFrame("supportedProtocolVersions must be texts")
        return tuple(offered)

    def metadata(self) -> PeerMetadata | None:
        """Return what the peer says about itself."""
        value = self._get("peerMetadata")
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._wrong("peerMetadata", value, "a map")
        inner = Fields(value, self.limits)
        ephemeral = inner._get("isEphemeral")
        if ephemeral is not None and not isinstance(ephemeral, bool):
            raise self._wrong("isEphemeral", ephemeral, "true or false")
        storage = None if inner._get("storageId") is None else inner.name("storageId")
        spoken = inner._get("learningContract")
        version = None if spoken is None else inner.integer("learningContract")
        return PeerMetadata(storage, ephemeral, version)

    def _detail(self, name: str) -> str | int:
        value = self._get(name)
        if isinstance(value, str):
            return value[: self.limits.words]
        return self.integer(name)

    def _list(self, name: str, most: int) -> list[object]:
        value = self._get(name)
        if not isinstance(value, list):
            raise self._wrong(name, value, "a list")
        return self._bounded(name, value, most)

    def _bounded(self, name: str, value: Long, most: int) -> Long:
        if len(value) > most:
            raise BadFrame(f"{name} of length {len(value)}, at most {most}")
        return value

    def _get(self, name: str) -> object:
        value = self._values.get(name)
        # JavaScript writes optional fields that it does not set as `undefined`.
        return None if value is cbor2.undefined else value

    def _wrong(self, name: str, value: object, expected: str) -> BadFrame:
        if value is None:
            return BadFrame(f"{name} is missing")
        return BadFrame(f"{name} must be {expected}")


def _whole(value: object) -> int | None:
    """The integer, also as cbor-x writes those from 2**32 on: as floating-point numbers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
