"""What a seat is: one person's place in a contract, named after a key; `proof` shows whose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from sync_server.access.keys import PublicKey, device_prefix

SeatId = NewType("SeatId", str)
SEAT_ID = re.compile(r"[0-9a-f]{16}")


class Role(StrEnum):
    """What somebody is in a contract."""

    STUDENT = "student"
    TEACHER = "teacher"
    PARENT = "parent"
    OBSERVER = "observer"

    @property
    def writes(self) -> bool:
        """Observers read along; everybody else writes."""
        return self is not Role.OBSERVER


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in one contract, on one device."""

    id: SeatId
    role: Role
    name: str
    key: PublicKey


def seat_id(key: PublicKey) -> SeatId:
    """The name of a seat: the hex of the prefix of its actors."""
    return SeatId(device_prefix(key).hex())


def is_seat_id(text: object) -> bool:
    """Whether a text could be the name of a seat."""
    return isinstance(text, str) and SEAT_ID.fullmatch(text) is not None
