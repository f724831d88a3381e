"""What a document holds and gives, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple

from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.operations import ElementId

Heads = tuple[ChangeHash, ...]
"""The hashes of the newest changes, sorted."""


class Kind(StrEnum):
    """What sort of object a place of the document holds."""

    MAP = "map"
    LIST = "list"
    TEXT = "text"


class Odd(Enum):
    """What stands in for a value that is not there or cannot be told."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Branch:
    """An object inside the document."""

    kind: Kind
    object: ElementId


Scalar = str | int | float | bool | bytes | None
Value = Scalar | Branch | Odd
Item = str | bool | int | Mapping[str, "Item"]
"""What can be written under a key; a mapping becomes a map."""


class Element(NamedTuple):
    """One element of a Text: its characters, nearly always exactly one, and who wrote them."""

    text: str
    id: ElementId


@dataclass(frozen=True, slots=True)
class LocalChange:
    """A change that was just made here."""

    raw: bytes
    start_op: int
    """The counter of its first operation; the others follow one by one."""
