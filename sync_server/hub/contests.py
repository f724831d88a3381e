"""Second claims to a seat: what is kept of each, and what people are told of it."""

import json

from sync_server.access.proof import Seat
from sync_server.hub.records import CONTESTED
from sync_server.protocol.ids import DocumentId
from sync_server.storage.port import StoredRecord

Fields = dict[str, str | int]

MOST_TOLD = 20
"""Contests of one contract of which somebody hears who comes in: the latest."""


def contest(contract: DocumentId, jti: str, seat: Seat, at: int | None = None) -> StoredRecord:
    """What is kept of a second claim; `at` is in seconds since 1970, where it was noted."""
    said: Fields = {"name": seat.name, "role": seat.role.value}
    if at is not None:
        said["at"] = at
    return StoredRecord(contract, CONTESTED, jti.encode(), json.dumps(said).encode())


def told(record: StoredRecord) -> Fields:
    """The fields of the notice, always the same for one invitation; raises ValueError."""
    said = json.loads(record.data)
    if not isinstance(said, dict):
        raise ValueError("a damaged record of a second claim")
    return {"invitation": record.name.decode(), **said}


class Contests:
    """Those of one contract, each of which is news once."""

    __slots__ = ("_fresh", "_known")

    def __init__(self) -> None:
        self._known: dict[bytes, Fields] = {}
        self._fresh: list[StoredRecord] = []

    def take(self, record: StoredRecord) -> bool:
        """Note what is on the disk; returns whether it is news here; raises ValueError."""
        if record.name in self._known:
            return False
        self._known[record.name] = told(record)
        return True

    def find(self, record: StoredRecord) -> None:
        """Note what was found here, to be kept and told unless it was before."""
        if self.take(record):
            self._fresh.append(record)

    def take_fresh(self) -> list[StoredRecord]:
        """Take out what was found since this was asked last."""
        fresh, self._fresh = self._fresh, []
        return fresh

    @property
    def latest(self) -> list[Fields]:
        """What to tell somebody who comes in, the latest last."""
        return sorted(self._known.values(), key=lambda said: int(said.get("at", 0)))[-MOST_TOLD:]
