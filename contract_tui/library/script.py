"""What a sample of a contract is made of: who wrote what, when, and what they had seen by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.writing import Plain
from contract_tui.contract.schema import PartId, StructureChoice

STUDENT, TEACHER, PARENT = "Heidi", "Mrs Sesemann", "Grandfather"
DAY = 24 * 60 * 60
SAT_DOWN = 15 * 60 * 60 + 30 * 60
"""Seconds after midnight at which people sit down to write."""


@dataclass(frozen=True, slots=True)
class Add:
    """New words at the end of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Other words in place of some, or after them when they stay in front."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Choose:
    """How much structure is wanted."""

    choice: StructureChoice


@dataclass(frozen=True, slots=True)
class Begin:
    """A new thing, with its first words; people are called by their names."""

    thing: ItemId
    words: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Plain] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    """What is said of days: how many lie between it and the rehearsal, before it or, above 0,
    behind."""


@dataclass(frozen=True, slots=True)
class Say:
    """Something about a thing that is no text."""

    thing: ItemId
    field: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Close:
    """What has become of a promise."""

    promise: ItemId
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Suggest:
    """A note that some words of the sitting's part might be others."""

    note: ItemId
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Revisit:
    """When the contract is to be taken up again: so many days after the rehearsal."""

    days: int


Edit = Add | Replace | Choose | Begin | Say | Close | Suggest | Revisit


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one person did in one part without a pause."""

    who: str
    part: PartId
    days: int
    """How many days before the rehearsal."""
    minutes: int
    """How many minutes after the people sat down that day."""
    edits: tuple[Edit, ...]
    apart: bool = False
    """Written without having seen what the others wrote in this sitting."""

    def at(self, now: float) -> int:
        """When it began, in seconds since 1970: on a day before `now`, in the afternoon."""
        midnight = int(now) // DAY * DAY
        return midnight - self.days * DAY + SAT_DOWN + self.minutes * 60
